#include "core/chats/change.h"

#include "core/contacts/contact_store.h"
#include "core/contacts/resolve.h"
#include "core/event_store.h"
#include "core/groups/learn.h"

namespace parley::core {
namespace {

void Apply(const ChatReport& report, Chat& chat) {
  switch (report.action) {
    case ChatAction::kMute:
      chat.muted = true;
      chat.muted_until = report.muted_until;
      break;
    case ChatAction::kUnmute:
      chat.muted = false;
      chat.muted_until.reset();
      break;
    case ChatAction::kArchive:
      chat.archived = true;
      break;
    case ChatAction::kUnarchive:
      chat.archived = false;
      break;
    case ChatAction::kRead:
    case ChatAction::kDelete:
      chat.unread = 0;
      break;
  }
}

base::Result<Chat> ChatOf(Transaction& tx, const Channel& channel, const ChatReport& report,
                          Stamp& stamp) {
  if (!report.group) return ChatWithPeer(tx, channel, report.with, stamp);
  return ChatWithGroup(tx, channel, report.group->address, report.group->subject, stamp);
}

}  // namespace

base::Result<void> ChangeChat(Transaction& tx, const Channel& channel, const ChatReport& report,
                              Stamp& stamp) {
  PARLEY_TRY(chat, ChatOf(tx, channel, report, stamp));
  Apply(report, chat);
  PARLEY_CHECK(tx.contacts().UpdateChat(chat));
  if (report.action == ChatAction::kDelete) PARLEY_CHECK(tx.contacts().HideChat(chat.row));
  Event event;
  event.id = stamp.Next<EventId>();
  event.account = channel.account;
  event.channel = channel.row;
  event.chat = chat.row;
  event.at = stamp.now();
  ChatChanged changed;
  changed.channel = SnapshotOf(channel);
  changed.chat = SnapshotOf(chat);
  changed.action = report.action;
  changed.muted_until = chat.muted_until;
  changed.unread = chat.unread;
  event.body = std::move(changed);
  PARLEY_CHECK(tx.events().Append(event));
  return {};
}

}  // namespace parley::core
