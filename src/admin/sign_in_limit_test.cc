#include "admin/sign_in_limit.h"

#include <gtest/gtest.h>

namespace parley::admin {
namespace {

using namespace std::chrono_literals;

void Fail(SignInLimit& limit, const std::string& address, base::Microseconds now, int times) {
  for (int i = 0; i < times; ++i) limit.AddFailure(address, now);
}

TEST(SignInLimit, WaitsAfterTenFailures) {
  SignInLimit limit;
  Fail(limit, "192.0.2.1", 1s, 9);
  EXPECT_FALSE(limit.WaitOf("192.0.2.1", 2s));
  Fail(limit, "192.0.2.1", 2s, 1);
  EXPECT_EQ(limit.WaitOf("192.0.2.1", 2s), std::optional(299s));
  EXPECT_FALSE(limit.WaitOf("192.0.2.2", 2s));
}

TEST(SignInLimit, ForgetsAfterTheWindow) {
  SignInLimit limit;
  Fail(limit, "192.0.2.1", 0s, 10);
  EXPECT_TRUE(limit.WaitOf("192.0.2.1", 5min - 1us));
  EXPECT_FALSE(limit.WaitOf("192.0.2.1", 5min));
  Fail(limit, "192.0.2.1", 5min, 1);
  EXPECT_FALSE(limit.WaitOf("192.0.2.1", 5min));
}

TEST(SignInLimit, KeepsABoundedNumberOfAddresses) {
  SignInLimit limit;
  Fail(limit, "first", 0s, 10);
  Fail(limit, "second", 1s, 10);
  for (std::size_t i = 0; limit.addresses() < SignInLimit::kMaxAddresses; ++i)
    Fail(limit, std::to_string(i), 2s, 1);
  Fail(limit, "one more", 3s, 1);
  EXPECT_EQ(limit.addresses(), SignInLimit::kMaxAddresses);
  EXPECT_FALSE(limit.WaitOf("first", 3s));
  EXPECT_TRUE(limit.WaitOf("second", 3s));
  // Those whose window is over go first, all of them.
  Fail(limit, "late", 2s + 5min, 1);
  EXPECT_EQ(limit.addresses(), 2u);
}

}  // namespace
}  // namespace parley::admin
