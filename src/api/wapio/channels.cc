// Sessions: making, pairing, connecting, deleting, and their keys.
#include "core/channels/channels.h"

#include <algorithm>

#include "api/wapio/addresses.h"
#include "api/wapio/auth.h"
#include "api/wapio/handlers.h"
#include "api/wapio/query.h"
#include "api/wapio/session_schema.h"
#include "base/json.h"
#include "base/qr.h"
#include "base/text.h"
#include "core/messages/message_store.h"
#include "core/messages/messages.h"
#include "http/body.h"

namespace parley::api::wapio {
namespace {

using core::ChannelState;

// Wapio's words for the states; two states may share one.
struct StatusWord {
  ChannelState state;
  std::string_view word;
};
constexpr StatusWord kStatusWords[] = {
    {ChannelState::kPending, "pending"},           {ChannelState::kPairing, "connecting"},
    {ChannelState::kConnecting, "connecting"},     {ChannelState::kConnected, "connected"},
    {ChannelState::kDisconnected, "disconnected"}, {ChannelState::kLoggedOut, "disconnected"},
    {ChannelState::kDeleting, "pending_deletion"}, {ChannelState::kDeleted, "deleted"},
};
static_assert(std::size(kStatusWords) == core::kChannelStateNames.rows.size());

// The fingerprint of the session key, if the session has one.
base::Task<std::optional<std::string>> FingerprintOf(Call& call, core::ChannelRow channel) {
  auto keys = co_await call.core.channels.Keys(channel);
  if (keys)
    for (const core::Credential& key : *keys)
      if (key.dialect == core::Dialect::kWapio) co_return key.fingerprint;
  co_return std::nullopt;
}

Session SessionOf(const Call& call, const core::Channel& channel,
                  std::optional<std::string> fingerprint) {
  Session session;
  session.session_id = Spell(channel.id);
  session.account_id = Spell(call.caller->account.id);
  session.status = StatusOf(channel.state);
  session.created_at = Iso(channel.created_at);
  session.label = base::NonEmpty(channel.label);
  if (!channel.phone.empty()) session.phone_number = "+" + channel.phone;
  session.last_activity_at = Iso(channel.updated_at);
  session.updated_at = Iso(channel.updated_at);
  session.session_api_key_fingerprint = std::move(fingerprint);
  return session;
}

base::Task<Session> FullSession(Call& call, core::Channel channel) {
  auto fingerprint = co_await FingerprintOf(call, channel.row);
  core::MessageStore::Page page;
  page.channel = channel.row;
  page.limit = 1;
  auto newest = co_await call.core.messages.List(channel.account, page);
  Session session = SessionOf(call, channel, std::move(fingerprint));
  if (newest && !newest->empty())
    session.last_activity_at =
        Iso(std::max(channel.updated_at, newest->front().message.accepted_at));
  co_return std::move(session);
}

SessionKey ShownKeyOf(const core::IssuedKey& issued) {
  SessionKey key;
  key.raw = issued.raw;
  key.fingerprint = issued.credential.fingerprint;
  key.created_at = Iso(issued.credential.created_at);
  key.previous_fingerprint = base::NonEmpty(issued.credential.previous_fingerprint);
  return key;
}

OperationReply ReplyOf(const core::Operation& operation, std::optional<core::ChannelId> session) {
  OperationReply reply;
  reply.operation_id = Spell(operation.id);
  if (session) reply.session_id = Spell(*session);
  reply.operation_type = operation.type == "delete_channel" ? "delete_session" : operation.type;
  reply.status = NameOf(operation.state);
  reply.enqueued_at = Iso(operation.enqueued_at);
  if (operation.started_at) reply.started_at = Iso(*operation.started_at);
  if (operation.finished_at) reply.finished_at = Iso(*operation.finished_at);
  if (operation.state == core::OperationState::kSucceeded) reply.result = "deleted";
  reply.error = base::NonEmpty(operation.error);
  reply.status_url = "/v1/operations/" + reply.operation_id;
  return reply;
}

base::Result<std::optional<std::string>> PhoneOf(const SessionBody& body) {
  if (!body.phone_number) return std::optional<std::string>();
  const auto phone = core::ParsePhone(*body.phone_number);
  if (!phone) return base::FieldError("phone_number", "Must be a phone number with country code");
  return std::optional(phone->value);
}

base::Error Under(std::string_view name, base::Error error) {
  for (base::FieldFault& fault : error.faults) fault.path = std::string(name) + "." + fault.path;
  return error;
}

// What is set beside a session's own row, looked at before that is written.
struct Extras {
  std::optional<core::NewSubscription> webhook;
  std::optional<core::Proxy> proxy;
};
base::Task<base::Result<Extras>> ExtrasOf(Call& call, SessionBody& body) {
  Extras extras;
  base::Error faults(base::ErrorCode::kInvalidFields);
  if (body.webhook) {
    auto wanted = WantedOf(*body.webhook);
    wanted ? void(extras.webhook = std::move(*wanted))
           : faults.Absorb(Under("webhook", wanted.error()));
  }
  if (body.proxy) {
    auto proxy = ProxyOf(std::move(*body.proxy));
    proxy ? void(extras.proxy = std::move(*proxy)) : faults.Absorb(Under("proxy", proxy.error()));
  }
  if (body.proxy_url && extras.proxy) {
    faults.Absorb(base::FieldError("proxy_url", "Give either proxy or proxy_url"));
  } else if (body.proxy_url) {
    auto proxy = ProxyAt(*body.proxy_url);
    proxy ? void(extras.proxy = std::move(*proxy))
          : faults.Absorb(base::RenameFault(proxy.error(), "url", "proxy_url"));
  }
  if (!faults.faults.empty()) co_return faults;
  if (extras.webhook) {
    auto checked = co_await call.core.webhooks.CheckUrl(extras.webhook->url);
    if (!checked)
      co_return Under("webhook", base::RenameFault(checked.error(), "url", "target_url"));
  }
  co_return std::move(extras);
}

// Of a session that is there already.
base::Task<base::Result<void>> SetExtras(Call& call, core::ChannelPtr channel, Extras extras) {
  if (extras.proxy)
    PARLEY_CO_CHECK(co_await call.core.channels.SetProxy(channel->account, channel->row,
                                                         std::move(*extras.proxy)));
  if (extras.webhook)
    PARLEY_CO_CHECK(co_await SetWebhook(call, channel, std::move(*extras.webhook)));
  co_return base::Result<void>();
}

SettingsBody SwitchesOf(const SessionBody& body) {
  SettingsBody switches = body.settings.value_or(SettingsBody());
  if (!switches.account_protection) switches.account_protection = body.account_protection;
  return switches;
}

// Whether a change of a session names what only account tokens may change, as on its own routes.
bool NamesWebhookOrProxy(const base::json::value& body) {
  const base::json::object* members = body.if_object();
  if (members == nullptr) return false;
  for (const char* name : {"webhook", "proxy", "proxy_url"}) {
    const base::json::value* value = base::Find(*members, name);
    if (value == nullptr || value->is_null()) continue;
    if (!value->is_string() || !value->get_string().empty()) return true;
  }
  return false;
}

// The code on offer now.
base::Task<base::Result<QrReply>> QrOf(Call& call, core::ChannelRow channel) {
  PARLEY_CO_TRY(pairing, co_await call.core.channels.Pair(channel, ""));
  PARLEY_CO_TRY(picture, base::QrDataUri(pairing.qr));
  QrReply reply;
  reply.qr = std::move(picture);
  reply.qrcode = pairing.qr;
  co_return std::move(reply);
}

// "connected,pending": all states whose word stands in the list.
base::Result<std::vector<ChannelState>> StatesOf(std::string_view list) {
  std::vector<ChannelState> states;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    const std::string_view word = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    const std::size_t before = states.size();
    for (const StatusWord& row : kStatusWords)
      if (row.word == word) states.push_back(row.state);
    if (states.size() == before)
      return base::FieldError("status", "Unknown status '" + std::string(word) + "'");
  }
  return states;
}

base::Result<core::ChannelStore::Filter> FilterOf(const http::Request& request) {
  core::ChannelStore::Filter filter;
  base::Error faults(base::ErrorCode::kInvalidFields);
  auto states = StatesOf(request.Query("status").value_or(""));
  states ? void(filter.states = std::move(*states)) : faults.Absorb(states.error());
  const auto limit = QueryLimit(request);
  limit ? void(filter.limit = *limit) : faults.Absorb(limit.error());
  if (!faults.faults.empty()) return faults;
  return filter;
}

}  // namespace

