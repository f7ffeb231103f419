#include "numbering/numbering.h"

#include <gtest/gtest.h>

namespace parley::numbering {
namespace {

TEST(Numbering, TellsTheCountry) {
  const auto facts = MakeNumberFacts();
  EXPECT_EQ(facts->CountryOf("595981048477"), "PY");
  EXPECT_EQ(facts->CountryOf("17137157533"), "US");
  EXPECT_EQ(facts->CountryOf("447700176576"), "GB");
  EXPECT_EQ(facts->CountryOf("15550100"), "US");
  EXPECT_EQ(facts->CountryOf("999"), "");
}

TEST(Numbering, FormatsForPeople) {
  const auto facts = MakeNumberFacts();
  EXPECT_EQ(facts->FormatInternational("595981048477"), "+595 981 048477");
  EXPECT_EQ(facts->FormatInternational("447700176576"), "+44 7700 176576");
  EXPECT_EQ(facts->FormatInternational("15550100"), "+1 5550100");
}

}  // namespace
}  // namespace parley::numbering
