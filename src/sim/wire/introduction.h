// Introduction: what the phone hands to a device that is logged in for the first time: a key for
// what is shared between devices, and the history of its chats with names and LIDs.
#pragma once

#include <vector>

#include "sim/wire/session.h"

namespace parley::sim::wire {

// Sends it, and notes in the session what has to come back for it to be over.
void Introduce(Parts& parts, Session& session, const Companion& own,
               const std::vector<net::IncomingMessage>& history);

}  // namespace parley::sim::wire
