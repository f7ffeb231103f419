// A session's settings, and its proxy.
#include <algorithm>

#include "api/wapio/auth.h"
#include "api/wapio/handlers.h"
#include "api/wapio/schema.h"
#include "api/wapio/session_schema.h"
#include "base/encoding.h"
#include "core/channels/channels.h"
#include "http/body.h"
#include "http/forms.h"
#include "http/grammar.h"
#include "http/url.h"

namespace parley::api::wapio {
namespace {

http::Response ReplyOf(const core::ChannelSettings& settings) {
  SettingsReply reply;
  SettingsBody& shown = reply.session_settings;
  shown.account_protection = settings.account_protection;
  shown.read_incoming = settings.read_incoming;
  shown.auto_reject_calls = settings.auto_reject_calls;
  shown.always_online = settings.always_online;
  shown.ignore_groups = settings.ignore_groups;
  shown.ignore_broadcasts = settings.ignore_broadcasts;
  shown.ignore_channels = settings.ignore_channels;
  shown.typing = settings.typing;
  return http::Response::Json(200, base::EncodeText(reply));
}

http::Response ReplyOf(const core::Proxy& proxy) {
  ProxyReply reply;
  reply.scheme = proxy.scheme;
  reply.host = proxy.host;
  reply.port = proxy.port;
  reply.username = proxy.username;
  reply.has_password = proxy.password.has_value();
  reply.is_active = proxy.active;
  return http::Response::Json(200, base::EncodeText(reply));
}

}  // namespace

void Apply(const SettingsBody& body, core::ChannelSettings& settings) {
  const auto set = [](const std::optional<bool>& from, bool& to) { to = from.value_or(to); };
  set(body.account_protection, settings.account_protection);
  set(body.read_incoming, settings.read_incoming);
  set(body.auto_reject_calls, settings.auto_reject_calls);
  set(body.always_online, settings.always_online);
  set(body.ignore_groups, settings.ignore_groups);
  set(body.ignore_broadcasts, settings.ignore_broadcasts);
  set(body.ignore_channels, settings.ignore_channels);
  set(body.typing, settings.typing);
}

base::Result<core::Proxy> ProxyOf(ProxyBody body) {
  if (!core::IsHost(body.host))
    return base::FieldError("host", "Must be a host name or an address");
  core::Proxy proxy;
  proxy.scheme = std::move(body.scheme);
  proxy.host = std::move(body.host);
  proxy.port = body.port;
  proxy.username = std::move(body.username);
  proxy.password = std::move(body.password);
  proxy.active = body.is_active.value_or(true);
  return proxy;
}

// Its faults do not show the URL, which may hold a password.
base::Result<core::Proxy> ProxyAt(std::string_view url) {
  struct Scheme {
    std::string_view name;
    std::int64_t port;  // when the URL has none
  };
  constexpr Scheme kSchemes[] = {{"http", 80}, {"https", 443}, {"socks5", 1080}};
  static_assert(std::size(kSchemes) == std::size(core::kProxySchemes));
  const std::size_t end = url.find("://");
  const auto scheme = std::find_if(std::begin(kSchemes), std::end(kSchemes),
                                   [name = url.substr(0, end)](const Scheme& row) {
                                     return http::EqualIgnoringCase(name, row.name);
                                   });
  if (end == std::string_view::npos || scheme == std::end(kSchemes))
    return base::FieldError("url", "Must start with http://, https:// or socks5://");
  // What follows looks the same with each of them.
  const std::string_view rest = url.substr(end + 3);
  PARLEY_TRY(parts, http::ParseUrl("http://" + std::string(rest)));
  if (parts.target != "/") return base::FieldError("url", "A proxy's URL ends with its port");
  const std::string_view place = rest.substr(0, rest.find_first_of("/?#"));
  const std::string_view host = place.substr(place.rfind('@') + 1);  // npos + 1 is 0
  const bool has_port =
      host.find(':', host.rfind(']') + 1) != std::string_view::npos && !host.ends_with(':');
  core::Proxy proxy;
  proxy.scheme = scheme->name;
  proxy.host = std::move(parts.host);
  proxy.port = has_port ? parts.port : scheme->port;
  if (parts.user_info.empty()) return proxy;
  const std::size_t colon = std::min(parts.user_info.find(':'), parts.user_info.size());
  const auto user = http::PercentDecode(parts.user_info.substr(0, colon), false);
  if (!user || user->size() > kMaxProxyName || !base::IsUtf8(*user))
    return base::FieldError("url", "The name of the user is broken or too long");
  proxy.username = *user;
  if (colon == parts.user_info.size()) return proxy;
  const auto password = http::PercentDecode(parts.user_info.substr(colon + 1), false);
  if (!password || password->size() > kMaxProxyName || !base::IsUtf8(*password))
    return base::FieldError("url", "The password is broken or too long");
  proxy.password = *password;
  return proxy;
}

HandlerResult GetSettings(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_TRY(fresh, co_await call.core.channels.Get(channel->account, channel->row));
  co_return ReplyOf(fresh.settings);
}

HandlerResult UpdateSettings(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_TRY(body, http::DecodeBody<SettingsBody>(call.request, http::kJsonBody, kRules));
  core::ChannelChange change;
  change.settings = [body](core::ChannelSettings& settings) { Apply(body, settings); };
  PARLEY_CO_TRY(changed, co_await call.core.channels.Change(channel->account, channel->row,
                                                            std::move(change)));
  co_return ReplyOf(changed.settings);
}

HandlerResult GetProxy(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_TRY(proxy, co_await call.core.channels.GetProxy(channel->account, channel->row));
  if (!proxy) co_return http::Response::Json(200, "null");
  co_return ReplyOf(*proxy);
}

HandlerResult PutProxy(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_TRY(body, http::DecodeBody<ProxyBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(proxy, ProxyOf(std::move(body)));
  http::Response reply = ReplyOf(proxy);
  PARLEY_CO_CHECK(
      co_await call.core.channels.SetProxy(channel->account, channel->row, std::move(proxy)));
  co_return reply;
}

HandlerResult DeleteProxy(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_CHECK(co_await call.core.channels.RemoveProxy(channel->account, channel->row));
  http::Response response;
  response.status = 204;
  co_return response;
}

}  // namespace parley::api::wapio
