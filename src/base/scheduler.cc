#include "base/scheduler.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>

#include "base/log.h"

namespace parley::base {

Scheduler::Scheduler() : io_(1) {}

void Scheduler::Post(Callback callback) {
  boost::asio::post(io_, [callback = std::move(callback)]() mutable { callback(); });
}

void Scheduler::Spawn(std::string name, Task<> task) {
  boost::asio::co_spawn(io_, std::move(task), [name = std::move(name)](std::exception_ptr error) {
    if (!error) return;
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& e) {
      LogError("A task ended by an exception", {{"task", name}, {"what", e.what()}});
    } catch (...) {
      LogError("A task ended by an unknown exception", {{"task", name}});
    }
    std::terminate();
  });
}

Scheduler::TimerId Scheduler::After(Duration delay, Callback callback) {
  const TimerId id(Monotonic() + std::max(delay, Duration(0)), next_timer_++);
  const bool earliest = timers_.empty() || id < timers_.begin()->first;
  timers_.emplace(id, std::move(callback));
  if (earliest) EarliestChanged();
  return id;
}

void Scheduler::Cancel(TimerId timer) { timers_.erase(timer); }

Task<> Scheduler::Sleep(Duration delay) {
  return Suspend([this, delay](Resume resume) {
    After(delay, [resume = std::move(resume)]() mutable { resume(); });
  });
}

bool Scheduler::RunDue(Microseconds now) {
  bool ran = false;
  while (!timers_.empty() && timers_.begin()->first.first <= now) {
    auto node = timers_.extract(timers_.begin());
    node.mapped()();
    ran = true;
  }
  return ran;
}

// ---------------------------------------------------------------------------------- real time

struct RealScheduler::Alarm {
  explicit Alarm(boost::asio::io_context& io) : timer(io) {}
  boost::asio::steady_timer timer;
};

RealScheduler::RealScheduler()
    : alarm_(std::make_unique<Alarm>(io_)), work_(boost::asio::make_work_guard(io_)) {}

RealScheduler::~RealScheduler() = default;

Time RealScheduler::Now() const {
  return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

Microseconds RealScheduler::Monotonic() const {
  return std::chrono::duration_cast<Microseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
}

void RealScheduler::Run() { io_.run(); }

void RealScheduler::Stop() { io_.stop(); }

void RealScheduler::EarliestChanged() {
  if (timers_.empty()) return;
  alarm_->timer.expires_at(std::chrono::steady_clock::time_point(timers_.begin()->first.first));
  alarm_->timer.async_wait([this](boost::system::error_code error) {
    if (error) return;  // replaced by an earlier deadline
    RunDue(Monotonic());
    EarliestChanged();
  });
}

// ------------------------------------------------------------------------------- virtual time

VirtualScheduler::VirtualScheduler(Time start) : start_(start) {}

Time VirtualScheduler::Now() const { return start_ + std::chrono::floor<Duration>(now_); }

Microseconds VirtualScheduler::Monotonic() const { return now_; }

bool VirtualScheduler::RunReady() {
  bool ran = false;
  io_.restart();
  while (io_.poll() > 0) {
    ran = true;
    io_.restart();
  }
  return ran;
}

void VirtualScheduler::RunFor(Duration limit, bool reach) {
  const Microseconds end = now_ + limit;
  RunReady();
  while (!timers_.empty() && timers_.begin()->first.first <= end) {
    now_ = std::max(now_, timers_.begin()->first.first);
    RunDue(now_);
    RunReady();
  }
  if (reach) now_ = end;
}

bool VirtualScheduler::RunUntil(const absl::AnyInvocable<bool() const>& done, Duration limit) {
  const Microseconds end = now_ + limit;
  RunReady();
  while (!done()) {
    if (timers_.empty() || timers_.begin()->first.first > end) return false;
    now_ = std::max(now_, timers_.begin()->first.first);
    RunDue(now_);
    RunReady();
  }
  return true;
}

// ------------------------------------------------------------------------------------- signal

void Signal::Notify() {
  if (waiting_.empty()) {
    notified_ = true;
    return;
  }
  for (auto& [number, resume] : std::exchange(waiting_, {})) scheduler_.Post(std::move(resume));
}

Task<> Signal::Wait() {
  if (std::exchange(notified_, false)) co_return;
  co_await Suspend([this](Resume resume) { waiting_.emplace(next_++, std::move(resume)); });
}

Task<bool> Signal::WaitFor(Duration limit) {
  if (std::exchange(notified_, false)) co_return true;
  bool timed_out = false;
  const std::uint64_t number = next_++;
  const Scheduler::TimerId timer = scheduler_.After(limit, [this, &timed_out, number] {
    auto node = waiting_.extract(number);
    if (!node) return;  // notified in the same turn
    timed_out = true;
    node.mapped()();
  });
  auto wait = [this, number](Resume resume) { waiting_.emplace(number, std::move(resume)); };
  co_await Suspend(std::move(wait));
  if (!timed_out) scheduler_.Cancel(timer);
  co_return !timed_out;
}

}  // namespace parley::base
