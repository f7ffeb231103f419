#include "link/multidevice/reporter.h"

#include <gtest/gtest.h>

#include <deque>

namespace parley::link::multidevice {
namespace {

using base::ErrorCode;

// Takes one report at a time, 10 ms each, and answers as scripted, then well.
class SlowEvents final : public core::LinkEvents {
 public:
  explicit SlowEvents(base::Scheduler& scheduler) : scheduler_(scheduler) {}

  base::Task<base::Result<void>> Report(std::vector<core::LinkReport>,
                                        core::LinkWrites state) override {
    EXPECT_FALSE(busy_);
    busy_ = true;
    co_await scheduler_.Sleep(base::Duration(10));
    busy_ = false;
    keys.push_back(state.front().key);
    if (faults.empty()) co_return base::Result<void>();
    const ErrorCode fault = faults.front();
    faults.pop_front();
    co_return fault;
  }
  std::vector<std::string> keys;
  std::deque<ErrorCode> faults;

 private:
  base::Scheduler& scheduler_;
  bool busy_ = false;
};

class Reports : public ::testing::Test {
 protected:
  static base::Task<> Write(Reports* test, std::string key) {
    core::LinkWrites writes;
    writes.push_back(core::LinkWrite{"space", key, "value"});
    std::vector<core::LinkReport> none;
    const auto done = co_await test->reporter.Report(std::move(none), std::move(writes));
    test->outcomes.push_back(key +
                             (done ? " taken" : " " + std::string(KindOf(done.error().code).name)));
  }
  void Start(const std::string& key) { scheduler.Spawn("write", Write(this, key)); }

  base::VirtualScheduler scheduler{base::FromUnixMs(1'800'000'000'000)};
  SlowEvents events{scheduler};
  Reporter reporter{events, scheduler};
  std::vector<std::string> outcomes;
};

using Texts = std::vector<std::string>;

TEST_F(Reports, GoOneByOneInTheirOrder) {
  for (const char* key : {"a", "b", "c"}) Start(key);
  scheduler.RunFor(base::Duration(100));
  EXPECT_EQ(events.keys, (Texts{"a", "b", "c"}));
  EXPECT_EQ(outcomes, (Texts{"a taken", "b taken", "c taken"}));
  Start("d");
  scheduler.RunFor(base::Duration(100));
  EXPECT_EQ(outcomes.back(), "d taken");
}

TEST_F(Reports, AreRepeatedWhileTheStoreIsBusy) {
  events.faults = {ErrorCode::kOverloaded, ErrorCode::kUnavailable};
  Start("a");
  Start("b");
  scheduler.RunFor(std::chrono::seconds(5));
  EXPECT_EQ(events.keys, (Texts{"a", "a", "a", "b"}));
  EXPECT_EQ(outcomes, (Texts{"a taken", "b taken"}));
}

TEST_F(Reports, SayWhatElseIsWrong) {
  events.faults = {ErrorCode::kInvalidState};
  Start("a");
  Start("b");
  scheduler.RunFor(std::chrono::seconds(5));
  EXPECT_EQ(outcomes, (Texts{"a invalid_state", "b taken"}));
}

TEST_F(Reports, EndWithTheLink) {
  events.faults = {ErrorCode::kUnavailable, ErrorCode::kUnavailable, ErrorCode::kUnavailable};
  Start("a");
  Start("b");
  scheduler.RunFor(base::Duration(100));
  EXPECT_TRUE(outcomes.empty());
  reporter.Stop();
  scheduler.RunFor(base::Duration(100));
  EXPECT_EQ(outcomes, (Texts{"a unavailable", "b unavailable"}));
}

}  // namespace
}  // namespace parley::link::multidevice
