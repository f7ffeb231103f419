#include "sim/network/spelling.h"

namespace parley::sim::network {
namespace {

std::string Toggled(std::string_view number, std::size_t at, char digit) {
  std::string other(number);
  if (number.size() == 12) return other.insert(at, 1, digit);
  if (number.size() == 13 && number[at] == digit) return other.erase(at, 1);
  return "";
}

}  // namespace

std::string OtherSpelling(std::string_view number) {
  if (number.starts_with("52")) return Toggled(number, 2, '1');
  if (number.starts_with("54")) return Toggled(number, 2, '9');
  if (!number.starts_with("55")) return "";
  std::string other = Toggled(number, 4, '9');
  // Landlines, which begin with 2 to 5, have no ninth digit.
  const std::string_view shorter = number.size() == 12 ? number : std::string_view(other);
  if (shorter.size() != 12 || shorter[4] < '6') return "";
  return other;
}

}  // namespace parley::sim::network
