#include "core/messages/send.h"

#include "core/channels/channel_store.h"
#include "core/chats/activity.h"
#include "core/contacts/contact_store.h"
#include "core/contacts/resolve.h"
#include "core/contacts/spelling.h"
#include "core/event_store.h"
#include "core/media/media_store.h"
#include "core/messages/message_store.h"
#include "core/messages/modify.h"
#include "core/usage/plan.h"

namespace parley::core {
namespace {

// The result kept for a repeat: 16 bytes of id, 8 bytes of time, kind and value of the address. A
// closure may not parse JSON or numbers, so this is fixed-width.
std::string EncodeQueued(const Queued& queued) {
  std::string bytes(queued.id.value.AsBytes());
  auto ms = static_cast<std::uint64_t>(base::ToUnixMs(queued.at));
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(ms >> (56 - 8 * i));
  bytes += static_cast<char>(queued.to.kind);
  bytes += queued.to.value;
  return bytes;
}

base::Result<Queued> DecodeQueued(std::string_view bytes) {
  if (bytes.size() < 25)
    return base::Error(base::ErrorCode::kInternal, "", "idempotency record is too short");
  Queued queued;
  queued.id = MessageId(*base::Uuid::FromBytes(bytes.substr(0, 16)));
  std::uint64_t ms = 0;
  for (int i = 16; i < 24; ++i) ms = ms << 8 | static_cast<std::uint8_t>(bytes[i]);
  queued.at = base::FromUnixMs(static_cast<std::int64_t>(ms));
  queued.to.kind = static_cast<AddressKind>(bytes[24]);
  queued.to.value = bytes.substr(25);
  queued.repeated = true;
  return queued;
}

// A channel that accepts messages: any that is not on its way out.
base::Result<ChannelPtr> AcceptingChannel(const Transaction& tx, AccountRow account, ChannelRow row,
                                          bool needs_pairing) {
  PARLEY_TRY(channel, tx.channels().Find(account, row));
  if (!channel || channel->state == ChannelState::kDeleted) return base::ErrorCode::kNotFound;
  if (channel->state == ChannelState::kDeleting)
    return base::Error(base::ErrorCode::kInvalidState, "The channel is being deleted");
  const bool paired = channel->state == ChannelState::kConnecting ||
                      channel->state == ChannelState::kConnected ||
                      channel->state == ChannelState::kDisconnected;
  if (needs_pairing && !paired)
    return base::Error(base::ErrorCode::kChannelNotConnected,
                       "The channel is not paired with a phone");
  return channel;
}

base::Result<void> CheckWindow(const SendWrite& write, const std::optional<Chat>& chat,
                               base::Time now) {
  // Templates are for writing to people outside of it.
  if (!write.customer_window || KindOf(write.content) == ContentKind::kTemplate) return {};
  if (chat && chat->window_until && *chat->window_until > now) return {};
  return base::ErrorCode::kWindowClosed;
}

base::Result<void> CheckQuoted(const Transaction& tx, const SendWrite& write) {
  if (!write.quoted) return {};
  PARLEY_TRY(quoted, tx.messages().FindById(write.account, *write.quoted));
  if (!quoted || quoted->message.channel != write.channel)
    return base::FieldError("quoted", "Unknown message");
  return {};
}

// Businesses do not see products.
base::Result<void> CheckProduct(const SendWrite& write, const Chat& chat) {
  if (KindOf(write.content) != ContentKind::kProduct || !chat.peer.is_business) return {};
  return base::Error(base::ErrorCode::kNotSupported, "Products cannot be sent to businesses");
}

bool IsOfPlan(const SendWrite& write) {
  return write.messages_per_month > 0 && !IsModifier(KindOf(write.content));
}

// Where the message goes; a modifier goes where its target is.
base::Result<Chat> ChatFor(Transaction& tx, const Channel& channel, const SendWrite& write,
                           Stamp& stamp) {
  if (!IsModifier(KindOf(write.content))) return ChatWith(tx, channel, write.to, stamp);
  PARLEY_CHECK(CheckModifier(tx, write, write.edit_window, stamp.now()));
  PARLEY_TRY(target, tx.messages().FindById(write.account, *TargetOf(write.content)));
  return target->chat;
}

base::Result<void> AppendAccepted(Transaction& tx, const Channel& channel, const Chat& chat,
                                  const Message& message, std::optional<base::Time> previous_at,
                                  Stamp& stamp) {
  Event event;
  event.id = stamp.Next<EventId>();
  event.account = channel.account;
  event.channel = channel.row;
  event.chat = chat.row;
  event.at = stamp.now();
  MessageAccepted accepted;
  accepted.channel = SnapshotOf(channel);
  accepted.chat = SnapshotOf(chat);
  accepted.message = SnapshotOf(message);
  accepted.previous_at = previous_at;
  event.body = std::move(accepted);
  PARLEY_CHECK(tx.events().Append(event));
  return {};
}

}  // namespace

base::Result<void> CheckSend(const Transaction& tx, const SendWrite& write, base::Time now) {
  PARLEY_TRY(channel, AcceptingChannel(tx, write.account, write.channel, write.needs_pairing));
  PARLEY_TRY(chat, FindChatWith(tx, *channel, write.to));
  PARLEY_CHECK(CheckWindow(write, chat, now));
  PARLEY_CHECK(CheckQuoted(tx, write));
  if (!IsOfPlan(write)) return {};
  return CheckPlan(tx, write.account, write.messages_per_month, now);
}

base::Result<std::optional<Queued>> FindEarlier(const Transaction& tx, const IdempotencyKey& once,
                                                base::Time now) {
  PARLEY_TRY(record, tx.idempotency().Find(once.scope, now));
  if (!record) return std::optional<Queued>();
  if (record->command != once.command) return base::ErrorCode::kIdempotencyConflict;
  PARLEY_TRY(queued, DecodeQueued(record->result));
  return std::optional(std::move(queued));
}

base::Result<Queued> Send(Transaction& tx, const SendWrite& write, Stamp stamp) {
  if (write.once) {
    PARLEY_TRY(earlier, FindEarlier(tx, *write.once, stamp.now()));
    if (earlier) return std::move(*earlier);
  }
  PARLEY_TRY(channel, AcceptingChannel(tx, write.account, write.channel, write.needs_pairing));
  // Before anything is written: a refusal then costs nobody else anything.
  if (IsOfPlan(write))
    PARLEY_CHECK(CheckPlan(tx, write.account, write.messages_per_month, stamp.now()));
  PARLEY_TRY(chat, ChatFor(tx, *channel, write, stamp));
  PARLEY_CHECK(CheckWindow(write, chat, stamp.now()));
  PARLEY_CHECK(CheckProduct(write, chat));
  PARLEY_CHECK(CheckQuoted(tx, write));
  if (IsOfPlan(write))
    PARLEY_CHECK(TakeFromPlan(tx, write.account, write.messages_per_month, stamp.now()));

  Message message;
  message.id = stamp.Next<MessageId>();
  message.account = write.account;
  message.channel = channel->row;
  message.chat = chat.row;
  message.content = write.content;
  message.at = message.accepted_at = stamp.now();
  message.quoted = write.quoted;
  for (const Media& media : write.media) PARLEY_CHECK(tx.media().Insert(media));

  PARLEY_TRY(previous_at, WrittenBefore(tx, chat.row));
  PARLEY_TRY(row, tx.messages().Insert(message));
  message.row = row;
  if (!IsModifier(KindOf(message.content))) {
    PARLEY_CHECK(tx.contacts().NoteActivity(chat.row, message.at, true));
    PARLEY_CHECK(AppendAccepted(tx, *channel, chat, message, previous_at, stamp));
  }

  Queued queued;
  queued.id = message.id;
  const bool respelled = write.to.kind == AddressKind::kPhone &&
                         write.to.value != chat.peer.phone &&
                         IsSameNumber(write.to.value, chat.peer.phone);
  queued.to = write.to.value.empty() || respelled ? chat.address() : write.to;
  queued.at = stamp.now();
  if (write.once) {
    IdempotencyRecord record{write.once->command, EncodeQueued(queued),
                             stamp.now() + kIdempotencyLifetime};
    PARLEY_CHECK(tx.idempotency().Insert(write.once->scope, record));
  }
  return queued;
}

}  // namespace parley::core
