#include "sim/network/fault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

FaultRule Rule(FaultEffect effect, std::optional<std::int64_t> count = {}) {
  FaultRule rule;
  rule.effect = std::move(effect);
  rule.count = count;
  return rule;
}

struct FaultWorld : TestWorld {
  FaultWorld() : ann(*this, Link(kAnn)) {}
  void Set(FaultRule rule) { ASSERT_TRUE(network->AddFault(std::move(rule))); }
  TestDevice ann;
};

TEST(Faults, DelayMakesAMessageArriveLater) {
  FaultWorld world;
  world.Set(Rule(DelayMessage{std::chrono::seconds(5)}, 1));
  world.ann.SendText("m1", kBob, "slow");
  world.ann.SendText("m2", kBob, "fast");
  world.Run(std::chrono::seconds(1));
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("fast"));
  EXPECT_THAT(world.ann.answers, ElementsAre("accepted", "accepted"));
  world.Run();
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("fast", "slow"));
}

TEST(Faults, ADroppedMessageIsAcknowledgedAndNeverArrives) {
  FaultWorld world;
  world.Set(Rule(DropMessage{}));
  world.ann.SendText("m1", kBob, "lost");
  world.Run(std::chrono::hours(48));
  EXPECT_THAT(world.ann.answers, ElementsAre("accepted"));
  EXPECT_THAT(world.ann.heard, IsEmpty());
  EXPECT_THAT(world.InboxTexts(kBob), IsEmpty());
  EXPECT_EQ(world.network->FindMessages("m1")->at(0).copies, 0u);
}

TEST(Faults, ADuplicatedMessageArrivesTwice) {
  FaultWorld world;
  TestDevice bob(world, world.Link(kBob));
  world.Set(Rule(DuplicateMessage{}, 1));
  world.ann.SendText("m1", kBob, "echo");
  world.Run();
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("echo", "echo"));
  EXPECT_THAT(world.ann.heard, ElementsAre("delivered m1", "delivered m1"));
  EXPECT_THAT(bob.heard, ElementsAre("message m1", "message m1"));
  ASSERT_TRUE(world.network->Read(kBob, "m1", false));
  world.Run();
  EXPECT_THAT(world.ann.heard, ElementsAre("delivered m1", "delivered m1", "read m1", "read m1"));
}

TEST(Faults, RefuseAnswersWithWhatTheRuleSays) {
  FaultWorld world;
  world.Set(Rule(RefuseMessage{Refused{"429", "Slow down", true}}, 1));
  world.ann.SendText("m1", kBob, "hi");
  world.ann.SendText("m1", kBob, "hi");
  world.Run();
  EXPECT_THAT(world.ann.answers, ElementsAre("refused 429, retryable", "accepted"));
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("hi"));
}

struct LostAnswer {
  FaultEffect effect;
  bool closes;
  bool carried;
};

class LostAnswers : public testing::TestWithParam<LostAnswer> {};

TEST_P(LostAnswers, LeaveOpenWhetherTheMessageWasCarried) {
  FaultWorld world;
  world.Set(Rule(GetParam().effect, 1));
  world.ann.SendText("m1", kBob, "hi");
  world.Run();
  EXPECT_THAT(world.ann.answers, IsEmpty());
  EXPECT_EQ(world.ann.closed.has_value(), GetParam().closes);
  EXPECT_EQ(world.InboxTexts(kBob).size(), GetParam().carried ? 1u : 0u);
  // The sender tries again, and the recipient may see it twice.
  TestDevice again(world, "15550001:1");
  again.SendText("m1", kBob, "hi");
  world.Run();
  EXPECT_THAT(again.answers, ElementsAre("accepted"));
  EXPECT_EQ(world.InboxTexts(kBob).size(), GetParam().carried ? 2u : 1u);
}

INSTANTIATE_TEST_SUITE_P(All, LostAnswers,
                         testing::Values(LostAnswer{DisconnectBeforeAnswer{false}, true, false},
                                         LostAnswer{DisconnectBeforeAnswer{true}, true, true},
                                         LostAnswer{NoAnswer{false}, false, false},
                                         LostAnswer{NoAnswer{true}, false, true}));

TEST(Faults, DelayedReceiptsComeOutOfOrder) {
  FaultWorld world;
  DelayReceipts delay;
  delay.min = delay.max = std::chrono::seconds(3);
  delay.status = ReceiptStatus::kDelivered;
  world.Set(Rule(delay, 1));
  world.ann.SendText("m1", kBob, "hi");
  world.Run(std::chrono::seconds(1));
  ASSERT_TRUE(world.network->Read(kBob, "m1", false));
  world.Run();
  EXPECT_THAT(world.ann.heard, ElementsAre("read m1", "delivered m1"));
  const Receipt late = std::get<Receipt>(world.ann.items[1].content);
  EXPECT_EQ(late.at - kTestStart, base::Duration(20));  // when it happened
}

TEST(Faults, ReceiptsWithDrawnDelaysOvertakeEachOther) {
  FaultWorld world;
  DelayReceipts delay;
  delay.max = std::chrono::seconds(3);
  world.Set(Rule(delay));
  std::vector<std::string> in_order;
  for (int i = 0; i < 20; ++i) {
    world.ann.SendText("m" + std::to_string(i), kBob, "hi");
    in_order.push_back("delivered m" + std::to_string(i));
  }
  world.Run();
  EXPECT_THAT(world.ann.heard, testing::UnorderedElementsAreArray(in_order));
  EXPECT_NE(world.ann.heard, in_order);
}

