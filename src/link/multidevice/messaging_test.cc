#include "link/multidevice/messaging.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "link/multidevice/test_messages.h"

namespace parley::link::multidevice {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(MessagesBetween, TextReachesAllDevicesOfBothSides) {
  const core::MessageId hello = ann.Say(kBob, "hello");
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("hello"));
  EXPECT_THAT(bob_phone.Heard(), ElementsAre("hello"));
  EXPECT_THAT(ann_phone.Copied(), ElementsAre("hello"));
  EXPECT_THAT(ann_phone.Heard(), IsEmpty());
  EXPECT_EQ(ann.StatusOf(hello), core::MessageStatus::kDelivered);
  bob.Say(kAnn, "hi");
  world.Run();
  EXPECT_THAT(ann.Heard(), ElementsAre("hi"));
  EXPECT_THAT(bob_phone.Copied(), ElementsAre("hi"));
  const core::Peer peer = ann.Messages().back().chat.peer;
  EXPECT_EQ(peer.phone, kBob);
  EXPECT_EQ(peer.lid, LidOf(kBob));
  EXPECT_EQ(peer.push_name, std::string("name of ") + kBob);
}

TEST_F(MessagesBetween, ALongConversationThatCrosses) {
  std::vector<std::string> from_ann, from_bob;
  for (int i = 0; i < 30; ++i) {
    from_ann.push_back("a" + std::to_string(i));
    from_bob.push_back("b" + std::to_string(i));
    ann.Say(kBob, from_ann.back());
    bob.Say(kAnn, from_bob.back());
    if (i % 3 == 0) world.Run();  // the first ones cross, and so do most others
  }
  world.Run();
  EXPECT_EQ(bob.Heard(), from_ann);
  EXPECT_EQ(ann.Heard(), from_bob);
  EXPECT_EQ(bob_phone.Heard(), from_ann);
  EXPECT_EQ(Sent(ann, "receipt", "retry") + Sent(bob, "receipt", "retry"), 0);
}

TEST_F(MessagesBetween, AMessageWithoutAnAckIsSentAgainAndHeardOnce) {
  int acks = 0;
  world.network.on_ack = [&](Node&) { return ++acks > 1; };
  bob.Disconnect();  // so that no receipt tells that it arrived
  bob_phone.Disconnect();
  const core::MessageId id = ann.Say(kBob, "once");
  world.Run();
  EXPECT_EQ(acks, 2);
  bob.Connect();
  bob_phone.Connect();
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("once"));
  EXPECT_THAT(ann_phone.Copied(), ElementsAre("once"));
  EXPECT_EQ(ann.StatusOf(id), core::MessageStatus::kDelivered);
}

TEST_F(MessagesBetween, WhatCameWhileAwayIsThereAfterwards) {
  ann.Say(kBob, "first");
  world.Run();
  bob.Disconnect();
  for (int i = 0; i < 5; ++i) ann.Say(kBob, "away " + std::to_string(i));
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("first"));
  bob.Connect();
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("first", "away 0", "away 1", "away 2", "away 3", "away 4"));
}

TEST_F(MessagesBetween, TheSameStanzaAgainIsNoNews) {
  Node kept;
  world.network.on_delivery = [&](Node& message, const Jid& to) {
    if (to.device == 4) kept = message;
    return true;
  };
  ann.Say(kBob, "once");
  world.Run();
  const int receipts = Sent(bob, "receipt", "");
  world.network.Push(bob.member, kept);
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("once"));
  EXPECT_EQ(Sent(bob, "receipt", ""), receipts + 1);  // acknowledged all the same
  EXPECT_EQ(Sent(bob, "receipt", "retry"), 0);
  EXPECT_THAT(Refusals(bob), IsEmpty());
}

TEST_F(MessagesBetween, WithoutOneTimeKeysASessionBeginsAllTheSame) {
  bob.member.one_time.clear();
  ann.Say(kBob, "no one-time key");
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("no one-time key"));
}

TEST_F(MessagesBetween, WhoIsSetUpAnewIsWrittenToAnew) {
  ann.Say(kBob, "before");
  world.Run();
  bob.Say(kAnn, "answer");
  world.Run();
  bob.SetUpAnew(77);
  bob.Connect();
  ann.Say(kBob, "after");
  world.Run();
  EXPECT_THAT(bob.Heard(), Contains("after"));
  bob.Say(kAnn, "it is me");
  ann.Say(kBob, "and on");
  world.Run();
  EXPECT_THAT(ann.Heard(), ElementsAre("answer", "it is me"));
  EXPECT_THAT(bob.Heard(), Contains("and on"));
}

