// Faults: the rules that stand, and which of them a stanza meets.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/wire/fault_rule.h"
#include "sim/wire/layers.h"
#include "wire/binary/node.h"

namespace parley::sim::wire {

// What befalls one stanza.
struct Mishap {
  bool drop = false, duplicate = false, reorder = false, corrupt = false, cut = false,
       compress = false;
  std::int64_t delay_ms = 0;
  std::int64_t stream_error = 0, refusal = 0;  // codes; 0: none
};

// Thread: that of the network.
class Faults {
 public:
  base::Result<FaultEntry> Add(FaultRule rule);
  const std::vector<FaultEntry>& list() const { return entries_; }
  bool Remove(std::int64_t id);

  // Counts the rules down. Empty names are those of a client that is not logged in.
  Mishap Meet(FaultDirection direction, std::string_view number, std::string_view device,
              const binary::Node& stanza);

 private:
  std::vector<FaultEntry> entries_;
  std::int64_t last_ = 0;
};

// One bit of every `enc` in it is another.
void CorruptCiphertexts(binary::Node& stanza);

}  // namespace parley::sim::wire
