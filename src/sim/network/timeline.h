// The network's use of the scheduler: callbacks that die with the network, and delays with jitter.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <utility>

#include "base/random.h"
#include "base/scheduler.h"

namespace parley::sim::network {

// Thread: the scheduler's own.
class Timeline {
 public:
  Timeline(base::Scheduler& scheduler, base::Random& random, base::Duration jitter);
  Timeline(const Timeline&) = delete;

  base::Time Now() const { return scheduler_.Now(); }
  base::Random& random() { return random_; }

  // Run the callback later, never inside this call, and not at all once the Timeline is gone.
  void Post(base::Callback callback);
  void After(base::Duration delay, base::Callback callback);  // 0 or less: as Post
  // In the order of their times, and of the calls where these are the same: a delay counted from a
  // clock of whole milliseconds alone would let the later of two overtake the earlier.
  void At(base::Time due, base::Callback callback);

  // The delay with its jitter.
  base::Duration Jittered(base::Duration delay);

 private:
  using Place = std::pair<base::Time, std::uint64_t>;

  base::Callback WhileAlive(base::Callback callback);
  void RunUpTo(const Place& place);

  base::Scheduler& scheduler_;
  base::Random& random_;
  const base::Duration jitter_;
  std::map<Place, base::Callback> waiting_;  // for their time
  std::uint64_t next_ = 0;
  const std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

}  // namespace parley::sim::network
