// The deliverer's part that makes outcomes durable: one write at a time, with everything that has
// come up since the one before.
#include "base/log.h"
#include "core/event_store.h"
#include "core/stamp.h"
#include "delivery/deliverer.h"

namespace parley::delivery {
namespace {

constexpr base::Duration kStoreRetry = std::chrono::milliseconds(200);
// How long a position may be out of date when nothing else needs storing: a restart reads the log
// from the stored one.
constexpr base::Duration kPositionDelay = std::chrono::seconds(2);

}  // namespace

// Plain values for the store's closure.
struct Deliverer::FlushWrite {
  struct Health {
    core::Subscription subscription;
    bool make_due = false;
  };
  std::vector<core::Delivery> rows;
  std::vector<core::Subscription> positions;
  std::vector<Health> health;
  core::EventPosition common;
  std::optional<core::Stamp> stamp;

  base::Result<void> operator()(core::Transaction& tx) const {
    core::Stamp ids = *stamp;
    for (const core::Delivery& row : rows) PARLEY_CHECK(tx.deliveries().Put(row));
    for (const core::Subscription& s : positions)
      PARLEY_CHECK(tx.subscriptions().SetPosition(s.row, s.position, s.behind));
    for (const Health& change : health) {
      const core::Subscription& s = change.subscription;
      PARLEY_CHECK(tx.subscriptions().SetHealth(s.row, s.state, s.state_reason, s.failing_since));
      if (change.make_due) PARLEY_CHECK(tx.deliveries().MakeDue(s.row, ids.now()));
      if (s.state == core::SubscriptionState::kDisabled) PARLEY_CHECK(Disable(tx, s, ids));
    }
    return tx.deliveries().SetCommonPosition(common);
  }

  static base::Result<void> Disable(core::Transaction& tx, const core::Subscription& s,
                                    core::Stamp& ids) {
    PARLEY_CHECK(tx.deliveries().GiveUp(s.row, ids.now()));
    core::Event event;
    event.id = ids.Next<core::EventId>();
    event.account = s.account;
    event.channel = s.channel;
    event.at = ids.now();
    event.body = core::SubscriptionDisabled{s.id, s.url, s.state_reason};
    PARLEY_CHECK(tx.events().Append(event));
    return {};
  }
};

void Deliverer::CountUnsettled(Worker& worker, core::EventPosition position, int change) {
  const auto count = [&](std::map<std::int64_t, int>& positions) {
    if ((positions[position.value] += change) == 0) positions.erase(position.value);
  };
  count(worker.unsettled);
  if (!worker.behind) count(unsettled_);
}

void Deliverer::CountQueued(Worker& worker, int change) {
  worker.queued += static_cast<std::size_t>(change);
  queued_ += static_cast<std::size_t>(change);
  counters_.queued += change;
  if (change < 0 && queued_ < options_.max_total_queued) room_.Notify();
}

core::EventPosition Deliverer::CommonPosition() const {
  return unsettled_.empty() ? tail_ : core::EventPosition(unsettled_.begin()->first - 1);
}

void Deliverer::Flush() {
  if (flushing_) return;
  flushing_ = true;
  Spawn("delivery flush", FlushAll());
}

void Deliverer::FlushSoon() {
  if (position_timer_ || flushing_ || stopping_) return;
  position_timer_ = scheduler_.After(kPositionDelay, [this] {
    position_timer_.reset();
    if (CommonPosition() != stored_ || !moved_.empty()) Flush();
  });
}

Deliverer::FlushWrite Deliverer::TakeFlush(std::vector<Outcome>& outcomes) {
  FlushWrite write;
  outcomes = std::exchange(outcomes_, {});
  for (const Outcome& outcome : outcomes) {
    if (outcome.worker->removed) continue;  // its rows went with the subscription
    if (outcome.was_unsettled) CountUnsettled(*outcome.worker, outcome.row.event, -1);
    if (outcome.worker->behind) moved_.insert(outcome.worker);
    write.rows.push_back(outcome.row);
  }
  for (const WorkerPtr& worker : std::exchange(health_, {})) {
    if (worker->removed) continue;
    FlushWrite::Health change{worker->subscription, std::exchange(worker->make_due, false)};
    write.health.push_back(std::move(change));
    if (worker->subscription.state == core::SubscriptionState::kDisabled) {
      // It goes on from its own position if it is ever switched on again.
      if (!worker->behind) FallBehind(worker);
      moved_.insert(worker);
    }
  }
  for (const WorkerPtr& worker : std::exchange(moved_, {})) {
    if (worker->removed) continue;
    worker->subscription.position = worker->position();
    worker->subscription.behind = worker->behind;
    write.positions.push_back(worker->subscription);
  }
  write.common = CommonPosition();
  write.stamp.emplace(scheduler_.Now(), random_);
  return write;
}

base::Task<> Deliverer::FlushAll() {
  do {
    std::vector<Outcome> outcomes;
    const FlushWrite write = TakeFlush(outcomes);
    auto written = co_await store_.Write(write);
    while (!written && base::IsTransient(written.error().code)) {
      // Outcomes must not be lost: without them everything here would be posted again.
      base::LogWarning("Delivery outcomes could not be stored",
                       {{"reason", written.error().detail}});
      co_await scheduler_.Sleep(kStoreRetry);
      written = co_await store_.Write(write);
    }
    if (!written)
      base::LogError("Delivery outcomes cannot be stored", {{"reason", written.error().detail}});
    else
      stored_ = write.common;
    for (const FlushWrite::Health& change : write.health) {
      const auto worker = workers_.find(change.subscription.row);
      if (worker == workers_.end()) continue;
      const WorkerPtr changed = worker->second;
      if (change.subscription.state == core::SubscriptionState::kDisabled) {
        base::LogWarning("Webhook subscription disabled",
                         {{"subscription", change.subscription.id.value.ToText()},
                          {"reason", change.subscription.state_reason}});
        workers_.erase(worker);
        Remove(changed);
      } else if (change.make_due) {
        Spawn("delivery rows", LoadRows(changed));
      }
    }
    for (const Outcome& outcome : outcomes) OnStored(outcome);
  } while (!outcomes_.empty() || !moved_.empty() || !health_.empty());
  flushing_ = false;
}

void Deliverer::OnStored(const Outcome& outcome) {
  const WorkerPtr& worker = outcome.worker;
  if (worker->removed) return;
  Lane& lane = worker->lanes[outcome.row.order_key];
  if (outcome.frees_lane) {
    FreeLane(worker, outcome.row.order_key);
  } else {
    --lane.parking;
    ++lane.stored_rows;
    if (!lane.busy && !worker->paused) {
      MakeReady(worker, outcome.row.order_key);
      StartPosts(worker);
    }
  }
  // A dead probe leaves nobody to find out whether the receiver is back.
  if (worker->paused && !worker->probe_key && outcome.frees_lane)
    Spawn("delivery rows", LoadRows(worker));
  StartCatchUp(worker);
}

}  // namespace parley::delivery
