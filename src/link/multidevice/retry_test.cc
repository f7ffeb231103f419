#include "link/multidevice/retry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/messages/link_id.h"
#include "link/multidevice/test_messages.h"

namespace parley::link::multidevice {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(MessagesBetween, ADamagedMessageIsAskedForAndComesAgain) {
  int damaged = 0;
  world.network.on_delivery = [&](Node& message, const Jid& to) {
    if (to.device != 4 || damaged == 2) return true;
    ++damaged;
    auto& bytes = std::get<Bytes>(std::get<Node::Children>(message.content).front().content).value;
    bytes[bytes.size() / 2] ^= 1;
    return true;
  };
  ann.Say(kBob, "damaged twice");
  world.Run();
  EXPECT_EQ(damaged, 2);
  EXPECT_THAT(bob.Heard(), ElementsAre("damaged twice"));
  EXPECT_EQ(Sent(bob, "receipt", "retry"), 2);
  world.network.on_delivery = nullptr;
  ann.Say(kBob, "and on");
  bob.Say(kAnn, "yes");
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("damaged twice", "and on"));
  EXPECT_THAT(ann.Heard(), ElementsAre("yes"));
}

// As whatsmeow does, which seals one message while another one moves its ratchet.
TEST_F(MessagesBetween, AKeyThatSomebodyUsedTwiceLosesNothing) {
  Node first;
  int swapped = 0;
  world.network.on_delivery = [&](Node& message, const Jid& to) {
    if (to.device != 4) return true;
    if (first.tag.empty()) {
      first = message;
    } else if (swapped++ == 0) {
      message.content = first.content;
    }
    return true;
  };
  ann.Say(kBob, "one");
  world.Run();
  ann.Say(kBob, "two");
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("one", "two"));
  EXPECT_EQ(Sent(bob, "receipt", "retry"), 1);
}

TEST_F(MessagesBetween, WhatNeverOpensIsGivenUp) {
  world.network.on_delivery = [&](Node& message, const Jid& to) {
    if (to.device == 4)
      std::get<Bytes>(std::get<Node::Children>(message.content).front().content).value.back() ^= 1;
    return true;
  };
  ann.Say(kBob, "never");
  world.Run(std::chrono::hours(1));
  EXPECT_THAT(bob.Heard(), IsEmpty());
  EXPECT_EQ(Sent(bob, "receipt", "retry"), static_cast<int>(kMaxRetriesAsked));
  EXPECT_THAT(bob.member.pending, IsEmpty());
}

TEST_F(MessagesBetween, NobodyElseGetsAMessageByAskingForIt) {
  TestEngine& eve = world.Add("15550666", 0);
  const core::MessageId id = ann.Say(kBob, "for bob");
  world.Run();
  const auto messages = Sent(ann, "message", "text");
  Node ask(
      "receipt",
      {{"id", core::LinkIdOf(id)}, {"type", "retry"}, {"from", eve.member.lid.Text()}, {"t", "1"}});
  ask.content = Node::Children{
      Node("retry", {{"count", "1"}, {"id", core::LinkIdOf(id)}, {"t", "1"}, {"v", "1"}}),
      Node("registration", {}, Bytes{BigEndian(eve.member.bundle.registration_id, 4)})};
  world.network.Push(ann.member, ask);
  world.Run();
  EXPECT_EQ(Sent(ann, "message", "text"), messages);
  EXPECT_THAT(eve.Heard(), IsEmpty());
  EXPECT_THAT(ann.member.pending, IsEmpty());  // answered by an acknowledgement
}

}  // namespace
}  // namespace parley::link::multidevice
