// Faults: the rules that stand, and which of them a request or a webhook meets.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/graph/fault_rule.h"

namespace parley::sim::graph {

// Thread: that of the network.
class Faults {
 public:
  base::Result<FaultEntry> Add(FaultRule rule);
  const std::vector<FaultEntry>& list() const { return entries_; }
  bool Remove(std::int64_t id);

  // The first rule that a request to an edge of a node meets; a node itself has no edge. Counts it
  // down.
  std::optional<FaultRule> MeetRequest(std::string_view id, std::string_view edge);
  // The same of a webhook of a number.
  std::optional<FaultRule> MeetWebhook(std::string_view number);

 private:
  std::optional<FaultRule> Meet(bool is_webhook, std::string_view id, std::string_view edge);

  std::vector<FaultEntry> entries_;
  std::int64_t last_ = 0;
};

}  // namespace parley::sim::graph
