// The channel's status and settings.
#include "core/channels/channels.h"

#include "api/onemsg/handlers.h"
#include "api/onemsg/hooks.h"
#include "api/onemsg/schema.h"

namespace parley::api::onemsg {
namespace {

using core::ChannelState;

// 1MSG's words for the states.
struct StatusWord {
  ChannelState state;
  std::string_view word;
};
constexpr StatusWord kStatusWords[] = {
    {ChannelState::kPending, "uninitialized"},     {ChannelState::kPairing, "uninitialized"},
    {ChannelState::kConnecting, "connecting"},     {ChannelState::kConnected, "connected"},
    {ChannelState::kDisconnected, "disconnected"}, {ChannelState::kLoggedOut, "unregistered"},
    {ChannelState::kDeleting, "disconnected"},     {ChannelState::kDeleted, "unregistered"},
};
static_assert(std::size(kStatusWords) == core::kChannelStateNames.rows.size());

// Members of the settings that change with the channel's own row.
void Apply(const SettingsBody& body, core::ChannelSettings& settings) {
  const auto set = [](const std::optional<bool>& from, bool& to) { to = from.value_or(to); };
  set(body.guaranteed_hooks, settings.guaranteed_hooks);
  set(body.ack_notifications, settings.ack_notifications);
  set(body.raw_hooks, settings.raw_hooks);
}

base::json::object UpdateOf(const SettingsBody& body) {
  base::json::object update;
  const auto show = [&](const char* name, const std::optional<bool>& given) {
    if (given) update[name] = *given;
  };
  show("guaranteedHooks", body.guaranteed_hooks);
  show("ackNotificationsOn", body.ack_notifications);
  show("rawHooks", body.raw_hooks);
  return update;
}

base::Task<base::Result<base::json::object>> SettingsOf(Call& call) {
  PARLEY_CO_TRY(channel, co_await call.core.channels.Get(call.channel->account, call.channel->row));
  PARLEY_CO_TRY(url, co_await WebhookUrl(call));
  base::json::object settings;
  settings["webhookUrl"] = std::move(url);
  settings["guaranteedHooks"] = channel.settings.guaranteed_hooks;
  settings["ackNotificationsOn"] = channel.settings.ack_notifications;
  settings["rawHooks"] = channel.settings.raw_hooks;
  co_return settings;
}

}  // namespace

HandlerResult GetStatus(Call& call) {
  PARLEY_CO_TRY(channel, co_await call.core.channels.Get(call.channel->account, call.channel->row));
  StatusReply reply;
  for (const StatusWord& row : kStatusWords)
    if (row.state == channel.state) reply.status = row.word;
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult GetSettings(Call& call) {
  PARLEY_CO_TRY(settings, co_await SettingsOf(call));
  co_return http::Response::Json(200, base::ToText(settings));
}

HandlerResult SetSettings(Call& call) {
  PARLEY_CO_TRY(request, http::ReadBody(call.request, kBodyTypes));
  PARLEY_CO_TRY(body, base::Decode<SettingsBody>(request.value, kRules));
  base::json::object update = UpdateOf(body);
  const bool changes = !update.empty();
  core::ChannelSettings wanted = call.channel->settings;
  Apply(body, wanted);
  if (auto checked = core::CheckSettings(*call.channel, wanted); !checked)
    co_return base::RenameFault(checked.error(), "settings.raw_hooks", "rawHooks");
  // Here, unlike in most bodies, "" and null mean something: remove.
  PARLEY_CO_TRY(url, WebhookUrlIn(request.value));
  if (url) {
    PARLEY_CO_CHECK(co_await SetWebhookUrl(call, *url));
    update["webhookUrl"] = *url;
  }
  if (changes) {
    core::ChannelChange change;
    change.settings = [body](core::ChannelSettings& settings) { Apply(body, settings); };
    PARLEY_CO_TRY(written, co_await call.core.channels.Change(
                               call.channel->account, call.channel->row, std::move(change)));
    PARLEY_CO_CHECK(co_await ApplyHookSettings(call, written.settings));
  }
  PARLEY_CO_TRY(now, co_await SettingsOf(call));
  now["update"] = std::move(update);
  co_return http::Response::Json(200, base::ToText(now));
}

}  // namespace parley::api::onemsg
