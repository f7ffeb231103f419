// Ringing: what happens to a call after it was made. What is still to happen is in the State, so
// that a call that rings is missed in time also after a restart.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "sim/network/actor.h"
#include "sim/network/ledger.h"
#include "sim/network/options.h"
#include "sim/network/timeline.h"

namespace parley::sim::network {

// Thread: that of the network.
class Ringing {
 public:
  Ringing(Ledger& ledger, Timeline& timeline, const NetworkOptions& options)
      : ledger_(ledger), timeline_(timeline), options_(options) {}

  // Goes on with what was under way when the file was left. Call it once, after Ledger::Open.
  void Resume();

  base::Result<Call> Make(PersonRow from, PersonRow to, const CallDraft& draft);
  // kInvalidState when the call cannot become that now.
  base::Result<Call> Become(const CallState& call, CallStatus status, const Actor& by);
  // The caller hangs up before anybody answered.
  base::Result<Call> Cancel(const CallState& call);
  // Calls that rang in vain while the phone was off are missed now.
  void PhoneCameOnline(PersonRow person);

 private:
  void Schedule(std::string id, base::Time due);
  void StopRinging(const std::string& id);
  bool CanReach(PersonRow person) const;

  Ledger& ledger_;
  Timeline& timeline_;
  const NetworkOptions& options_;
};

}  // namespace parley::sim::network
