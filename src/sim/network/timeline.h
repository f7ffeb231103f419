// The network's use of the scheduler: callbacks that die with the network, and delays with jitter.
#pragma once

#include <memory>

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
  void At(base::Time due, base::Callback callback) { After(due - Now(), std::move(callback)); }

  // The delay with its jitter.
  base::Duration Jittered(base::Duration delay);

 private:
  base::Callback WhileAlive(base::Callback callback);

  base::Scheduler& scheduler_;
  base::Random& random_;
  const base::Duration jitter_;
  const std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

}  // namespace parley::sim::network
