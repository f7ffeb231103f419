#include "sim/network/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Le;

TEST(Queue, KeepsItemsUntilTheDeviceAcknowledgesThem) {
  TestWorld world;
  const std::string bob = world.Link(kBob);
  const std::string a = world.Type(kAnn, kBob, "a"), b = world.Type(kAnn, kBob, "b");
  const std::string c = world.Type(kAnn, kBob, "c");
  world.Run();
  EXPECT_EQ(world.network->FindDevice(bob)->queued, 3);
  {
    TestDevice device(world, bob, false);
    world.Run();
    EXPECT_THAT(device.heard, ElementsAre("message " + a, "message " + b, "message " + c));
    EXPECT_EQ(device.items[0].seq, 1u);
    EXPECT_EQ(device.items[2].seq, 3u);
    device.connection->Acknowledge(2);
  }
  TestDevice again(world, bob, false);
  world.Run();
  EXPECT_THAT(again.heard, ElementsAre("message " + c));
  EXPECT_EQ(again.items[0].seq, 3u);
  EXPECT_EQ(world.network->FindDevice(bob)->queued, 1);
}

TEST(Queue, GivesABoundedNumberBeforeSomeAreAcknowledged) {
  TestWorld world;
  const std::string bob = world.Link(kBob);
  for (int i = 0; i < 600; ++i) world.Type(kAnn, kBob, std::to_string(i));
  world.Run();
  TestDevice device(world, bob, false);
  world.Run();
  EXPECT_EQ(device.items.size(), 256u);
  device.connection->Acknowledge(10);
  world.Run();
  EXPECT_EQ(device.items.size(), 266u);
  device.connection->Acknowledge(266);
  world.Run();
  EXPECT_EQ(device.items.size(), 522u);
  device.connection->Acknowledge(522);
  world.Run();
  ASSERT_EQ(device.items.size(), 600u);
  EXPECT_THAT(device.batches, Each(Le(256u)));
  for (std::size_t i = 0; i < 600; ++i) {
    EXPECT_EQ(device.items[i].seq, i + 1);
    EXPECT_EQ(TextOf(std::get<IncomingMessage>(device.items[i].content).message.content),
              std::to_string(i));
  }
}

TEST(Queue, AnAcknowledgementOfWhatWasNotGivenCountsForWhatWas) {
  TestWorld world;
  const std::string bob = world.Link(kBob);
  world.Type(kAnn, kBob, "a");
  world.Run();
  TestDevice device(world, bob, false);
  world.Run();
  device.connection->Acknowledge(99);
  world.Type(kAnn, kBob, "b");
  world.Run();
  EXPECT_EQ(device.items.size(), 2u);
  EXPECT_EQ(world.network->FindDevice(bob)->queued, 1);
}

TEST(Queue, AcknowledgementsOfOneTurnAreOneRecord) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn), false), bob(world, world.Link(kBob), false);
  for (int i = 0; i < 3; ++i) world.Type(kAnn, kBob, "x");
  world.Run();
  const std::size_t before = world.log->bytes().size();
  for (std::uint64_t seq = 1; seq <= 3; ++seq) {
    ann.connection->Acknowledge(seq);
    bob.connection->Acknowledge(seq);
  }
  world.Run();
  const std::string written = world.log->bytes().substr(before);
  EXPECT_NE(written.find(R"({"record":"acknowledged","devices":[{"id":"15550001:1","up_to":3},)"
                         R"({"id":"15550002:1","up_to":3}]})"),
            std::string::npos);
  EXPECT_EQ(written.find("acknowledged"), written.rfind("acknowledged"));
}

TEST(Connection, ASecondOneReplacesTheFirst) {
  TestWorld world;
  const std::string id = world.Link(kAnn);
  TestDevice first(world, id), second(world, id);
  world.Run();
  EXPECT_EQ(first.closed, CloseReason::kReplaced);
  EXPECT_FALSE(second.closed);
  first.SendText("m1", kBob, "from the grave");
  second.SendText("m2", kBob, "hi");
  world.Run();
  EXPECT_THAT(first.answers, IsEmpty());
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("hi"));
}

TEST(Connection, UnlinkingLogsTheDeviceOutForGood) {
  TestWorld world;
  const std::string id = world.Link(kAnn);
  TestDevice device(world, id);
  EXPECT_EQ(world.network->Unlink(kBob, id).error().code, base::ErrorCode::kNotFound);
  ASSERT_TRUE(world.network->Unlink(kAnn, id));
  EXPECT_FALSE(device.closed);  // not from inside the call
  world.Run();
  EXPECT_EQ(device.closed, CloseReason::kLoggedOut);
  EXPECT_EQ(world.network->Connect(id, device).error().code, base::ErrorCode::kGone);
  EXPECT_THAT(world.network->ListDevices(kAnn).value(), IsEmpty());
  EXPECT_EQ(world.Link(kAnn), "15550001:2");  // the id is not used again
}

