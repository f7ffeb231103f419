// What waits for the writer, or for a reader.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "core/store.h"

namespace parley::storage {

using Jobs = std::vector<core::StoreJob*>;

// Jobs that wait for a thread. Thread: any.
class JobQueue {
 public:
  explicit JobQueue(std::size_t limit) : limit_(limit) {}

  bool Push(core::StoreJob* job) {
    {
      const std::lock_guard lock(mutex_);
      if (jobs_.size() >= limit_ || stopping_) return false;
      jobs_.push_back(job);
    }
    ready_.notify_one();
    return true;
  }
  // Lets a Take that has no jobs return without them, once, unless jobs come first.
  void Nudge() {
    {
      const std::lock_guard lock(mutex_);
      nudged_ = true;
    }
    ready_.notify_one();
  }
  // Lets every thread that takes return from a Take that has no jobs without them, once.
  void Rest() {
    {
      const std::lock_guard lock(mutex_);
      ++rests_;
    }
    ready_.notify_all();
  }
  // Up to `most` jobs, after waiting for the first; none when nudged, when told to rest, or when
  // stopped and empty. `rests` is how often its thread was told to rest so far; it begins at 0.
  Jobs Take(std::size_t most, std::uint64_t& rests) {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return stopping_ || nudged_ || rests != rests_ || !jobs_.empty(); });
    nudged_ = false;
    rests = rests_;
    const std::size_t count = std::min(most, jobs_.size());
    Jobs taken(jobs_.begin(), jobs_.begin() + static_cast<std::ptrdiff_t>(count));
    jobs_.erase(jobs_.begin(), jobs_.begin() + static_cast<std::ptrdiff_t>(count));
    return taken;
  }
  void Stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    ready_.notify_all();
  }
  bool stopped() const {
    const std::lock_guard lock(mutex_);
    return stopping_ && jobs_.empty();
  }
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return jobs_.size();
  }

 private:
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<core::StoreJob*> jobs_;        // guarded by mutex_
  std::uint64_t rests_ = 0;                 // guarded by mutex_
  bool nudged_ = false, stopping_ = false;  // guarded by mutex_
};

}  // namespace parley::storage
