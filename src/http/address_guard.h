// Which addresses an outgoing request may reach. URLs come from customers; a gateway must not let
// them reach into the operator's own network (SSRF).
//
// Refused unless a listed network contains the address: everything that IANA's special-purpose
// registries do not mark as globally reachable (private, loopback, link-local, shared 100.64/10,
// 0/8, documentation, benchmarking, multicast, reserved, unique-local, unspecified), also when it
// is wrapped in an IPv6 form (v4-mapped, NAT64 64:ff9b::/96, 6to4, Teredo).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/blocking_pool.h"
#include "base/result.h"
#include "base/scheduler.h"
#include "http/url.h"

namespace parley::http {

// A network in CIDR form; a bare address is a network of one.
struct Network {
  // Always as IPv6; IPv4 in its mapped form.
  std::array<std::uint8_t, 16> bytes{};
  int prefix = 128;

  // "10.0.0.0/8", "::1", "127.0.0.1".
  static base::Result<Network> Parse(std::string_view text);
  bool Contains(const std::array<std::uint8_t, 16>& address) const;
};

// Constant after construction; usable from any thread.
class AddressGuard {
 public:
  explicit AddressGuard(std::vector<Network> allowed) : allowed_(std::move(allowed)) {}

  // `address` is a literal IPv4 or IPv6 address.
  bool Allows(std::string_view address) const;

 private:
  std::vector<Network> allowed_;
};

// Resolves names to addresses.
class Resolver {
 public:
  virtual ~Resolver() = default;
  // Literal addresses, in the order to try. kTimeout or kUnavailable (text names the host).
  virtual base::Task<base::Result<std::vector<std::string>>> Resolve(std::string host) = 0;
};
// getaddrinfo on the pool; answers are kept for 30 s (at most 4096 hosts).
std::unique_ptr<Resolver> MakeSystemResolver(base::BlockingPool& pool, base::Scheduler& scheduler);

// The addresses of `host` that the guard allows. kAddressRefused when there are some but none is
// allowed: one refused address among allowed ones refuses the host, so that a name cannot be used
// to try. Resolver and guard outlive the call.
base::Task<base::Result<std::vector<std::string>>> ResolveAllowed(Resolver& resolver,
                                                                  const AddressGuard& guard,
                                                                  std::string host);

}  // namespace parley::http
