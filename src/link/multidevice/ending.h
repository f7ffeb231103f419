// How a connection ended, and what follows from it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace parley::link::multidevice {

enum class Next : std::uint8_t {
  kReconnect,  // after a pause that grows
  kRestart,    // at once: it is the network's way of going on
  kLogOut,     // the pairing is over: forget it
  kStop,       // until somebody does something: an operator, or the other connection's owner
  kEndOffer,   // of pairing; there was none before
};

struct Ending {
  Next next = Next::kReconnect;
  std::string reason;                           // snake_case; what the channel shows
  std::optional<std::chrono::seconds> expires;  // when a temporary ban ends
};

}  // namespace parley::link::multidevice
