// How people and chats are addressed on WhatsApp. A person can have a phone number, a LID (the
// network's opaque number that hides the phone number) and a username; all are addresses that point
// at one person (core/contacts/person.h). Dialects spell them in their own addresses.cc.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/names.h"
#include "base/result.h"

namespace parley::core {

enum class AddressKind : std::uint8_t {  // stored; never renumber
  kPhone = 1,                            // E.164 digits without the plus
  kLid = 2,                              // digits
  kUsername = 3,                         // lower case
  kGroup = 4,                            // the part before @g.us: digits, with one dash in old ids
  kNewsletter = 5,                       // the part before @newsletter: digits
};
inline constexpr base::EnumNames<AddressKind, 5> kAddressKindNames({
    {AddressKind::kPhone, "phone"},
    {AddressKind::kLid, "lid"},
    {AddressKind::kUsername, "username"},
    {AddressKind::kGroup, "group"},
    {AddressKind::kNewsletter, "newsletter"},
});
PARLEY_ENUM_NAMES(AddressKind, kAddressKindNames)

struct Address {
  AddressKind kind = AddressKind::kPhone;
  std::string value;

  auto operator<=>(const Address&) const = default;
  bool is_person() const {
    return kind == AddressKind::kPhone || kind == AddressKind::kLid ||
           kind == AddressKind::kUsername;
  }
};

// Reads a phone number: an optional plus, then 5 to 15 digits (E.164's upper bound), with blanks,
// dashes, dots and parentheses between them. A leading 00 is not a plus. nullopt otherwise.
std::optional<Address> ParsePhone(std::string_view text);

// 5 to 20 digits; groups also "<digits>-<digits>". nullopt otherwise.
std::optional<Address> ParseLid(std::string_view digits);
std::optional<Address> ParseGroup(std::string_view text);
std::optional<Address> ParseNewsletter(std::string_view digits);

// For logs at info: the first four characters, then stars ("1555****").
std::string Masked(const Address& address);

}  // namespace parley::core