TEST(Faults, MatchByEverythingThatIsGiven) {
  FaultWorld world;
  TestDevice second(world, world.Link(kAnn));
  FaultRule rule = Rule(RefuseMessage{Refused{"no", "", false}});
  rule.match.from = kAnn;
  rule.match.to = kBob;
  rule.match.kind = MessageKind::kText;
  rule.match.device = "15550001:1";
  world.Set(rule);
  TestDevice cat(world, world.Link(kCat));
  world.ann.SendText("m1", kBob, "all match");
  world.ann.SendText("m2", kCat, "another recipient");
  world.ann.Send("m3", kBob, world.Voice());
  second.SendText("m4", kBob, "another device");
  cat.SendText("m5", kBob, "another sender");
  world.Run();
  EXPECT_THAT(world.ann.answers, ElementsAre("refused no", "accepted", "accepted"));
  EXPECT_THAT(second.answers, ElementsAre("accepted"));
  EXPECT_THAT(cat.answers, ElementsAre("accepted"));
}

TEST(Faults, CarryingFaultsConcernPhonesToo) {
  FaultWorld world;
  world.Set(Rule(DropMessage{}, 1));
  world.Set(Rule(RefuseMessage{Refused{"no", "", false}}, 1));
  world.Type(kBob, kAnn, "lost");
  world.Type(kBob, kAnn, "arrives");
  world.Run();
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("arrives"));
  EXPECT_EQ(world.network->ListFaults().size(), 1u);  // the refusal waits for a device
}

TEST(Faults, LastUntilTheyAreCountedOutOrRemoved) {
  FaultWorld world;
  world.Set(Rule(DropMessage{}, 2));
  world.Set(Rule(DelayMessage{base::Duration(1)}));
  EXPECT_EQ(world.network->ListFaults().at(0).rule.count, 2);
  world.ann.SendText("m1", kBob, "x");
  EXPECT_EQ(world.network->ListFaults().at(0).rule.count, 1);
  world.ann.SendText("m2", kBob, "x");
  ASSERT_EQ(world.network->ListFaults().size(), 1u);
  EXPECT_EQ(world.network->ListFaults().at(0).id, 2);
  ASSERT_TRUE(world.network->RemoveFault(2));
  EXPECT_EQ(world.network->RemoveFault(2).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(world.network->AddFault(Rule(DropMessage{}))->id, 3);
}

TEST(Faults, HappenWithTheirProbability) {
  FaultWorld world;
  FaultRule rule = Rule(DropMessage{});
  rule.probability = 0.3;
  world.Set(rule);
  for (int i = 0; i < 1000; ++i) {
    world.ann.SendText("m", kBob, "x");
    if (i % 100 == 0) world.Run(base::Duration(10));
  }
  world.Run();
  EXPECT_GT(world.InboxTexts(kBob).size(), 640u);
  EXPECT_LT(world.InboxTexts(kBob).size(), 760u);
}

TEST(Faults, SeveralRulesAddUp) {
  FaultWorld world;
  world.Set(Rule(DuplicateMessage{}));
  world.Set(Rule(DelayMessage{std::chrono::seconds(1)}));
  world.Set(Rule(NoAnswer{true}));
  world.Set(Rule(RefuseMessage{Refused{"late", "", false}}, 1));
  world.ann.SendText("m1", kBob, "x");
  world.Run(base::Duration(500));
  EXPECT_THAT(world.InboxTexts(kBob), IsEmpty());
  world.Run();
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("x", "x"));
  EXPECT_THAT(world.ann.answers, IsEmpty());          // the first of the answers counts
  EXPECT_EQ(world.network->ListFaults().size(), 4u);  // and the second was not used up
}

TEST(FaultForm, SaysEveryThingThatIsWrong) {
  FaultForm form;
  form.effect = FaultKind::kDelay;
  form.code = "1";
  form.carried = true;
  form.min_ms = 2;
  form.max_ms = 1;
  const auto rule = FromForm(form);
  ASSERT_FALSE(rule);
  std::vector<std::string> paths;
  for (const base::FieldFault& fault : rule.error().faults) paths.push_back(fault.path);
  EXPECT_THAT(paths, ElementsAre("ms", "code", "carried", "min_ms", "max_ms", "min_ms"));
}

TEST(FaultForm, IsTheSameForthAndBack) {
  DelayReceipts delay;
  delay.min = base::Duration(1);
  delay.max = base::Duration(2);
  delay.status = ReceiptStatus::kRead;
  const FaultEffect effects[] = {DelayMessage{base::Duration(7)},
                                 DropMessage{},
                                 DuplicateMessage{},
                                 RefuseMessage{Refused{"c", "t", true}},
                                 DisconnectBeforeAnswer{true},
                                 NoAnswer{true},
                                 delay};
  static_assert(std::size(effects) == kFaultKindNames.rows.size());
  for (const FaultEffect& effect : effects) {
    const std::string text = base::EncodeText(ToForm(Rule(effect, 3)));
    const auto form = base::DecodeText<FaultForm>(text);
    ASSERT_TRUE(form) << text;
    const auto rule = FromForm(*form);
    ASSERT_TRUE(rule) << text;
    EXPECT_EQ(base::EncodeText(ToForm(*rule)), text);
    EXPECT_EQ(rule->effect.index(), effect.index());
  }
}

}  // namespace
}  // namespace parley::sim::network
