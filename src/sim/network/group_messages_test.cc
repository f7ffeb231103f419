#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A group of Ann, Bob and Cat.
class GroupMessagesTest : public testing::Test {
 protected:
  GroupMessagesTest() {
    GroupDraft draft;
    draft.subject = "Friends";
    draft.participants = {kBob, kCat};
    auto created = world.network->groups().Create(kAnn, draft);
    EXPECT_TRUE(created);
    if (created) id = created->group.id;
    address = GroupAddress(id);
  }

  base::ErrorCode ErrorOf(const char* from, const std::string& to) {
    Draft draft;
    draft.to = to;
    draft.content = TextOfBody("hi");
    const auto typed = world.network->SendAsPerson(from, draft);
    return typed ? base::ErrorCode::kInternal : typed.error().code;
  }
  Progress OutboxProgress(const char* number) {
    return world.network->ListOutbox(number, 0, 10)->back().progress;
  }

  TestWorld world;
  std::string id, address;
};

TEST_F(GroupMessagesTest, EverybodyElseGetsACopy) {
  world.Type(kBob, address, "hello");
  world.Run();
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("hello"));
  EXPECT_THAT(world.InboxTexts(kCat), ElementsAre("hello"));
  EXPECT_THAT(world.InboxTexts(kBob), IsEmpty());
  const InboxRow row = world.network->ListInbox(kAnn, 0, 10)->at(0);
  EXPECT_EQ(row.message.from, kBob);
  EXPECT_EQ(row.message.to, address);
  const OutboxRow sent = world.network->ListOutbox(kBob, 0, 10)->at(0);
  EXPECT_EQ(sent.message.to, address);
  EXPECT_TRUE(sent.progress.delivered);
  EXPECT_EQ(world.network->ListOutbox(kBob, 0, 10)->size(), 1u);
}

TEST_F(GroupMessagesTest, OnlyMembersWriteAndWithAnnounceOnlyAdmins) {
  world.Add("15550004");
  EXPECT_EQ(ErrorOf("15550004", address), base::ErrorCode::kNotFound);
  EXPECT_EQ(ErrorOf(kAnn, GroupAddress("120363000000000000")), base::ErrorCode::kNotFound);
  GroupUpdate update;
  update.announce = true;
  ASSERT_TRUE(world.network->groups().Change(kAnn, id, update));
  EXPECT_EQ(ErrorOf(kBob, address), base::ErrorCode::kForbidden);
  world.Type(kAnn, address, "hear me");
  world.Run();
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("hear me"));

  const std::string bob = world.Link(kBob), shop = world.Link(kAnn, Profile::kBusiness);
  world.Link("15550004");
  TestDevice device(world, bob), stranger(world, "15550004:1"), business(world, shop);
  device.SendText("m1", address, "and me");
  stranger.SendText("m2", address, "and me");
  business.SendText("m3", address, "and me");
  world.Run();
  EXPECT_THAT(device.answers, ElementsAre("refused not-authorized"));
  EXPECT_THAT(stranger.answers, ElementsAre("refused not-found"));
  EXPECT_THAT(business.answers, ElementsAre("refused not-supported"));
}

TEST_F(GroupMessagesTest, ReceiptsNameTheMember) {
  const std::string ann = world.Link(kAnn);
  ASSERT_TRUE(world.network->SetOnline(kCat, false));
  TestDevice device(world, ann);
  device.SendText("m1", address, "hi");
  world.Run();
  EXPECT_THAT(device.answers, ElementsAre("accepted"));
  EXPECT_THAT(device.heard, ElementsAre("delivered m1"));
  const Receipt receipt = std::get<Receipt>(device.items.at(0).content);
  EXPECT_EQ(receipt.number, kBob);
  EXPECT_EQ(receipt.group, address);
  EXPECT_FALSE(OutboxProgress(kAnn).delivered);  // Cat does not have it
  ASSERT_TRUE(world.network->SetOnline(kCat, true));
  world.Run();
  ASSERT_TRUE(world.network->Read(kBob, "m1", false));
  world.Run();
  EXPECT_THAT(device.heard, ElementsAre("delivered m1", "delivered m1", "read m1"));
  EXPECT_EQ(std::get<Receipt>(device.items.at(1).content).number, kCat);
  EXPECT_EQ(std::get<Receipt>(device.items.at(2).content).number, kBob);
  EXPECT_TRUE(OutboxProgress(kAnn).delivered);
  EXPECT_FALSE(OutboxProgress(kAnn).read);
  ASSERT_TRUE(world.network->ReadUpTo(kCat, 1));
  EXPECT_TRUE(OutboxProgress(kAnn).read);

  const auto found = world.network->FindMessages("m1").value();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].recipient, kBob);
  EXPECT_EQ(found[1].recipient, kCat);
  EXPECT_EQ(found[1].message.to, address);
  EXPECT_EQ(found[1].copies, 1u);
}

