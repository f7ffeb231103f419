// Beside: tasks that nobody waits for one by one, a bounded number at a time.
#pragma once

#include <string>
#include <utility>

#include "base/scheduler.h"
#include "base/task.h"

namespace parley::link::multidevice {

// The scheduler outlives it, and it outlives its tasks: Drain first. Thread: the channel's.
class Beside {
 public:
  Beside(base::Scheduler& scheduler, int max)
      : scheduler_(scheduler), max_(max), ended_(scheduler) {}

  // Returns when there is room for another one.
  base::Task<> Room() {
    while (running_ >= max_) co_await ended_.Wait();
  }
  void Spawn(std::string name, base::Task<> task) {
    ++running_;
    scheduler_.Spawn(std::move(name), Count(std::move(task)));
  }
  base::Task<> Drain() {
    while (running_ > 0) co_await ended_.Wait();
  }

 private:
  base::Task<> Count(base::Task<> task) {
    co_await std::move(task);
    --running_;
    ended_.Notify();
  }

  base::Scheduler& scheduler_;
  const int max_;
  int running_ = 0;
  base::Signal ended_;
};

}  // namespace parley::link::multidevice
