// JIDs: the addresses of the network. `user[.agent][:device]@server`, on interop
// `integrator-user[:device]@interop`, or `@server` for a server itself.
//
// docs/protocol/wire-binary.md has the forms and their encodings.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "wire/crypto/fault.h"

namespace parley::wire::binary {

enum class JidServer : std::uint8_t {
  kUser,        // a person by number
  kLegacyUser,  // the same in the older spelling
  kLid,         // a person by the network's own hidden number
  kGroup,
  kBroadcast,  // lists, and status@broadcast
  kNewsletter,
  kBot,
  kHosted,     // a business whose keys Meta holds
  kHostedLid,  // the same by hidden number
  kMessenger,  // somebody on Messenger
  kInterop,    // somebody on another provider's network
  kCall,       // a call as a thing of its own
};

struct JidServerKind {
  JidServer server;
  std::string_view name;
  std::uint8_t domain;       // its byte in the device form of the wire
  std::uint16_t max_device;  // 0: has no devices
};

inline constexpr std::uint8_t kNoDomain = 0xff;

// The one table, in the order of the enum.
inline constexpr auto kJidServers = std::to_array<JidServerKind>({
    {JidServer::kUser, "s.whatsapp.net", 0, 0xff},
    {JidServer::kLegacyUser, "c.us", kNoDomain, 0},
    {JidServer::kLid, "lid", 1, 0xff},
    {JidServer::kGroup, "g.us", kNoDomain, 0},
    {JidServer::kBroadcast, "broadcast", kNoDomain, 0},
    {JidServer::kNewsletter, "newsletter", kNoDomain, 0},
    {JidServer::kBot, "bot", kNoDomain, 0},
    {JidServer::kHosted, "hosted", 128, 0xff},
    {JidServer::kHostedLid, "hosted.lid", 129, 0xff},
    {JidServer::kMessenger, "msgr", kNoDomain, 0xffff},
    {JidServer::kInterop, "interop", kNoDomain, 0xffff},
    {JidServer::kCall, "call", kNoDomain, 0},
});
static_assert(kJidServers.size() == static_cast<std::size_t>(JidServer::kCall) + 1);
static_assert([] {
  for (std::size_t i = 0; i < kJidServers.size(); ++i)
    if (static_cast<std::size_t>(kJidServers[i].server) != i) return false;
  return true;
}());

constexpr const JidServerKind& KindOf(JidServer server) {
  return kJidServers[static_cast<std::size_t>(server)];
}

inline constexpr std::size_t kMaxJidUser = 64;

struct Jid {
  std::string user;  // empty: the server itself
  JidServer server = JidServer::kUser;
  std::uint16_t device = 0;      // 0: the phone, or the account as a whole
  std::uint8_t agent = 0;        // only on s.whatsapp.net; nobody is known to use it still
  std::uint16_t integrator = 0;  // only on interop: which provider

  Jid() = default;
  Jid(std::string user, JidServer server, std::uint16_t device = 0)
      : user(std::move(user)), server(server), device(device) {}

  // The account that the device belongs to.
  Jid WithoutDevice() const;
  Jid WithDevice(std::uint16_t device) const;
  std::string Text() const;

  auto operator<=>(const Jid&) const = default;
};

// Takes what Text gives, nothing that Text would spell differently, and the name of a server
// without the @. kMalformed otherwise, also for a server that is not in the table.
Result<Jid> ParseJid(std::string_view text);

// status@broadcast, where status updates go.
Jid StatusBroadcast();
// The server itself, s.whatsapp.net.
Jid NetworkServer();

}  // namespace parley::wire::binary
