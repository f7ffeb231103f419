// What is kept of one device of somebody: the identity that is trusted, its sessions, and which of
// its messages came last. One record of space "session", named by the session's address.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/signal/record.h"

namespace parley::link::multidevice {

// Messages of a device that are known when they come again. The network repeats what was not
// acknowledged before a connection ended, which is not more than this of one device: what was
// stored is acknowledged at once.
inline constexpr std::size_t kRecentMessages = 32;

struct DeviceSession {
  std::optional<wire::crypto::PublicKey> identity;
  wire::signal::Record record;
  std::vector<std::uint64_t> recent;  // of their ids, oldest first

  // Whether there is a session with the trusted identity and with us as we are.
  bool CanSend(const wire::crypto::PublicKey& own) const;
  bool Has(std::string_view message_id) const;
  void Note(std::string_view message_id);
  // The device is another one now: what the one before sent or knew is over.
  void Replace(const wire::crypto::PublicKey& identity);
  // The same device under the other of its addresses: its sessions can still be read.
  void Adopt(DeviceSession other);
};

std::string EncodeSession(const DeviceSession& session);
// kMalformed or kOldVersion for bytes that no EncodeSession gave.
wire::Result<DeviceSession> DecodeSession(std::string_view bytes);

}  // namespace parley::link::multidevice
