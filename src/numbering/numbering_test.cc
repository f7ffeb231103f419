#include "numbering/numbering.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parley::numbering {
namespace {

using core::NumberType;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Known {
  const char* digits;
  NumberType type;
  const char *e164, *international, *national, *country, *region, *carrier;
  const char* first_zone;
  std::size_t zones;
};

// Each is a case of its own: how the country writes numbers, whether its mobile numbers have a
// place, what shares a country code.
const Known kKnown[] = {
    {"17137157533", NumberType::kFixedLineOrMobile, "+17137157533", "+1 713-715-7533",
     "(713) 715-7533", "US", "Texas", "", "America/Chicago", 1},
    {"595981048477", NumberType::kMobile, "+595981048477", "+595 981 048477", "0981 048477", "PY",
     "Paraguay", "Tigo", "America/Asuncion", 1},
    {"447700176576", NumberType::kMobile, "+447700176576", "+44 7700 176576", "07700 176576", "GB",
     "United Kingdom", "Nationwide Telephone", "Europe/Guernsey", 4},
    {"442079460018", NumberType::kFixedLine, "+442079460018", "+44 20 7946 0018", "020 7946 0018",
     "GB", "London", "", "Europe/London", 1},
    // Islands with the code of another country.
    {"441481960194", NumberType::kFixedLine, "+441481960194", "+44 1481 960194", "01481 960194",
     "GG", "Guernsey", "", "Europe/Guernsey", 1},
    {"447624123456", NumberType::kMobile, "+447624123456", "+44 7624 123456", "07624 123456", "IM",
     "Isle Of Man", "Manx Telecom", "Europe/Guernsey", 4},
    {"4779123456", NumberType::kFixedLine, "+4779123456", "+47 79 12 34 56", "79 12 34 56", "SJ",
     "Svalbard & Jan Mayen", "", "Arctic/Longyearbyen", 1},
    {"18762101234", NumberType::kMobile, "+18762101234", "+1 876-210-1234", "(876) 210-1234", "JM",
     "Jamaica", "Cable & Wireless", "America/Adak", 42},
    // Valid in several countries of its code: which one is not told as text.
    {"61412345678", NumberType::kMobile, "+61412345678", "+61 412 345 678", "0412 345 678", "AU",
     "", "Optus", "Australia/Adelaide", 8},
    {"590690001234", NumberType::kMobile, "+590690001234", "+590 690 00 12 34", "0690 00 12 34",
     "GP", "", "SFR/Rife", "America/Guadeloupe", 1},
    // Argentina's 9 stands before the area; Mexico's 1 is gone since 2019.
    {"5493435551212", NumberType::kMobile, "+5493435551212", "+54 9 3435 55-1212",
     "03435 15-55-1212", "AR", "Nogoyá, Entre Ríos", "Personal", "America/Buenos_Aires", 1},
    {"5215512345678", NumberType::kFixedLineOrMobile, "+525512345678", "+52 55 1234 5678",
     "55 1234 5678", "MX", "Mexico City, FD", "", "America/Mexico_City", 1},
    {"5511987654321", NumberType::kMobile, "+5511987654321", "+55 11 98765-4321", "(11) 98765-4321",
     "BR", "São Paulo", "TIM", "America/Sao_Paulo", 1},
    {"8613812345678", NumberType::kMobile, "+8613812345678", "+86 138 1234 5678", "138 1234 5678",
     "CN", "Lianyungang, Jiangsu", "China Mobile", "Asia/Shanghai", 1},
    {"919876543210", NumberType::kMobile, "+919876543210", "+91 98765 43210", "098765 43210", "IN",
     "India", "Airtel", "Asia/Calcutta", 1},
    // Italy keeps the 0 of its areas.
    {"390612345678", NumberType::kFixedLine, "+390612345678", "+39 06 1234 5678", "06 1234 5678",
     "IT", "Rome", "", "Europe/Rome", 1},
    {"77011234567", NumberType::kMobile, "+77011234567", "+7 701 123 4567", "8 (701) 123 4567",
     "KZ", "Kazakhstan", "Kcell/Activ", "Asia/Almaty", 16},
    {"4930123456", NumberType::kFixedLine, "+4930123456", "+49 30 123456", "030 123456", "DE",
     "Berlin", "", "Europe/Berlin", 1},
    {"493012345678901", NumberType::kFixedLine, "+493012345678901", "+49 30 12345678901",
     "030 12345678901", "DE", "Berlin", "", "Europe/Berlin", 1},
    {"6834123", NumberType::kFixedLine, "+6834123", "+683 4123", "4123", "NU", "Niue", "",
     "Pacific/Niue", 1},
    // Not tied to a place, whatever place its prefix has; no mobile number, whosever its prefix is.
    {"12684641812", NumberType::kMobile, "+12684641812", "+1 268-464-1812", "(268) 464-1812", "AG",
     "Antigua and Barbuda", "", "America/Adak", 42},
    {"3280012345", NumberType::kTollFree, "+3280012345", "+32 800 12 345", "0800 12 345", "BE",
     "Belgium", "", "Europe/Brussels", 1},
    {"49177991234567", NumberType::kVoicemail, "+49177991234567", "+49 177 99 1234567",
     "0177 99 1234567", "DE", "Germany", "", "Europe/Berlin", 1},
    // Belongs to a country and no place, and to no country.
    {"18005551234", NumberType::kTollFree, "+18005551234", "+1 800-555-1234", "(800) 555-1234",
     "US", "", "", "America/Adak", 42},
    {"80012345678", NumberType::kTollFree, "+80012345678", "+800 1234 5678", "1234 5678", "", "",
     "", "Etc/Unknown", 1},
};

TEST(Numbering, DescribesNumbersOfManyCountries) {
  const auto facts = MakeNumberFacts();
  for (const Known& known : kKnown) {
    SCOPED_TRACE(known.digits);
    const core::NumberDetails details = facts->Describe(known.digits);
    EXPECT_TRUE(details.is_possible);
    EXPECT_TRUE(details.is_valid);
    EXPECT_EQ(NameOf(details.type), NameOf(known.type));
    EXPECT_EQ(details.e164, known.e164);
    EXPECT_EQ(details.international, known.international);
    EXPECT_EQ(details.national, known.national);
    EXPECT_EQ(details.country, known.country);
    EXPECT_EQ(details.region, known.region);
    EXPECT_EQ(details.carrier, known.carrier);
    ASSERT_EQ(details.time_zones.size(), known.zones);
    EXPECT_EQ(details.time_zones.front(), known.first_zone);
    EXPECT_EQ(facts->CountryOf(known.digits), known.country);
    EXPECT_EQ(facts->FormatInternational(known.digits), known.international);
  }
}

TEST(Numbering, ListsEveryZoneOnce) {
  const auto zones = MakeNumberFacts()->Describe("447700176576").time_zones;
  EXPECT_THAT(zones, ElementsAre("Europe/Guernsey", "Europe/Isle_of_Man", "Europe/Jersey",
                                 "Europe/London"));
}

TEST(Numbering, ANumberThatIsNotAssignedHasACountryAndNoPlace) {
  const core::NumberDetails details = MakeNumberFacts()->Describe("15550100");
  EXPECT_TRUE(details.is_possible);  // without its area code
  EXPECT_FALSE(details.is_valid);
  EXPECT_EQ(details.type, NumberType::kUnknown);
  EXPECT_EQ(details.e164, "+15550100");
  EXPECT_EQ(details.international, "+1 5550100");
  EXPECT_EQ(details.country, "US");
  EXPECT_EQ(details.region, "");
  EXPECT_EQ(details.carrier, "");
  EXPECT_THAT(details.time_zones, ElementsAre("Etc/Unknown"));
}

TEST(Numbering, TooShortAndTooLongIsNeitherPossibleNorValid) {
  const auto facts = MakeNumberFacts();
  for (const char* digits : {"4420", "1876", "3906", "4414812345678901", "59598"}) {
    SCOPED_TRACE(digits);
    const core::NumberDetails details = facts->Describe(digits);
    EXPECT_FALSE(details.is_possible);
    EXPECT_FALSE(details.is_valid);
    EXPECT_EQ(details.e164, "+" + std::string(digits));
    EXPECT_THAT(details.time_zones, ElementsAre("Etc/Unknown"));
  }
}

TEST(Numbering, WhatIsNoNumberTellsNothing) {
  const auto facts = MakeNumberFacts();
  for (const std::string& text :
       {std::string(), std::string("abc"), std::string("1800FLOWERS"), std::string("+17137157533"),
        std::string("1713 715 7533"), std::string("999"), std::string("210123456"),
        std::string("0595981048477"), std::string("11"), std::string("2621"),
        std::string("1713715753300000000"), std::string("595981048477123456789"),
        std::string(40, '1'), std::string(100'000, '4'), std::string("1713\0", 5),
        std::string("\xd9\xa1\xd9\xa2\xd9\xa3")}) {
    SCOPED_TRACE(text.substr(0, 40));
    const core::NumberDetails details = facts->Describe(text);
    EXPECT_FALSE(details.is_possible);
    EXPECT_FALSE(details.is_valid);
    EXPECT_EQ(details.type, NumberType::kUnknown);
    EXPECT_EQ(details.e164, "");
    EXPECT_EQ(details.international, "+" + text);
    EXPECT_EQ(details.national, "");
    EXPECT_EQ(details.country, "");
    EXPECT_EQ(details.region, "");
    EXPECT_EQ(details.carrier, "");
    EXPECT_THAT(details.time_zones, IsEmpty());
    EXPECT_EQ(facts->CountryOf(text), "");
    EXPECT_EQ(facts->FormatInternational(text), "+" + text);
  }
}

// More than are kept: what was forgotten is told again, and nobody gets another's.
TEST(Numbering, IsToldAgainWhenThereWereManyOthers) {
  const auto facts = MakeNumberFacts();
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(facts->CountryOf("595981048477"), "PY");
    EXPECT_EQ(facts->FormatInternational("595981048477"), "+595 981 048477");
    for (int i = 0; i < 10'000; ++i) {
      const std::string number = fmt::format("55119{:08}", i);
      ASSERT_EQ(facts->CountryOf(number), "BR") << number;
    }
  }
}

}  // namespace
}  // namespace parley::numbering
