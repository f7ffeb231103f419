#include "base/scheduler.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace parley::base {
namespace {

constexpr Time kStart = FromUnixMs(1'700'000'000'000);

Task<> Append(Scheduler& scheduler, std::string& log, char c, Duration delay) {
  co_await scheduler.Sleep(delay);
  log += c;
}

TEST(VirtualScheduler, JumpsToTheNextTimer) {
  VirtualScheduler scheduler(kStart);
  std::string log;
  scheduler.Spawn("b", Append(scheduler, log, 'b', std::chrono::hours(10)));
  scheduler.Spawn("a", Append(scheduler, log, 'a', Duration(5)));
  scheduler.RunFor(std::chrono::hours(1));
  EXPECT_EQ(log, "a");
  EXPECT_EQ(scheduler.Now() - kStart, std::chrono::hours(1));
  scheduler.RunFor(std::chrono::hours(10), false);
  EXPECT_EQ(log, "ab");
  EXPECT_EQ(scheduler.Now() - kStart, std::chrono::hours(10));
}

TEST(VirtualScheduler, EqualDeadlinesKeepTheirOrder) {
  VirtualScheduler scheduler(kStart);
  std::string log;
  for (const char c : std::string("abcdef")) scheduler.After(Duration(7), [&log, c] { log += c; });
  scheduler.RunFor(Duration(7));
  EXPECT_EQ(log, "abcdef");
}

TEST(VirtualScheduler, ACancelledTimerNeverRuns) {
  VirtualScheduler scheduler(kStart);
  bool ran = false;
  scheduler.Cancel(scheduler.After(Duration(1), [&] { ran = true; }));
  scheduler.RunFor(Duration(10));
  EXPECT_FALSE(ran);
}

Task<> WaitFor(Signal& signal, Duration limit, std::vector<bool>& results) {
  results.push_back(co_await signal.WaitFor(limit));
}

TEST(Signal, WakesRemembersAndTimesOut) {
  VirtualScheduler scheduler(kStart);
  Signal signal(scheduler);
  std::vector<bool> results;
  scheduler.Spawn("times out", WaitFor(signal, Duration(5), results));
  scheduler.RunFor(Duration(10));
  EXPECT_EQ(results, std::vector<bool>({false}));

  scheduler.Spawn("is woken", WaitFor(signal, Duration(5), results));
  scheduler.RunReady();
  signal.Notify();
  scheduler.RunFor(Duration(10));
  EXPECT_EQ(results, std::vector<bool>({false, true}));

  signal.Notify();
  scheduler.Spawn("finds it", WaitFor(signal, Duration(5), results));
  scheduler.RunReady();
  EXPECT_EQ(results, std::vector<bool>({false, true, true}));
}

TEST(RealScheduler, RunsTimersInOrderOnItsClock) {
  RealScheduler scheduler;
  std::string log;
  scheduler.After(Duration(20), [&] {
    log += 'b';
    scheduler.Stop();
  });
  scheduler.After(Duration(1), [&] { log += 'a'; });
  scheduler.Post([&] { log += '0'; });
  scheduler.Run();
  EXPECT_EQ(log, "0ab");
}

}  // namespace
}  // namespace parley::base