std::string_view StatusOf(ChannelState state) {
  for (const StatusWord& row : kStatusWords)
    if (row.state == state) return row.word;
  return "";
}

HandlerResult ListSessions(Call& call) {
  PARLEY_CO_TRY(filter, FilterOf(call.request));
  const std::string before = call.request.Query("before_id").value_or("");
  SessionList list;
  if (call.caller->credential.channel) {
    PARLEY_CO_TRY(own, co_await call.core.directory.BoundChannel(call.caller));
    PARLEY_CO_TRY(fresh, co_await call.core.channels.Get(own->account, own->row));
    Session session = co_await FullSession(call, fresh);
    list.data.push_back(std::move(session));
    co_return http::Response::Json(200, base::EncodeText(list));
  }
  if (!before.empty()) {
    const auto id = ParseSessionId(before);
    if (!id) co_return base::FieldError("before_id", "Unknown session");
    PARLEY_CO_TRY(row, co_await call.core.channels.RowOf(call.caller->account.row, *id));
    filter.before = row;
  }
  const int limit = filter.limit++;  // one more tells whether there is a next page
  PARLEY_CO_TRY(channels, co_await call.core.channels.List(call.caller->account.row, filter));
  const bool more = static_cast<int>(channels.size()) > limit;
  if (more) channels.pop_back();
  for (const core::Channel& channel : channels) {
    Session session = co_await FullSession(call, channel);
    list.data.push_back(std::move(session));
  }
  if (more) list.next_cursor = list.data.back().session_id;
  co_return http::Response::Json(200, base::EncodeText(list));
}

