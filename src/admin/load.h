// How much the node does: what samples.h keeps over time.
#pragma once

#include <cstdint>

namespace parley::admin {

// Since the start, or of one step.
struct LoadCounters {
  std::int64_t accepted = 0;  // messages that were accepted to be sent
  std::int64_t sent = 0;      // messages that the network has taken
  std::int64_t received = 0;
  std::int64_t webhooks_delivered = 0;
  std::int64_t webhooks_failed = 0;  // attempts
  std::int64_t webhooks_dead = 0;    // given up
  std::int64_t requests = 0;         // to the three dialects
  std::int64_t request_us = 0;       // what they took, together

  bool operator==(const LoadCounters&) const = default;
  LoadCounters operator-(const LoadCounters& before) const {
    LoadCounters difference = *this;
    for (const auto member : kMembers) difference.*member -= before.*member;
    return difference;
  }
  LoadCounters& operator+=(const LoadCounters& other) {
    for (const auto member : kMembers) this->*member += other.*member;
    return *this;
  }

 private:
  static constexpr std::int64_t LoadCounters::*kMembers[] = {
      &LoadCounters::accepted,        &LoadCounters::sent,
      &LoadCounters::received,        &LoadCounters::webhooks_delivered,
      &LoadCounters::webhooks_failed, &LoadCounters::webhooks_dead,
      &LoadCounters::requests,        &LoadCounters::request_us};
};

struct LoadLevels {
  std::int64_t store_queue = 0;         // reads and writes that wait for the store
  std::int64_t deliveries_waiting = 0;  // webhooks in memory: queued, and posts under way
  bool operator==(const LoadLevels&) const = default;
};

struct Load {
  LoadCounters counters;
  LoadLevels levels;
  bool operator==(const Load&) const = default;
};

}  // namespace parley::admin
