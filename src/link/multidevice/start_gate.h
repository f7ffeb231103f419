// The gate through which channels go that want to connect: not all at once, so that a start with
// thousands of them, or a network that comes back, is no storm on either side.
#pragma once

#include <cstddef>
#include <deque>
#include <utility>

#include "base/scheduler.h"
#include "base/task.h"

namespace parley::link::multidevice {

// Thread: the scheduler's, which outlives it.
class StartGate {
 public:
  // At most `at_once` are inside, and one comes in every `spacing`.
  StartGate(base::Scheduler& scheduler, std::size_t at_once, base::Duration spacing)
      : scheduler_(scheduler), at_once_(at_once), spacing_(spacing) {}

  // A place inside; left when it goes. The gate outlives it.
  class Place {
   public:
    Place() = default;
    explicit Place(StartGate& gate) : gate_(&gate) {}
    Place(Place&& from) noexcept : gate_(std::exchange(from.gate_, nullptr)) {}
    Place& operator=(Place&& from) noexcept {
      std::swap(gate_, from.gate_);
      return *this;
    }
    ~Place() { Leave(); }
    void Leave() {
      if (gate_ != nullptr) std::exchange(gate_, nullptr)->LeaveOne();
    }

   private:
    StartGate* gate_ = nullptr;
  };

  // In the order of the calls.
  base::Task<Place> Enter();

 private:
  void LeaveOne();

  base::Scheduler& scheduler_;
  const std::size_t at_once_;
  const base::Duration spacing_;
  std::size_t inside_ = 0;
  std::deque<base::Resume> waiting_;
  base::Microseconds next_{0};  // when the next one may come in
};

}  // namespace parley::link::multidevice
