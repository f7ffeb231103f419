#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "link/multidevice/test_messages.h"

namespace parley::link::multidevice {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// The process dies at its n-th write, for every n, before or after the disk has it: nothing is
// lost, nothing comes twice, and no key is used twice.
class Dying : public ::testing::TestWithParam<std::tuple<bool, TestEvents::Fate>> {};

TEST_P(Dying, AtAnyWriteLosesAndDoublesNothing) {
  const auto [sender_dies, fate] = GetParam();
  int writes = 0;
  for (int at = 1;; ++at) {
    SCOPED_TRACE(at);
    TestWorld world;
    world.Add(kAnn, 0);
    world.Add(kBob, 0);
    TestEngine& ann = world.Add(kAnn, 3);
    TestEngine& bob = world.Add(kBob, 4);
    TestEngine& victim = sender_dies ? ann : bob;
    victim.events->dies_at = at;
    victim.events->fate = fate;
    std::vector<core::MessageId> sent = {ann.Say(kBob, "1"), ann.Say(kBob, "2"),
                                         bob.Say(kAnn, "3")};
    world.Run();
    const bool died = victim.events->dead;
    writes = at;
    victim.Crash();
    victim.Connect();
    world.Run();
    ann.Say(kBob, "4");
    bob.Say(kAnn, "5");
    world.Run();
    EXPECT_THAT(bob.Heard(), UnorderedElementsAre("1", "2", "4"));
    EXPECT_THAT(ann.Heard(), UnorderedElementsAre("3", "5"));
    EXPECT_EQ(ann.StatusOf(sent[0]), core::MessageStatus::kDelivered);
    EXPECT_EQ(ann.StatusOf(sent[1]), core::MessageStatus::kDelivered);
    EXPECT_EQ(bob.StatusOf(sent[2]), core::MessageStatus::kDelivered);
    EXPECT_FALSE(world.network.key_used_twice);
    EXPECT_THAT(victim.member.pending, IsEmpty());
    for (const auto& engine : world.engines) engine->Crash();
    if (!died || HasFailure()) break;
  }
  EXPECT_GT(writes, 5);
}

INSTANTIATE_TEST_SUITE_P(Everywhere, Dying,
                         ::testing::Combine(::testing::Bool(),
                                            ::testing::Values(TestEvents::Fate::kLost,
                                                              TestEvents::Fate::kStoredButLost)));

}  // namespace
}  // namespace parley::link::multidevice
