// Marks: what modifiers made of a message, as everybody in its chat sees it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/network/rows.h"

namespace parley::sim::network {

class Ledger;

struct Reaction {
  std::string from;  // number
  std::string emoji;
};

struct Vote {
  std::string from;
  std::vector<std::string> options;
};

struct Marks {
  std::optional<std::string> edited;  // the body or caption that stands now
  bool deleted = false;
  std::vector<Reaction> reactions;  // by who reacted; none that was taken back
  std::vector<Vote> votes;
};

// Reads the modifiers' records.
base::Result<Marks> MarksOf(Ledger& ledger, Serial message);

}  // namespace parley::sim::network
