#include "core/contacts/resolve.h"

#include "core/contacts/contact_store.h"
#include "core/contacts/learn.h"
#include "core/contacts/spelling.h"
#include "core/groups/group_store.h"
#include "core/groups/learn.h"

namespace parley::core {
namespace {

base::Result<Chat> ChatOf(Transaction& tx, const Channel& channel, const Person& person) {
  PARLEY_TRY(found, tx.contacts().FindChat(channel.row, person.row));
  if (found) {
    found->peer = person.peer;
    return std::move(*found);
  }
  Chat chat;
  chat.channel = channel.row;
  chat.person = person.row;
  chat.peer = person.peer;
  PARLEY_TRY(row, tx.contacts().InsertChat(chat));
  chat.row = row;
  return chat;
}

}  // namespace

base::Result<Chat> ChatWith(Transaction& tx, const Channel& channel, const Address& to,
                            Stamp& stamp) {
  if (!to.is_person()) return ChatWithGroup(tx, channel, to, "", stamp);
  PARLEY_TRY(found, FindPersonAt(tx, channel.account, to));
  if (found) return ChatOf(tx, channel, *found);
  Peer peer;
  (to.kind == AddressKind::kPhone ? peer.phone
   : to.kind == AddressKind::kLid ? peer.lid
                                  : peer.username) = to.value;
  PARLEY_TRY(person, InsertPerson(tx, channel.account, peer, stamp));
  return ChatOf(tx, channel, person);
}

base::Result<std::optional<Chat>> FindChatWith(const Transaction& tx, const Channel& channel,
                                               const Address& to) {
  if (!to.is_person()) {
    PARLEY_TRY(group, tx.groups().Find(channel.row, to));
    if (!group) return std::optional<Chat>();
    return tx.groups().FindChat(*group);
  }
  PARLEY_TRY(person, FindPersonAt(tx, channel.account, to));
  if (!person) return std::optional<Chat>();
  PARLEY_TRY(chat, tx.contacts().FindChat(channel.row, person->row));
  if (chat) chat->peer = person->peer;
  return std::move(chat);
}

base::Result<Chat> ChatWithPeer(Transaction& tx, const Channel& channel, const Peer& peer,
                                Stamp& stamp) {
  PARLEY_TRY(person, LearnPeer(tx, channel.account, peer, stamp));
  return ChatOf(tx, channel, person);
}

}  // namespace parley::core
