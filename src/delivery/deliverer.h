// The deliverer: posts events to webhook subscribers, at least once, in order per chat.
//
// It follows the event log with one common reader. Each event is encoded for the subscriptions that
// want it; payloads go into lanes, one per order key, and each lane posts one at a time, the next
// only after the outcome of the one before is durable. A failed payload gets a row with its time to
// try again; what comes behind it in its lane is parked in rows, too, and every other lane goes on.
// Three failed posts in a row pause the subscription: it falls behind, and one probe at a time
// finds out when the receiver is back. A subscription that is behind reads the log for itself until
// it has caught up.
//
// What survives a crash: the common position (everything up to it is settled or has a row, for all
// subscriptions that keep up), each one's own position while it is behind, and the delivery rows.
// What was posted without its outcome being durable is posted again, with the same id and body.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/random.h"
#include "base/scheduler.h"
#include "core/event_bell.h"
#include "core/secrets.h"
#include "core/store.h"
#include "core/webhooks/webhooks.h"
#include "delivery/post.h"
#include "delivery/worker.h"
#include "http/client.h"

namespace parley::delivery {

struct DelivererOptions {
  base::Duration disable_after = std::chrono::hours(24 * 5);  // of failing without a success
  int max_in_flight = 64;                                     // posts to one subscription at once
  std::size_t max_queued = 512;  // payloads of one subscription in memory; more: it falls behind
  std::size_t max_total_queued = 20000;
};

struct DelivererCounters {
  std::atomic<std::int64_t> delivered{0}, failed{0}, dead{0};
  std::atomic<std::int64_t> in_flight{0}, queued{0}, paused{0}, behind{0};
};

using Encoders = core::EventEncoders;

// Thread: its store's scheduler, except Refresh and the counters.
class Deliverer final : public core::DeliveryPort, public core::WebhookPost {
 public:
  Deliverer(core::Store& store, base::Random& random, core::EventBell& bell, http::Client& client,
            const core::Secrets& secrets, const Encoders& encoders, DelivererOptions options);
  ~Deliverer() override;

  core::ShownPost Show(const core::Subscription& subscription, const core::EventId& event,
                       const core::Payload& payload) const override;
  base::Task<core::PostAnswer> Post(core::Subscription subscription, core::EventId event,
                                    core::Payload payload) override;

  // Takes up where the store says. kUnavailable when it cannot be read.
  base::Task<base::Result<void>> Start();
  // Starts no more posts, waits for those under way and stores their outcomes.
  base::Task<> Stop();

  void Refresh(core::SubscriptionRow subscription) override;

  // Is told of every attempt; outlives the deliverer's work. Before Start.
  void SetWatcher(PostWatcher* watcher) { watcher_ = watcher; }

  const DelivererCounters& counters() const { return counters_; }
  const DelivererOptions& options() const { return options_; }
  // Nothing is queued or under way and the log is read to its end.
  bool idle() const;

 private:
  // One outcome to be stored.
  struct Outcome {
    WorkerPtr worker;
    core::Delivery row;
    bool was_unsettled = false;  // counts in Worker::unsettled
    bool frees_lane = false;     // the lane goes on when this is durable; else it was parked
  };

  // Following the log (deliverer.cc).
  base::Task<> Tail();
  base::Task<> CatchUp(WorkerPtr worker);
  void StartCatchUp(const WorkerPtr& worker);
  std::vector<core::AccountRow> Accounts() const;
  void OfferToAll(const core::Event& event);
  void Offer(const WorkerPtr& worker, const core::Event& event);
  void FallBehind(const WorkerPtr& worker);
  void KeepUp(const WorkerPtr& worker);
  std::vector<core::Payload> Encode(const Worker& worker, const core::Event& event) const;

  // Subscriptions (subscriptions.cc).
  base::Task<> RefreshNow(core::SubscriptionRow row);
  base::Task<base::Result<void>> Add(core::Subscription subscription, core::EventPosition from);
  void Remove(const WorkerPtr& worker);
  base::Task<> LoadRows(WorkerPtr worker);

  // Posting (posting.cc).
  void MakeReady(const WorkerPtr& worker, core::OrderKey key);
  void StartPosts(const WorkerPtr& worker);
  void StartPost(const WorkerPtr& worker, core::OrderKey key);
  base::Task<> PostFirst(WorkerPtr worker, core::OrderKey key);
  base::Task<std::optional<Item>> NextOf(WorkerPtr worker, core::OrderKey key);
  base::Task<base::Result<std::optional<Item>>> NextRow(WorkerPtr worker, core::OrderKey key);
  base::Task<base::Result<core::Delivery>> FirstOf(core::Delivery found,
                                                   std::vector<std::string> names);
  void FreeLane(const WorkerPtr& worker, core::OrderKey key);
  void SetTimer(const WorkerPtr& worker, core::OrderKey key, base::Time due);
  void OnDue(const WorkerPtr& worker, core::OrderKey key);
  void Conclude(const WorkerPtr& worker, core::OrderKey key, Item item, const Verdict& verdict,
                base::Duration took);
  void Bury(const WorkerPtr& worker, core::OrderKey key, const Item& item);
  void Park(const WorkerPtr& worker, core::OrderKey key, const Item& item);
  void OnSuccess(const WorkerPtr& worker);
  void OnFailure(const WorkerPtr& worker, bool gone);

  // Storing outcomes (flushing.cc).
  struct FlushWrite;
  void Flush();
  void FlushSoon();
  base::Task<> FlushAll();
  FlushWrite TakeFlush(std::vector<Outcome>& outcomes);
  void OnStored(const Outcome& outcome);
  core::EventPosition CommonPosition() const;
  void CountUnsettled(Worker& worker, core::EventPosition position, int change);
  void CountQueued(Worker& worker, int change);

  void Spawn(const char* name, base::Task<> task);
  base::Task<> Counted(base::Task<> task);

  core::Store& store_;
  base::Scheduler& scheduler_;
  base::Random& random_;
  core::EventBell& bell_;
  http::Client& client_;
  const core::Secrets& secrets_;
  const Encoders encoders_;
  const DelivererOptions options_;
  DelivererCounters counters_;
  PostWatcher* watcher_ = nullptr;

  std::unordered_map<core::SubscriptionRow, WorkerPtr> workers_;
  std::map<core::AccountRow, std::vector<WorkerPtr>> by_account_;
  core::EventPosition tail_;               // read up to here for everybody who keeps up
  core::EventPosition stored_;             // the common position in the store
  std::map<std::int64_t, int> unsettled_;  // of all workers that keep up
  std::size_t queued_ = 0;

  // What the next flush stores.
  std::vector<Outcome> outcomes_;
  WorkerSet moved_;   // position or `behind` changed
  WorkerSet health_;  // state, failing_since or make_due changed
  bool flushing_ = false;
  std::optional<base::Scheduler::TimerId> position_timer_;

  bool stopping_ = false;
  int tasks_ = 0;
  base::Signal appended_, room_, idle_;
};

}  // namespace parley::delivery
