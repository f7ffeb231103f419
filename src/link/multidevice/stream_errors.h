// What the network says before it ends a connection: <stream:error>, <xmlstreamend>.
#pragma once

#include <array>
#include <string_view>

#include "link/multidevice/ending.h"
#include "wire/binary/node.h"

namespace parley::link::multidevice {

struct StreamErrorKind {
  std::string_view code;      // attribute of the error; empty: whatever it is
  std::string_view conflict;  // type of its child <conflict>; empty: whatever it is
  Next next;
  std::string_view reason;
};

// The one table; the first row that fits counts.
inline constexpr auto kStreamErrors = std::to_array<StreamErrorKind>({
    {"", "replaced", Next::kStop, "replaced"},            // the same device is connected elsewhere
    {"", "device_removed", Next::kLogOut, "logged_out"},  // on the phone; code 401
    {"515", "", Next::kRestart, "restart"},
    {"503", "", Next::kReconnect, "network_unavailable"},
});

// Anything else: kReconnect, "stream_error".
Ending EndingOfStreamError(const wire::binary::Node& error);

}  // namespace parley::link::multidevice
