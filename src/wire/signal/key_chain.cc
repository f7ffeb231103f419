#include "wire/signal/key_chain.h"

#include <algorithm>
#include <limits>

namespace parley::wire::signal {

Result<KeyChain::Reading> KeyChain::Find(std::uint32_t counter, std::uint32_t max_ahead) const {
  Reading reading;
  if (counter < chain.index) {
    const auto found = std::find_if(missing.begin(), missing.end(),
                                    [&](const MissingSeed& one) { return one.index == counter; });
    if (found == missing.end()) {
      if (counter < first)
        return Fault{FaultCode::kNoSession, "a message from before the keys that are there"};
      return Fault{FaultCode::kDuplicate, "the key of this message was used before"};
    }
    reading.is_late = true;
    reading.taken = static_cast<std::size_t>(found - missing.begin());
    reading.seed = found->seed;
    return reading;
  }
  if (counter - chain.index > max_ahead)
    return Fault{FaultCode::kTooFarAhead, "too many messages before this one are missing"};
  if (counter == std::numeric_limits<std::uint32_t>::max())
    return Fault{FaultCode::kTooFarAhead, "a chain that has counted to its end"};
  ChainKey at = chain;
  for (; at.index < counter; at = at.Next())
    if (counter - at.index <= kMaxMissing) reading.skipped.push_back({at.index, at.MessageSeed()});
  reading.seed = at.MessageSeed();
  reading.next = at.Next();
  return reading;
}

void KeyChain::Advance(const Reading& reading) {
  if (reading.is_late) {
    missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(reading.taken));
    return;
  }
  if (!reading.skipped.empty() && reading.skipped.front().index > chain.index)
    first = reading.skipped.front().index;
  chain = reading.next;
  missing.insert(missing.end(), reading.skipped.begin(), reading.skipped.end());
}

void KeyChain::DropOldest(std::size_t count) {
  if (count == 0) return;
  first = std::max(first, missing[count - 1].index + 1);
  missing.erase(missing.begin(), missing.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace parley::wire::signal
