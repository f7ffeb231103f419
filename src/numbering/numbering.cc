#include "numbering/numbering.h"

#include <absl/container/flat_hash_map.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <list>
#include <mutex>
#include <optional>

#include "numbering/prefix_table.h"

namespace parley::numbering {
namespace {

using core::NumberDetails;
using core::NumberType;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

// The longest that is looked at. Valid numbers have up to 17 digits; E.164 allows 15.
constexpr std::size_t kMostDigits = 20;
// ICU's name for it, as the library's time-zone mapper says.
constexpr std::string_view kUnknownZone = "Etc/Unknown";
// The library's words for no region, and for codes that belong to no country (+800, +883).
constexpr std::string_view kNoRegion = "ZZ", kNoCountry = "001";

const PhoneNumberUtil& Util() { return *PhoneNumberUtil::GetInstance(); }

std::optional<PhoneNumber> Parse(std::string_view digits) {
  if (digits.empty() || digits.size() > kMostDigits ||
      digits.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  PhoneNumber number;
  const std::string text = "+" + std::string(digits);
  if (Util().Parse(text, std::string(kNoRegion), &number) != PhoneNumberUtil::NO_PARSING_ERROR)
    return std::nullopt;
  return number;
}

std::string Format(const PhoneNumber& number, PhoneNumberUtil::PhoneNumberFormat form) {
  std::string text;
  Util().Format(number, form, &text);
  return text;
}

// Of a number that is not assigned, kNoRegion unless its code has one country alone.
std::string RegionOf(const PhoneNumber& number) {
  std::string region;
  Util().GetRegionCodeForNumber(number, &region);
  return region;
}

// A number that is not assigned still belongs to the main country of its code.
std::string CountryIn(std::string region, const PhoneNumber& number) {
  if (region == kNoRegion) Util().GetRegionCodeForCountryCode(number.country_code(), &region);
  return region == kNoRegion || region == kNoCountry ? "" : region;
}

NumberType TypeOf(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
    case PhoneNumberUtil::FIXED_LINE:
      return NumberType::kFixedLine;
    case PhoneNumberUtil::MOBILE:
      return NumberType::kMobile;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
      return NumberType::kFixedLineOrMobile;
    case PhoneNumberUtil::TOLL_FREE:
      return NumberType::kTollFree;
    case PhoneNumberUtil::PREMIUM_RATE:
      return NumberType::kPremiumRate;
    case PhoneNumberUtil::SHARED_COST:
      return NumberType::kSharedCost;
    case PhoneNumberUtil::VOIP:
      return NumberType::kVoip;
    case PhoneNumberUtil::PERSONAL_NUMBER:
      return NumberType::kPersonal;
    case PhoneNumberUtil::PAGER:
      return NumberType::kPager;
    case PhoneNumberUtil::UAN:
      return NumberType::kUniversalAccess;
    case PhoneNumberUtil::VOICEMAIL:
      return NumberType::kVoicemail;
    case PhoneNumberUtil::UNKNOWN:
      return NumberType::kUnknown;
  }
  return NumberType::kUnknown;
}

// -------------------------------------------------------------------------------- what prefixes
// say

// The digits without the mobile token, which stands between country and area code (Argentina's 9)
// and would hide the area.
std::string AreaDigits(const PhoneNumber& number, const std::string& e164) {
  std::string token, national, home;
  Util().GetCountryMobileToken(number.country_code(), &token);
  Util().GetNationalSignificantNumber(number, &national);
  if (token.empty() || !national.starts_with(token)) return e164.substr(1);
  Util().GetRegionCodeForCountryCode(number.country_code(), &home);
  PhoneNumber without;
  if (Util().Parse(national.substr(token.size()), home, &without) !=
      PhoneNumberUtil::NO_PARSING_ERROR)
    return e164.substr(1);
  return Format(without, PhoneNumberUtil::E164).substr(1);
}

// "" when it is valid in several countries.
std::string_view CountryName(const PhoneNumber& number) {
  std::list<std::string> regions;
  Util().GetRegionCodesForCountryCallingCode(number.country_code(), &regions);
  std::string_view found;
  for (const std::string& region : regions) {
    if (regions.size() > 1 && !Util().IsValidNumberForRegion(number, region)) continue;
    if (!found.empty()) return "";
    found = region;
  }
  return EmbeddedPrefixes().countries.At(CountryKey(found));
}

std::string_view RegionText(const PhoneNumber& number, const std::string& e164,
                            bool is_geographic) {
  if (is_geographic) {
    const std::string_view area = EmbeddedPrefixes().regions.Find(AreaDigits(number, e164));
    if (!area.empty()) return area;
  }
  return CountryName(number);
}

std::string_view Carrier(NumberType type, const std::string& e164) {
  const bool may_be_mobile = type == NumberType::kMobile ||
                             type == NumberType::kFixedLineOrMobile || type == NumberType::kPager;
  return may_be_mobile ? EmbeddedPrefixes().carriers.Find(std::string_view(e164).substr(1)) : "";
}

// A number that belongs to no place has the zones of its whole country.
std::vector<std::string> ZonesOf(const PhoneNumber& number, const std::string& e164,
                                 bool is_geographic) {
  std::string_view names = EmbeddedPrefixes().zones.Find(
      is_geographic ? std::string_view(e164).substr(1) : std::to_string(number.country_code()));
  if (names.empty()) names = kUnknownZone;
  std::vector<std::string> zones;
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(' '), names.size());
    zones.emplace_back(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return zones;
}

// What every payload says of its channel's number and of its people's. The library takes some 20 µs
// for it.
struct Shown {
  std::string country, international;
};

Shown Show(std::string_view digits) {
  Shown shown;
  shown.international = "+" + std::string(digits);
  const auto number = Parse(digits);
  if (!number) return shown;
  shown.country = CountryIn(RegionOf(*number), *number);
  shown.international = Format(*number, PhoneNumberUtil::INTERNATIONAL);
  return shown;
}

class Facts final : public core::NumberFacts {
 public:
  std::string CountryOf(std::string_view digits) const override { return Recall(digits).country; }

