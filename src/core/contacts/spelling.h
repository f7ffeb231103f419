// Numbers that are written in two ways.
//
// In three countries the number that people dial and the one that WhatsApp knows a person by may
// differ by one digit, in either direction:
//   Mexico     +52 and ten digits        5215617554529 = 525617554529
//   Argentina  +54 and ten digits        5491123456789 = 541123456789
//   Brazil     the ninth digit of mobile numbers, which older accounts lack
//                                        5511987654321 = 551187654321
// Both lead to one person; the network's answers say which one it uses.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "core/contacts/person.h"
#include "core/store.h"

namespace parley::core {

// The same number as it may also be written, digits as well; "" for all that have one spelling.
std::string OtherSpelling(std::string_view digits);

// Whether both are numbers of one phone.
bool IsSameNumber(std::string_view one, std::string_view other);

// The person at that address; of a number also in its other spelling.
base::Result<std::optional<Person>> FindPersonAt(const Transaction& tx, AccountRow account,
                                                 const Address& address);

}  // namespace parley::core
