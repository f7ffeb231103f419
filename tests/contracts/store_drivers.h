// The stores that the contract is run against: every driver, in every form it has.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "core/store.h"

namespace parley::testing {

class StoreUnderTest {
 public:
  using Job = std::function<base::Task<>(core::Store&)>;

  virtual ~StoreUnderTest() = default;
  // Starts the jobs at once, in order, and returns when all have ended.
  virtual void RunAll(std::vector<Job> jobs) = 0;
  // Closes the store and opens it again; without `clean`, as after a crash.
  virtual void Restart(bool clean) = 0;
};

struct StoreDriver {
  const char* name;
  std::unique_ptr<StoreUnderTest> (*make)();
};
std::span<const StoreDriver> StoreDrivers();

}  // namespace parley::testing
