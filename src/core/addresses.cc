#include "core/addresses.h"

#include <algorithm>

namespace parley::core {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool AreDigits(std::string_view text, std::size_t min, std::size_t max) {
  return text.size() >= min && text.size() <= max && std::all_of(text.begin(), text.end(), IsDigit);
}

}  // namespace

std::optional<Address> ParsePhone(std::string_view text) {
  if (text.size() > 40) return std::nullopt;
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (IsDigit(c))
      digits += c;
    else if (!(c == '+' && digits.empty()) && c != ' ' && c != '-' && c != '.' && c != '(' &&
             c != ')')
      return std::nullopt;
  }
  if (!AreDigits(digits, 5, 15) || digits[0] == '0') return std::nullopt;
  return Address{AddressKind::kPhone, std::move(digits)};
}

std::optional<Address> ParseLid(std::string_view digits) {
  if (!AreDigits(digits, 5, 20)) return std::nullopt;
  return Address{AddressKind::kLid, std::string(digits)};
}

std::optional<Address> ParseGroup(std::string_view text) {
  const std::size_t dash = text.find('-');
  const bool valid = dash == std::string_view::npos ? AreDigits(text, 5, 25)
                                                    : AreDigits(text.substr(0, dash), 5, 20) &&
                                                          AreDigits(text.substr(dash + 1), 5, 20);
  if (!valid) return std::nullopt;
  return Address{AddressKind::kGroup, std::string(text)};
}

std::optional<Address> ParseNewsletter(std::string_view digits) {
  if (!AreDigits(digits, 5, 25)) return std::nullopt;
  return Address{AddressKind::kNewsletter, std::string(digits)};
}

std::string Masked(const Address& address) { return address.value.substr(0, 4) + "****"; }

}  // namespace parley::core
