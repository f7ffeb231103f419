// LidMap: which number and which LID are the same person, as the network told, for good.
//
// The network tells it in many places (docs/protocol/addresses.md, "Learning"); what is told last
// holds. Two records per person, one to look up by each address.
#pragma once

#include "base/task.h"
#include "link/multidevice/addresses.h"
#include "link/multidevice/ledger.h"

namespace parley::link::multidevice {

// The ledger outlives it. Thread: the channel's. Calls have the ledger's turn, unless it does not
// matter that the answer may be out of date.
class LidMap {
 public:
  explicit LidMap(Ledger& ledger) : ledger_(ledger) {}

  // With what is known of them.
  base::Task<base::Result<Who>> Complete(Who who);
  base::Task<base::Result<std::vector<Who>>> CompleteAll(std::vector<Who> people);

  // Puts what is new into the unit. Nothing for somebody of whom one address is missing.
  // `unit` outlives the call.
  base::Task<base::Result<void>> Learn(Unit& unit, Who who);

 private:
  Ledger& ledger_;
};

}  // namespace parley::link::multidevice