HandlerResult CreateSession(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<SessionBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(phone, PhoneOf(body));
  PARLEY_CO_TRY(once, IdempotencyOf(call, body));
  PARLEY_CO_TRY(extras, co_await ExtrasOf(call, body));
  core::NewChannel wanted;
  wanted.label = body.label.value_or("");
  wanted.phone = phone.value_or("");
  wanted.key = core::Dialect::kWapio;
  wanted.once = once;
  wanted.webhook = std::move(extras.webhook);
  wanted.proxy = std::move(extras.proxy);
  Apply(SwitchesOf(body), wanted.settings);
  PARLEY_CO_TRY(created,
                co_await call.core.channels.Create(call.caller->account.row, std::move(wanted)));
  CreatedSession reply;
  reply.session = SessionOf(call, created.channel, created.key->credential.fingerprint);
  reply.session_api_key = ShownKeyOf(*created.key);
  co_return http::Response::Json(201, base::EncodeText(reply));
}

HandlerResult GetSession(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_TRY(fresh, co_await call.core.channels.Get(channel->account, channel->row));
  const Session session = co_await FullSession(call, fresh);
  co_return http::Response::Json(200, base::EncodeText(session));
}

HandlerResult UpdateSession(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_TRY(read, http::ReadBody(call.request, http::kJsonBody));
  if (call.caller->credential.channel && NamesWebhookOrProxy(read.value))
    co_return base::Error(base::ErrorCode::kForbidden,
                          "Webhook and proxy need an account token (bps_pat_...)");
  PARLEY_CO_TRY(body, base::Decode<SessionBody>(read.value, kRules));
  PARLEY_CO_TRY(phone, PhoneOf(body));
  PARLEY_CO_TRY(extras, co_await ExtrasOf(call, body));
  core::ChannelChange change;
  change.label = body.label;
  change.phone = phone;
  change.settings = [switches = SwitchesOf(body)](core::ChannelSettings& settings) {
    Apply(switches, settings);
  };
  PARLEY_CO_TRY(changed, co_await call.core.channels.Change(channel->account, channel->row,
                                                            std::move(change)));
  PARLEY_CO_CHECK(co_await SetExtras(call, channel, std::move(extras)));
  const Session session = co_await FullSession(call, changed);
  co_return http::Response::Json(200, base::EncodeText(session));
}

