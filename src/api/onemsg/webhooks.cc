// Callback URLs: up to five, replaced as a whole.
#include "core/webhooks/webhooks.h"

#include <algorithm>

#include "api/onemsg/handlers.h"
#include "api/onemsg/hooks.h"
#include "api/onemsg/schema.h"

namespace parley::api::onemsg {
namespace {

base::Error UrlFault(std::string text) { return base::FieldError("webhookUrl", std::move(text)); }

// "" and null are no URL.
base::Result<std::vector<std::string>> UrlsOf(const base::json::value& wanted) {
  base::json::array list;
  if (wanted.is_array()) {
    list = wanted.get_array();
  } else if (!wanted.is_null()) {
    list.push_back(wanted);
  }
  std::vector<std::string> urls;
  for (const base::json::value& item : list) {
    if (!item.is_string()) return UrlFault("Must be a URL, a list of URLs, or null");
    std::string url(item.get_string());
    if (url.size() > core::kMaxWebhookUrl) return UrlFault("The URL is too long");
    if (!url.empty() && std::find(urls.begin(), urls.end(), url) == urls.end())
      urls.push_back(std::move(url));
    // Not behind the loop: looking for doubles among thousands would keep everybody waiting.
    if (urls.size() > kMaxUrls) return UrlFault("At most 5 URLs");
  }
  return urls;
}

base::Task<base::Result<std::vector<core::Subscription>>> Current(Call& call) {
  core::SubscriptionStore::Filter filter;
  filter.channel = call.channel->row;
  filter.dialect = core::Dialect::kOneMsg;
  return call.core.webhooks.List(call.channel->account, filter);
}

// In the vendor's words of a circuit breaker: open = switched off, half-open = its last post
// failed.
WebhookStatus StatusOf(const core::Subscription& subscription) {
  WebhookStatus status;
  status.webhook_url = subscription.url;
  status.disabled = subscription.state != core::SubscriptionState::kActive;
  status.circuit_state = status.disabled ? "open" : "closed";
  if (!status.disabled && subscription.failing_since) status.circuit_state = "half-open";
  if (!subscription.state_reason.empty()) status.reason = subscription.state_reason;
  if (subscription.failing_since)
    status.failing_since = base::FormatTime(*subscription.failing_since, base::TimeStyle::kIsoZ);
  return status;
}

}  // namespace

base::Task<base::Result<base::json::value>> WebhookUrl(Call& call) {
  PARLEY_CO_TRY(current, co_await Current(call));
  base::json::array urls;
  for (const core::Subscription& subscription : current)
    urls.push_back(base::json::string(base::JsonView(subscription.url)));
  if (urls.empty()) co_return base::json::value(nullptr);
  if (urls.size() == 1) co_return base::json::value(urls.front());
  co_return base::json::value(std::move(urls));
}

base::Result<std::optional<base::json::value>> WebhookUrlIn(const base::json::value& body) {
  using Found = std::optional<base::json::value>;
  const base::json::object* members = body.if_object();
  const base::json::value* url = members == nullptr ? nullptr : base::Find(*members, "webhookUrl");
  if (url == nullptr) return Found();
  const base::json::string* text = url->if_string();
  if (text == nullptr || !text->starts_with('[')) return Found(*url);
  auto list = base::ParseJson({text->data(), text->size()});
  if (!list || !list->is_array()) return UrlFault("Must be a URL, a list of URLs, or null");
  return Found(std::move(*list));
}

base::Task<base::Result<bool>> SetWebhookUrl(Call& call, base::json::value wanted) {
  PARLEY_CO_TRY(urls, UrlsOf(wanted));
  PARLEY_CO_TRY(before, co_await Current(call));
  const bool same = before.size() == urls.size() &&
                    std::all_of(before.begin(), before.end(), [&](const core::Subscription& s) {
                      return s.state == core::SubscriptionState::kActive &&
                             std::find(urls.begin(), urls.end(), s.url) != urls.end();
                    });
  std::vector<core::NewSubscription> subscriptions;
  for (std::string& url : urls) {
    core::NewSubscription one;
    one.url = std::move(url);
    one.parameters = core::HookParametersOf(call.channel->settings, call.caller->account.settings);
    subscriptions.push_back(std::move(one));
  }
  auto replaced = co_await call.core.webhooks.Replace(
      call.channel->account, call.channel->row, core::Dialect::kOneMsg, std::move(subscriptions));
  if (!replaced) co_return base::RenameFault(replaced.error(), "url", "webhookUrl");
  co_return !same;
}

base::Task<base::Result<void>> ApplyHookSettings(Call& call, core::ChannelSettings settings) {
  core::SubscriptionParameters parameters =
      core::HookParametersOf(settings, call.caller->account.settings);
  return call.core.webhooks.SetParameters(call.channel->account, call.channel->row,
                                          core::Dialect::kOneMsg, std::move(parameters));
}

HandlerResult GetWebhook(Call& call) {
  PARLEY_CO_TRY(url, co_await WebhookUrl(call));
  PARLEY_CO_TRY(current, co_await Current(call));
  WebhookReply reply;
  reply.webhook_url = std::move(url);
  for (const core::Subscription& subscription : current) {
    reply.statuses.push_back(StatusOf(subscription));
    reply.have_disabled = reply.have_disabled || reply.statuses.back().disabled;
  }
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult SetWebhook(Call& call) {
  PARLEY_CO_TRY(request, http::ReadBody(call.request, kBodyTypes));
  PARLEY_CO_TRY(url, WebhookUrlIn(request.value));
  if (!url) co_return UrlFault("Required");
  PARLEY_CO_TRY(changed, co_await SetWebhookUrl(call, *url));
  SetWebhookReply reply;
  reply.set = changed;
  reply.message = *url;
  co_return http::Response::Json(200, base::EncodeText(reply));
}

}  // namespace parley::api::onemsg
