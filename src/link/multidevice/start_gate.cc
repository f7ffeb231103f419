#include "link/multidevice/start_gate.h"

#include <algorithm>
#include <utility>

namespace parley::link::multidevice {

base::Task<StartGate::Place> StartGate::Enter() {
  if (inside_ == at_once_) {
    auto wait = [this](base::Resume resume) { waiting_.push_back(std::move(resume)); };
    co_await base::Suspend(wait);  // whoever leaves hands on the place
  } else {
    ++inside_;
  }
  const base::Microseconds now = scheduler_.Monotonic();
  const base::Microseconds turn = std::max(now, next_);
  next_ = turn + spacing_;
  if (turn > now) co_await scheduler_.Sleep(std::chrono::ceil<base::Duration>(turn - now));
  co_return Place(*this);
}

void StartGate::LeaveOne() {
  if (waiting_.empty()) {
    --inside_;
    return;
  }
  scheduler_.Post(std::move(waiting_.front()));
  waiting_.pop_front();
}

}  // namespace parley::link::multidevice
