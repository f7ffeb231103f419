// StoreProbe: whether the store can commit a write right now, for readiness checks.
#pragma once

#include <optional>

#include "base/result.h"
#include "base/scheduler.h"
#include "core/store.h"

namespace parley::core {

// Thread: its store's scheduler.
class StoreProbe {
 public:
  static constexpr base::Duration kLimit = std::chrono::seconds(5);
  // An answer holds for so long, so that many who ask cost one write.
  static constexpr base::Duration kInterval = std::chrono::seconds(1);

  explicit StoreProbe(Store& store) : store_(store), done_(store.scheduler()) {}

  // Success, or why not; kTimeout when the store has not answered within kLimit.
  base::Task<base::Result<void>> Check();

 private:
  base::Task<> Run();

  Store& store_;
  bool running_ = false;
  std::optional<base::Result<void>> outcome_;  // of the last one
  base::Microseconds finished_{0};
  base::Signal done_;
};

}  // namespace parley::core
