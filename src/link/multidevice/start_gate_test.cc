#include "link/multidevice/start_gate.h"

#include <gtest/gtest.h>

#include <vector>

#include "link/multidevice/backoff.h"

namespace parley::link::multidevice {
namespace {

using Ms = base::Duration;

class Gate : public ::testing::Test {
 protected:
  // Comes in, stays for `stay`.
  static base::Task<> Visit(Gate* test, StartGate* gate, base::Duration stay) {
    StartGate::Place place = co_await gate->Enter();
    test->entered.push_back(test->scheduler.Now() - test->start);
    test->most = std::max(test->most, ++test->inside);
    co_await test->scheduler.Sleep(stay);
    --test->inside;
  }

  const base::Time start = base::FromUnixMs(1'800'000'000'000);
  base::VirtualScheduler scheduler{start};
  std::vector<base::Duration> entered;
  int inside = 0, most = 0;
};

TEST_F(Gate, LetsThemInOneAfterTheOther) {
  StartGate gate(scheduler, 100, Ms(10));
  for (int i = 0; i < 4; ++i) scheduler.Spawn("visit", Visit(this, &gate, Ms(1000)));
  scheduler.RunFor(Ms(2000));
  EXPECT_EQ(entered, (std::vector<base::Duration>{Ms(0), Ms(10), Ms(20), Ms(30)}));
}

TEST_F(Gate, IsFull) {
  StartGate gate(scheduler, 2, Ms(0));
  for (int i = 0; i < 5; ++i) scheduler.Spawn("visit", Visit(this, &gate, Ms(100)));
  scheduler.RunFor(Ms(1000));
  EXPECT_EQ(most, 2);
  EXPECT_EQ(entered, (std::vector<base::Duration>{Ms(0), Ms(0), Ms(100), Ms(100), Ms(200)}));
  // Everybody left: there is room again.
  scheduler.Spawn("visit", Visit(this, &gate, Ms(100)));
  scheduler.Spawn("visit", Visit(this, &gate, Ms(100)));
  scheduler.RunFor(Ms(1));
  EXPECT_EQ(inside, 2);
  scheduler.RunFor(Ms(200));  // a place must not outlive its gate
}

TEST(Pauses, GrowAndDiffer) {
  const auto random = base::MakeSeededRandom(1);
  Backoff one, other;
  bool differ = false;
  base::Duration whole = Backoff::kFirst;
  for (int i = 0; i < 20; ++i) {
    const base::Duration a = one.Next(*random), b = other.Next(*random);
    differ = differ || a != b;
    EXPECT_GE(a, whole / 2);
    EXPECT_LE(a, whole);
    whole = std::min(whole * 2, Backoff::kLongest);
  }
  EXPECT_TRUE(differ);
  one.Reset();
  EXPECT_LE(one.Next(*random), Backoff::kFirst);
}

}  // namespace
}  // namespace parley::link::multidevice
