#include "link/multidevice/ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "link/multidevice/test_world.h"

namespace parley::link::multidevice {
namespace {

// Stores what it is given when it is told to, and may refuse.
class SlowEvents final : public core::LinkEvents {
 public:
  explicit SlowEvents(TestWorld& world, core::ChannelRow channel)
      : world_(world), channel_(channel), go_(world.scheduler) {}

  base::Task<base::Result<void>> Report(std::vector<core::LinkReport> reports,
                                        core::LinkWrites state) override {
    ++started;
    writes.push_back(state.size());
    while (held) co_await go_.Wait();
    if (error != base::ErrorCode::kInternal) co_return base::Error(error);
    if (!reports.empty() && refuses) co_return base::Error(base::ErrorCode::kInvalidState);
    auto write = [row = channel_, state = std::move(state)](core::Transaction& tx) {
      return tx.link_state().Apply(row, state);
    };
    co_return co_await world_.store.Write(std::move(write));
  }
  void LetGo() {
    held = false;
    go_.Notify();
  }

  int started = 0;
  bool held = false, refuses = false;
  base::ErrorCode error = base::ErrorCode::kInternal;  // that one: none
  std::vector<std::size_t> writes;

 private:
  TestWorld& world_;
  const core::ChannelRow channel_;
  base::Signal go_;
};

class Ledgers : public ::testing::Test {
 protected:
  Ledgers()
      : channel(world.AddChannel(world.AddAccount("a"), core::ChannelState::kConnected)),
        records(world.store, world.secrets, channel.row, channel.id),
        events(world, channel.row),
        ledger(records, events, world.scheduler) {}
  ~Ledgers() override { world.Run(); }

  static Unit Put(const std::string& key, const std::string& value) {
    Unit unit;
    unit.Put(RecordName(kSessionSpace, key), value);
    return unit;
  }
  StagedPtr Stage(Unit unit) {
    Ledger::Turn turn = world.Await(ledger.Enter());
    return ledger.Stage(turn, std::move(unit));
  }
  std::optional<std::string> Read(const std::string& key) {
    return *world.Await(ledger.ReadOne(RecordName(kSessionSpace, key)));
  }
  std::optional<std::string> Stored(const std::string& key) {
    return *world.Await(records.GetOne(RecordName(kSessionSpace, key)));
  }

  TestWorld world;
  core::Channel channel;
  Records records;
  SlowEvents events;
  Ledger ledger;
};

TEST_F(Ledgers, WhatIsStagedIsReadBeforeItIsStored) {
  events.held = true;
  const StagedPtr staged = Stage(Put("k", "1"));
  EXPECT_EQ(Read("k"), "1");
  EXPECT_EQ(Stored("k"), std::nullopt);
  events.LetGo();
  EXPECT_TRUE(world.Await(ledger.Durable(staged)));
  EXPECT_EQ(Stored("k"), "1");
  EXPECT_EQ(Read("k"), "1");
}

TEST_F(Ledgers, OneCommitHoldsWhatCameMeanwhileAndEachRecordOnce) {
  events.held = true;
  (void)Stage(Put("k", "1"));
  world.Run();
  EXPECT_EQ(events.started, 1);
  (void)Stage(Put("k", "2"));
  (void)Stage(Put("other", "x"));
  const StagedPtr last = Stage(Put("k", "3"));
  events.LetGo();
  EXPECT_TRUE(world.Await(ledger.Durable(last)));
  EXPECT_EQ(events.started, 2);
  EXPECT_THAT(events.writes, ::testing::ElementsAre(1, 2));
  EXPECT_EQ(Stored("k"), "3");
}

TEST_F(Ledgers, ALostCommitLosesAllThatWasReadOfIt) {
  events.held = true;
  const StagedPtr lost = Stage(Put("k", "1"));
  world.Run();
  const StagedPtr after = Stage(Put("k", "2"));
  std::optional<Ledger::Turn> turn(world.Await(ledger.Enter()));
  EXPECT_EQ(Read("k"), "2");
  events.error = base::ErrorCode::kUnavailable;
  events.LetGo();
  EXPECT_FALSE(world.Await(ledger.Durable(lost)));
  EXPECT_FALSE(world.Await(ledger.Durable(after)));
  events.error = base::ErrorCode::kInternal;
  // Made of what is lost: it must not be stored.
  const StagedPtr derived = ledger.Stage(*turn, Put("k", "3"));
  turn.reset();
  EXPECT_FALSE(world.Await(ledger.Durable(derived)));
  EXPECT_EQ(Read("k"), std::nullopt);
  EXPECT_TRUE(world.Await(ledger.Durable(Stage(Put("k", "4")))));
  EXPECT_EQ(Stored("k"), "4");
}

TEST_F(Ledgers, AReportThatTheCoreRefusesTakesNothingElseWithIt) {
  events.refuses = true;
  events.held = true;
  (void)Stage(Put("first", "x"));
  world.Run();
  Unit refused = Put("k", "1");
  refused.reports.emplace_back(core::ChatReport());
  const StagedPtr bad = Stage(std::move(refused));
  const StagedPtr good = Stage(Put("other", "x"));
  events.LetGo();
  const auto result = world.Await(ledger.Durable(bad));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, base::ErrorCode::kInvalidState);
  EXPECT_TRUE(world.Await(ledger.Durable(good)));
  EXPECT_EQ(Stored("k"), "1");
  EXPECT_EQ(Stored("other"), "x");
}

TEST_F(Ledgers, TurnsAreTakenInOrder) {
  std::vector<int> order;
  const auto take = [](Ledger& ledger, base::Scheduler& scheduler, std::vector<int>& taken,
                       int number) -> base::Task<> {
    Ledger::Turn turn = co_await ledger.Enter();
    co_await scheduler.Sleep(base::Duration(10 - number));
    taken.push_back(number);
  };
  for (int i = 0; i < 5; ++i)
    world.scheduler.Spawn("taker", take(ledger, world.scheduler, order, i));
  world.Run();
  EXPECT_THAT(order, ::testing::ElementsAre(0, 1, 2, 3, 4));
}

}  // namespace
}  // namespace parley::link::multidevice
