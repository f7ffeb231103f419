// What the native channels of one gateway did since it started, all of them together: for operators
// (docs/operations.md, "What to watch").
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace parley::link::multidevice {

// Thread: the links'.
struct EngineCounters {
  std::int64_t stanzas_in = 0, stanzas_out = 0;
  std::int64_t unopened = 0;          // messages that could not be decrypted
  std::int64_t retries_asked = 0;     // those of them that were asked for again
  std::int64_t retries_answered = 0;  // messages sent again to a device that asked
  std::int64_t key_uploads = 0;       // of one-time keys
  // Connections of paired devices that ended and are made anew, by the reason: those of the tables
  // in login.h and stream_errors.h, and link.cc's own.
  std::map<std::string, std::int64_t> reconnects;
};

}  // namespace parley::link::multidevice
