#include "base/typed_text.h"

#include <gtest/gtest.h>

namespace parley::base {
namespace {

std::string Text(const std::string& parameter) {
  return TextOfParameter(ParseJson(parameter).value()).value_or("-");
}
std::string Date(const std::string& members) {
  return Text(R"({"type": "date_time", "date_time": {)" + members + "}}");
}

TEST(TextOfParameter, IsTextOrAnAmount) {
  EXPECT_EQ(Text(R"({"type": "TEXT", "text": "hi"})"), "hi");
  EXPECT_EQ(Text(R"({"type": "text"})"), "-");
  EXPECT_EQ(Text(R"({"type": "currency", "currency": {"currency_code": "EUR",
                     "amount_1000": "12345"}})"),
            "EUR 12.34");
  EXPECT_EQ(Text(R"({"type": "currency", "currency": {"fallback_value": "a lot"}})"), "a lot");
  EXPECT_EQ(Text(R"({"type": "currency", "currency": {}})"), "-");
  EXPECT_EQ(Text(R"({"type": "image", "image": {"link": "https://i"}})"), "-");
}

TEST(TextOfParameter, IsADateOfComponents) {
  EXPECT_EQ(Date(R"("component": {"day_of_week": 5, "day_of_month": 25, "month": 2, "year": 1977,
                    "hour": 15, "minute": 3, "calendar": "GREGORIAN"})"),
            "Friday, 25 February 1977, 15:03");
  EXPECT_EQ(Date(R"("component": {"day_of_week": "SUNDAY"})"), "Sunday");
  EXPECT_EQ(Date(R"("component": {"month": 2, "day_of_month": 29})"), "29 February");
  EXPECT_EQ(Date(R"("component": {"hour": "9"})"), "09:00");
  EXPECT_EQ(Date(R"("month": 12, "year": 2026)"), "December 2026");
  EXPECT_EQ(Date(R"("fallback_value": "soon", "component": {"month": 2})"), "soon");
}

TEST(TextOfParameter, IsNoDateThatThereIsNot) {
  for (const char* component :
       {"", R"("month": 13)", R"("month": 0)", R"("month": "May")", R"("day_of_month": 32)",
        R"("month": 2, "day_of_month": 30)", R"("month": 2, "day_of_month": 29, "year": 2026)",
        R"("hour": 24)", R"("minute": 5)", R"("hour": 1, "minute": 60)", R"("day_of_week": 8)",
        R"("day_of_week": "Someday")", R"("year": 0)", R"("month": 1, "calendar": "SOLAR_HIJRI")"})
    EXPECT_EQ(Date(std::string(R"("component": {)") + component + "}"), "-") << component;
}

TEST(TextOfParameter, IsASecondOfUnixTime) {
  EXPECT_EQ(Date(R"("unix_epoch": 1543554532)"), "Friday, 30 November 2018, 05:08 UTC");
  EXPECT_EQ(Date(R"("unix_epoch": "0")"), "Thursday, 1 January 1970, 00:00 UTC");
  EXPECT_EQ(Date(R"("unix_epoch": {"timestamp": 253402300799})"),
            "Friday, 31 December 9999, 23:59 UTC");
  EXPECT_EQ(Date(R"("unix_epoch": 253402300800)"), "-");
  EXPECT_EQ(Date(R"("unix_epoch": 18446744073709551615)"), "-");
  EXPECT_EQ(Date(R"("unix_epoch": -1)"), "-");
  EXPECT_EQ(Date(R"("unix_epoch": {})"), "-");
  EXPECT_EQ(Date(R"("unix_epoch": "tomorrow")"), "-");
}

}  // namespace
}  // namespace parley::base
