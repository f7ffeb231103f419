#include "sim/network/carrier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Carrying, AMessageFromADeviceArrivesAtThePhoneAndIsReportedDelivered) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn));
  ann.SendText("m1", kBob, "hi");
  EXPECT_THAT(ann.answers, IsEmpty());
  world.Run();
  EXPECT_THAT(ann.answers, ElementsAre("accepted"));
  EXPECT_THAT(ann.answered_at, ElementsAre(5));
  EXPECT_THAT(ann.heard, ElementsAre("delivered m1"));
  const InboxRow row = world.network->ListInbox(kBob, 0, 10)->at(0);
  EXPECT_EQ(row.seq, 1u);
  EXPECT_EQ(row.message.id, "m1");
  EXPECT_EQ(row.message.from, kAnn);
  EXPECT_EQ(row.message.at, kTestStart);
  const Receipt receipt = std::get<Receipt>(ann.items[0].content);
  EXPECT_EQ(receipt.number, kBob);
  EXPECT_EQ(receipt.at - kTestStart, base::Duration(20));
}

TEST(Carrying, TheAnswerComesAfterTheRecordIsInTheFile) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn));
  const std::size_t before = world.log->bytes().size();
  ann.SendText("m1", kBob, "remember me");
  EXPECT_NE(world.log->bytes().substr(before).find("remember me"), std::string::npos);
  EXPECT_THAT(ann.answers, IsEmpty());
}

TEST(Carrying, TheSendersOwnPhoneShowsWhatACompanionSent) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn));
  ann.SendText("m1", kBob, "hi");
  world.Type(kAnn, kBob, "by hand");
  world.Run();
  const auto rows = world.network->ListOutbox(kAnn, 0, 10).value();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].message.id, "m1");
  EXPECT_TRUE(rows[0].progress.delivered);
  EXPECT_FALSE(rows[0].progress.read);
  EXPECT_EQ(TextOf(rows[1].message.content), "by hand");
}

TEST(Carrying, EveryCopyIsARowOfItsOwnEvenWithTheSameId) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn));
  ann.SendText("same", kBob, "one");
  ann.SendText("same", kBob, "two");
  world.Run();
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("one", "two"));
  EXPECT_THAT(ann.heard, ElementsAre("delivered same", "delivered same"));
  EXPECT_EQ(world.network->FindMessages("same")->size(), 2u);
}

TEST(Carrying, WhatThePersonTypesReachesPhonesAndDevices) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn));
  TestDevice bob(world, world.Link(kBob)), bobs_second(world, world.Link(kBob));
  const std::string id = world.Type(kAnn, kBob, "hello");
  EXPECT_TRUE(id.starts_with("3EB0"));
  EXPECT_EQ(id.size(), 24u);
  EXPECT_EQ(id.find_first_not_of("0123456789ABCDEF"), std::string::npos);
  world.Run();
  EXPECT_THAT(ann.heard, ElementsAre("message " + id + " from me", "delivered " + id));
  EXPECT_THAT(bob.heard, ElementsAre("message " + id));
  EXPECT_THAT(bobs_second.heard, ElementsAre("message " + id));
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("hello"));
}

TEST(Carrying, AnotherDeviceOfTheSenderHearsOfASentMessage) {
  TestWorld world;
  TestDevice first(world, world.Link(kAnn)), second(world, world.Link(kAnn));
  first.SendText("m1", kBob, "hi");
  world.Run();
  EXPECT_THAT(first.heard, ElementsAre("delivered m1"));
  EXPECT_THAT(second.heard, ElementsAre("message m1 from me", "delivered m1"));
}

TEST(Carrying, AMessageToOneselfArrivesOnce) {
  TestWorld world;
  TestDevice first(world, world.Link(kAnn)), second(world, world.Link(kAnn));
  first.SendText("note", kAnn, "milk");
  world.Run();
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("milk"));
  EXPECT_THAT(first.heard, ElementsAre("delivered note"));
  EXPECT_THAT(second.heard, ElementsAre("message note from me", "delivered note"));
}

