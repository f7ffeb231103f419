// What one person sends to many at once: by a list, and in the status.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Bob and Ann have each other in the address book; Cat has nobody, and Bob has her.
class BroadcastsTest : public testing::Test {
 protected:
  BroadcastsTest() {
    EXPECT_TRUE(world.network->SaveContact({kAnn, ""}, kBob, "Bob"));
    EXPECT_TRUE(world.network->SaveContact({kBob, ""}, kAnn, "Ann"));
    EXPECT_TRUE(world.network->SaveContact({kBob, ""}, kCat, "Cat"));
  }

  base::Result<Typed> Broadcast(std::vector<std::string> to, Content content) {
    Draft draft;
    draft.content = std::move(content);
    return world.network->SendBroadcast(kBob, std::move(to), std::move(draft));
  }
  base::Result<Typed> Post(Content content) {
    Draft draft;
    draft.to = kStatusAddress;
    draft.content = std::move(content);
    return world.network->SendAsPerson(kBob, std::move(draft));
  }
  std::vector<InboxRow> InboxOf(const char* number) {
    return world.network->ListInbox(number, 0, kMaxPage).value();
  }

  TestWorld world;
};

TEST_F(BroadcastsTest, AListReachesWhoKnowsTheSender) {
  const std::string device = world.Link(kAnn);
  TestDevice anns(world, device);
  const auto sent = Broadcast({kAnn, kCat, kAnn}, TextOfBody("to all"));
  ASSERT_TRUE(sent);
  world.Run();
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("to all"));
  EXPECT_THAT(world.InboxTexts(kCat), IsEmpty());
  const Message received = InboxOf(kAnn).front().message;
  EXPECT_EQ(received.id, sent->id);
  EXPECT_EQ(received.to, kAnn) << "it is in the chat of the two";
  EXPECT_TRUE(received.broadcast.ends_with("@broadcast"));
  EXPECT_NE(received.broadcast, kStatusAddress);
  ASSERT_THAT(anns.heard, ElementsAre("message " + sent->id));
  EXPECT_EQ(std::get<IncomingMessage>(anns.items[0].content).message.broadcast, received.broadcast);
  EXPECT_EQ(world.network->FindMessages(sent->id)->size(), 2u) << "one a recipient";
}

TEST_F(BroadcastsTest, AnAnswerGoesToTheSenderAlone) {
  const auto sent = Broadcast({kAnn, kCat}, TextOfBody("to all"));
  world.Run();
  Draft draft;
  draft.to = kBob;
  draft.content = ReactionContent{sent->id, "👍"};
  ASSERT_TRUE(world.network->SendAsPerson(kAnn, draft));
  world.Run();
  EXPECT_EQ(InboxOf(kBob).size(), 1u);
  EXPECT_THAT(InboxOf(kBob).front().message.broadcast, IsEmpty());
}

TEST_F(BroadcastsTest, FaultsOfAListAreReported) {
  EXPECT_EQ(Broadcast({}, TextOfBody("x")).error().faults.front().path, "to");
  std::vector<std::string> many;
  for (std::size_t i = 0; i <= kMaxBroadcast; ++i) many.push_back(std::to_string(15560000 + i));
  EXPECT_EQ(Broadcast(many, TextOfBody("x")).error().faults.front().path, "to");
  EXPECT_EQ(Broadcast({kAnn, "15559999"}, TextOfBody("x")).error().code,
            base::ErrorCode::kNotOnNetwork);
  EXPECT_EQ(Broadcast({kAnn}, PollContent{"q", {"a", "b"}}).error().code,
            base::ErrorCode::kInvalidState);
  world.Run();
  EXPECT_THAT(world.InboxTexts(kAnn), IsEmpty()) << "nothing of what was refused is sent";
}

TEST_F(BroadcastsTest, AStatusIsSeenByWhoKnowEachOther) {
  ASSERT_TRUE(Post(TextOfBody("On holiday")));
  world.Run();
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("On holiday"));
  EXPECT_EQ(InboxOf(kAnn).front().message.to, kStatusAddress);
  EXPECT_EQ(InboxOf(kAnn).front().message.from, kBob);
  EXPECT_THAT(world.InboxTexts(kCat), IsEmpty()) << "Cat has not got Bob in her book";
  EXPECT_THAT(*world.network->ListChats(kAnn), IsEmpty()) << "it is in no chat";
  EXPECT_THAT(*world.network->ListChats(kBob), IsEmpty());
  ASSERT_TRUE(world.network->SetBlocked({kAnn, ""}, kBob, true));
  ASSERT_TRUE(Post(TextOfBody("Still there")));
  world.Run();
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("On holiday"));
}

TEST_F(BroadcastsTest, NobodyHearsWhoHasSeenAStatus) {
  TestDevice bobs(world, world.Link(kBob));
  const auto posted = Post(TextOfBody("On holiday"));
  world.Run();
  ASSERT_TRUE(world.network->Read(kAnn, posted->id, false));
  world.Run();
  EXPECT_THAT(bobs.heard, ElementsAre("message " + posted->id + " from me"));
}

TEST_F(BroadcastsTest, OnlyWhatIsShownFitsIntoAStatus) {
  for (Content content : {Content(LocationContent{}), Content(PollContent{"q", {"a", "b"}}),
                          Content(ReactionContent{"id", "👍"})})
    EXPECT_EQ(Post(std::move(content)).error().code, base::ErrorCode::kInvalidState);
}

TEST_F(BroadcastsTest, SurviveACrash) {
  const auto sent = Broadcast({kAnn}, TextOfBody("to all"));
  ASSERT_TRUE(Post(TextOfBody("On holiday")));
  world.Kill();
  world.Run();
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("to all", "On holiday"));
  EXPECT_THAT(InboxOf(kAnn)[0].message.broadcast, testing::EndsWith("@broadcast"));
  EXPECT_EQ(InboxOf(kAnn)[1].message.to, kStatusAddress);
}

}  // namespace
}  // namespace parley::sim::network
