#include "core/retention.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "core/channels/channel_store.h"
#include "core/event_store.h"
#include "core/idempotency.h"
#include "core/media/media_store.h"
#include "core/messages/message_store.h"
#include "core/messages/receive.h"
#include "core/stamp.h"
#include "core/webhooks/webhook_store.h"

namespace parley::core {
namespace {

// A step of so many rows takes the writer a few milliseconds; with its pause, a sweep deletes up to
// some ten thousand rows a second.
constexpr int kStep = 200;
constexpr base::Duration kPause = std::chrono::milliseconds(10);
// Bytes are stored before the row that names them is: a file must be older than that can take.
constexpr base::Duration kFileGrace = std::chrono::hours(1);
constexpr int kShelves = 256;

// Up to here no delivery needs an event any more.
base::Result<EventPosition> SettledPosition(const Transaction& tx) {
  PARLEY_TRY(settled, tx.deliveries().CommonPosition());
  PARLEY_TRY(behind, tx.subscriptions().LowestBehind());
  if (behind) settled = std::min(settled, *behind);
  PARLEY_TRY(unsettled, tx.deliveries().OldestUnsettled());
  if (unsettled.value > 0) settled = std::min(settled, EventPosition(unsettled.value - 1));
  return settled;
}

struct MessagesStep {
  int deleted = 0, expired = 0;
  std::optional<MessageRow> next;
};

base::Result<MessagesStep> PruneMessages(Transaction& tx, base::Time until, MessageRow after,
                                         Stamp stamp) {
  PARLEY_TRY(pruned, tx.messages().Prune(until, after, kStep));
  MessagesStep step;
  step.deleted = pruned.deleted;
  step.next = pruned.next;
  for (MessageInChat& queued : pruned.queued) {
    PARLEY_TRY(channel, tx.channels().Find(queued.message.account, queued.message.channel));
    if (!channel) continue;
    StatusNews news;
    news.status = MessageStatus::kFailed;
    news.at = stamp.now();
    news.failure = Failure{"expired", "Not sent within the time that messages are kept"};
    PARLEY_CHECK(ApplyStatus(tx, *channel, std::move(queued), news, stamp));
    ++step.expired;
  }
  return step;
}

struct EventsStep {
  int events = 0, deliveries = 0;
};

// Deliveries of an event go after it, so that none can be replayed without its event.
base::Result<EventsStep> PruneEvents(Transaction& tx, base::Time until) {
  EventsStep step;
  PARLEY_TRY(settled, SettledPosition(tx));
  PARLEY_TRY(events, tx.events().Prune(until, settled, kStep));
  PARLEY_TRY(oldest, tx.events().Oldest());
  PARLEY_TRY(deliveries, tx.deliveries().Prune(oldest, kStep));
  step.events = events;
  step.deliveries = deliveries;
  return step;
}

}  // namespace

Retention::Retention(Store& store, base::Random& random, base::BlockingPool& pool, BlobStore& blobs,
                     RetentionOptions options)
    : store_(store),
      scheduler_(store.scheduler()),
      random_(random),
      pool_(pool),
      blobs_(blobs),
      options_(options),
      wake_(scheduler_),
      ended_(scheduler_) {}

void Retention::Start() {
  running_ = true;
  scheduler_.Spawn("retention", Run());
}

base::Task<> Retention::Stop() {
  stopping_ = true;
  wake_.Notify();
  while (running_) co_await ended_.Wait();
}

base::Task<> Retention::Run() {
  co_await Weigh();
  while (!stopping_) {
    co_await wake_.WaitFor(options_.interval);
    if (stopping_) break;
    auto swept = co_await Sweep();
    if (swept) continue;
    ++counters_.failed_sweeps;
    base::LogWarning("A retention sweep was cut short", {{"reason", swept.error().detail}});
  }
  running_ = false;
  ended_.Notify();
}

// A store that is bounded learns what it holds; one that cannot be read says so at the next sweep.
base::Task<> Retention::Weigh() {
  for (int shelf = 0; shelf < kShelves && !stopping_; ++shelf) {
    auto list = [this, shelf] {
      return blobs_.Shelf(static_cast<std::uint8_t>(shelf)).has_value();
    };
    co_await pool_.Run(scheduler_, std::move(list));
  }
}

base::Task<base::Result<void>> Retention::Sweep() {
  PARLEY_CO_CHECK(co_await SweepRecords());
  if (options_.messages > base::Duration(0)) PARLEY_CO_CHECK(co_await SweepMessages());
  if (options_.media > base::Duration(0)) PARLEY_CO_CHECK(co_await SweepMedia());
  if (options_.events > base::Duration(0)) PARLEY_CO_CHECK(co_await SweepEvents());
  co_return co_await SweepFiles();
}

base::Task<base::Result<void>> Retention::SweepRecords() {
  const base::Time now = scheduler_.Now();
  while (!stopping_) {
    auto prune = [now](Transaction& tx) { return tx.idempotency().Prune(now, kStep); };
    PARLEY_CO_TRY(deleted, co_await store_.Write(prune));
    counters_.records += deleted;
    if (deleted < kStep) break;
    co_await scheduler_.Sleep(kPause);
  }
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Retention::SweepMessages() {
  const base::Time until = Before(options_.messages);
  std::optional<MessageRow> after = MessageRow(0);
  while (after && !stopping_) {
    const Stamp stamp(scheduler_.Now(), random_);
    auto prune = [until, from = *after, stamp](Transaction& tx) {
      return PruneMessages(tx, until, from, stamp);
    };
    PARLEY_CO_TRY(step, co_await store_.Write(prune));
    counters_.messages += step.deleted;
    counters_.expired_messages += step.expired;
    after = step.next;
    co_await scheduler_.Sleep(kPause);
  }
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Retention::SweepMedia() {
  const base::Time until = Before(options_.media);
  while (!stopping_) {
    auto prune = [until](Transaction& tx) { return tx.media().Prune(until, kStep); };
    PARLEY_CO_TRY(deleted, co_await store_.Write(prune));
    counters_.media += deleted;
    if (deleted < kStep) break;
    co_await scheduler_.Sleep(kPause);
  }
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Retention::SweepEvents() {
  const base::Time until = Before(options_.events);
  while (!stopping_) {
    auto prune = [until](Transaction& tx) { return PruneEvents(tx, until); };
    PARLEY_CO_TRY(step, co_await store_.Write(prune));
    counters_.events += step.events;
    counters_.deliveries += step.deliveries;
    if (step.events < kStep && step.deliveries < kStep) break;
    co_await scheduler_.Sleep(kPause);
  }
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Retention::SweepFiles() {
  for (int shelf = 0; shelf < kShelves && !stopping_; ++shelf)
    PARLEY_CO_CHECK(co_await SweepShelf(static_cast<std::uint8_t>(shelf)));
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Retention::SweepShelf(std::uint8_t shelf) {
  const base::Time stored_before = Before(kFileGrace);
  auto list = [this, shelf] { return blobs_.Shelf(shelf); };
  PARLEY_CO_TRY(stored, co_await pool_.Run(scheduler_, std::move(list)));
  for (std::size_t at = 0; at < stored.size() && !stopping_; at += kStep) {
    const std::size_t end = std::min(at + kStep, stored.size());
    const std::vector<std::string> some(stored.begin() + static_cast<std::ptrdiff_t>(at),
                                        stored.begin() + static_cast<std::ptrdiff_t>(end));
    auto ask = [some](const Transaction& tx) { return tx.media().Unused(some); };
    PARLEY_CO_TRY(unused, co_await store_.Read(std::move(ask)));
    auto remove = [this, stored_before, digests = std::move(unused)]() -> base::Result<void> {
      for (const std::string& digest : digests) {
        auto deleted = blobs_.Delete(digest, stored_before);
        if (!deleted && deleted.error().code != base::ErrorCode::kNotFound) return deleted;
      }
      return {};
    };
    PARLEY_CO_CHECK(co_await pool_.Run(scheduler_, std::move(remove)));
    co_await scheduler_.Sleep(kPause);
  }
  co_return base::Result<void>();
}

}  // namespace parley::core