HandlerResult DeleteSession(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_TRY(operation, co_await call.core.channels.Delete(channel->account, channel->row));
  co_return http::Response::Json(202, base::EncodeText(ReplyOf(operation, channel->id)));
}

HandlerResult ConnectSession(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_CHECK(co_await call.core.channels.Connect(channel->account, channel->row));
  PARLEY_CO_TRY(fresh, co_await call.core.channels.Get(channel->account, channel->row));
  Session reply = co_await FullSession(call, fresh);
  // Without a phone, what is waited for is a scan.
  if (fresh.state == ChannelState::kPairing) {
    // It is connecting, whether or not there is a code by now.
    auto code = co_await QrOf(call, channel->row);
    if (code) {
      reply.qr = std::move(code->qr);
      reply.qrcode = std::move(code->qrcode);
    }
  }
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult DisconnectSession(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_CHECK(co_await call.core.channels.Disconnect(channel->account, channel->row));
  PARLEY_CO_TRY(fresh, co_await call.core.channels.Get(channel->account, channel->row));
  const Session session = co_await FullSession(call, fresh);
  co_return http::Response::Json(200, base::EncodeText(session));
}

HandlerResult RestartSession(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_CHECK(co_await call.core.channels.Restart(channel->account, channel->row));
  PARLEY_CO_TRY(fresh, co_await call.core.channels.Get(channel->account, channel->row));
  const Session session = co_await FullSession(call, fresh);
  co_return http::Response::Json(200, base::EncodeText(session));
}

HandlerResult GetStatus(Call& call) {
  PARLEY_CO_TRY(channel, co_await SelectSession(call, std::nullopt));
  PARLEY_CO_TRY(fresh, co_await call.core.channels.Get(channel->account, channel->row));
  StatusReply reply;
  reply.status = StatusOf(fresh.state);
  reply.session_id = Spell(fresh.id);
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult GetUser(Call& call) {
  PARLEY_CO_TRY(channel, co_await SelectSession(call, std::nullopt));
  PARLEY_CO_TRY(fresh, co_await call.core.channels.Get(channel->account, channel->row));
  if (!fresh.connected_at)
    co_return base::Error(base::ErrorCode::kChannelNotConnected,
                          "The session is not paired with a phone");
  UserReply reply;
  reply.id = Jid(core::Address{core::AddressKind::kPhone, fresh.phone});
  if (!fresh.profile.lid.empty())
    reply.lid = Jid(core::Address{core::AddressKind::kLid, fresh.profile.lid});
  reply.phone_number = "+" + fresh.phone;
  reply.name = fresh.profile.push_name;
  reply.platform = base::NonEmpty(fresh.profile.platform);
  reply.is_business = fresh.profile.is_business;
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult GetQrCode(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_TRY(reply, co_await QrOf(call, channel->row));
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult RegenerateKey(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_TRY(key, co_await call.core.channels.RenewKey(channel->account, channel->row,
                                                          core::Dialect::kWapio));
  RenewedKey reply;
  reply.session_api_key = ShownKeyOf(key);
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult GetOperation(Call& call) {
  const auto id = ParseOperationId(call.match["operation_id"]);
  if (!id) co_return base::ErrorCode::kNotFound;
  PARLEY_CO_TRY(operation, co_await call.core.channels.GetOperation(call.caller->account.row, *id));
  const std::optional<core::ChannelRow>& of = operation.operation.channel;
  if (of && !call.caller->Sees(*of)) co_return base::ErrorCode::kNotFound;
  co_return http::Response::Json(200,
                                 base::EncodeText(ReplyOf(operation.operation, operation.channel)));
}

}  // namespace parley::api::wapio
