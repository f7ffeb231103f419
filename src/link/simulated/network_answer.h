// Waiting for what the network answers to a message.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "base/scheduler.h"
#include "base/task.h"
#include "sim/network/device.h"

namespace parley::link::simulated {

// The answer may be that none is ever given. Thread: that of the scheduler.
class NetworkAnswer {
 public:
  explicit NetworkAnswer(base::Scheduler& scheduler) : scheduler_(scheduler) {}

  // Called or dropped by the network; either way the waiting send goes on.
  sim::network::SendCallback Callback() {
    auto guard = std::make_unique<Guard>(*this);
    return [guard = std::move(guard)](sim::network::SendResult result) mutable {
      guard->answer.result_ = std::move(result);
    };
  }
  base::Task<> Wait() {
    if (over_) return Nothing();
    return base::Suspend([this](base::Resume resume) { waiting_ = std::move(resume); });
  }
  const std::optional<sim::network::SendResult>& result() const { return result_; }

 private:
  struct Guard {
    explicit Guard(NetworkAnswer& answer) : answer(answer) {}
    ~Guard() { answer.End(); }
    NetworkAnswer& answer;
  };
  static base::Task<> Nothing() { co_return; }
  void End() {
    over_ = true;
    if (waiting_) scheduler_.Post(std::move(waiting_));
  }

  base::Scheduler& scheduler_;
  std::optional<sim::network::SendResult> result_;
  bool over_ = false;
  base::Resume waiting_;
};

}  // namespace parley::link::simulated
