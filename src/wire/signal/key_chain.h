// A chain of somebody else, whose messages come in any order: where it is, and the seeds of
// messages that have not come yet.
#pragma once

#include <cstdint>
#include <vector>

#include "wire/crypto/fault.h"
#include "wire/signal/key_schedule.h"

namespace parley::wire::signal {

// Messages that one may be ahead of the last. In a session that is what a stranger may make us step
// before the MAC is looked at; a message to a group is signed.
inline constexpr std::uint32_t kMaxMissing = 2000;
inline constexpr std::uint32_t kMaxMissingInGroup = 25000;

struct MissingSeed {
  std::uint32_t index;
  Seed seed;
};

struct KeyChain {
  // What reading a message would change, while it is not known whether it is real.
  struct Reading {
    Seed seed;
    ChainKey next;                     // the chain behind this message
    std::vector<MissingSeed> skipped;  // of up to kMaxMissing messages right before this one
    bool is_late = false;              // one of `missing`, where it is at `taken`
    std::size_t taken = 0;
  };

  // kTooFarAhead; kDuplicate when the key was used; kNoSession when it was not there from the
  // beginning, or was dropped. The last two say something of the counter, not of the message:
  // nobody can tell any more whether it is real.
  Result<Reading> Find(std::uint32_t counter, std::uint32_t max_ahead = kMaxMissing) const;
  // The message is real: the chain goes on behind it. How many seeds are kept is the caller's.
  void Advance(const Reading& reading);
  void DropOldest(std::size_t count);

  ChainKey chain;
  std::uint32_t first = 0;           // keys before this one are only there when they are missing
  std::vector<MissingSeed> missing;  // oldest first
};

}  // namespace parley::wire::signal
