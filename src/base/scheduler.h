// Scheduler: the only way to read a clock, wait, or run something later. One per thread; the
// thread that runs it is "its own thread" below.
//
// RealScheduler runs on the machine's clock. VirtualScheduler has a clock that moves only when
// nothing is left to run, straight to the next timer, so that a retry after ten hours takes
// microseconds and the same seed gives the same run.
#pragma once

#include <absl/functional/any_invocable.h>

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/task.h"
#include "base/time.h"

namespace parley::base {

using Callback = absl::AnyInvocable<void()>;
using Microseconds = std::chrono::microseconds;

class Scheduler {
 public:
  using TimerId = std::pair<Microseconds, std::uint64_t>;  // opaque; for Cancel only

  virtual ~Scheduler() = default;

  virtual Time Now() const = 0;                // UTC, for everything stored or sent
  virtual Microseconds Monotonic() const = 0;  // for limits and measurements; never jumps

  // Runs `callback` on the own thread, after what is queued already. Thread: any.
  void Post(Callback callback);
  // Starts a task that nobody awaits. A task that ends by an exception ends the process: it is a
  // bug, and the task's name is logged. Thread: any.
  void Spawn(std::string name, Task<> task);

  // Runs `callback` after `delay`, or never if cancelled first. Thread: own.
  TimerId After(Duration delay, Callback callback);
  void Cancel(TimerId timer);
  Task<> Sleep(Duration delay);

  Executor executor() { return io_.get_executor(); }

 protected:
  Scheduler();
  // Called when the earliest deadline may have changed.
  virtual void EarliestChanged() {}
  // Runs what is due at `now`; returns whether anything was.
  bool RunDue(Microseconds now);

  boost::asio::io_context io_;
  std::map<TimerId, Callback> timers_;

 private:
  std::uint64_t next_timer_ = 0;
};

class RealScheduler final : public Scheduler {
 public:
  RealScheduler();
  ~RealScheduler() override;

  Time Now() const override;
  Microseconds Monotonic() const override;

  void Run();   // until Stop; makes the calling thread the own thread
  void Stop();  // Thread: any

 private:
  void EarliestChanged() override;
  struct Alarm;
  std::unique_ptr<Alarm> alarm_;
  boost::asio::executor_work_guard<Executor> work_;
};

class VirtualScheduler final : public Scheduler {
 public:
  explicit VirtualScheduler(Time start);

  Time Now() const override;
  Microseconds Monotonic() const override;

  // Runs everything that is ready, without moving the clock; returns whether anything ran.
  bool RunReady();
  // Runs until nothing is ready and no timer is due within `limit` from now; the clock then stands
  // at the last timer that ran, or, with `reach`, at now + limit.
  void RunFor(Duration limit, bool reach = true);
  // Runs until `done()` holds; false when `limit` passes or nothing is left to run first.
  bool RunUntil(const absl::AnyInvocable<bool() const>& done, Duration limit);

 private:
  Time start_;
  Microseconds now_{0};
};

// Something to wait for on one thread. Notify wakes everybody who waits; with nobody waiting it is
// remembered once, for the next who does.
class Signal {
 public:
  explicit Signal(Scheduler& scheduler) : scheduler_(scheduler) {}
  Signal(const Signal&) = delete;

  void Notify();
  Task<> Wait();
  // False when `limit` passed without a Notify.
  Task<bool> WaitFor(Duration limit);

 private:
  Scheduler& scheduler_;
  std::map<std::uint64_t, Resume> waiting_;  // in order of arrival
  std::uint64_t next_ = 0;
  bool notified_ = false;
};

}  // namespace parley::base
