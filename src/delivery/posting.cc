// The deliverer's part that posts: which lane goes next, and what an answer means for it.
#include "base/crash_point.h"
#include "base/log.h"
#include "core/event_store.h"
#include "delivery/deliverer.h"
#include "delivery/retry_policy.h"

namespace parley::delivery {
namespace {

core::Delivery RowOf(const Worker& worker, core::OrderKey key, const Item& item) {
  core::Delivery row;
  row.subscription = worker.subscription.row;
  row.event = item.position;
  row.name = item.name;
  row.order_key = key;
  row.attempts = item.attempts;
  return row;
}

}  // namespace

void Deliverer::MakeReady(const WorkerPtr& worker, core::OrderKey key) {
  Lane& lane = worker->lanes[key];
  if (lane.ready || lane.busy || lane.timer) return;
  lane.ready = true;
  worker->ready.push_back(key);
}

void Deliverer::StartPosts(const WorkerPtr& worker) {
  while (!stopping_ && !worker->paused && !worker->ready.empty() &&
         worker->in_flight < options_.max_in_flight) {
    const core::OrderKey key = worker->ready.front();
    worker->ready.pop_front();
    Lane& lane = worker->lanes[key];
    lane.ready = false;
    // The probe of a paused subscription takes its lane without asking who is ready.
    if (lane.busy) continue;
    if (lane.items.empty() && !lane.has_rows)
      worker->lanes.erase(key);
    else
      StartPost(worker, key);
  }
}

void Deliverer::StartPost(const WorkerPtr& worker, core::OrderKey key) {
  worker->lanes[key].busy = true;
  ++worker->in_flight;
  ++counters_.in_flight;
  Spawn("delivery post", PostFirst(worker, key));
}

base::Task<> Deliverer::PostFirst(WorkerPtr worker, core::OrderKey key) {
  std::optional<Item> item = co_await NextOf(worker, key);
  if (!item || worker->removed || stopping_) {
    --worker->in_flight;
    --counters_.in_flight;
    if (!worker->removed && !stopping_) FreeLane(worker, key);
    co_return;
  }
  if (item->body.empty()) {
    --worker->in_flight;
    --counters_.in_flight;
    Bury(worker, key, *item);
    co_return;
  }
  const base::Microseconds start = scheduler_.Monotonic();
  http::ClientRequest request = PostOf(worker->subscription, worker->secret, item->event,
                                       item->name, item->body, scheduler_.Now());
  auto answer = co_await client_.Send(std::move(request));
  base::ReachCrashPoint("after_post_before_done");
  --worker->in_flight;
  --counters_.in_flight;
  if (worker->removed) co_return;
  const Verdict verdict = Judge(answer, scheduler_.Now());
  const auto took = std::chrono::duration_cast<base::Duration>(scheduler_.Monotonic() - start);
  if (watcher_ != nullptr) {
    const std::string_view body = answer ? std::string_view(answer->body) : std::string_view();
    watcher_->OnPost(PostNote{worker->subscription, item->name, item->body, body,
                              item->attempts + 1, verdict.status, verdict.error, took});
  }
  Conclude(worker, key, std::move(*item), verdict, took);
}

// Rows come before what was read after them. nullopt: nothing to post now.
base::Task<std::optional<Item>> Deliverer::NextOf(WorkerPtr worker, core::OrderKey key) {
  while (worker->lanes[key].has_rows) {
    const std::uint64_t stored_rows = worker->lanes[key].stored_rows;
    auto row = co_await NextRow(worker, key);
    if (worker->removed) co_return std::nullopt;
    if (!row) {
      base::LogWarning("A delivery could not be read", {{"reason", row.error().detail}});
      SetTimer(worker, key, scheduler_.Now() + std::chrono::seconds(1));
      co_return std::nullopt;
    }
    Lane& lane = worker->lanes[key];
    if (*row || lane.timer) co_return std::move(*row);
    if (lane.parking > 0) co_return std::nullopt;  // goes on when that row is stored
    if (lane.stored_rows == stored_rows) lane.has_rows = false;
  }
  Lane& lane = worker->lanes[key];
  if (lane.items.empty()) co_return std::nullopt;
  Item item = std::move(lane.items.front());
  lane.items.pop_front();
  CountQueued(*worker, -1);
  co_return item;
}

// The first row of the key as an item; sets the lane's timer when it is not due yet.
base::Task<base::Result<std::optional<Item>>> Deliverer::NextRow(WorkerPtr worker,
                                                                 core::OrderKey key) {
  using Found = std::pair<std::optional<core::Delivery>, std::optional<core::Event>>;
  auto read = [row = worker->subscription.row,
               key](const core::Transaction& tx) -> base::Result<Found> {
    Found found;
    PARLEY_TRY(delivery, tx.deliveries().NextOfKey(row, key));
    found.first = std::move(delivery);
    if (!found.first) return found;
    PARLEY_TRY(event, tx.events().Find(found.first->event));
    found.second = std::move(event);
    return found;
  };
  auto found = co_await store_.Read(read);
  if (!found) co_return found.error();
  if (!found->first) co_return std::optional<Item>();
  std::vector<core::Payload> payloads;
  if (found->second) payloads = Encode(*worker, *found->second);
  if (payloads.size() > 1) {
    core::Delivery any = std::move(*found->first);
    std::vector<std::string> names;
    for (const core::Payload& payload : payloads) names.push_back(payload.name);
    auto first = co_await FirstOf(std::move(any), std::move(names));
    if (!first) co_return first.error();
    if (worker->removed) co_return std::optional<Item>();
    found->first = std::move(*first);
  }
  core::Delivery& row = *found->first;
  const base::Time now = scheduler_.Now();
  if (row.next_at && *row.next_at > now) {
    if (!worker->removed) SetTimer(worker, key, *row.next_at);
    co_return std::optional<Item>();
  }
  Item item;
  item.position = row.event;
  item.name = row.name;
  item.attempts = row.attempts;
  item.stored = true;
  item.body = std::move(row.body);
  if (found->second) {
    item.event = found->second->id;
    if (item.body.empty())
      for (core::Payload& payload : payloads)
        if (payload.name == item.name) item.body = std::move(payload.body);
  }
  co_return std::optional<Item>(std::move(item));
}

// Of the unsettled rows of one event, whose keys hold names, the one that its encoder put first.
base::Task<base::Result<core::Delivery>> Deliverer::FirstOf(core::Delivery found,
                                                            std::vector<std::string> names) {
  auto read = [found, names](const core::Transaction& tx) -> base::Result<core::Delivery> {
    for (const std::string& name : names) {
      PARLEY_TRY(row, tx.deliveries().Find(found.subscription, found.event, name));
      if (row && row->order_key == found.order_key &&
          (row->state == core::DeliveryState::kWaiting ||
           row->state == core::DeliveryState::kParked))
        return std::move(*row);
    }
    return found;
  };
  co_return co_await store_.Read(std::move(read));
}

// The lane's turn is over: it goes on with what is next, unless a timer says when.
void Deliverer::FreeLane(const WorkerPtr& worker, core::OrderKey key) {
  Lane& lane = worker->lanes[key];
  lane.busy = false;
  // While rows of it are being stored, OnStored makes it ready.
  if (lane.parking == 0) {
    if (lane.has_rows || !lane.items.empty())
      MakeReady(worker, key);
    else if (!lane.timer && !lane.ready)
      worker->lanes.erase(key);
  }
  if (worker->paused && worker->probe_key == key) OnDue(worker, key);
  StartPosts(worker);
}

void Deliverer::SetTimer(const WorkerPtr& worker, core::OrderKey key, base::Time due) {
  Lane& lane = worker->lanes[key];
  if (lane.timer) scheduler_.Cancel(*lane.timer);
  lane.timer = scheduler_.After(due - scheduler_.Now(), [this, worker, key] {
    worker->lanes[key].timer.reset();
    OnDue(worker, key);
  });
}

void Deliverer::OnDue(const WorkerPtr& worker, core::OrderKey key) {
  if (stopping_ || worker->removed) return;
  Lane& lane = worker->lanes[key];
  if (lane.busy || lane.timer) return;
  if (!worker->paused) {
    MakeReady(worker, key);
    return StartPosts(worker);
  }
  if (!worker->probe_key) worker->probe_key = key;
  if (worker->probe_key == key) StartPost(worker, key);
}

// -------------------------------------------------------------------------------------- outcome

void Deliverer::Conclude(const WorkerPtr& worker, core::OrderKey key, Item item,
                         const Verdict& verdict, base::Duration took) {
  const base::Time now = scheduler_.Now();
  ++item.attempts;
  Outcome outcome;
  outcome.worker = worker;
  outcome.was_unsettled = !item.stored;
  outcome.frees_lane = true;
  outcome.row = RowOf(*worker, key, item);
  outcome.row.last_status = verdict.status;
  outcome.row.last_error = verdict.error;
  outcome.row.last_duration_ms = took.count();
  const auto pause = PauseAfter(item.attempts, verdict.retry_after, random_);
  if (verdict.delivered) {
    outcome.row.state = core::DeliveryState::kDone;
    ++counters_.delivered;
  } else {
    outcome.row.body = std::move(item.body);
    ++counters_.failed;
    if (verdict.gone || !pause) {
      outcome.row.state = core::DeliveryState::kDead;
      ++counters_.dead;
      if (worker->probe_key == key) worker->probe_key.reset();
    } else {
      outcome.row.state = core::DeliveryState::kWaiting;
      outcome.row.next_at = now + *pause;
      Lane& lane = worker->lanes[key];
      lane.has_rows = true;
      for (const Item& behind : lane.items) Park(worker, key, behind);
      CountQueued(*worker, -static_cast<int>(lane.items.size()));
      lane.items.clear();
    }
  }
  if (outcome.row.state != core::DeliveryState::kWaiting) outcome.row.finished_at = now;
  outcomes_.push_back(std::move(outcome));
  verdict.delivered ? OnSuccess(worker) : OnFailure(worker, verdict.gone);
  Flush();
}

// A row whose payload can no longer be made: its event is pruned, or the subscription no longer
// wants it.
void Deliverer::Bury(const WorkerPtr& worker, core::OrderKey key, const Item& item) {
  Outcome outcome;
  outcome.worker = worker;
  outcome.frees_lane = true;
  outcome.row = RowOf(*worker, key, item);
  outcome.row.state = core::DeliveryState::kDead;
  outcome.row.last_error = "the payload is no longer available";
  outcome.row.finished_at = scheduler_.Now();
  ++counters_.dead;
  outcomes_.push_back(std::move(outcome));
  Flush();
}

void Deliverer::Park(const WorkerPtr& worker, core::OrderKey key, const Item& item) {
  Outcome outcome;
  outcome.worker = worker;
  outcome.was_unsettled = true;
  outcome.row = RowOf(*worker, key, item);
  outcome.row.state = core::DeliveryState::kParked;
  ++worker->lanes[key].parking;
  outcomes_.push_back(std::move(outcome));
  Flush();
}

void Deliverer::OnSuccess(const WorkerPtr& worker) {
  worker->failures = 0;
  if (worker->subscription.failing_since) {
    worker->subscription.failing_since.reset();
    health_.insert(worker);
  }
  if (!std::exchange(worker->paused, false)) return;
  --counters_.paused;
  base::LogInfo("Webhook receiver is back",
                {{"subscription", worker->subscription.id.value.ToText()}});
  worker->probe_key.reset();
  worker->make_due = true;
  health_.insert(worker);
}

void Deliverer::OnFailure(const WorkerPtr& worker, bool gone) {
  const base::Time now = scheduler_.Now();
  core::Subscription& subscription = worker->subscription;
  if (!subscription.failing_since) {
    subscription.failing_since = now;
    health_.insert(worker);
  }
  const bool failing_for_long = now - *subscription.failing_since >= options_.disable_after;
  if (gone || failing_for_long) {
    subscription.state = core::SubscriptionState::kDisabled;
    subscription.state_reason = gone ? "gone" : "failing";
    health_.insert(worker);
    return;
  }
  if (++worker->failures < kFailuresThatPause || worker->paused) return;
  worker->paused = true;
  ++counters_.paused;
  base::LogWarning("Webhook receiver is failing, paused",
                   {{"subscription", subscription.id.value.ToText()}});
  FallBehind(worker);
}

}  // namespace parley::delivery
