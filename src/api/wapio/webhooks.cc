// A session's webhook: one per session.
#include "core/webhooks/webhooks.h"

#include <algorithm>

#include "api/wapio/auth.h"
#include "api/wapio/events.h"
#include "api/wapio/handlers.h"
#include "api/wapio/session_schema.h"
#include "http/body.h"

namespace parley::api::wapio {
namespace {

WebhookReply ReplyOf(const core::Subscription& subscription) {
  WebhookReply reply;
  reply.target_url = subscription.url;
  reply.subscribed_events = subscription.events;
  reply.is_active = subscription.state == core::SubscriptionState::kActive;
  return reply;
}

}  // namespace

base::Result<core::NewSubscription> WantedOf(const WebhookBody& body) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  for (std::size_t i = 0; i < body.subscribed_events.size(); ++i)
    if (!IsEventName(body.subscribed_events[i]))
      faults.Absorb(base::FieldError("subscribed_events[" + std::to_string(i) + "]",
                                     "Unknown event '" + body.subscribed_events[i] + "'"));
  if (!faults.faults.empty()) return faults;
  core::NewSubscription wanted;
  wanted.url = body.target_url;
  wanted.events = body.subscribed_events;
  wanted.secret = body.signing_secret;
  wanted.active = body.is_active.value_or(true);
  return wanted;
}

base::Task<base::Result<core::Subscription>> SetWebhook(Call& call, core::ChannelPtr channel,
                                                        core::NewSubscription wanted) {
  std::vector<core::NewSubscription> one;
  one.push_back(std::move(wanted));
  auto replaced = co_await call.core.webhooks.Replace(channel->account, channel->row,
                                                      core::Dialect::kWapio, std::move(one));
  if (!replaced) co_return base::RenameFault(replaced.error(), "url", "target_url");
  co_return std::move(replaced->front());
}

HandlerResult GetWebhook(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  core::SubscriptionStore::Filter filter;
  filter.channel = channel->row;
  filter.dialect = core::Dialect::kWapio;
  PARLEY_CO_TRY(subscriptions, co_await call.core.webhooks.List(channel->account, filter));
  if (subscriptions.empty()) co_return http::Response::Json(200, "null");
  co_return http::Response::Json(200, base::EncodeText(ReplyOf(subscriptions.front())));
}

HandlerResult PutWebhook(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_TRY(body, http::DecodeBody<WebhookBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(wanted, WantedOf(body));
  PARLEY_CO_TRY(subscription, co_await SetWebhook(call, channel, std::move(wanted)));
  co_return http::Response::Json(200, base::EncodeText(ReplyOf(subscription)));
}

HandlerResult DeleteWebhook(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  std::vector<core::NewSubscription> none;
  PARLEY_CO_CHECK(co_await call.core.webhooks.Replace(channel->account, channel->row,
                                                      core::Dialect::kWapio, std::move(none)));
  http::Response response;
  response.status = 204;
  co_return response;
}

}  // namespace parley::api::wapio
