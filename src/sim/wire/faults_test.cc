#include "sim/wire/faults.h"

#include <gtest/gtest.h>

#include "sim/wire/nodes.h"

namespace parley::sim::wire {
namespace {

const auto kTo = FaultDirection::kToClient;

FaultRule Rule(FaultEffect effect) {
  FaultRule rule;
  rule.effect = effect;
  return rule;
}

TEST(Faults, MeetsWhatFitsAfterWhatIsSkippedAndSoOftenAsItCounts) {
  Faults faults;
  FaultRule rule = Rule(FaultEffect::kDrop);
  rule.number = "+15550100";
  rule.tag = "message";
  rule.skip = 1;
  rule.count = 2;
  ASSERT_TRUE(faults.Add(rule));
  const auto meets = [&](std::string_view number, std::string tag, FaultDirection direction = kTo) {
    return faults.Meet(direction, number, "15550100:1", MakeNode(std::move(tag))).drop;
  };
  EXPECT_FALSE(meets("15550101", "message"));
  EXPECT_FALSE(meets("15550100", "receipt"));
  EXPECT_FALSE(meets("15550100", "message", FaultDirection::kFromClient));
  EXPECT_FALSE(meets("15550100", "message"));  // skipped
  EXPECT_TRUE(meets("15550100", "message"));
  EXPECT_TRUE(meets("15550100", "message"));
  EXPECT_FALSE(meets("15550100", "message"));
  EXPECT_TRUE(faults.list().empty());
}

TEST(Faults, RefusesWhatMakesNoSense) {
  Faults faults;
  EXPECT_FALSE(faults.Add(Rule(FaultEffect::kRefuse)));
  FaultRule rule = Rule(FaultEffect::kCompress);
  rule.direction = FaultDirection::kFromClient;
  EXPECT_FALSE(faults.Add(rule));
  for (std::size_t i = 0; i < kMaxFaultRules; ++i)
    ASSERT_TRUE(faults.Add(Rule(FaultEffect::kDrop)));
  EXPECT_EQ(faults.Add(Rule(FaultEffect::kDrop)).error().code, base::ErrorCode::kInvalidState);
  EXPECT_TRUE(faults.Remove(1));
  EXPECT_FALSE(faults.Remove(1));
}

TEST(Faults, CorruptsCiphertextsAlone) {
  binary::Node stanza = MakeNode(
      "message", {{"id", "1"}},
      {MakeNode("participants", {}, {MakeNode("to", {}, {MakeData("enc", "abcdefghijklmnop")})}),
       MakeData("device-identity", "abcdefghijklmnop")});
  CorruptCiphertexts(stanza);
  EXPECT_EQ(stanza.children()[0].children()[0].children()[0].data(), "`bcdefghijklmnop");
  EXPECT_EQ(stanza.children()[1].data(), "abcdefghijklmnop");
}

}  // namespace
}  // namespace parley::sim::wire
