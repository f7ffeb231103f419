// Login: what a client is by the payload of its handshake: a device that offers pairing, or a
// companion that is known.
#pragma once

#include <string_view>

#include "sim/wire/client.h"

namespace parley::sim::wire {

// False when the payload makes no sense, and the connection ends.
bool BeginAs(Client& client, std::string_view payload);

binary::Node StreamError(std::int64_t code);
// `type` is "replaced", without a code (0), or "device_removed".
binary::Node Conflict(std::int64_t code, std::string type);

}  // namespace parley::sim::wire
