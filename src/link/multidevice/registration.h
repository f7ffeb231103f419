// What the client says of itself in the handshake (docs/protocol/multidevice-connection.md, "Who
// the client is").
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "link/multidevice/device.h"

namespace parley::link::multidevice {

// The browsers that a client can say it is, with the numbers that the network has for them.
struct Browser {
  std::string_view name;
  std::uint32_t platform_type;  // of DeviceProps: the icon in the phone's list of devices
  std::uint8_t client_type;     // in the QR code and in pairing by code
};
inline constexpr auto kBrowsers = std::to_array<Browser>({
    {"Chrome", 1, 1},
    {"Edge", 6, 2},
    {"Firefox", 2, 3},
    {"Opera", 4, 5},
    {"Safari", 5, 6},
    {"Desktop", 7, 7},
});
// nullptr when there is none of that name.
const Browser* FindBrowser(std::string_view name);

// Options of the operator, which may change while channels are connected; the next connection has
// them.
struct ClientInfo {
  std::array<std::uint32_t, 3> version{2, 3000, 1045649367};  // of the network's web client
  Browser browser = kBrowsers.front();
  std::string os = "Linux";     // as the phone shows it
  std::string language = "en";  // ISO 639-1
  std::string country = "US";   // ISO 3166-1
};
// "2.3000.1045649367"; nullopt for anything else than three numbers.
std::optional<std::array<std::uint32_t, 3>> ParseVersion(std::string_view text);
std::string VersionText(const std::array<std::uint32_t, 3>& version);

// "Chrome (Linux)", which the network checks when a code is asked for.
std::string DisplayOf(const ClientInfo& client);

// For a device with a pairing.
std::string LoginPayload(const ClientInfo& client, const Pairing& pairing);
// For one without.
std::string RegistrationPayload(const ClientInfo& client, const Device& device);

}  // namespace parley::link::multidevice
