// Phone numbers, whatever is given as one: what is told about it agrees with itself, and its E.164
// form, once it is one, is described the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/encoding.h"
#include "numbering/numbering.h"

using namespace parley;

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

bool IsCountry(std::string_view code) {
  return code.size() == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z';
}

void CheckNothing(const core::NumberDetails& details, const std::string& text) {
  Check(!details.is_possible && !details.is_valid && details.type == core::NumberType::kUnknown);
  Check(details.international == "+" + text && details.national.empty());
  Check(details.country.empty() && details.region.empty() && details.carrier.empty());
  Check(details.time_zones.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto facts = numbering::MakeNumberFacts();
  const std::string text(reinterpret_cast<const char*>(data), size);
  const core::NumberDetails details = facts->Describe(text);
  Check(facts->CountryOf(text) == details.country);
  Check(facts->FormatInternational(text) == details.international);
  if (details.e164.empty()) {
    CheckNothing(details, text);
    return 0;
  }
  Check(details.e164.starts_with('+') && details.e164.size() <= 21);
  Check(details.e164.find_first_not_of("0123456789", 1) == std::string::npos);
  Check(details.country.empty() || IsCountry(details.country));
  Check(base::IsUtf8(details.region) && base::IsUtf8(details.carrier));
  Check(!details.time_zones.empty());
  Check(details.is_valid == (details.type != core::NumberType::kUnknown));
  if (!details.is_valid) {
    Check(details.region.empty() && details.carrier.empty() && details.time_zones.size() == 1);
    return 0;
  }
  Check(details.is_possible);
  const core::NumberDetails again = facts->Describe(details.e164.substr(1));
  Check(again.e164 == details.e164 && again.type == details.type && again.is_valid);
  Check(again.country == details.country && again.region == details.region);
  return 0;
}
