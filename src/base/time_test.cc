#include "base/time.h"

#include <gtest/gtest.h>

namespace parley::base {
namespace {

TEST(Time, FormatsEveryStyle) {
  const Time time = FromUnixMs(1681757450123);
  EXPECT_EQ(FormatTime(time, TimeStyle::kIsoZ), "2023-04-17T18:50:50Z");
  EXPECT_EQ(FormatTime(time, TimeStyle::kIsoMillisZ), "2023-04-17T18:50:50.123Z");
  EXPECT_EQ(FormatTime(time, TimeStyle::kIsoNoZone), "2023-04-17T18:50:50");
  EXPECT_EQ(FormatTime(time, TimeStyle::kBlank), "2023-04-17 18:50:50");
}

TEST(Time, ReadsItsOwnStyles) {
  EXPECT_EQ(ParseTime("2023-04-17T18:50:50.123Z"), FromUnixMs(1681757450123));
  EXPECT_EQ(ParseTime("2023-04-17 18:50:50"), FromUnixMs(1681757450000));
  for (const char* bad :
       {"", "2023-04-17", "2023-13-17T18:50:50Z", "2023-02-30T18:50:50Z", "2023-04-17T24:50:50Z",
        "2023-04-17T18:50:50+01:00", "x023-04-17T18:50:50"})
    EXPECT_FALSE(ParseTime(bad)) << bad;
}

TEST(Time, ReadsDurations) {
  EXPECT_EQ(ParseDuration("90"), std::chrono::seconds(90));
  EXPECT_EQ(ParseDuration("250ms"), Duration(250));
  EXPECT_EQ(ParseDuration("10d"), std::chrono::hours(240));
  for (const char* bad : {"", "h", "-1s", "1w", "1 s", "99999999999999999d"})
    EXPECT_FALSE(ParseDuration(bad)) << bad;
}

}  // namespace
}  // namespace parley::base
