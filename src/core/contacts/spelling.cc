#include "core/contacts/spelling.h"

#include "core/contacts/contact_store.h"

namespace parley::core {
namespace {

// `digits` with and without `extra` at `at`: the lengths say which one it is.
struct Country {
  std::string_view code;
  char extra;
  std::size_t at;    // where the digit stands
  std::size_t size;  // of the number without it
};
constexpr Country kCountries[] = {{"52", '1', 2, 12}, {"54", '9', 2, 12}, {"55", '9', 4, 12}};

// Brazil's landlines begin with 2 to 5 and have no ninth digit.
bool HasTwo(const Country& country, std::string_view shorter) {
  return country.code != "55" || shorter[country.at] >= '6';
}

}  // namespace

std::string OtherSpelling(std::string_view digits) {
  for (const Country& country : kCountries) {
    if (!digits.starts_with(country.code)) continue;
    std::string other(digits);
    if (digits.size() == country.size) {
      if (HasTwo(country, digits)) return other.insert(country.at, 1, country.extra);
    } else if (digits.size() == country.size + 1 && digits[country.at] == country.extra) {
      other.erase(country.at, 1);
      if (HasTwo(country, other)) return other;
    }
  }
  return "";
}

bool IsSameNumber(std::string_view one, std::string_view other) {
  return one == other || (!other.empty() && OtherSpelling(one) == other);
}

base::Result<std::optional<Person>> FindPersonAt(const Transaction& tx, AccountRow account,
                                                 const Address& address) {
  PARLEY_TRY(found, tx.contacts().FindPerson(account, address));
  if (found || address.kind != AddressKind::kPhone) return std::move(found);
  Address other{AddressKind::kPhone, OtherSpelling(address.value)};
  if (other.value.empty()) return std::move(found);
  return tx.contacts().FindPerson(account, other);
}

}  // namespace parley::core
