// Deliveries: what waits, what was given up, and how the last attempts went.
#include <algorithm>
#include <limits>
#include <map>

#include "admin/addresses.h"
#include "admin/handlers.h"
#include "admin/query.h"
#include "admin/schema.h"
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
  view.last_error = NonEmpty(delivery.last_error);
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

struct Page {
  std::vector<core::Delivery> rows;
  bool more = false;
};

// The cursor is an event, which may have several deliveries, so a page holds whole events: it ends
// before the event at which the limit falls, unless that event alone fills it.
base::Task<base::Result<Page>> ReadPage(Call& call, core::AccountRow account,
                                        core::DeliveryStore::Filter filter, int limit) {
  for (filter.limit = limit + 1;; filter.limit *= 2) {
    PARLEY_CO_TRY(rows, co_await call.core.webhooks.Deliveries(account, filter));
    Page page;
    page.more = rows.size() == static_cast<std::size_t>(filter.limit);
    if (page.more) {
      const core::EventPosition cut = rows.back().event;
      while (!rows.empty() && rows.back().event == cut) rows.pop_back();
    }
    if (page.more && rows.empty() && filter.limit < std::numeric_limits<int>::max() / 2) continue;
    page.rows = std::move(rows);
    co_return page;
  }
}

}  // namespace

HandlerResult ListDeliveries(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  core::SubscriptionStore::Filter everything;
  PARLEY_CO_TRY(all, co_await call.core.webhooks.List(account.row, everything));
  SubscriptionIds subscriptions;
  for (const core::Subscription& one : all) subscriptions[one.row] = one.id;
  PARLEY_CO_TRY(filter, FilterOf(call.request, subscriptions));
  PARLEY_CO_TRY(page, co_await ReadPage(call, account.row, filter, limit));
  DeliveryList list;
  for (const core::Delivery& row : page.rows) list.deliveries.push_back(ViewOf(row, subscriptions));
  if (page.more) list.next = list.deliveries.back().position;
  co_return Reply(200, list);
}

}  // namespace parley::admin