TEST(Connection, CanBeCut) {
  TestWorld world;
  const std::string id = world.Link(kAnn);
  TestDevice device(world, id);
  EXPECT_TRUE(world.network->FindDevice(id)->connected);
  ASSERT_TRUE(world.network->CutConnection(id));
  EXPECT_FALSE(world.network->FindDevice(id)->connected);
  world.Run();
  EXPECT_EQ(device.closed, CloseReason::kConnectionLost);
  TestDevice again(world, id);
  EXPECT_TRUE(world.network->FindDevice(id)->connected);
  EXPECT_EQ(world.network->CutConnection("nobody:1").error().code, base::ErrorCode::kNotFound);
}

TEST(Connection, MayBeDestroyedWithCallbacksPendingAndInsideACallback) {
  TestWorld world;
  const std::string ann = world.Link(kAnn), bob = world.Link(kBob);
  auto device = std::make_unique<TestDevice>(world, ann);
  device->SendText("m1", kBob, "hi");
  ASSERT_TRUE(world.network->CutConnection(ann));
  device.reset();  // with an answer and OnClosed under way
  world.Run();

  struct Leaver final : DeviceListener {
    void OnItems(std::span<const Item>) override { connection.reset(); }
    void OnClosed(CloseReason) override { FAIL() << "called after the connection was destroyed"; }
    std::unique_ptr<Connection> connection;
  } leaver;
  leaver.connection = std::move(*world.network->Connect(bob, leaver));
  world.Run();
  EXPECT_EQ(leaver.connection, nullptr);
  EXPECT_FALSE(world.network->FindDevice(bob)->connected);
}

TEST(Connection, MayOutliveTheNetwork) {
  TestWorld world;
  TestDevice device(world, world.Link(kAnn));
  device.SendText("m1", kBob, "hi");
  world.network.reset();
  device.SendText("m2", kBob, "hi");
  device.connection->Acknowledge(1);
  device.connection->MarkRead("m1", false);
  world.Run();
  EXPECT_THAT(device.answers, IsEmpty());
}

TEST(Sending, WhatIsNotAMessageIsRefused) {
  TestWorld world;
  TestDevice ann(world, world.Link(kAnn));
  ann.SendText("", kBob, "no id");
  ann.SendText(std::string(kMaxMessageId + 1, 'x'), kBob, "long id");
  ann.SendText("m1", kBob, "");
  ann.SendText("m2", kBob, "\xC0\xAF");
  ann.SendText("m3", kBob, std::string(4 * kMaxText + 1, 'x'));
  world.Run();
  EXPECT_THAT(ann.answers, Each("refused invalid-message"));
  EXPECT_EQ(ann.answers.size(), 5u);
}

TEST(Sending, OneConnectionMayHaveSoManyUnansweredMessages) {
  NetworkOptions options;
  options.max_unanswered = 2;
  TestWorld world(1, options);
  TestDevice ann(world, world.Link(kAnn));
  for (const char* id : {"m1", "m2", "m3"}) ann.SendText(id, kBob, id);
  world.Run();
  EXPECT_THAT(ann.answers, ElementsAre("accepted", "accepted", "refused overloaded, retryable"));
  ann.SendText("m4", kBob, "m4");
  world.Run();
  EXPECT_EQ(ann.answers.back(), "accepted");
}

TEST(Sending, ABusinessMayWriteWithin24HoursAfterTheOtherSide) {
  TestWorld world;
  TestDevice shop(world, world.Link(kAnn, Profile::kBusiness));
  shop.SendText("m1", kBob, "buy!");
  world.Run();
  EXPECT_THAT(shop.answers, ElementsAre("refused 131047"));
  world.Type(kBob, kAnn, "do you have shoes?");
  world.Run();
  shop.SendText("m2", kBob, "yes");
  world.Run(std::chrono::hours(24) - std::chrono::seconds(11));
  shop.SendText("m3", kBob, "still there?");
  world.Run();
  shop.SendText("m4", kBob, "hello?");
  world.Run();
  EXPECT_THAT(shop.answers,
              ElementsAre("refused 131047", "accepted", "accepted", "refused 131047"));
  // Another person's message opens nothing.
  shop.SendText("m5", kCat, "buy!");
  world.Run();
  EXPECT_EQ(shop.answers.back(), "refused 131047");
}

TEST(Sending, ABusinessNumberHasNoPhoneThatShowsIt) {
  TestWorld world;
  TestDevice shop(world, world.Link(kAnn, Profile::kBusiness));
  world.Type(kBob, kAnn, "hi");
  world.Run();
  shop.SendText("m1", kBob, "hello");
  world.Run();
  EXPECT_THAT(world.network->ListOutbox(kAnn, 0, 10).value(), IsEmpty());
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("hello"));
}

}  // namespace
}  // namespace parley::sim::network