  std::string FormatInternational(std::string_view digits) const override {
    return Recall(digits).international;
  }

  NumberDetails Describe(std::string_view digits) const override {
    NumberDetails details;
    details.international = "+" + std::string(digits);
    const auto number = Parse(digits);
    if (!number) return details;
    const std::string region = RegionOf(*number);
    const auto type = Util().GetNumberType(*number);
    details.is_possible = Util().IsPossibleNumber(*number);
    details.is_valid = type != PhoneNumberUtil::UNKNOWN;  // the library's IsValidNumber, once less
    details.type = TypeOf(type);
    details.e164 = Format(*number, PhoneNumberUtil::E164);
    details.international = Format(*number, PhoneNumberUtil::INTERNATIONAL);
    details.national = Format(*number, PhoneNumberUtil::NATIONAL);
    details.country = CountryIn(region, *number);
    if (!details.is_valid) {
      details.time_zones.emplace_back(kUnknownZone);
      return details;
    }
    const bool is_geographic = Util().IsNumberGeographical(type, number->country_code());
    details.region = RegionText(*number, details.e164, is_geographic);
    details.carrier = Carrier(details.type, details.e164);
    details.time_zones = ZonesOf(*number, details.e164, is_geographic);
    return details;
  }

 private:
  // Forgets all of them when there are too many: those in use are soon back.
  static constexpr std::size_t kMostKept = 8192;

  Shown Recall(std::string_view digits) const {
    {
      const std::lock_guard lock(mutex_);
      if (const auto kept = kept_.find(std::string(digits)); kept != kept_.end())
        return kept->second;
    }
    Shown shown = Show(digits);
    if (digits.size() > kMostDigits) return shown;
    const std::lock_guard lock(mutex_);
    if (kept_.size() >= kMostKept) kept_.clear();
    kept_.insert_or_assign(std::string(digits), shown);
    return shown;
  }

  mutable std::mutex mutex_;
  mutable absl::flat_hash_map<std::string, Shown> kept_;  // guarded by mutex_; by digits
};

}  // namespace

std::unique_ptr<core::NumberFacts> MakeNumberFacts() { return std::make_unique<Facts>(); }

}  // namespace parley::numbering
