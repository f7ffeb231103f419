#include "link/multidevice/registration.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "link/multidevice/queries.h"
#include "wire/binary/protobuf.h"
#include "wire/crypto/derive.h"

namespace parley::link::multidevice {
namespace {

using wire::binary::FieldWriter;

constexpr std::uint64_t kWeb = 14;              // UserAgent.platform
constexpr std::uint64_t kUnknownWifi = 1;       // connect_type
constexpr std::uint64_t kUserActivated = 1;     // connect_reason
constexpr std::string_view kNoNetwork = "000";  // mobile country and network of something without
constexpr std::string_view kOsVersion = "0.1";

std::string UserAgentOf(const ClientInfo& client) {
  FieldWriter version;
  for (std::uint32_t i = 0; i < 3; ++i) version.Number(i + 1, client.version[i]);
  FieldWriter agent;
  agent.Number(1, kWeb)
      .Bytes(2, version.Take())
      .Bytes(3, kNoNetwork)
      .Bytes(4, kNoNetwork)
      .Bytes(5, kOsVersion)
      .Bytes(7, "Desktop")
      .Bytes(8, kOsVersion)
      .Number(10, 0)
      .Bytes(11, client.language)
      .Bytes(12, client.country);
  return agent.Take();
}

std::string WebInfo() {
  FieldWriter info;
  info.Number(4, 0);
  return info.Take();
}

// What it takes of the phone's history, as Baileys and whatsmeow have it word for word. Inside of
// the message (4), as nothing is fetched from a media server yet.
std::string HistoryWanted() {
  FieldWriter wanted;
  wanted.Number(3, 10240).Number(4, 1).Number(6, 0);
  for (const std::uint32_t supported : {7, 8, 9, 10, 11, 12, 14}) wanted.Number(supported, 1);
  wanted.Number(15, 0);
  return wanted.Take();
}

std::string DeviceProps(const ClientInfo& client) {
  FieldWriter version;
  version.Number(1, 0).Number(2, 1).Number(3, 0);
  FieldWriter props;
  props.Bytes(1, client.os)
      .Bytes(2, version.Take())
      .Number(3, client.browser.platform_type)
      .Number(4, 0)
      .Bytes(5, HistoryWanted());
  return props.Take();
}

std::string PairingData(const ClientInfo& client, const Device& device) {
  const auto build = wire::crypto::Md5(VersionText(client.version));
  const std::string_view build_hash(reinterpret_cast<const char*>(build.data()), build.size());
  FieldWriter data;
  data.Bytes(1, BigEndian(device.identity.registration_id, 4))
      .Bytes(2, BigEndian(wire::crypto::PublicKey::kType, 1))
      .Bytes(3, device.identity.keys.public_key.bytes())
      .Bytes(4, BigEndian(device.signed_key.id, 3))
      .Bytes(5, device.signed_key.keys.public_key.bytes())
      .Bytes(6, device.signed_key.signature)
      .Bytes(7, build_hash)
      .Bytes(8, DeviceProps(client));
  return data.Take();
}

}  // namespace

const Browser* FindBrowser(std::string_view name) {
  const auto* found = std::find_if(kBrowsers.begin(), kBrowsers.end(),
                                   [&](const Browser& browser) { return browser.name == name; });
  return found == kBrowsers.end() ? nullptr : found;
}

std::optional<std::array<std::uint32_t, 3>> ParseVersion(std::string_view text) {
  std::array<std::uint32_t, 3> version{};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (std::size_t i = 0; i < version.size(); ++i) {
    if (i > 0 && (at == end || *at++ != '.')) return std::nullopt;
    const auto [stop, error] = std::from_chars(at, end, version[i]);
    if (error != std::errc()) return std::nullopt;
    at = stop;
  }
  if (at != end) return std::nullopt;
  return version;
}

std::string VersionText(const std::array<std::uint32_t, 3>& version) {
  return fmt::format("{}.{}.{}", version[0], version[1], version[2]);
}

std::string DisplayOf(const ClientInfo& client) {
  return fmt::format("{} ({})", client.browser.name, client.os);
}

std::string LoginPayload(const ClientInfo& client, const Pairing& pairing) {
  std::uint64_t number = 0;
  const std::string& user = pairing.number.user;
  std::from_chars(user.data(), user.data() + user.size(), number);
  FieldWriter payload;
  payload.Number(1, number)
      .Number(3, 1)
      .Bytes(5, UserAgentOf(client))
      .Bytes(6, WebInfo())
      .Number(12, kUnknownWifi)
      .Number(13, kUserActivated)
      .Number(18, pairing.number.device)
      .Number(24, 1)
      .Number(33, 1)
      .Number(41, 1);
  return payload.Take();
}

std::string RegistrationPayload(const ClientInfo& client, const Device& device) {
  FieldWriter payload;
  payload.Number(3, 0)
      .Bytes(5, UserAgentOf(client))
      .Bytes(6, WebInfo())
      .Number(12, kUnknownWifi)
      .Number(13, kUserActivated)
      .Bytes(19, PairingData(client, device))
      .Number(33, 0);
  return payload.Take();
}

}  // namespace parley::link::multidevice
