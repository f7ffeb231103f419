#include "delivery/deliverer.h"

#include <algorithm>

#include "base/log.h"
#include "core/event_store.h"

namespace parley::delivery {
namespace {

constexpr int kPage = 256;
constexpr base::Duration kReadRetry = std::chrono::milliseconds(500);

bool Matches(const core::Subscription& subscription, const core::Event& event) {
  return subscription.account == event.account &&
         (!subscription.channel || subscription.channel == event.channel);
}

}  // namespace

Deliverer::Deliverer(core::Store& store, base::Random& random, core::EventBell& bell,
                     http::Client& client, const core::Secrets& secrets, const Encoders& encoders,
                     DelivererOptions options)
    : store_(store),
      scheduler_(store.scheduler()),
      random_(random),
      bell_(bell),
      client_(client),
      secrets_(secrets),
      encoders_(encoders),
      options_(options),
      appended_(scheduler_),
      room_(scheduler_),
      idle_(scheduler_) {}

Deliverer::~Deliverer() = default;

base::Task<base::Result<void>> Deliverer::Start() {
  auto read_position = [](const core::Transaction& tx) { return tx.deliveries().CommonPosition(); };
  PARLEY_CO_TRY(common, co_await store_.Read(read_position));
  tail_ = stored_ = common;
  core::SubscriptionRow after;
  while (true) {
    auto read = [after](const core::Transaction& tx) {
      return tx.subscriptions().ListActive(after, kPage);
    };
    PARLEY_CO_TRY(page, co_await store_.Read(read));
    for (core::Subscription& subscription : page) {
      after = subscription.row;
      const core::EventPosition from =
          subscription.behind ? subscription.position : std::max(common, subscription.position);
      PARLEY_CO_CHECK(co_await Add(std::move(subscription), from));
    }
    if (page.size() < kPage) break;
  }
  bell_.Join(scheduler_, appended_);
  Spawn("delivery tail", Tail());
  co_return base::Result<void>();
}

base::Task<> Deliverer::Stop() {
  stopping_ = true;
  bell_.Leave(appended_);
  appended_.Notify();
  room_.Notify();
  if (position_timer_) scheduler_.Cancel(*position_timer_);
  position_timer_.reset();
  while (tasks_ > 0) co_await idle_.Wait();
  Flush();
  while (tasks_ > 0) co_await idle_.Wait();
  // order-ok: removing changes nothing but this object.
  for (const auto& [row, worker] : std::exchange(workers_, {})) Remove(worker);
}

bool Deliverer::idle() const { return queued_ == 0 && counters_.in_flight == 0 && !flushing_; }

void Deliverer::Spawn(const char* name, base::Task<> task) {
  ++tasks_;
  scheduler_.Spawn(name, Counted(std::move(task)));
}

base::Task<> Deliverer::Counted(base::Task<> task) {
  co_await std::move(task);
  if (--tasks_ == 0) idle_.Notify();
}

// ----------------------------------------------------------------------------- the common tail

base::Task<> Deliverer::Tail() {
  while (!stopping_) {
    if (queued_ >= options_.max_total_queued) {
      co_await room_.Wait();
      continue;
    }
    const std::vector<core::AccountRow> accounts = Accounts();
    auto read = [after = tail_, accounts](const core::Transaction& tx) {
      return tx.events().AfterOf(accounts, after, kPage);
    };
    auto slice = co_await store_.Read(std::move(read));
    if (accounts != Accounts()) continue;  // who has come may have caught up with the tail already
    if (!slice) {
      base::LogWarning("Events could not be read", {{"reason", slice.error().detail}});
      co_await scheduler_.Sleep(kReadRetry);
      continue;
    }
    const bool moved = slice->last > tail_;
    for (const core::Event& event : slice->events) OfferToAll(event);
    tail_ = slice->last;
    if (moved) FlushSoon();
    if (slice->at_end && !stopping_) co_await appended_.Wait();
  }
}

// Those with a subscription, in order.
std::vector<core::AccountRow> Deliverer::Accounts() const {
  std::vector<core::AccountRow> accounts;
  for (const auto& [account, workers] : by_account_)
    if (!workers.empty()) accounts.push_back(account);
  return accounts;
}

void Deliverer::OfferToAll(const core::Event& event) {
  tail_ = event.position;
  const auto workers = by_account_.find(event.account);
  if (workers == by_account_.end()) return;
  for (const WorkerPtr& worker : workers->second) {
    if (worker->behind || event.position <= worker->read) continue;
    worker->read = event.position;
    Offer(worker, event);
    StartPosts(worker);
    if (worker->queued > options_.max_queued) FallBehind(worker);
  }
}

std::vector<core::Payload> Deliverer::Encode(const Worker& worker, const core::Event& event) const {
  const core::EventEncoder* encoder =
      encoders_[static_cast<std::size_t>(worker.subscription.dialect)];
  if (encoder == nullptr || !Matches(worker.subscription, event)) return {};
  std::vector<core::Payload> payloads = encoder->Encode(event, worker.subscription);
  std::erase_if(payloads, [&](const core::Payload& payload) {
    return !worker.subscription.Wants(payload.name);
  });
  return payloads;
}

void Deliverer::Offer(const WorkerPtr& worker, const core::Event& event) {
  const auto settled = worker->settled.find(event.position.value);
  const core::OrderKey key = core::OrderKeyOf(event);
  for (core::Payload& payload : Encode(*worker, event)) {
    if (settled != worker->settled.end() &&
        std::find(settled->second.begin(), settled->second.end(), payload.name) !=
            settled->second.end())
      continue;
    Item item;
    item.position = event.position;
    item.event = event.id;
    item.name = std::move(payload.name);
    item.body = std::move(payload.body);
    CountUnsettled(*worker, item.position, +1);
    Lane& lane = worker->lanes[key];
    if (lane.has_rows) {
      Park(worker, key, item);
      continue;
    }
    CountQueued(*worker, +1);
    lane.items.push_back(std::move(item));
    MakeReady(worker, key);
  }
  if (settled != worker->settled.end()) worker->settled.erase(settled);
}

// ------------------------------------------------------------------------- falling behind and back

void Deliverer::FallBehind(const WorkerPtr& worker) {
  if (worker->behind) return;
  worker->read = std::max(worker->read, tail_);
  for (const auto& [position, count] : worker->unsettled) {
    const auto common = unsettled_.find(position);
    if ((common->second -= count) == 0) unsettled_.erase(common);
  }
  worker->behind = true;
  ++counters_.behind;
  moved_.insert(worker);
  Flush();
}

void Deliverer::KeepUp(const WorkerPtr& worker) {
  worker->behind = false;
  --counters_.behind;
  for (const auto& [position, count] : worker->unsettled) unsettled_[position] += count;
  moved_.insert(worker);
  Flush();
}

void Deliverer::StartCatchUp(const WorkerPtr& worker) {
  if (!worker->behind || worker->catching_up || worker->paused || worker->removed || stopping_ ||
      worker->queued > options_.max_queued / 2)
    return;
  worker->catching_up = true;
  Spawn("delivery catch-up", CatchUp(worker));
}

base::Task<> Deliverer::CatchUp(WorkerPtr worker) {
  while (!stopping_ && !worker->removed && !worker->paused &&
         worker->queued <= options_.max_queued) {
    if (worker->read >= tail_) {
      KeepUp(worker);
      break;
    }
    const core::EventPosition tail = tail_;
    auto read = [after = worker->read,
                 account = worker->subscription.account](const core::Transaction& tx) {
      return tx.events().AfterOf({account}, after, kPage);
    };
    auto slice = co_await store_.Read(read);
    if (worker->removed) break;
    if (!slice) {
      base::LogWarning("Events could not be read", {{"reason", slice.error().detail}});
      co_await scheduler_.Sleep(kReadRetry);
      continue;
    }
    for (const core::Event& event : slice->events) {
      worker->read = event.position;
      Offer(worker, event);
    }
    worker->read = slice->at_end ? std::max(slice->last, tail) : slice->last;
    moved_.insert(worker);
    FlushSoon();
    StartPosts(worker);
  }
  worker->catching_up = false;
}

}  // namespace parley::delivery
