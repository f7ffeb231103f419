#include "http/grammar.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

TEST(Grammar, ComparesLettersOnlyWithoutCase) {
  EXPECT_TRUE(EqualIgnoringCase("Content-TYPE", "content-type"));
  EXPECT_FALSE(EqualIgnoringCase("a", "ab"));
  EXPECT_FALSE(EqualIgnoringCase("@", "`"));  // differ by the bit that tells cases apart
}

TEST(Grammar, ATokenHasNoBlanksOrSeparators) {
  EXPECT_TRUE(IsToken("X-Api_Key.1"));
  for (const char* bad : {"", "a b", "a:b", "a\r", "a\xC3\xA9", "a/b"})
    EXPECT_FALSE(IsToken(bad)) << bad;
}

TEST(Grammar, AFieldValueCannotEndItsLine) {
  EXPECT_TRUE(IsFieldValue("a\tb \xC3\xA9"));
  EXPECT_FALSE(IsFieldValue("a\r\nb"));
  EXPECT_FALSE(IsFieldValue(std::string_view("a\0b", 3)));
}

TEST(Grammar, ReadsParameters) {
  const auto parsed = ParseParameterized(R"(Form-Data; NAME="a\"b;c"; filename=x.png ;)");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->value, "form-data");
  ASSERT_NE(parsed->Find("name"), nullptr);
  EXPECT_EQ(*parsed->Find("name"), "a\"b;c");
  EXPECT_EQ(*parsed->Find("filename"), "x.png");
  EXPECT_EQ(parsed->Find("other"), nullptr);
}

TEST(Grammar, ABackslashThatQuotesNothingStandsForItself) {
  const auto parsed = ParseParameterized(R"(x; a="C:\dir\f.txt")");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed->Find("a"), R"(C:\dir\f.txt)");
}

TEST(Grammar, RefusesBrokenParameters) {
  for (const char* bad : {"x; a", "x; a=\"b", "x; a=\"b\"c", "x; =b", "x; a b=c"})
    EXPECT_FALSE(ParseParameterized(bad)) << bad;
}

}  // namespace
}  // namespace parley::http
