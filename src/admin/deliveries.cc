// Deliveries: what waits, what was given up, and how the last attempts went.
#include <map>

#include "admin/addresses.h"
#include "admin/handlers.h"
#include "admin/query.h"
#include "admin/webhook_view.h"
#include "base/text.h"
#include "core/webhooks/delivery.h"
#include "core/webhooks/webhooks.h"

namespace parley::admin {
namespace {

using SubscriptionIds = std::map<core::SubscriptionRow, core::SubscriptionId>;

DeliveryView ViewOf(const core::Delivery& delivery, const SubscriptionIds& subscriptions) {
  DeliveryView view;
  if (const auto id = subscriptions.find(delivery.subscription); id != subscriptions.end())
    view.subscription_id = Spell(id->second);
  view.position = delivery.event.value;
  view.name = delivery.name;
  view.state = NameOf(delivery.state);
  view.attempts = delivery.attempts;
  view.next_at = Spell(delivery.next_at);
  if (delivery.last_status != 0) view.last_status = delivery.last_status;
  view.last_error = base::NonEmpty(delivery.last_error);
  view.duration_ms = delivery.last_duration_ms;
  view.finished_at = Spell(delivery.finished_at);
  return view;
}

base::Result<core::DeliveryStore::Filter> FilterOf(const http::Request& request,
                                                   const SubscriptionIds& subscriptions) {
  core::DeliveryStore::Filter filter;
  PARLEY_TRY(wanted, QueryId<core::SubscriptionId>(request, "subscription"));
  for (const auto& [row, id] : subscriptions)
    if (wanted == id) filter.subscription = row;
  if (wanted && !filter.subscription)
    return base::FieldError("subscription", "Unknown subscription");
  if (const auto state = request.Query("state"))
    if (!ParseName(*state, filter.state.emplace()))
      return base::FieldError("state", "Must be waiting, parked, done or dead");
  PARLEY_TRY(before, QueryPosition(request, "before"));
  filter.before = before.value_or(core::EventPosition());
  return filter;
}

AnswerView AnswerOf(const core::Delivery& delivery) {
  AnswerView view;
  if (delivery.last_status != 0) view.status = delivery.last_status;
  view.body = base::NonEmpty(delivery.last_error);
  return view;
}

}  // namespace

PostView ViewOf(const core::ShownPost& post) {
  PostView view;
  view.url = post.url;
  view.body = post.body;
  for (const auto& [name, value] : post.headers) view.headers.push_back(HeaderView{name, value});
  return view;
}

HandlerResult GetDelivery(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(id, SubscriptionInPath(call));
  PARLEY_CO_TRY(position, PositionInPath(call, "delivery"));
  std::string name = call.request.Query("name").value_or("");
  auto found = co_await call.core.webhooks.GetDelivery(account.row, id, position, std::move(name));
  PARLEY_CO_TRY(detail, Named(std::move(found), "delivery"));
  const core::Delivery& delivery = detail.delivery;
  DeliveryDetailView view;
  view.subscription_id = Spell(id);
  view.position = delivery.event.value;
  view.name = delivery.name;
  view.state = NameOf(delivery.state);
  view.attempts = delivery.attempts;
  view.next_at = Spell(delivery.next_at);
  view.duration_ms = delivery.last_duration_ms;
  view.finished_at = Spell(delivery.finished_at);
  if (detail.post) view.request = ViewOf(*detail.post);
  if (delivery.attempts > 0) view.answer = AnswerOf(delivery);
  co_return Reply(200, view);
}

HandlerResult ListDeliveries(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  core::SubscriptionStore::Filter everything;
  PARLEY_CO_TRY(all, co_await call.core.webhooks.List(account.row, everything));
  SubscriptionIds subscriptions;
  for (const core::Subscription& one : all) subscriptions[one.row] = one.id;
  PARLEY_CO_TRY(filter, FilterOf(call.request, subscriptions));
  filter.limit = limit;
  std::vector<core::DeliveryState> any;
  PARLEY_CO_TRY(page, co_await call.core.webhooks.PageOfDeliveries(account.row, filter, any));
  DeliveryList list;
  for (const core::Delivery& row : page.rows) list.deliveries.push_back(ViewOf(row, subscriptions));
  if (page.more) list.next = list.deliveries.back().position;
  co_return Reply(200, list);
}

}  // namespace parley::admin
