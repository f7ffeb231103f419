#include "core/contacts/spelling.h"

#include <gtest/gtest.h>

namespace parley::core {
namespace {

TEST(Spelling, MexicoArgentinaAndBrazilHaveTwo) {
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"525617554529", "5215617554529"},   // Mexico
      {"541123456789", "5491123456789"},   // Argentina
      {"551187654321", "5511987654321"},   // Brazil, mobile
      {"559887654321", "5598987654321"}};  // its area code ends with the digit
  for (const auto& [shorter, longer] : kPairs) {
    EXPECT_EQ(OtherSpelling(shorter), longer);
    EXPECT_EQ(OtherSpelling(longer), shorter);
    EXPECT_TRUE(IsSameNumber(shorter, longer));
    EXPECT_TRUE(IsSameNumber(longer, longer));
  }
}

TEST(Spelling, OthersHaveOne) {
  for (const std::string_view number : {"15550100", "595981048477", "551133334444", "5511933334444",
                                        "5225617554529", "52561755452", "52", "5", ""})
    EXPECT_EQ(OtherSpelling(number), "") << number;
  EXPECT_FALSE(IsSameNumber("", "15550100"));
  EXPECT_FALSE(IsSameNumber("15550100", ""));
  EXPECT_FALSE(IsSameNumber("525617554529", "525617554520"));
}

}  // namespace
}  // namespace parley::core
