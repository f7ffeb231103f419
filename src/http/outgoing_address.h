// The address that this machine's outgoing connections come from, as far as the machine knows: the
// one of its default route. A router between it and the world may put another in its place.
#pragma once

#include <optional>
#include <string>

namespace parley::http {

// A literal address, IPv4 before IPv6; nullopt when there is no route to the outside. Asks the
// kernel only, and sends nothing. Thread: any.
std::optional<std::string> OutgoingAddress();

}  // namespace parley::http
