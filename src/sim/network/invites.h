// Ids and invite codes of groups and newsletters.
#pragma once

#include <string>

#include "base/random.h"
#include "sim/network/state.h"

namespace parley::sim::network {

// 18 digits that begin like the network's own. The caller sees to it that it is new.
std::string MakeChatId(base::Random& random);
// 22 letters and digits that no group or newsletter has.
std::string MakeInviteCode(const State& state, base::Random& random);

}  // namespace parley::sim::network
