// What survives: the network is killed and opened again on what is in its file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Restart, EverythingIsAsItWas) {
  TestWorld world;
  PersonChange change;
  change.username = "ann";
  change.is_business = true;
  ASSERT_TRUE(world.network->UpdatePerson(kAnn, change));
  const std::string first = world.Link(kAnn), second = world.Link(kAnn, Profile::kBusiness);
  ASSERT_TRUE(world.network->Unlink(kAnn, first));
  world.Link(kBob);
  world.Type(kBob, kAnn, "question");
  world.Run();
  Draft draft;
  draft.to = kBob;
  draft.content = world.Voice();
  draft.quoted = world.network->ListInbox(kAnn, 0, 1)->at(0).message.id;
  const std::string voice = world.network->SendAsPerson(kAnn, draft)->id;
  world.Run();
  ASSERT_TRUE(world.network->Read(kBob, voice, true));
  FaultRule rule;
  rule.effect = DelayMessage{base::Duration(7)};
  rule.count = 5;
  ASSERT_TRUE(world.network->AddFault(rule));
  world.Type(kAnn, kCat, "counted");
  world.Run();

  const std::string bytes = world.log->bytes();
  const Person ann = world.network->FindPerson(kAnn).value();
  world.Kill();

  EXPECT_EQ(world.log->bytes(), bytes);  // opening writes nothing
  EXPECT_EQ(world.network->FindPerson(kAnn).value(), ann);
  EXPECT_EQ(world.network->FindPersonByUsername("ann"), ann);
  EXPECT_EQ(world.network->FindDevice(first).error().code, base::ErrorCode::kGone);
  EXPECT_EQ(world.network->FindDevice(second)->profile, Profile::kBusiness);
  EXPECT_EQ(world.network->FindDevice(second)->linked_at, kTestStart);
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("question"));
  const InboxRow row = world.network->ListInbox(kBob, 0, 1)->at(0);
  EXPECT_TRUE(row.played);
  EXPECT_EQ(row.message.quoted, draft.quoted);
  EXPECT_TRUE(IsVoice(row.message.content));
  EXPECT_TRUE(world.network->ListOutbox(kAnn, 0, 1)->at(0).progress.played);
  EXPECT_EQ(world.network->ListFaults().at(0).rule.count, 4);
  EXPECT_EQ(world.network->FindMessages(voice)->at(0).copies, 1u);
  // The business window was opened before the restart.
  TestDevice shop(world, second);
  shop.SendText("m1", kBob, "answer");
  world.Run();
  EXPECT_THAT(shop.answers, ElementsAre("accepted"));
}

TEST(Restart, WhatWasUnderWayGoesOn) {
  NetworkOptions options;
  options.receipt_delay = std::chrono::seconds(60);
  options.delivery_delay = std::chrono::seconds(60);
  TestWorld world(1, options);
  const std::string ann = world.Link(kAnn);
  {
    TestDevice device(world, ann);
    device.SendText("m1", kBob, "hi");
    world.Run();
    EXPECT_THAT(device.answers, ElementsAre("accepted"));
  }
  world.Kill();
  world.Run(std::chrono::seconds(49));
  EXPECT_THAT(world.InboxTexts(kBob), IsEmpty());  // at the time noted, not at once
  world.Run(std::chrono::seconds(2));
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("hi"));
  world.Kill();
  TestDevice device(world, ann);
  world.Run(std::chrono::seconds(50));
  EXPECT_THAT(device.heard, IsEmpty());
  world.Run();
  EXPECT_THAT(device.heard, ElementsAre("delivered m1"));
  world.Kill();
  TestDevice again(world, ann);
  world.Run(std::chrono::hours(1));
  EXPECT_THAT(again.heard, IsEmpty());  // once is enough
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("hi"));
}

TEST(Restart, AnOfflinePhoneStillWaits) {
  TestWorld world;
  ASSERT_TRUE(world.network->SetOnline(kBob, false));
  const std::string bob = world.Link(kBob);
  world.Type(kAnn, kBob, "one");
  world.Type(kAnn, kBob, "two");
  world.Run();
  world.Kill();
  world.Run();
  EXPECT_THAT(world.InboxTexts(kBob), IsEmpty());
  EXPECT_EQ(world.network->FindDevice(bob)->queued, 2);
  ASSERT_TRUE(world.network->SetOnline(kBob, true));
  world.Run();
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("one", "two"));
  EXPECT_EQ(world.network->FindDevice(bob)->queued, 2);
}

TEST(Restart, UnacknowledgedItemsComeAgainAndAcknowledgedOnesDoNot) {
  TestWorld world;
  const std::string bob = world.Link(kBob);
  const std::string a = world.Type(kAnn, kBob, "a"), b = world.Type(kAnn, kBob, "b");
  world.Run();
  {
    TestDevice device(world, bob, false);
    world.Run();
    EXPECT_EQ(device.items.size(), 2u);
    device.connection->Acknowledge(1);
    world.Run();
  }
  world.Kill();
  TestDevice device(world, bob, false);
  world.Run();
  EXPECT_THAT(device.heard, ElementsAre("message " + b));
  EXPECT_EQ(device.items[0].seq, 2u);
  const std::string c = world.Type(kAnn, kBob, "c");
  world.Run();
  EXPECT_EQ(device.items.back().seq, 3u);
}

TEST(Restart, AnAcknowledgementIsWrittenBeforeANetworkEnds) {
  TestWorld world;
  const std::string bob = world.Link(kBob);
  world.Type(kAnn, kBob, "a");
  world.Run();
  TestDevice device(world, bob, false);
  world.Run();
  device.connection->Acknowledge(1);
  world.network.reset();
  world.Open();
  EXPECT_EQ(world.network->FindDevice(bob)->queued, 0);
}

// Two runs of one story with a good deal of chance in it.
std::string RunStory(std::uint64_t seed, bool with_faults) {
  NetworkOptions options;
  options.jitter = base::Duration(with_faults ? 30 : 0);
  TestWorld world(seed, options);
  TestDevice ann(world, world.Link(kAnn));
  TestDevice bob(world, world.Link(kBob));
  if (with_faults) {
    for (const FaultEffect& effect :
         {FaultEffect(DropMessage{}), FaultEffect(DuplicateMessage{}),
          FaultEffect(DelayMessage{base::Duration(100)}), FaultEffect(NoAnswer{true})}) {
      FaultRule rule;
      rule.effect = effect;
      rule.probability = 0.25;
      EXPECT_TRUE(world.network->AddFault(rule));
    }
  }
  for (int i = 0; i < 50; ++i) {
    ann.SendText("a" + std::to_string(i), kBob, "x");
    bob.SendText("b" + std::to_string(i), kAnn, "y");
    if (i % 7 == 0) world.Run(base::Duration(13));
    EXPECT_TRUE(world.network->ReadUpTo(kBob, static_cast<std::uint64_t>(i)));
  }
  world.Run();
  return world.log->bytes();
}

TEST(Chance, TheSameSeedWritesTheSameBytes) { EXPECT_EQ(RunStory(7, true), RunStory(7, true)); }

TEST(Chance, AnotherSeedTakesAnotherCourse) { EXPECT_NE(RunStory(7, true), RunStory(8, true)); }

TEST(Chance, HasNoPartWhenNothingIsLeftToIt) { EXPECT_EQ(RunStory(7, false), RunStory(8, false)); }

}  // namespace
}  // namespace parley::sim::network
