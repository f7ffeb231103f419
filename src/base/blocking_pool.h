// A few threads for calls that block (name resolution, files), so that no network thread does.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "base/scheduler.h"
#include "base/task.h"

namespace parley::base {

class BlockingPool {
 public:
  virtual ~BlockingPool() = default;

  // Runs `call` on a pool thread and returns its value on `scheduler`'s thread. The queue is
  // bounded by its callers: each request waits for at most one call at a time.
  // `call` must not touch anything that has another owner.
  template <class Call>
  Task<std::invoke_result_t<Call>> Run(Scheduler& scheduler, Call call) {
    std::optional<std::invoke_result_t<Call>> value;
    auto start = [this, &scheduler, &value, &call](Resume resume) {
      Submit([&scheduler, &value, &call, resume = std::move(resume)]() mutable {
        value.emplace(call());
        scheduler.Post(std::move(resume));
      });
    };
    co_await Suspend(std::move(start));
    co_return std::move(*value);
  }

 private:
  virtual void Submit(Callback work) = 0;
};

std::unique_ptr<BlockingPool> MakeBlockingPool(std::size_t threads);
// Runs everything at once on the caller's thread; for virtual time.
std::unique_ptr<BlockingPool> MakeInlinePool();

}  // namespace parley::base
