// Channels as their owner manages them: made, paired, switched on and off, deleted.
#include "api/twochat/addresses.h"
#include "api/twochat/channel_schema.h"
#include "api/twochat/handlers.h"
#include "api/twochat/payload.h"
#include "base/qr.h"
#include "core/channels/channels.h"
#include "http/body.h"

namespace parley::api::twochat {
namespace {

http::Response ReplyOf(int status, const core::Channel& channel, const core::NumberFacts& facts) {
  ChannelReply reply;
  reply.channel = NumberOf(channel, facts);
  return http::Response::Json(status, base::EncodeText(reply));
}

// The channel in the path as it is now.
base::Task<base::Result<core::Channel>> ChannelInPath(Call& call) {
  const base::Error unknown(base::ErrorCode::kNotFound, "Unknown channel");
  const auto id = ParseChannelId(call.match["channel_uuid"]);
  if (!id) co_return unknown;
  auto channel = co_await call.core.directory.ChannelById(call.caller, *id);
  if (!channel && channel.error().code == base::ErrorCode::kNotFound) co_return unknown;
  if (!channel) co_return channel.error();
  co_return co_await call.core.channels.Get((*channel)->account, (*channel)->row);
}

}  // namespace

HandlerResult CreateChannel(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<CreateChannelBody>(call.request, http::kJsonBody, kRules));
  core::NewChannel wanted;
  wanted.label = body.friendly_name.value_or("");
  if (body.phone_number) {
    PARLEY_CO_TRY(number, ParseNumber(*body.phone_number, "phone_number"));
    wanted.phone = std::move(number.value);
  }
  PARLEY_CO_TRY(created,
                co_await call.core.channels.Create(call.caller->account.row, std::move(wanted)));
  co_return ReplyOf(201, created.channel, call.core.numbers);
}

HandlerResult GetChannel(Call& call) {
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call));
  co_return ReplyOf(200, channel, call.core.numbers);
}

HandlerResult DeleteChannel(Call& call) {
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call));
  PARLEY_CO_CHECK(co_await call.core.channels.Delete(channel.account, channel.row));
  co_return http::Response::Json(202, base::EncodeText(Success()));
}

HandlerResult GetChannelStatus(Call& call) {
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call));
  ChannelStatus status;
  status.channel_uuid = Spell(channel.id);
  if (!channel.phone.empty()) status.phone_number = "+" + channel.phone;
  status.status = NumberWord(channel.state);
  status.connection_status = ConnectionStatus(channel.state);
  if (!channel.state_reason.empty()) status.reason = channel.state_reason;
  co_return http::Response::Json(200, base::EncodeText(status));
}

HandlerResult GetChannelQrCode(Call& call) {
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call));
  PARLEY_CO_TRY(pairing, co_await call.core.channels.Pair(channel.row, ""));
  PARLEY_CO_TRY(picture, base::QrDataUri(pairing.qr));
  QrReply reply;
  reply.channel_uuid = Spell(channel.id);
  reply.qr_code = std::move(picture);
  reply.qr = pairing.qr;
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult ConnectChannel(Call& call) {
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call));
  PARLEY_CO_CHECK(co_await call.core.channels.Connect(channel.account, channel.row));
  co_return http::Response::Json(200, base::EncodeText(Success()));
}

HandlerResult DisconnectChannel(Call& call) {
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call));
  PARLEY_CO_CHECK(co_await call.core.channels.Disconnect(channel.account, channel.row));
  co_return http::Response::Json(200, base::EncodeText(Success()));
}

}  // namespace parley::api::twochat
