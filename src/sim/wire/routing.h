// Routing: what a companion sends. Its copy for the phone of whoever it is for is opened there, and
// goes through the network as a message of the companion's device; those for other companions wait
// until the network says that it has arrived (docs/protocol/simulated-wire.md, "A message").
#pragma once

#include "sim/wire/client.h"

namespace parley::sim::wire {

inline constexpr int kMaxRetries = 5;           // that a phone asks for of one message
inline constexpr std::size_t kMaxUnread = 512;  // messages that phones wait to be sent again

void OnMessage(Client& client, const binary::Node& stanza);

}  // namespace parley::sim::wire
