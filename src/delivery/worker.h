// What the deliverer keeps in memory for one active subscription.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "base/scheduler.h"
#include "core/webhooks/delivery.h"
#include "core/webhooks/subscription.h"

namespace parley::delivery {

// A payload that waits for its turn.
struct Item {
  core::EventPosition position;
  core::EventId event;
  std::string name;
  std::string body;
  int attempts = 0;     // failed ones so far
  bool stored = false;  // has a row, waiting or parked
};

// Deliveries of one order key. At most one of them is under way.
struct Lane {
  std::deque<Item> items;  // read from the log, without a row
  bool busy = false;       // one is being posted, or its outcome stored
  bool ready = false;      // stands in Worker::ready
  // Rows of this key wait in the store; they come before `items`, and new payloads are parked
  // behind them.
  bool has_rows = false;
  int parking = 0;                                // rows of this key that are being stored
  std::uint64_t stored_rows = 0;                  // grows when one is
  std::optional<base::Scheduler::TimerId> timer;  // until its first row is due
};

struct Worker {
  core::Subscription subscription;
  std::string secret;  // opened
  // Position up to which the log was read for it; from the common tail unless `behind`.
  core::EventPosition read;
  bool behind = false;
  bool catching_up = false;
  bool paused = false;                      // only the probe's lane may post
  std::optional<core::OrderKey> probe_key;  // that lane, once one was due
  bool make_due = false;                    // the next flush makes waiting rows due at once
  bool removed = false;                     // its outcomes no longer matter
  int failures = 0;                         // in a row
  int in_flight = 0;
  std::size_t queued = 0;
  std::unordered_map<core::OrderKey, Lane> lanes;
  std::deque<core::OrderKey> ready;
  std::map<std::int64_t, int> unsettled;  // positions with items that have no row yet, and how many
  // At start-up: what is settled above the position it starts from.
  std::map<std::int64_t, std::vector<std::string>> settled;

  // The position up to which everything is settled or set aside.
  core::EventPosition position() const {
    return unsettled.empty() ? read : core::EventPosition(unsettled.begin()->first - 1);
  }
};
using WorkerPtr = std::shared_ptr<Worker>;

// Workers in the order of their rows, not of their addresses: what is written for several of them
// must be the same in every run. Only a removed worker shares its row with another.
struct ByRow {
  bool operator()(const WorkerPtr& a, const WorkerPtr& b) const {
    if (a->subscription.row != b->subscription.row)
      return a->subscription.row < b->subscription.row;
    return a < b;
  }
};
using WorkerSet = std::set<WorkerPtr, ByRow>;

}  // namespace parley::delivery