TEST_F(GroupMessagesTest, DevicesOfBothSidesGetIt) {
  const std::string ann = world.Link(kAnn), second = world.Link(kAnn), bob = world.Link(kBob);
  TestDevice sends(world, ann), mine(world, second), theirs(world, bob);
  sends.SendText("m1", address, "hi");
  world.Run();
  EXPECT_THAT(mine.heard, ElementsAre("message m1 from me", "delivered m1", "delivered m1"));
  EXPECT_THAT(theirs.heard, ElementsAre("message m1"));
  const auto& incoming = std::get<IncomingMessage>(theirs.items.at(0).content);
  EXPECT_EQ(incoming.message.from, kAnn);
  EXPECT_EQ(incoming.message.to, address);
  EXPECT_EQ(std::get<IncomingMessage>(mine.items.at(0).content).message.to, address);
}

TEST_F(GroupMessagesTest, OfAGroupOfOneArriveNowhereButOnTheOwnDevices) {
  ASSERT_TRUE(world.network->groups().Leave(kBob, id));
  ASSERT_TRUE(world.network->groups().Leave(kCat, id));
  const std::string ann = world.Link(kAnn);
  TestDevice device(world, ann);
  world.Type(kAnn, address, "alone");
  world.Run();
  EXPECT_THAT(device.heard, testing::SizeIs(1));
  EXPECT_THAT(world.InboxTexts(kAnn), IsEmpty());
  EXPECT_EQ(world.network->ListOutbox(kAnn, 0, 10)->size(), 1u);
  EXPECT_FALSE(OutboxProgress(kAnn).delivered);
  world.Kill();
  EXPECT_EQ(world.network->ListOutbox(kAnn, 0, 10)->at(0).message.to, address);
}

TEST_F(GroupMessagesTest, WhatWasUnderWayGoesOnAfterARestart) {
  const std::string text = world.Type(kAnn, address, "hi");
  world.Kill();
  EXPECT_EQ(world.network->FindMessages(text)->at(1).copies_under_way, 1u);
  world.Run();
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("hi"));
  EXPECT_THAT(world.InboxTexts(kCat), ElementsAre("hi"));
  world.Type(kBob, kAnn, "serials go on");
  world.Kill();
  world.Run();
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("serials go on"));
}

TEST_F(GroupMessagesTest, FailForAllOfTheGroup) {
  const std::string ann = world.Link(kAnn);
  TestDevice device(world, ann);
  device.SendText("m1", address, "hi");
  world.scheduler.RunFor(std::chrono::milliseconds(5));
  ASSERT_TRUE(world.network->FailMessage("m1", "479", "no"));
  world.Run();
  EXPECT_THAT(device.heard, ElementsAre("failed m1 479"));
  EXPECT_EQ(std::get<Receipt>(device.items.at(0).content).number, "");
  EXPECT_EQ(std::get<Receipt>(device.items.at(0).content).group, address);
  EXPECT_THAT(world.InboxTexts(kBob), IsEmpty());
  EXPECT_THAT(world.InboxTexts(kCat), IsEmpty());
  EXPECT_TRUE(OutboxProgress(kAnn).failed);
}

TEST_F(GroupMessagesTest, FaultRulesMatchTheGroup) {
  FaultRule rule;
  rule.match.to = address;
  rule.effect = DuplicateMessage{};
  rule.count = 1;
  ASSERT_TRUE(world.network->AddFault(rule));
  world.Type(kAnn, address, "twice");
  world.Run();
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("twice", "twice"));
  EXPECT_THAT(world.InboxTexts(kCat), ElementsAre("twice", "twice"));
}

TEST_F(GroupMessagesTest, OpenNeitherTheBusinessWindowNorAHiddenPicture) {
  const std::string shop = world.Link(kAnn, Profile::kBusiness);
  PersonChange change;
  change.picture = world.media->Store("jpeg").value();
  change.picture_hidden = true;
  ASSERT_TRUE(world.network->UpdatePerson(kBob, change));
  world.Type(kBob, address, "hi all");
  world.Run();
  TestDevice device(world, shop);
  device.SendText("m1", kBob, "buy");
  world.Run();
  EXPECT_THAT(device.answers, ElementsAre("refused 131047"));
  EXPECT_EQ(world.network->PictureFor(kBob, kAnn).value(), "");
}

TEST_F(GroupMessagesTest, ReachWhoeverIsInTheGroupThen) {
  ASSERT_TRUE(world.network->groups().Leave(kCat, id));
  world.Type(kAnn, address, "without you");
  world.Run();
  ASSERT_TRUE(
      world.network->groups().ChangeParticipants(kAnn, id, ParticipantAction::kAdd, {kCat}));
  world.Type(kAnn, address, "with you");
  world.Run();
  EXPECT_THAT(world.InboxTexts(kCat), ElementsAre("with you"));
}

TEST_F(GroupMessagesTest, AreReadByTheFirstMemberOfALargeGroup) {
  std::vector<std::string> numbers;
  for (int i = 0; i < 1021; ++i) numbers.push_back(std::to_string(16'660'000 + i));
  for (const std::string& number : numbers) world.Add(number);
  ASSERT_TRUE(
      world.network->groups().ChangeParticipants(kAnn, id, ParticipantAction::kAdd, numbers));
  const std::string message = world.Type(kAnn, address, "all of you");
  world.Run();
  EXPECT_EQ(world.network->Read(kBob, message, false).value(), 1u);
  EXPECT_TRUE(world.network->ListInbox(kBob, 0, 1)->at(0).read);
  EXPECT_EQ(world.network->Read(numbers.back(), message, false).value(), 1u);
}

}  // namespace
}  // namespace parley::sim::network
