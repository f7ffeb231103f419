#include "delivery/retry_policy.h"

#include <gtest/gtest.h>

#include <set>

namespace parley::delivery {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(RetryPolicy, WaitsLongerEachTimeAndThenGivesUp) {
  constexpr base::Duration kExpected[] = {seconds(5), minutes(5), minutes(30), hours(2),
                                          hours(5),   hours(10),  hours(10)};
  const auto random = base::MakeSeededRandom(1);
  for (int attempt = 1; attempt <= 7; ++attempt) {
    const base::Duration base = kExpected[attempt - 1];
    for (int i = 0; i < 200; ++i) {
      const auto pause = PauseAfter(attempt, std::nullopt, *random);
      ASSERT_TRUE(pause);
      EXPECT_GE(*pause, base);
      EXPECT_LE(*pause, base + base / 10);
    }
  }
  EXPECT_EQ(PauseAfter(8, std::nullopt, *random), std::nullopt);
  EXPECT_EQ(PauseAfter(8, seconds(1), *random), std::nullopt) << "whatever the receiver asks for";
  EXPECT_EQ(PauseAfter(0, std::nullopt, *random), std::nullopt);
}

TEST(RetryPolicy, SpreadsWhatFailedTogether) {
  const auto random = base::MakeSeededRandom(1);
  std::set<base::Duration> pauses;
  for (int i = 0; i < 200; ++i) pauses.insert(*PauseAfter(2, std::nullopt, *random));
  EXPECT_EQ(pauses.size(), 11u) << "every percent from 0 to 10";
}

TEST(RetryPolicy, HonoursRetryAfterUpToADay) {
  const auto random = base::MakeSeededRandom(1);
  EXPECT_EQ(*PauseAfter(1, seconds(90), *random), seconds(90));
  EXPECT_EQ(*PauseAfter(1, hours(24), *random), hours(24));
  EXPECT_EQ(*PauseAfter(1, hours(1000), *random), hours(24));
  EXPECT_GE(*PauseAfter(2, seconds(1), *random), minutes(5)) << "never sooner than planned";
}

}  // namespace
}  // namespace parley::delivery
