#include "admin/samples.h"

#include <algorithm>

namespace parley::admin {

void Samples::Start() {
  sampled_until_ = scheduler_.Monotonic();
  last_ = node_.CurrentLoad();
  running_ = true;
  bell_.Join(scheduler_, changed_);
  scheduler_.Spawn("samples of the load", Run());
}

base::Task<> Samples::Stop() {
  if (!running_) co_return;
  stopping_ = true;
  stopped_.Notify();
  changed_.Notify();
  while (running_) co_await ended_.Wait();
  bell_.Leave(changed_);
}

base::Task<> Samples::Run() {
  while (!stopping_) {
    if (quiet_ >= kQuietSteps) {
      resting_ = true;
      co_await changed_.Wait();
      resting_ = false;
      FillQuiet();
      quiet_ = 0;
    }
    const base::Duration left = std::chrono::ceil<base::Duration>(
        sampled_until_ + base::Microseconds(kStep) - scheduler_.Monotonic());
    if (!stopping_ && co_await stopped_.WaitFor(std::max(left, base::Duration(0)))) break;
    Take();
  }
  running_ = false;
  ended_.Notify();
}

void Samples::Take() {
  // A scheduler that was busy for long has missed some steps; what was counted belongs to them all.
  const auto behind = (scheduler_.Monotonic() - sampled_until_) / base::Microseconds(kStep);
  for (auto i = behind; i > 1; --i) Add(Sample{LoadCounters(), last_.levels});
  const Load now = node_.CurrentLoad();
  quiet_ = now == last_ ? quiet_ + 1 : 0;
  Add(Sample{now.counters - last_.counters, now.levels});
  last_ = now;
}

void Samples::FillQuiet() {
  const auto passed = (scheduler_.Monotonic() - sampled_until_) / base::Microseconds(kStep);
  if (passed > static_cast<std::int64_t>(kMaxSamples)) {
    sampled_until_ += (passed - static_cast<std::int64_t>(kMaxSamples)) * base::Microseconds(kStep);
  }
  while (sampled_until_ + base::Microseconds(kStep) <= scheduler_.Monotonic())
    Add(Sample{LoadCounters(), last_.levels});
}

void Samples::Add(Sample sample) {
  sampled_until_ += kStep;
  samples_.push_back(std::move(sample));
  if (samples_.size() > kMaxSamples) samples_.pop_front();
}

const std::deque<Sample>& Samples::Read() {
  if (resting_) FillQuiet();
  return samples_;
}

base::Time Samples::from() const {
  const auto back = scheduler_.Monotonic() - sampled_until_ +
                    static_cast<std::int64_t>(samples_.size()) * base::Microseconds(kStep);
  return scheduler_.Now() - std::chrono::floor<base::Duration>(back);
}

}  // namespace parley::admin
