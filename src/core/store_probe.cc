#include "core/store_probe.h"

#include "core/webhooks/webhook_store.h"

namespace parley::core {
namespace {

// A commit without a change would not touch the disk. This changes a row to what it is.
base::Result<void> WriteSomething(Transaction& tx) {
  PARLEY_TRY(position, tx.deliveries().CommonPosition());
  return tx.deliveries().SetCommonPosition(position);
}

}  // namespace

base::Task<base::Result<void>> StoreProbe::Check() {
  base::Scheduler& scheduler = store_.scheduler();
  const base::Microseconds now = scheduler.Monotonic();
  if (!running_ && (!outcome_ || now - finished_ >= kInterval)) {
    running_ = true;
    scheduler.Spawn("store probe", Run());
  }
  while (running_) {
    const auto left = std::chrono::ceil<base::Duration>(now + kLimit - scheduler.Monotonic());
    if (left.count() <= 0)
      co_return base::Error(base::ErrorCode::kTimeout, "The store does not answer");
    co_await done_.WaitFor(left);
  }
  co_return *outcome_;
}

base::Task<> StoreProbe::Run() {
  auto write = [](Transaction& tx) { return WriteSomething(tx); };
  outcome_ = co_await store_.Write(write);
  running_ = false;
  finished_ = store_.scheduler().Monotonic();
  done_.Notify();
}

}  // namespace parley::core
