#include "wire/signal/address.h"

#include <fmt/format.h>

namespace parley::wire::signal {

std::string Address::Text() const { return fmt::format("{}.{}", user, device); }

Result<Address> AddressOf(const binary::Jid& jid) {
  const std::uint8_t domain = jid.agent != 0 ? jid.agent : binary::KindOf(jid.server).domain;
  if (jid.user.empty() || domain == binary::kNoDomain)
    return Fault{FaultCode::kMalformed, "a JID without devices"};
  if (jid.user.find_first_not_of("0123456789") != std::string::npos)
    return Fault{FaultCode::kMalformed, "a user with devices that is not a number"};
  return Address{domain == 0 ? jid.user : fmt::format("{}_{}", jid.user, domain), jid.device};
}

}  // namespace parley::wire::signal
