#include "numbering/prefix_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <vector>

#include "base/encoding.h"

namespace parley::numbering {
namespace {

std::vector<const PrefixTable*> AllTables() {
  const NumberPrefixes& prefixes = EmbeddedPrefixes();
  return {&prefixes.regions, &prefixes.carriers, &prefixes.zones, &prefixes.countries};
}

TEST(PrefixTable, FindsTheLongestPrefix) {
  const PrefixTable& regions = EmbeddedPrefixes().regions;
  EXPECT_EQ(regions.Find("12012000000"), "Jersey City, NJ");  // 1201200
  EXPECT_EQ(regions.Find("12012020000"), "New Jersey");       // 1201, no longer one
  EXPECT_EQ(regions.Find("493000000"), "Berlin");
  EXPECT_EQ(regions.Find("999"), "");
  EXPECT_EQ(regions.Find(""), "");
}

TEST(PrefixTable, ANumberThatEndsHasNoPrefixLongerThanItself) {
  const PrefixTable& regions = EmbeddedPrefixes().regions;
  EXPECT_EQ(regions.Find("1201200"), "Jersey City, NJ");
  EXPECT_EQ(regions.Find("120120"), "New Jersey");
  EXPECT_EQ(regions.Find("1201"), "New Jersey");
  EXPECT_EQ(regions.Find("120"), "");
  EXPECT_EQ(EmbeddedPrefixes().zones.Find("49"), "Europe/Berlin");
  EXPECT_EQ(EmbeddedPrefixes().zones.Find("4"), "");
}

TEST(PrefixTable, LooksAtTheFirstNineDigits) {
  const PrefixTable& carriers = EmbeddedPrefixes().carriers;
  EXPECT_EQ(carriers.Find("595981"), "Tigo");
  EXPECT_EQ(carriers.Find("5959811234567890123456789012345678901234"), "Tigo");
}

TEST(PrefixTable, KnowsCountriesByTheirCode) {
  const PrefixTable& countries = EmbeddedPrefixes().countries;
  EXPECT_EQ(countries.At(CountryKey("PY")), "Paraguay");
  EXPECT_EQ(countries.At(CountryKey("CI")), "Côte d'Ivoire");
  EXPECT_EQ(countries.At(CountryKey("ZZ")), "");
  EXPECT_EQ(countries.At(CountryKey("001")), "");
  EXPECT_EQ(countries.At(CountryKey("")), "");
}

TEST(PrefixTable, AdjacentRangesDiffer) {
  for (const PrefixTable* table : AllTables())
    for (std::size_t i = 1; i < table->name_of.size(); ++i)
      ASSERT_NE(table->name_of[i - 1], table->name_of[i]) << i;
}

TEST(PrefixTable, TheFileIsWhatItsFormSays) {
  std::size_t bytes = 0;
  for (const PrefixTable* table : AllTables()) {
    ASSERT_FALSE(table->starts.empty());
    EXPECT_EQ(table->starts.front(), 0u);
    EXPECT_EQ(std::adjacent_find(table->starts.begin(), table->starts.end(),
                                 std::greater_equal<std::uint32_t>()),
              table->starts.end());
    EXPECT_EQ(table->offsets.front(), 0u);
    EXPECT_EQ(table->offsets[1], 0u);  // the name ""
    EXPECT_TRUE(std::is_sorted(table->offsets.begin(), table->offsets.end()));
    EXPECT_EQ(table->offsets.back(), table->text.size());
    const std::set<std::uint16_t> used(table->name_of.begin(), table->name_of.end());
    EXPECT_EQ(used.size(), table->offsets.size() - 1);
    EXPECT_LT(*used.rbegin(), table->offsets.size() - 1);
    for (std::size_t i = 1; i < table->offsets.size(); ++i)
      ASSERT_TRUE(base::IsUtf8(
          table->text.substr(table->offsets[i - 1], table->offsets[i] - table->offsets[i - 1])))
          << i;
    bytes += table->starts.size_bytes() + table->offsets.size_bytes() +
             table->name_of.size_bytes() + table->text.size();
  }
  EXPECT_LT(bytes, 5u << 20);
}

}  // namespace
}  // namespace parley::numbering
