// Whose session it is: a user of a domain, and one device. The name of a record.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "wire/binary/jid.h"
#include "wire/crypto/fault.h"

namespace parley::wire::signal {

struct Address {
  std::string user;  // digits, and _1, _128 or _129 behind them when it is not one by number
  std::uint16_t device = 0;

  std::string Text() const;  // "15550100_1.2"
  auto operator<=>(const Address&) const = default;
};

// kMalformed for what has no devices, such as a group, and for a user that is not digits: "123_1"
// by number and "123" by hidden number would have one name.
Result<Address> AddressOf(const binary::Jid& jid);

}  // namespace parley::wire::signal
