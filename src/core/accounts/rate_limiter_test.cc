#include "core/accounts/rate_limiter.h"

#include <gtest/gtest.h>

namespace parley::core {
namespace {

using std::chrono::seconds;

constexpr base::Microseconds At(std::int64_t s) { return seconds(1'000'000 + s); }

// 2Chat's "10 per minute": a bucket of ten, one back every six seconds.
TEST(RateLimiter, IsABucketThatRefillsEvenly) {
  RateLimiter limiter;
  for (int i = 0; i < 10; ++i) {
    const RateStatus status = limiter.Take(1, 10, 0, At(0));
    EXPECT_TRUE(status.allowed) << i;
    EXPECT_EQ(status.limit, 10);
    EXPECT_EQ(status.remaining, 9 - i);
    EXPECT_EQ(status.until_full, seconds(6 * (i + 1)));
    EXPECT_EQ(status.until_next, i < 9 ? seconds(0) : seconds(6));
  }
  const RateStatus refused = limiter.Take(1, 10, 0, At(0));
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.remaining, 0);
  EXPECT_EQ(refused.until_next, seconds(6));
  EXPECT_FALSE(limiter.Take(1, 10, 0, At(6) - base::Microseconds(1)).allowed);
  EXPECT_TRUE(limiter.Take(1, 10, 0, At(6)).allowed) << "a refused request takes nothing";
  EXPECT_FALSE(limiter.Take(1, 10, 0, At(6)).allowed);
  EXPECT_EQ(limiter.Take(1, 10, 0, At(120)).remaining, 9) << "full again, and never more";
}

TEST(RateLimiter, AllowsABurstOfItsOwnSize) {
  RateLimiter limiter;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.Take(1, 60, 3, At(0)).allowed);
  EXPECT_FALSE(limiter.Take(1, 60, 3, At(0)).allowed);
  EXPECT_TRUE(limiter.Take(1, 60, 3, At(1)).allowed);
  // The rate holds over the minute all the same.
  int passed = 0;
  for (int s = 2; s < 62; ++s)
    for (int i = 0; i < 5; ++i) passed += limiter.Take(1, 60, 3, At(s)).allowed ? 1 : 0;
  EXPECT_EQ(passed, 60);
}

TEST(RateLimiter, TakesAnyRate) {
  RateLimiter limiter;
  for (const std::int64_t rate :
       {std::int64_t{1}, std::int64_t{7}, std::int64_t{256}, std::int64_t{1'000'000'000'000}})
    EXPECT_TRUE(limiter.Take(rate, rate, 0, At(0)).allowed) << rate;
}

TEST(RateLimiter, KeepsItsBucketsApart) {
  RateLimiter limiter;
  EXPECT_TRUE(limiter.Take(1, 1, 0, At(0)).allowed);
  EXPECT_FALSE(limiter.Take(1, 1, 0, At(0)).allowed);
  EXPECT_TRUE(limiter.Take(2, 1, 0, At(0)).allowed);
}

TEST(RateLimiter, ForgetsOnlyFullBuckets) {
  RateLimiter limiter;
  EXPECT_TRUE(limiter.Take(0, 1, 0, At(0)).allowed);
  for (std::int64_t key = 1; key < 5000; ++key) limiter.Take(key, 60, 0, At(59));
  EXPECT_FALSE(limiter.Take(0, 1, 0, At(59)).allowed) << "its minute is not over";
  EXPECT_TRUE(limiter.Take(0, 1, 0, At(60)).allowed);
}

}  // namespace
}  // namespace parley::core
