#include "http/forms.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

TEST(PercentCoding, Decodes) {
  EXPECT_EQ(PercentDecode("a%2Fb+%c3%A9", false), "a/b+\xC3\xA9");
  EXPECT_EQ(PercentDecode("a+b", true), "a b");
  EXPECT_EQ(PercentDecode("%00", false), std::string("\0", 1));
}

TEST(PercentCoding, RefusesBrokenEscapes) {
  for (const char* bad : {"%", "%2", "a%", "%zz", "%2g", "%-1"})
    EXPECT_EQ(PercentDecode(bad, false), std::nullopt) << bad;
}

TEST(PercentCoding, EncodesAllButTheUnreserved) {
  EXPECT_EQ(PercentEncode("aZ0-._~ /+%\xC3\xA9"), "aZ0-._~%20%2F%2B%25%C3%A9");
}

TEST(ParseForm, ReadsFieldsInOrder) {
  const auto fields = ParseForm("to=%2B1555&text=a+b&empty=&flag&&to=2");
  ASSERT_TRUE(fields);
  const FormFields expected = {
      {"to", "+1555"}, {"text", "a b"}, {"empty", ""}, {"flag", ""}, {"to", "2"}};
  EXPECT_EQ(*fields, expected);
}

TEST(ParseForm, AnEmptyBodyHasNoFields) {
  const auto fields = ParseForm("");
  ASSERT_TRUE(fields);
  EXPECT_TRUE(fields->empty());
}

TEST(ParseForm, NamesThePositionOfABrokenEscape) {
  const auto fields = ParseForm("a=1&b=x%4");
  ASSERT_FALSE(fields);
  EXPECT_EQ(fields.error().code, base::ErrorCode::kMalformedBody);
  EXPECT_EQ(fields.error().text, "Invalid form: broken percent-encoding at byte 7");
}

TEST(ParseForm, RefusesTextThatIsNotUtf8) {
  const auto fields = ParseForm("a=1&b=%FF");
  ASSERT_FALSE(fields);
  EXPECT_EQ(fields.error().text, "Invalid form: text that is not UTF-8 at byte 6");
}

TEST(ParseForm, HasALimitOfFields) {
  std::string body;
  for (std::size_t i = 0; i < kMaxFormFields; ++i) body += "a=1&";
  EXPECT_TRUE(ParseForm(body));
  EXPECT_FALSE(ParseForm(body + "a=1"));
}

}  // namespace
}  // namespace parley::http
