#include "sim/network/calls.h"

namespace parley::sim::network {

bool CanBecome(CallStatus from, CallStatus to) {
  switch (from) {
    case CallStatus::kRinging:
      return to != CallStatus::kRinging && to != CallStatus::kEnded;
    case CallStatus::kAccepted:
      return to == CallStatus::kEnded;
    case CallStatus::kUnreached:
      return to == CallStatus::kMissed;
    case CallStatus::kRejected:
    case CallStatus::kMissed:
    case CallStatus::kEnded:
      break;
  }
  return false;
}

const CallState* Calls::Find(std::string_view id) const {
  const auto found = by_id_.find(absl::string_view(id.data(), id.size()));
  return found == by_id_.end() ? nullptr : &calls_[found->second];
}

CallState* Calls::Find(std::string_view id) {
  const auto found = by_id_.find(absl::string_view(id.data(), id.size()));
  return found == by_id_.end() ? nullptr : &calls_[found->second];
}

bool Calls::Add(CallState call) {
  const auto index = static_cast<std::uint32_t>(calls_.size());
  if (!by_id_.emplace(call.call.id, index).second) return false;
  by_person_[call.from].push_back(index);
  if (call.to != call.from) by_person_[call.to].push_back(index);
  calls_.push_back(std::move(call));
  return true;
}

std::vector<const CallState*> Calls::Of(PersonRow person) const {
  std::vector<const CallState*> found;
  const auto rows = by_person_.find(person);
  if (rows == by_person_.end()) return found;
  for (const std::uint32_t index : rows->second) found.push_back(&calls_[index]);
  return found;
}

}  // namespace parley::sim::network
