#include "core/groups/learn.h"

#include <algorithm>

#include "core/contacts/contact_store.h"
#include "core/event_store.h"
#include "core/groups/group_store.h"

namespace parley::core {
namespace {

template <class Body>
base::Result<void> Append(Transaction& tx, const Channel& channel, const Chat& chat, Body body,
                          Stamp& stamp) {
  Event event;
  event.id = stamp.Next<EventId>();
  event.account = channel.account;
  event.channel = channel.row;
  event.chat = chat.row;
  event.at = stamp.now();
  body.channel = SnapshotOf(channel);
  body.chat = SnapshotOf(chat);
  event.body = std::move(body);
  PARLEY_CHECK(tx.events().Append(event));
  return {};
}

}  // namespace

base::Result<Group> LearnGroup(Transaction& tx, const Channel& channel, const Address& address,
                               const std::string& subject, Stamp& stamp) {
  PARLEY_TRY(known, tx.groups().Find(channel.row, address));
  if (known && (subject.empty() || known->subject == subject)) return std::move(*known);
  if (known) {
    known->subject = subject;
    known->updated_at = stamp.now();
    PARLEY_CHECK(tx.groups().Update(*known));
    return std::move(*known);
  }
  Group group;
  group.id = stamp.Next<GroupId>();
  group.channel = channel.row;
  group.kind = address.kind == AddressKind::kGroup ? ChatKind::kGroup : ChatKind::kNewsletter;
  group.address = address.value;
  group.subject = subject;
  group.known_at = group.updated_at = stamp.now();
  PARLEY_TRY(row, tx.groups().Insert(group));
  group.row = row;
  return group;
}

base::Result<Chat> ChatWithGroup(Transaction& tx, const Channel& channel, const Address& address,
                                 const std::string& subject, Stamp& stamp) {
  PARLEY_TRY(group, LearnGroup(tx, channel, address, subject, stamp));
  PARLEY_TRY(found, tx.groups().FindChat(group));
  if (found) return std::move(*found);
  Chat chat;
  chat.channel = channel.row;
  chat.kind = group.kind;
  chat.group_row = group.row;
  chat.group = GroupName{group.id, group.address, group.subject};
  PARLEY_TRY(row, tx.contacts().InsertChat(chat));
  chat.row = row;
  return chat;
}

base::Result<void> ApplyGroup(Transaction& tx, const Channel& channel, const GroupReport& report,
                              Stamp& stamp) {
  const Address address{AddressKind::kGroup, report.info.address};
  PARLEY_TRY(chat, ChatWithGroup(tx, channel, address, report.info.subject, stamp));
  PARLEY_CHECK(tx.groups().Describe(chat.group_row, DescriptionOf(report.info)));
  GroupChanged changed;
  changed.group = report.info;
  changed.changed = report.changed;
  changed.by = report.by;
  changed.changed_at = std::min(report.at, stamp.now());
  return Append(tx, channel, chat, std::move(changed), stamp);
}

base::Result<void> ApplyParticipants(Transaction& tx, const Channel& channel,
                                     const ParticipantsReport& report, Stamp& stamp) {
  PARLEY_TRY(chat, ChatWithGroup(tx, channel, report.group, report.subject, stamp));
  std::optional<std::string> description;
  if (report.info) description = DescriptionOf(*report.info);
  PARLEY_CHECK(tx.groups().Describe(chat.group_row, description));
  GroupParticipantsChanged changed;
  changed.action = report.action;
  changed.participants = report.participants;
  changed.by = report.by;
  changed.group = report.info;
  changed.changed_at = std::min(report.at, stamp.now());
  return Append(tx, channel, chat, std::move(changed), stamp);
}

}  // namespace parley::core
