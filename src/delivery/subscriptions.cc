// The deliverer's part that keeps its workers in step with the subscriptions in the store.
#include <algorithm>

#include "base/log.h"
#include "delivery/deliverer.h"

namespace parley::delivery {

void Deliverer::Refresh(core::SubscriptionRow subscription) {
  scheduler_.Post([this, subscription] {
    if (!stopping_) Spawn("delivery refresh", RefreshNow(subscription));
  });
}

base::Task<> Deliverer::RefreshNow(core::SubscriptionRow row) {
  auto read = [row](const core::Transaction& tx) { return tx.subscriptions().Find(row); };
  auto found = co_await store_.Read(read);
  if (!found) {
    base::LogError("A subscription could not be read", {{"reason", found.error().detail}});
    co_return;
  }
  const auto known = workers_.find(row);
  WorkerPtr worker = known == workers_.end() ? nullptr : known->second;
  const bool active = *found && (*found)->state == core::SubscriptionState::kActive;
  if (!active) {
    if (worker) {
      workers_.erase(row);
      Remove(worker);
    }
    co_return;
  }
  if (!worker) {
    const core::EventPosition from = (*found)->position;
    (*found)->behind = true;
    auto added = co_await Add(std::move(**found), from);
    if (!added)
      base::LogError("A subscription could not be taken up", {{"reason", added.error().detail}});
    co_return;
  }
  auto secret = secrets_.Open(core::SigningPurpose((*found)->account), (*found)->sealed_secret);
  if (secret) worker->secret = std::move(*secret);
  const bool behind = worker->behind;
  worker->subscription = std::move(**found);
  worker->subscription.behind = behind;
  // Somebody has looked after it: whatever waits is worth a try now.
  worker->failures = 0;
  worker->probe_key.reset();
  if (std::exchange(worker->paused, false)) --counters_.paused;
  worker->make_due = true;
  health_.insert(worker);
  Flush();
  StartPosts(worker);
  StartCatchUp(worker);
}

base::Task<base::Result<void>> Deliverer::Add(core::Subscription subscription,
                                              core::EventPosition from) {
  auto worker = std::make_shared<Worker>();
  PARLEY_CO_TRY(secret, secrets_.Open(core::SigningPurpose(subscription.account),
                                      subscription.sealed_secret));
  worker->secret = std::move(secret);
  worker->read = from;
  worker->behind = subscription.behind;
  worker->subscription = std::move(subscription);
  const core::SubscriptionRow row = worker->subscription.row;
  auto read = [row, from](const core::Transaction& tx) { return tx.deliveries().Above(row, from); };
  PARLEY_CO_TRY(above, co_await store_.Read(read));
  for (core::Delivery& delivery : above)
    worker->settled[delivery.event.value].push_back(std::move(delivery.name));
  if (workers_.contains(row)) co_return base::Result<void>();  // two refreshes at once
  workers_[row] = worker;
  by_account_[worker->subscription.account].push_back(worker);
  counters_.behind += worker->behind;
  co_await LoadRows(worker);
  StartCatchUp(worker);
  co_return base::Result<void>();
}

void Deliverer::Remove(const WorkerPtr& worker) {
  worker->removed = true;
  std::erase(by_account_[worker->subscription.account], worker);
  for (auto& [key, lane] : worker->lanes)
    if (lane.timer) scheduler_.Cancel(*lane.timer);
  if (!worker->behind) {
    for (const auto& [position, count] : worker->unsettled) {
      const auto common = unsettled_.find(position);
      if ((common->second -= count) == 0) unsettled_.erase(common);
    }
  }
  CountQueued(*worker, -static_cast<int>(worker->queued));
  counters_.behind -= worker->behind;
  counters_.paused -= worker->paused;
  worker->unsettled.clear();
  worker->lanes.clear();
  worker->ready.clear();
  room_.Notify();
}

base::Task<> Deliverer::LoadRows(WorkerPtr worker) {
  auto read = [row = worker->subscription.row](const core::Transaction& tx) {
    return tx.deliveries().NextOfKeys(row);
  };
  auto rows = co_await store_.Read(read);
  if (!rows || worker->removed) co_return;
  for (const core::Delivery& row : *rows) {
    Lane& lane = worker->lanes[row.order_key];
    lane.has_rows = true;
    if (!lane.busy) SetTimer(worker, row.order_key, row.next_at.value_or(scheduler_.Now()));
  }
  // Nothing waits that could find out whether the receiver is back.
  if (rows->empty() && std::exchange(worker->paused, false)) {
    --counters_.paused;
    StartPosts(worker);
    StartCatchUp(worker);
  }
}

}  // namespace parley::delivery
