#include "numbering/numbering.h"

#include <phonenumbers/phonenumberutil.h>

#include <optional>

namespace parley::numbering {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

std::optional<PhoneNumber> Parse(std::string_view digits) {
  PhoneNumber number;
  const std::string text = "+" + std::string(digits);
  if (PhoneNumberUtil::GetInstance()->Parse(text, "ZZ", &number) !=
      PhoneNumberUtil::NO_PARSING_ERROR)
    return std::nullopt;
  return number;
}

class Facts final : public core::NumberFacts {
 public:
  std::string CountryOf(std::string_view digits) const override {
    const auto number = Parse(digits);
    if (!number) return "";
    const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
    std::string region;
    util.GetRegionCodeForNumber(*number, &region);
    // A number that is not assigned still belongs to the main country of its code.
    if (region == "ZZ" || region.empty())
      util.GetRegionCodeForCountryCode(number->country_code(), &region);
    return region == "ZZ" || region == "001" ? "" : region;
  }

  std::string FormatInternational(std::string_view digits) const override {
    const auto number = Parse(digits);
    const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
    if (!number || !util.IsPossibleNumber(*number)) return "+" + std::string(digits);
    std::string text;
    util.Format(*number, PhoneNumberUtil::INTERNATIONAL, &text);
    return text;
  }
};

}  // namespace

std::unique_ptr<core::NumberFacts> MakeNumberFacts() { return std::make_unique<Facts>(); }

}  // namespace parley::numbering
