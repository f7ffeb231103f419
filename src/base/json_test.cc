#include "base/json.h"

#include <gtest/gtest.h>

namespace parley::base {
namespace {

std::string ErrorOf(std::string_view text) {
  auto value = ParseJson(text);
  EXPECT_FALSE(value) << text;
  if (value) return "";
  EXPECT_EQ(value.error().code, ErrorCode::kMalformedBody);
  return value.error().text;
}

TEST(Json, NamesThePositionOfTheFault) {
  EXPECT_EQ(ErrorOf("{\"a\": 1,\n  \"b\": }"), "Invalid JSON: syntax error at line 2, column 8");
  EXPECT_EQ(ErrorOf("{\"a\": 1} x"), "Invalid JSON: extra data at line 1, column 10");
  EXPECT_EQ(ErrorOf("[1, 2"), "Invalid JSON: incomplete JSON at line 1, column 6");
  EXPECT_EQ(ErrorOf(""), "Invalid JSON: incomplete JSON at line 1, column 1");
}

TEST(Json, RefusesBrokenUtf8AndDeepNesting) {
  EXPECT_NE(ErrorOf("\"\xC0\xAF\""), "");
  EXPECT_NE(ErrorOf(std::string(kMaxJsonDepth + 1, '[') + std::string(kMaxJsonDepth + 1, ']')), "");
}

TEST(Json, RefusesManyValuesInALargeDocument) {
  std::string many = "[1";
  for (int i = 0; i < 150'000; ++i) many += ",1";
  EXPECT_TRUE(ParseJson(many + "]"));
  const std::string blanks(1 << 20, ' ');
  EXPECT_EQ(ErrorOf(many + blanks + "]"), "Invalid JSON: too many values in so large a document");
  EXPECT_TRUE(ParseJson("[\"" + std::string(4 << 20, 'A') + "\",1,2]"));
}

TEST(Json, ReadsADocument) {
  auto value = ParseJson(R"({"a": [1, 2.5, "x"], "b": null})");
  ASSERT_TRUE(value);
  EXPECT_EQ(ToText(*value), R"({"a":[1,2.5,"x"],"b":null})");
  EXPECT_EQ(FindText(value->as_object(), "a"), "");
}

}  // namespace
}  // namespace parley::base
