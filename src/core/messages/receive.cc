#include "core/messages/receive.h"

#include <algorithm>

#include "core/chats/activity.h"
#include "core/contacts/contact_store.h"
#include "core/contacts/learn.h"
#include "core/contacts/resolve.h"
#include "core/event_store.h"
#include "core/groups/learn.h"
#include "core/media/inspections.h"
#include "core/media/media_store.h"
#include "core/messages/link_id.h"
#include "core/messages/message_store.h"
#include "core/messages/modify.h"
#include "core/messages/receipt_store.h"
#include "core/speech/transcribe.h"
#include "core/usage/usage.h"

namespace parley::core {
namespace {

constexpr std::chrono::hours kCustomerWindow{24};

Event NewEvent(const Channel& channel, ChatRow chat, Stamp& stamp) {
  Event event;
  event.id = stamp.Next<EventId>();
  event.account = channel.account;
  event.channel = channel.row;
  event.chat = chat;
  event.at = stamp.now();
  return event;
}

// A message that this one quotes or changes: ours by its derived id, the other side's by the
// network's.
base::Result<std::optional<MessageInChat>> Quoted(const Transaction& tx, const Channel& channel,
                                                  ChatRow chat, const std::string& link_id) {
  if (link_id.empty()) return std::optional<MessageInChat>();
  if (const auto ours = MessageIdFrom(link_id)) {
    PARLEY_TRY(found, tx.messages().FindById(channel.account, *ours));
    if (found && found->message.chat == chat) return std::move(found);
  }
  for (const Direction direction : {Direction::kIn, Direction::kOut}) {
    PARLEY_TRY(found, tx.messages().FindByLinkId(chat, direction, link_id));
    if (found) return std::move(found);
  }
  return std::optional<MessageInChat>();
}

// Notes what a message answers; which button was pressed depends on what had it.
void Answer(const std::optional<MessageInChat>& quoted, Message& message) {
  if (!quoted) return;
  message.quoted = quoted->message.id;
  if (auto* reply = std::get_if<ButtonReplyContent>(&message.content))
    reply->of_template = KindOf(quoted->message.content) == ContentKind::kTemplate;
}

base::Result<std::optional<MessageInChat>> FindReceipted(Transaction& tx, const Channel& channel,
                                                         const ReceiptReport& receipt,
                                                         Stamp& stamp) {
  const auto ours = receipt.message ? receipt.message : MessageIdFrom(receipt.link_id);
  if (ours) {
    PARLEY_TRY(found, tx.messages().FindById(channel.account, *ours));
    if (found && found->message.channel == channel.row) return std::move(found);
  }
  if (receipt.chat == Peer()) return std::optional<MessageInChat>();
  PARLEY_TRY(chat, ChatWithPeer(tx, channel, receipt.chat, stamp));
  return tx.messages().FindByLinkId(chat.row, Direction::kOut, receipt.link_id);
}

// What was written before the channel was paired: there for who looks back, and so that nobody who
// wrote before counts as new, but no event.
base::Result<void> ReceiveHistory(Transaction& tx, const Chat& chat, Message message) {
  if (IsModifier(KindOf(message.content))) return {};
  PARLEY_CHECK(tx.messages().Insert(message));
  PARLEY_CHECK(tx.contacts().NoteActivity(chat.row, message.at, false));
  if (message.direction == Direction::kOut || chat.kind != ChatKind::kPerson) return {};
  return tx.contacts().WidenWindow(chat, message.at + kCustomerWindow);
}

base::Result<void> ReceiveModifier(Transaction& tx, const Channel& channel, const Chat& chat,
                                   Message modifier, const std::string& target, Stamp& stamp) {
  PARLEY_TRY(found, Quoted(tx, channel, chat.row, target));
  if (found) SetTarget(modifier.content, found->message.id);
  PARLEY_CHECK(CountMessage(tx, modifier, modifier.at));
  PARLEY_TRY(row, tx.messages().Insert(modifier));
  modifier.row = row;
  return ApplyModifier(tx, channel, chat, modifier, modifier.at, stamp);
}

// The furthest step that all who get the message have taken; none when that is no further than the
// message stands.
base::Result<std::optional<MessageStatus>> ReachedByAll(const Transaction& tx,
                                                        const Message& message) {
  for (const MessageStatus step :
       {MessageStatus::kPlayed, MessageStatus::kRead, MessageStatus::kDelivered}) {
    if (StepFor(message.status, step) != StatusStep::kAdvance) continue;
    PARLEY_TRY(reached, tx.receipts().Reached(message.row, step, message.recipients));
    if (reached) return std::optional(step);
  }
  return std::optional<MessageStatus>();
}

base::Result<void> ApplyParticipant(Transaction& tx, const Channel& channel, MessageInChat found,
                                    const ReceiptReport& report, Stamp& stamp) {
  PARLEY_TRY(person, LearnPeer(tx, channel.account, *report.participant, stamp));
  PARLEY_TRY(known, tx.receipts().Find(found.message.row, person.row));
  Receipt receipt = known.value_or(Receipt());
  receipt.person = person.row;
  const base::Time at = std::min(report.at, stamp.now());
  if (!receipt.Note(report.status, at)) return {};
  PARLEY_TRY(kept, tx.receipts().Put(found.message.row, receipt));
  if (!kept) return {};

  Event event = NewEvent(channel, found.message.chat, stamp);
  ParticipantReceipt told;
  told.channel = SnapshotOf(channel);
  told.chat = SnapshotOf(found.chat);
  told.message = found.message.id;
  told.participant = person.peer;
  told.status = report.status;
  told.changed_at = at;
  event.body = std::move(told);
  PARLEY_CHECK(tx.events().Append(event));

  StatusNews news;
  news.status = report.status;
  news.at = report.at;
  // It overtook the network's answer to the sending, which says how many people there are. The
  // network has it, so it must not be sent again.
  if (found.message.status == MessageStatus::kQueued) {
    news.status = MessageStatus::kSent;
    return ApplyStatus(tx, channel, std::move(found), news, stamp);
  }
  if (found.message.recipients > 0) {
    PARLEY_TRY(reached, ReachedByAll(tx, found.message));
    if (!reached) return {};
    news.status = *reached;
  }
  return ApplyStatus(tx, channel, std::move(found), news, stamp);
}

// What the session's owner does not want to hear of.
bool IsIgnored(const Channel& channel, const IncomingMessage& incoming) {
  if (!incoming.group) return incoming.broadcast && channel.settings.ignore_broadcasts;
  return incoming.group->address.kind == AddressKind::kGroup ? channel.settings.ignore_groups
                                                             : channel.settings.ignore_channels;
}

base::Result<void> KeepMedia(Transaction& tx, const Channel& channel, std::optional<Media> media) {
  if (!media) return {};
  media->channel = channel.row;
  return tx.media().Insert(*media);
}

base::Result<Chat> ChatOf(Transaction& tx, const Channel& channel, const IncomingMessage& incoming,
                          Stamp& stamp) {
  if (!incoming.group) return ChatWithPeer(tx, channel, incoming.from, stamp);
  return ChatWithGroup(tx, channel, incoming.group->address, incoming.group->subject, stamp);
}

}  // namespace

base::Result<void> Receive(Transaction& tx, const Channel& channel, const IncomingMessage& incoming,
                           Stamp& stamp) {
  if (IsIgnored(channel, incoming)) return {};
  PARLEY_TRY(chat, ChatOf(tx, channel, incoming, stamp));
  Message message;
  message.direction = incoming.from_me ? Direction::kOut : Direction::kIn;
  PARLEY_TRY(known, tx.messages().FindByLinkId(chat.row, message.direction, incoming.link_id));
  if (known) return {};
  // A phone that is linked anew tells of what was sent from here before.
  if (const auto ours = MessageIdFrom(incoming.link_id); ours && incoming.from_me) {
    PARLEY_TRY(sent, tx.messages().FindById(channel.account, *ours));
    if (sent && sent->message.chat == chat.row) return {};
  }

  message.id = stamp.Next<MessageId>();
  message.account = channel.account;
  message.channel = channel.row;
  message.chat = chat.row;
  message.origin = incoming.from_me ? Origin::kPhone : Origin::kPerson;
  message.status = incoming.from_me ? MessageStatus::kSent : MessageStatus::kReceived;
  message.content = incoming.content;
  if (incoming.group && incoming.from != Peer()) {
    PARLEY_TRY(sender, LearnPeer(tx, channel.account, incoming.from, stamp));
    message.sender = sender.row;
    message.sender_peer = std::move(sender.peer);
  }
  message.link_id = incoming.link_id;
  // The network's clock may be ahead of ours; a message from the future would stay on top for ever.
  message.at = std::min(incoming.at, stamp.now());
  message.accepted_at = stamp.now();
  PARLEY_TRY(quoted, Quoted(tx, channel, chat.row, incoming.quoted_link_id));
  Answer(quoted, message);
  PARLEY_CHECK(KeepMedia(tx, channel, incoming.media));
  if (incoming.history) return ReceiveHistory(tx, chat, std::move(message));
  if (IsModifier(KindOf(message.content)))
    return ReceiveModifier(tx, channel, chat, std::move(message), incoming.target_link_id, stamp);

  Event event = NewEvent(channel, chat.row, stamp);
  PARLEY_TRY(previous_at, WrittenBefore(tx, chat.row));
  PARLEY_TRY(row, tx.messages().Insert(message));
  message.row = row;
  PARLEY_CHECK(CountMessage(tx, message, message.at));
  PARLEY_CHECK(tx.contacts().NoteActivity(chat.row, message.at, true));
  const bool from_person =
      !incoming.from_me && incoming.opens_window && chat.kind == ChatKind::kPerson;
  if (from_person) PARLEY_CHECK(tx.contacts().WidenWindow(chat, message.at + kCustomerWindow));
  // With `read_incoming` the link reads it at once.
  if (!incoming.from_me && !channel.settings.read_incoming)
    PARLEY_CHECK(tx.contacts().CountUnread(chat));
  MessageReceived received;
  received.channel = SnapshotOf(channel);
  received.chat = SnapshotOf(chat);
  received.message = SnapshotOf(message);
  received.previous_at = previous_at;
  // Their first message opens the window of the chat, whether the link cares for it or not.
  received.is_first = from_person && !chat.window_until;
  received.broadcast = incoming.broadcast;
  event.body = std::move(received);
  PARLEY_CHECK(tx.events().Append(event));
  if (incoming.media) PARLEY_CHECK(WantInspection(tx, message));
  return WantTranscription(tx, channel, chat, message, stamp);
}

base::Result<bool> IsThere(const Transaction& tx, const Channel& channel, const Peer& peer,
                           bool from_me, std::string_view link_id) {
  PARLEY_TRY(chat, FindChatWith(tx, channel, peer.address()));
  if (!chat) return false;
  PARLEY_TRY(found, tx.messages().FindByLinkId(
                        chat->row, from_me ? Direction::kOut : Direction::kIn, link_id));
  return found.has_value();
}

base::Result<void> ReceiveStatus(Transaction& tx, const Channel& channel, const StatusPost& post,
                                 Stamp& stamp) {
  if (channel.settings.ignore_broadcasts) return {};
  PARLEY_TRY(person, LearnPeer(tx, channel.account, post.from, stamp));
  PARLEY_CHECK(KeepMedia(tx, channel, post.media));
  Event event = NewEvent(channel, ChatRow(), stamp);
  event.chat.reset();
  StatusPosted posted;
  posted.channel = SnapshotOf(channel);
  posted.from = person.peer;
  posted.message.id = stamp.Next<MessageId>();
  posted.message.direction = Direction::kIn;
  posted.message.origin = Origin::kPerson;
  posted.message.content = post.content;
  posted.message.status = MessageStatus::kReceived;
  posted.message.link_id = post.link_id;
  posted.message.sender = person.peer;
  posted.message.at = std::min(post.at, stamp.now());
  posted.message.accepted_at = stamp.now();
  event.body = std::move(posted);
  PARLEY_CHECK(tx.events().Append(event));
  return {};
}

base::Result<void> ApplyStatus(Transaction& tx, const Channel& channel, MessageInChat found,
                               const StatusNews& news, Stamp& stamp) {
  Message& message = found.message;
  const MessageStatus previous = message.status;
  const StatusStep step = StepFor(previous, news.status);
  const bool is_new = !message.FirstAt(news.status).has_value();
  // The answer that a receipt overtook still says how many people there are.
  const bool counts = news.recipients > 0 && message.recipients == 0;
  // What is billed may be named with a step that the network's answer told before.
  const bool names_conversation = news.conversation && !message.conversation && !news.failure;
  if (step == StatusStep::kRefuse) return {};
  if (step == StatusStep::kRecord && !is_new && !counts) {
    if (!names_conversation) return {};
    message.conversation = news.conversation;
    PARLEY_CHECK(CountConversation(tx, message));
    return tx.messages().SetConversation(message);
  }

  HistoryEntry entry;
  entry.status = news.status;
  entry.at = std::min(news.at, stamp.now());
  if (!news.link_id.empty()) message.link_id = news.link_id;
  if (news.recipients > 0) message.recipients = news.recipients;
  if (news.conversation) message.conversation = news.conversation;
  if (step == StatusStep::kAdvance) {
    message.status = news.status;
    message.failure = news.failure;
  }
  if (step == StatusStep::kAdvance && IsSending(previous, message.status))
    PARLEY_CHECK(CountMessage(tx, message, entry.at));
  else if (names_conversation)
    PARLEY_CHECK(CountConversation(tx, message));
  const bool modifier = IsModifier(KindOf(message.content));
  if (modifier && step == StatusStep::kAdvance && IsSending(previous, message.status))
    PARLEY_CHECK(ApplyModifier(tx, channel, found.chat, message, entry.at, stamp));
  // Of a modifier only the effect is news, and that there is none.
  if (step == StatusStep::kAdvance && (!modifier || message.status == MessageStatus::kFailed)) {
    Event event = NewEvent(channel, message.chat, stamp);
    MessageStatusChanged changed;
    changed.channel = SnapshotOf(channel);
    changed.chat = SnapshotOf(found.chat);
    changed.message = SnapshotOf(message);
    changed.previous = previous;
    changed.changed_at = entry.at;
    event.body = std::move(changed);
    PARLEY_CHECK(tx.events().Append(event));
  }
  PARLEY_CHECK(tx.messages().SetStatus(message, entry));
  if (news.recipients == 0) return {};
  // Of receipts that came before it was known how many there are to be.
  PARLEY_TRY(reached, ReachedByAll(tx, message));
  if (!reached) return {};
  StatusNews overtaken;
  overtaken.status = *reached;
  overtaken.at = news.at;
  return ApplyStatus(tx, channel, std::move(found), overtaken, stamp);
}

base::Result<void> ApplyReceipt(Transaction& tx, const Channel& channel,
                                const ReceiptReport& receipt, Stamp& stamp) {
  PARLEY_TRY(found, FindReceipted(tx, channel, receipt, stamp));
  if (!found || found->message.direction != Direction::kOut) return {};
  const bool is_step = receipt.status != MessageStatus::kFailed;
  // Who has seen a reaction or an edit is nobody's news.
  if (receipt.participant && is_step && !IsModifier(KindOf(found->message.content)))
    return ApplyParticipant(tx, channel, std::move(*found), receipt, stamp);
  StatusNews news;
  news.status = receipt.status;
  news.at = receipt.at;
  news.failure = receipt.failure;
  news.conversation = receipt.conversation;
  // The receipt may be the first to tell the network's id: the answer to the message was lost.
  if (receipt.message && found->message.link_id.empty()) news.link_id = receipt.link_id;
  return ApplyStatus(tx, channel, std::move(*found), news, stamp);
}

}  // namespace parley::core
