#include "link/multidevice/reporter.h"

#include <utility>

namespace parley::link::multidevice {
namespace {

constexpr base::Duration kRetry = std::chrono::milliseconds(300);

}  // namespace

base::Task<base::Result<void>> Reporter::Report(std::vector<core::LinkReport> reports,
                                                core::LinkWrites state) {
  if (busy_) {
    auto wait = [this](base::Resume resume) { turns_.push_back(std::move(resume)); };
    co_await base::Suspend(wait);  // whoever ends hands the turn on
  }
  busy_ = true;
  base::Result<void> taken;
  while (true) {
    std::vector<core::LinkReport> again = reports;
    core::LinkWrites writes = state;
    taken = co_await events_.Report(std::move(again), std::move(writes));
    if (taken || stopped_ || !base::IsTransient(taken.error().code)) break;
    co_await stopped_changed_.WaitFor(kRetry);
  }
  busy_ = !turns_.empty();
  if (busy_) {
    scheduler_.Post(std::move(turns_.front()));
    turns_.pop_front();
  }
  co_return taken;
}

void Reporter::Stop() {
  stopped_ = true;
  stopped_changed_.Notify();
}

}  // namespace parley::link::multidevice
