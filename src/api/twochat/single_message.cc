// One message, by its id: how it stands, and revoking it.
#include "api/twochat/addresses.h"
#include "api/twochat/channel_schema.h"
#include "api/twochat/handlers.h"
#include "api/twochat/payload.h"
#include "core/channels/channels.h"
#include "core/contacts/spelling.h"
#include "core/messages/link_id.h"
#include "core/messages/messages.h"

namespace parley::api::twochat {
namespace {

struct Found {
  core::MessageInChat message;
  core::ChannelPtr channel;
};

// Also the key that the conversation had while only its person's LID was known, or a number that
// the network spells otherwise: it stands in webhooks sent by then.
bool IsKeyOf(const core::Chat& chat, core::ChannelId channel, std::string_view key) {
  if (key == SessionKey(channel, chat.address())) return true;
  if (chat.kind != core::ChatKind::kPerson) return false;
  const core::Address others[] = {
      {core::AddressKind::kLid, chat.peer.lid},
      {core::AddressKind::kPhone, core::OtherSpelling(chat.peer.phone)}};
  for (const core::Address& other : others)
    if (!other.value.empty() && key == SessionKey(channel, other)) return true;
  return false;
}

// The message in the path; kNotFound also when it is not one of the conversation in the path.
base::Task<base::Result<Found>> MessageInPath(Call& call) {
  const base::Error unknown(base::ErrorCode::kNotFound, "Unknown message");
  const auto id = ParseMessageId(call.match["message_uuid"]);
  if (!id) co_return unknown;
  auto message = co_await call.core.messages.Get(call.caller, *id);
  if (!message && message.error().code == base::ErrorCode::kNotFound) co_return unknown;
  if (!message) co_return message.error();
  PARLEY_CO_TRY(
      channel, co_await call.core.channels.Get(call.caller->account.row, message->message.channel));
  if (core::IsModifier(core::KindOf(message->message.content)) ||
      !IsKeyOf(message->chat, channel.id, call.match["session_key"]))
    co_return unknown;
  Found found;
  found.message = std::move(*message);
  found.channel = std::make_shared<const core::Channel>(std::move(channel));
  co_return found;
}

// How far it came, whatever happened to it later.
std::int64_t AckOf(const core::Message& message) {
  using core::MessageStatus;
  const auto reached = [&](MessageStatus status) {
    return message.status == status || message.FirstAt(status).has_value();
  };
  if (reached(MessageStatus::kRead) || reached(MessageStatus::kPlayed)) return 3;
  if (reached(MessageStatus::kDelivered) || message.direction == core::Direction::kIn) return 2;
  return reached(MessageStatus::kSent) ? 1 : 0;
}

}  // namespace

HandlerResult GetMessage(Call& call) {
  PARLEY_CO_TRY(found, co_await MessageInPath(call));
  const core::Message& message = found.message.message;
  SingleMessageReply reply;
  SingleMessage& shown = reply.message;
  shown.uuid = Spell(message.id);
  shown.session_key = call.match["session_key"];
  shown.message = PayloadOf(message, call.core.media_links);
  shown.created_at = base::FormatTime(message.at, base::TimeStyle::kIsoNoZone);
  if (std::string phone = PhoneOf(found.message.chat.peer); !phone.empty())
    shown.remote_phone_number = std::move(phone);
  shown.channel_phone_number = "+" + found.channel->phone;
  shown.sent_by = SentBy(message.origin);
  shown.is_from_api = message.origin == core::Origin::kApi;
  shown.is_from_agent = message.origin == core::Origin::kPhone;
  shown.wa_msg_id = core::LinkIdOf(message);
  shown.wa_msg_ack = AckOf(message);
  shown.sent = shown.wa_msg_ack > 0;
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult DeleteMessage(Call& call) {
  PARLEY_CO_TRY(found, co_await MessageInPath(call));
  core::DeleteContent revoke;
  revoke.target = found.message.message.id;
  core::SendCommand command;
  command.channel = found.channel->row;
  command.what = core::Content(std::move(revoke));
  command.needs_pairing = true;
  PARLEY_CO_CHECK(co_await call.core.messages.Send(found.channel, std::move(command)));
  co_return http::Response::Json(200, base::EncodeText(Success()));
}

}  // namespace parley::api::twochat
