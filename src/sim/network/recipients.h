// Recipients: who may write to a chat, and whom a message there goes to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/network/state.h"

namespace parley::sim::network {

// Whether the person with the number `from` may write to the chat with that address now.
// kNotOnNetwork: nobody has this number. kNotFound: there is no such group, or the person is not in
// it; no such newsletter. kForbidden: only admins write there; it is somebody else's newsletter.
base::Result<void> CheckMayWrite(const State& state, std::string_view from, std::string_view to);

// The numbers of those who get a copy of what `from` writes to a group or newsletter, or shows in
// the status: then all in the own address book who hear it.
std::vector<std::string> RecipientsOf(const State& state, std::string_view from,
                                      std::string_view to);

// Whether what `from` sends to many at once, by a list or in the status, reaches `to`: only who has
// the sender in the address book, and when neither blocks the other.
bool HearsBroadcasts(const State& state, std::string_view from, std::string_view to);

}  // namespace parley::sim::network