TEST(Carrying, AnOfflinePhoneReceivesWhenItIsOnlineAgain) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn)), bob(world, world.Link(kBob));
  ASSERT_TRUE(world.network->SetOnline(kBob, false));
  ann.SendText("m1", kBob, "one");
  ann.SendText("m2", kBob, "two");
  world.Run();
  EXPECT_THAT(ann.heard, IsEmpty());
  EXPECT_THAT(world.InboxTexts(kBob), IsEmpty());
  EXPECT_THAT(bob.heard, ElementsAre("message m1", "message m2"));  // a companion needs no phone
  EXPECT_EQ(world.network->FindMessages("m1")->at(0).copies_under_way, 1u);

  ASSERT_TRUE(world.network->SetOnline(kBob, true));
  EXPECT_THAT(world.InboxTexts(kBob), IsEmpty());  // not from inside the call
  world.Run();
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("one", "two"));
  EXPECT_THAT(ann.heard, ElementsAre("delivered m1", "delivered m2"));
  EXPECT_THAT(bob.heard, ElementsAre("message m1", "message m2"));
}

TEST(Carrying, AnOfflinePhoneCannotBeUsed) {
  TestWorld world;
  ASSERT_TRUE(world.network->SetOnline(kAnn, false));
  Draft draft;
  draft.to = kBob;
  draft.content = TextOfBody("hi");
  EXPECT_EQ(world.network->SendAsPerson(kAnn, draft).error().code, base::ErrorCode::kInvalidState);
  EXPECT_EQ(world.network->ReadUpTo(kAnn, 1).error().code, base::ErrorCode::kInvalidState);
}

TEST(Carrying, ReadingGivesTheSenderAReceiptOnce) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn));
  for (const char* id : {"m1", "m2", "m3"}) ann.SendText(id, kBob, id);
  world.Run();
  ann.heard.clear();
  ASSERT_TRUE(world.network->Read(kBob, "m2", false));
  ASSERT_TRUE(world.network->Read(kBob, "m2", false));
  world.Run();
  EXPECT_THAT(ann.heard, ElementsAre("read m2"));
  EXPECT_EQ(world.network->ReadUpTo(kBob, 3).value(), 2u);
  EXPECT_EQ(world.network->ReadUpTo(kBob, 3).value(), 0u);
  world.Run();
  EXPECT_THAT(ann.heard, ElementsAre("read m2", "read m1", "read m3"));
  EXPECT_EQ(world.network->Read(kBob, "m4", false).error().code, base::ErrorCode::kNotFound);
}

TEST(Carrying, AVoiceMessageIsReadAndPlayed) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn));
  ann.Send("v1", kBob, world.Voice());
  ann.SendText("m1", kBob, "hi");
  world.Run();
  ann.heard.clear();
  ASSERT_TRUE(world.network->Read(kBob, "v1", true));
  EXPECT_EQ(world.network->Read(kBob, "m1", true).error().code, base::ErrorCode::kInvalidState);
  world.Run();
  EXPECT_THAT(ann.heard, ElementsAre("read v1", "played v1"));
  const InboxRow row = world.network->ListInbox(kBob, 0, 1)->at(0);
  EXPECT_TRUE(row.read);
  EXPECT_TRUE(row.played);
}

TEST(Carrying, ADeviceMarksAsReadForItsPerson) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn)), bob(world, world.Link(kBob));
  ann.SendText("m1", kBob, "hi");
  world.Run();
  bob.connection->MarkRead("m1", false);
  bob.connection->MarkRead("unknown", false);
  world.Run();
  EXPECT_THAT(ann.heard, ElementsAre("delivered m1", "read m1"));
  EXPECT_TRUE(world.network->ListInbox(kBob, 0, 1)->at(0).read);
}

