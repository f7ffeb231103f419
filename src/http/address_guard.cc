#include "http/address_guard.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

namespace parley::http {
namespace {

using Address = std::array<std::uint8_t, 16>;

// A row of the registries. The longest prefix that contains an address decides.
struct SpecialNetwork {
  std::string_view network;
  bool reachable;
};

// IANA IPv4 Special-Purpose Address Registry (RFC 6890), and the multicast space.
constexpr SpecialNetwork kSpecialIpv4[] = {
    {"0.0.0.0/0", true},        {"0.0.0.0/8", false},  // this network
    {"10.0.0.0/8", false},                             // private use
    {"100.64.0.0/10", false},                          // shared by carrier-grade NAT
    {"127.0.0.0/8", false},                            // loopback
    {"169.254.0.0/16", false},                         // link-local; cloud metadata
    {"172.16.0.0/12", false},                          // private use
    {"192.0.0.0/24", false},                           // protocol assignments
    {"192.0.0.9/32", true},                            // Port Control Protocol anycast
    {"192.0.0.10/32", true},                           // TURN anycast
    {"192.0.2.0/24", false},                           // documentation
    {"192.88.99.0/24", false},                         // 6to4 relay anycast, deprecated
    {"192.168.0.0/16", false},                         // private use
    {"198.18.0.0/15", false},                          // benchmarking
    {"198.51.100.0/24", false},                        // documentation
    {"203.0.113.0/24", false},                         // documentation
    {"224.0.0.0/4", false},                            // multicast
    {"240.0.0.0/4", false},                            // reserved, limited broadcast
};

// IANA IPv6 Special-Purpose Address Registry. Outside 2000::/3, which is all of the global unicast
// space handed out so far, nothing but NAT64 is reachable.
constexpr SpecialNetwork kSpecialIpv6[] = {
    {"::/0", false},            // loopback, unspecified, unique-local, link-local, multicast, ...
    {"64:ff9b::/96", true},     // NAT64; the address inside is looked at, too
    {"2000::/3", true},         // global unicast
    {"2001::/23", false},       // protocol assignments; Teredo, benchmarking, ORCHID
    {"2001:1::1/128", true},    // Port Control Protocol anycast
    {"2001:1::2/128", true},    // TURN anycast
    {"2001:1::3/128", true},    // DNS-SD service registration anycast
    {"2001:3::/32", true},      // AMT
    {"2001:4:112::/48", true},  // AS112
    {"2001:20::/28", true},     // ORCHIDv2
    {"2001:30::/28", true},     // drone remote identification
    {"2001:db8::/32", false},   // documentation
    {"2002::/16", false},       // 6to4, deprecated
    {"3fff::/20", false},       // documentation
};

constexpr Address kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr Address kNat64Prefix = {0, 0x64, 0xFF, 0x9B};
constexpr int kIpv4Offset = 96;  // bits before the IPv4 address in both

struct ParsedSpecial {
  Network network;
  bool reachable;
};

std::vector<ParsedSpecial> ParseTable(std::span<const SpecialNetwork> rows) {
  std::vector<ParsedSpecial> parsed;
  for (const SpecialNetwork& row : rows)
    parsed.push_back(ParsedSpecial{Network::Parse(row.network).value(), row.reachable});
  return parsed;
}

std::optional<Address> ParseAddress(std::string_view text) {
  const std::string terminated(text);
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  Address address = kMappedPrefix;
  if (inet_pton(AF_INET, terminated.c_str(), address.data() + 12) == 1) return address;
  if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) return address;
  return std::nullopt;
}

bool HasPrefix(const Address& address, const Address& prefix, int bits) {
  return Network{prefix, bits}.Contains(address);
}

bool IsReachable(const Address& address, const std::vector<ParsedSpecial>& table) {
  const ParsedSpecial* closest = nullptr;
  for (const ParsedSpecial& row : table)
    if (row.network.Contains(address) &&
        (closest == nullptr || row.network.prefix > closest->network.prefix))
      closest = &row;
  return closest != nullptr && closest->reachable;
}

bool IsGloballyReachable(const Address& address) {
  static const std::vector<ParsedSpecial> ipv4 = ParseTable(kSpecialIpv4);
  static const std::vector<ParsedSpecial> ipv6 = ParseTable(kSpecialIpv6);
  return IsReachable(address, HasPrefix(address, kMappedPrefix, kIpv4Offset) ? ipv4 : ipv6);
}

}  // namespace

base::Result<Network> Network::Parse(std::string_view text) {
  const base::Error fault(
      base::ErrorCode::kInvalidFields,
      "Not a network like 10.0.0.0/8 or ::1: " + std::string(text.substr(0, 64)));
  const std::size_t slash = std::min(text.find('/'), text.size());
  const auto address = ParseAddress(text.substr(0, slash));
  if (!address) return fault;
  Network network;
  network.bytes = *address;
  if (slash == text.size()) return network;
  const bool ipv4 = text.substr(0, slash).find(':') == std::string_view::npos;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, network.prefix);
  const int longest = ipv4 ? 32 : 128;
  if (error != std::errc() || stop != end || network.prefix < 0 || network.prefix > longest)
    return fault;
  if (ipv4) network.prefix += kIpv4Offset;
  return network;
}

bool Network::Contains(const std::array<std::uint8_t, 16>& address) const {
  const auto whole = static_cast<std::ptrdiff_t>(prefix / 8);
  if (!std::equal(bytes.begin(), bytes.begin() + whole, address.begin())) return false;
  const int rest = prefix % 8;
  if (rest == 0) return true;
  const auto index = static_cast<std::size_t>(whole);
  return ((bytes[index] ^ address[index]) >> (8 - rest)) == 0;
}

bool AddressGuard::Allows(std::string_view address) const {
  const auto parsed = ParseAddress(address);
  if (!parsed) return false;
  for (const Network& network : allowed_)
    if (network.Contains(*parsed)) return true;
  if (!IsGloballyReachable(*parsed)) return false;
  if (!HasPrefix(*parsed, kNat64Prefix, kIpv4Offset)) return true;
  Address inside = kMappedPrefix;
  std::copy(parsed->begin() + 12, parsed->end(), inside.begin() + 12);
  return IsGloballyReachable(inside);
}

base::Task<base::Result<std::vector<std::string>>> ResolveAllowed(Resolver& resolver,
                                                                  const AddressGuard& guard,
                                                                  std::string host) {
  std::vector<std::string> addresses;
  if (ParseAddress(host)) {
    addresses.push_back(host);
  } else {
    PARLEY_CO_TRY(found, co_await resolver.Resolve(host));
    addresses = std::move(found);
  }
  for (const std::string& address : addresses)
    if (!guard.Allows(address))
      co_return base::Error(base::ErrorCode::kAddressRefused, "", host + " is " + address);
  co_return addresses;
}

}  // namespace parley::http