TEST_F(MessagesBetween, ADeviceThatIsGoneGetsNothingMore) {
  ann.Say(kBob, "to all");
  world.Run();
  Node gone("notification", {{"id", "n1"},
                             {"type", "devices"},
                             {"from", Jid(kBob, JidServer::kUser).Text()},
                             {"t", "1"}});
  gone.content = Node::Children{
      Node("remove", {}, Node::Children{Node("device", {{"jid", bob.member.number.Text()}})})};
  world.network.Push(ann.member, gone);
  bob.Disconnect();
  world.network.Remove(bob.member.number);
  world.Run();
  EXPECT_THAT(ann.member.pending, IsEmpty());
  ann.Say(kBob, "to the phone");
  world.Run();
  EXPECT_THAT(bob_phone.Heard(), ElementsAre("to all", "to the phone"));
  const Node& last = ann.member.sent.back().tag == "message"
                         ? ann.member.sent.back()
                         : *std::find_if(ann.member.sent.rbegin(), ann.member.sent.rend(),
                                         [](const Node& node) { return node.tag == "message"; });
  EXPECT_EQ(last.FindChild("participants")->children().size(), 2u);
}

TEST_F(MessagesBetween, AnAckThatKnowsOfOtherDevicesMakesUsAsk) {
  ann.Say(kBob, "first");
  world.Run();
  const int asked = world.network.queries;
  world.network.on_ack = [&](Node& ack) {
    ack.attributes.push_back(Attribute{"phash", "2:abcdefgh"});
    return true;
  };
  ann.Say(kBob, "second");
  world.Run();
  EXPECT_EQ(world.network.queries, asked);
  ann.Say(kBob, "third");
  world.Run();
  EXPECT_EQ(world.network.queries, asked + 1);
}

TEST_F(MessagesBetween, ARefusalIsFinalOrNot) {
  world.network.on_ack = [](Node& ack) {
    ack.attributes.push_back(Attribute{"error", "463"});
    return true;
  };
  const core::MessageId id = ann.Say(kBob, "refused");
  world.Run();
  EXPECT_EQ(ann.StatusOf(id), core::MessageStatus::kFailed);
  EXPECT_EQ(ann.Get(id).failure->code, "463");
  int refusals = 0;
  world.network.on_ack = [&](Node& ack) {
    if (refusals++ == 0) ack.attributes.push_back(Attribute{"error", "479"});
    return true;
  };
  const core::MessageId later = ann.Say(kBob, "later");
  world.Run();
  EXPECT_EQ(refusals, 2);
  EXPECT_EQ(ann.StatusOf(later), core::MessageStatus::kDelivered);
}

TEST_F(MessagesBetween, ANumberThatNobodyHasIsNotOnTheNetwork) {
  const core::MessageId id = ann.Say("15559999", "anybody?");
  world.Run();
  EXPECT_EQ(ann.StatusOf(id), core::MessageStatus::kFailed);
  EXPECT_EQ(ann.Get(id).failure->code, "not_on_network");
}

TEST_F(MessagesBetween, NobodySpeaksForUsButOurselves) {
  world.network.on_delivery = [&](Node& message, const Jid& to) {
    if (to.device == 4)
      message.attributes.push_back(Attribute{"recipient", "15550300@s.whatsapp.net"});
    return true;
  };
  ann.Say(kBob, "as if bob had written it");
  world.Run();
  EXPECT_THAT(bob.Heard(), IsEmpty());
  EXPECT_THAT(bob.Copied(), IsEmpty());
  EXPECT_THAT(Refusals(bob), ElementsAre("487"));
}

// ------------------------------------------------------------------------------------- kinds

TEST_F(MessagesBetween, WhatOpensAndIsNoMessageIsRefused) {
  TestVoice voice(world, bob_phone);
  voice.Say(ann, "\xff\xff\xff");
  EXPECT_THAT(Refusals(ann), ElementsAre("491"));
  proto::Message copy;
  copy.mutable_device_sent_message()->set_destination_jid("15550300@s.whatsapp.net");
  copy.mutable_device_sent_message()->mutable_message()->set_conversation("not bob's to copy");
  voice.Say(ann, copy.SerializeAsString());
  EXPECT_THAT(ann.Heard(), IsEmpty());
  EXPECT_THAT(ann.Copied(), IsEmpty());
  proto::Message text;
  text.set_conversation("and on");
  voice.Say(ann, text.SerializeAsString());
  EXPECT_THAT(ann.Heard(), ElementsAre("and on"));
}

}  // namespace
}  // namespace parley::link::multidevice