TEST(Carrying, WhoHasNoDeviceGetsNoReceiptsButSeesTheTicks) {
  TestWorld world;
  const std::string id = world.Type(kAnn, kBob, "hi");
  world.Run();
  ASSERT_TRUE(world.network->Read(kBob, id, false));
  world.Run();
  EXPECT_TRUE(world.network->ListOutbox(kAnn, 0, 1)->at(0).progress.read);
  TestDevice late(world, world.Link(kAnn));
  world.Run();
  EXPECT_THAT(late.heard, ElementsAre("message " + id + " from me"));  // history, no receipt
  EXPECT_EQ(world.log->bytes().find(R"("record":"receipt")"), std::string::npos);
}

TEST(Carrying, JitterMakesDelaysLongerByADrawnTime) {
  NetworkOptions options;
  options.jitter = base::Duration(100);
  TestWorld world(1, options);
  TestDevice ann(world, world.Link(kAnn));
  for (int i = 0; i < 50; ++i) ann.SendText("m", kBob, "hi");
  world.Run();
  ASSERT_EQ(ann.answered_at.size(), 50u);
  EXPECT_GE(ann.answered_at.front(), 5);
  EXPECT_LE(ann.answered_at.back(), 105);
  EXPECT_GT(ann.answered_at.back() - ann.answered_at.front(), 50);
}

TEST(Carrying, ANumberThatIsNotOnTheNetworkIsRefused) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn));
  ann.SendText("m1", "15559999", "hi");
  world.Run();
  EXPECT_THAT(ann.answers, ElementsAre("refused not-on-network"));
  Draft draft;
  draft.to = "15559999";
  draft.content = TextOfBody("hi");
  EXPECT_EQ(world.network->SendAsPerson(kAnn, draft).error().code, base::ErrorCode::kNotOnNetwork);
}

TEST(Carrying, MediaMustBeStoredAndBringsItsSize) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn));
  MediaContent content;
  content.kind = MessageKind::kDocument;
  content.media.mime_type = "application/pdf";
  content.media.sha256 = std::string(64, 'a');
  content.media.file_name = "bill.pdf";
  content.caption = "your bill";
  ann.Send("d1", kBob, content);
  content.media.sha256 = world.media->Store("%PDF").value();
  ann.Send("d2", kBob, content);
  world.Run();
  EXPECT_THAT(ann.answers, ElementsAre("refused media-not-found", "accepted"));
  const InboxRow row = world.network->ListInbox(kBob, 0, 1)->at(0);
  EXPECT_EQ(MediaOf(row.message.content)->size, 4);
  EXPECT_EQ(MediaOf(row.message.content)->file_name, "bill.pdf");
  EXPECT_EQ(TextOf(row.message.content), "your bill");
}

TEST(Carrying, AFailedMessageIsReportedAndDoesNotArriveAnyMore) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn));
  ann.SendText("m1", kBob, "hi");
  ASSERT_TRUE(world.network->FailMessage("m1", "470", "Too old"));
  EXPECT_EQ(world.network->FailMessage("m1", "470", "").error().code,
            base::ErrorCode::kInvalidState);
  EXPECT_EQ(world.network->FailMessage("m9", "", "").error().code, base::ErrorCode::kNotFound);
  world.Run();
  EXPECT_THAT(ann.heard, ElementsAre("failed m1 470"));
  EXPECT_THAT(world.InboxTexts(kBob), IsEmpty());
  EXPECT_TRUE(world.network->FindMessages("m1")->at(0).progress.failed);
}

TEST(Carrying, DelaysCanBeZeroAndStillNothingHappensInsideACall) {
  NetworkOptions options;
  options.ack_delay = options.delivery_delay = options.receipt_delay = base::Duration(0);
  TestWorld world(1, options);
  TestDevice ann(world, world.Link(kAnn));
  ann.SendText("m1", kBob, "hi");
  EXPECT_THAT(ann.answers, IsEmpty());
  EXPECT_THAT(world.InboxTexts(kBob), IsEmpty());
  world.scheduler.RunReady();
  EXPECT_EQ(world.MsSinceStart(), 0);
  EXPECT_THAT(ann.answers, ElementsAre("accepted"));
  EXPECT_THAT(ann.heard, ElementsAre("delivered m1"));
}

}  // namespace
}  // namespace parley::sim::network
