// Webhook subscriptions: each is one event of one number to one URL.
#include "core/webhooks/webhooks.h"

#include <algorithm>

#include "api/twochat/addresses.h"
#include "api/twochat/event_names.h"
#include "api/twochat/events.h"
#include "api/twochat/handlers.h"
#include "api/twochat/schema.h"
#include "base/text.h"
#include "core/channels/channels.h"
#include "http/body.h"

namespace parley::api::twochat {
namespace {

Webhook WebhookOf(const core::Subscription& subscription, core::ChannelId channel) {
  Webhook webhook;
  webhook.uuid = Spell(subscription.id);
  webhook.event_name = subscription.events.empty() ? "" : subscription.events.front();
  webhook.channel_uuid = Spell(channel);
  webhook.hook_url = subscription.url;
  webhook.hook_params.waweb_uuid = webhook.channel_uuid;
  webhook.hook_params.time_period = base::NonEmpty(subscription.parameters.time_period);
  webhook.hook_params.to_group_uuid = base::NonEmpty(subscription.parameters.to_group);
  webhook.created_at = base::FormatTime(subscription.created_at, base::TimeStyle::kIsoZ);
  return webhook;
}

// "any" and nothing: every group.
constexpr std::string_view kAnyGroup = "any";

base::Result<core::NewSubscription> WantedOf(const SubscribeBody& body, const std::string& event) {
  core::NewSubscription wanted;
  wanted.url = body.hook_url;
  wanted.events = {event};
  if (event == kNewConversation)
    wanted.parameters.time_period = body.time_period.value_or("all-time");
  wanted.parameters.to_group = body.to_group_uuid.value_or("");
  if (!wanted.parameters.to_group.empty() && wanted.parameters.to_group != kAnyGroup &&
      !ParseGroupId(wanted.parameters.to_group))
    return base::FieldError("to_group_uuid", "Must be a group's uuid, WAG..., or any");
  return wanted;
}

// Only those that are on.
HandlerResult List(Call& call, std::optional<core::ChannelRow> of_channel) {
  core::SubscriptionStore::Filter filter;
  filter.dialect = core::Dialect::kTwoChat;
  filter.channel = of_channel;
  PARLEY_CO_TRY(subscriptions, co_await call.core.webhooks.List(call.caller->account.row, filter));
  WebhookList list;
  for (const core::Subscription& subscription : subscriptions) {
    if (subscription.state != core::SubscriptionState::kActive || !subscription.channel) continue;
    auto channel = co_await call.core.channels.Get(call.caller->account.row, *subscription.channel);
    if (channel) list.webhooks.push_back(WebhookOf(subscription, channel->id));
  }
  co_return http::Response::Json(200, base::EncodeText(list));
}

}  // namespace

HandlerResult ListWebhooks(Call& call) { return List(call, std::nullopt); }

HandlerResult ListChannelWebhooks(Call& call) {
  const base::Error unknown(base::ErrorCode::kNotFound, "Unknown channel");
  const auto id = ParseChannelId(call.match["channel_uuid"]);
  if (!id) co_return unknown;
  auto channel = co_await call.core.directory.ChannelById(call.caller, *id);
  if (!channel && channel.error().code == base::ErrorCode::kNotFound) co_return unknown;
  if (!channel) co_return channel.error();
  co_return co_await List(call, (*channel)->row);
}

HandlerResult Subscribe(Call& call) {
  const std::string& event = call.match["event"];
  if (!IsEventName(event))
    co_return base::Error(base::ErrorCode::kNotFound, "Unknown event '" + event + "'");
  PARLEY_CO_TRY(read, http::ReadBody(call.request, http::kJsonBody));
  // Other events ignore it, whatever it holds.
  if (base::json::object* members = read.value.if_object();
      members != nullptr && event != kNewConversation)
    members->erase("time_period");
  PARLEY_CO_TRY(body, base::Decode<SubscribeBody>(read.value, kRules));
  PARLEY_CO_TRY(number, ParseNumber(body.on_number, "on_number"));
  auto channel = co_await call.core.directory.ChannelByPhone(call.caller, number.value);
  if (!channel && channel.error().code == base::ErrorCode::kNotFound)
    co_return base::Error(base::ErrorCode::kNotFound,
                          "The number " + body.on_number + " is not connected to your account");
  if (!channel) co_return channel.error();
  PARLEY_CO_TRY(wanted, WantedOf(body, event));
  auto subscription = co_await call.core.webhooks.Subscribe(
      call.caller->account.row, (*channel)->row, core::Dialect::kTwoChat, std::move(wanted));
  if (!subscription) co_return base::RenameFault(subscription.error(), "url", "hook_url");
  SubscribeReply reply;
  reply.data = WebhookOf(*subscription, (*channel)->id);
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult Unsubscribe(Call& call) {
  const auto id = ParseWebhookId(call.match["webhook_uuid"]);
  if (!id) co_return base::Error(base::ErrorCode::kNotFound, "Unknown webhook");
  auto deleted =
      co_await call.core.webhooks.Delete(call.caller->account.row, core::Dialect::kTwoChat, *id);
  if (!deleted && deleted.error().code == base::ErrorCode::kNotFound)
    co_return base::Error(base::ErrorCode::kNotFound, "Unknown webhook");
  if (!deleted) co_return deleted.error();
  co_return http::Response::Json(200, base::EncodeText(Success()));
}

}  // namespace parley::api::twochat
