// NumberFacts: what a phone number tells about itself. Declared for the core, implemented by
// `numbering`.
#pragma once

#include <string>
#include <string_view>

namespace parley::core {

// Pure functions of the digits. Thread: any.
class NumberFacts {
 public:
  virtual ~NumberFacts() = default;
  // ISO 3166-1 alpha-2, "" when the number belongs to no country.
  virtual std::string CountryOf(std::string_view digits) const = 0;
  // "+595 981 048477"; "+" and the digits when the number is not valid.
  virtual std::string FormatInternational(std::string_view digits) const = 0;
};

}  // namespace parley::core
