// NumberFacts: what a phone number tells about itself. Declared for the core, implemented by
// `numbering`, whose header names the sources.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/names.h"

namespace parley::core {

// What a number is for, by its country's numbering plan.
enum class NumberType {
  kUnknown,  // not assigned
  kFixedLine,
  kMobile,
  kFixedLineOrMobile,  // the plan does not tell them apart, as in the USA
  kTollFree,
  kPremiumRate,
  kSharedCost,
  kVoip,
  kPersonal,
  kPager,
  kUniversalAccess,  // a company's number, for the country as a whole
  kVoicemail,
};
inline constexpr base::EnumNames<NumberType, 12> kNumberTypeNames({
    {NumberType::kUnknown, "unknown"},
    {NumberType::kFixedLine, "fixed_line"},
    {NumberType::kMobile, "mobile"},
    {NumberType::kFixedLineOrMobile, "fixed_line_or_mobile"},
    {NumberType::kTollFree, "toll_free"},
    {NumberType::kPremiumRate, "premium_rate"},
    {NumberType::kSharedCost, "shared_cost"},
    {NumberType::kVoip, "voip"},
    {NumberType::kPersonal, "personal"},
    {NumberType::kPager, "pager"},
    {NumberType::kUniversalAccess, "universal_access"},
    {NumberType::kVoicemail, "voicemail"},
});
PARLEY_ENUM_NAMES(NumberType, kNumberTypeNames)

struct NumberDetails {
  bool is_possible = false;  // as long as numbers of its country are, area code left out or not
  bool is_valid = false;  // of a kind that its country assigns; whether anybody has it is not told
  NumberType type = NumberType::kUnknown;
  std::string e164;           // "+595981048477"; "" when it is no number of any country code
  std::string international;  // "+595 981 048477", the form of FormatInternational
  std::string national;       // "0981 048477", as dialled at home; "" with e164
  std::string country;        // as CountryOf
  // In English, and "" when nothing is known: where the number was assigned, at least the country
  // ("Texas", "Buenos Aires", "Paraguay"), and whom it was assigned to first, for numbers that may
  // be mobile ("Tigo").
  std::string region, carrier;
  // IANA names of all zones that it may be in, sorted; "Etc/Unknown" alone for a number that is not
  // valid, and empty with e164.
  std::vector<std::string> time_zones;
};

// Pure functions of the digits, country code first. What is empty, longer than 20 digits or has
// anything but digits is no number. Thread: any.
class NumberFacts {
 public:
  virtual ~NumberFacts() = default;
  // ISO 3166-1 alpha-2, "" when the number belongs to no country. One that is not assigned counts
  // as the main country's of its code.
  virtual std::string CountryOf(std::string_view digits) const = 0;
  // "+595 981 048477"; "+" and what was given when it is no number of any country code.
  virtual std::string FormatInternational(std::string_view digits) const = 0;
  virtual NumberDetails Describe(std::string_view digits) const = 0;
};

}  // namespace parley::core
