#include "sim/network/newsletters.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Ann's newsletter; nobody follows it yet.
class NewslettersTest : public testing::Test {
 protected:
  NewslettersTest() {
    NewsletterDraft draft;
    draft.name = "Shoes";
    draft.description = "News of shoes";
    auto created = newsletters().Create(kAnn, draft);
    EXPECT_TRUE(created);
    if (created) id = created->id;
    address = NewsletterAddress(id);
  }

  Newsletters& newsletters() { return world.network->newsletters(); }

  TestWorld world;
  std::string id, address;
};

TEST_F(NewslettersTest, AreFoundByIdAndInviteCode) {
  const NewsletterState found = newsletters().Find(id).value();
  EXPECT_EQ(found.newsletter.name, "Shoes");
  EXPECT_EQ(found.newsletter.owner, kAnn);
  EXPECT_THAT(found.followers, IsEmpty());
  EXPECT_EQ(newsletters().FindByInvite(found.newsletter.invite_code)->newsletter, found.newsletter);
  EXPECT_EQ(newsletters().Find("1").error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(newsletters().FindByInvite("1").error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(world.network->groups().FindByInvite(found.newsletter.invite_code).error().code,
            base::ErrorCode::kNotFound);
}

TEST_F(NewslettersTest, FaultsOfADraftAreReported) {
  NewsletterDraft draft;
  draft.description = std::string(kMaxNewsletterDescription + 1, 'x');
  std::vector<std::string> paths;
  for (const base::FieldFault& fault : newsletters().Create(kAnn, draft).error().faults)
    paths.push_back(fault.path);
  EXPECT_THAT(paths, ElementsAre("name", "description"));
}

TEST_F(NewslettersTest, AreFollowedAndLeft) {
  ASSERT_TRUE(newsletters().Follow(kBob, id));
  ASSERT_TRUE(newsletters().Follow(kBob, id));
  EXPECT_THAT(newsletters().Find(id)->followers, ElementsAre(kBob));
  EXPECT_EQ(newsletters().Follow(kAnn, id).error().code, base::ErrorCode::kInvalidState);
  EXPECT_EQ(newsletters().Follow(kCat, "1").error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(newsletters().List(kAnn, "", 10)->size(), 1u);
  EXPECT_EQ(newsletters().List(kBob, "", 10)->size(), 1u);
  EXPECT_EQ(newsletters().List(kCat, "", 10)->size(), 0u);
  EXPECT_EQ(newsletters().ListAll("", 10).size(), 1u);
  world.Kill();
  EXPECT_THAT(newsletters().Find(id)->followers, ElementsAre(kBob));
  ASSERT_TRUE(newsletters().Unfollow(kBob, id));
  ASSERT_TRUE(newsletters().Unfollow(kBob, id));
  EXPECT_THAT(newsletters().Find(id)->followers, IsEmpty());
}

TEST_F(NewslettersTest, PostsComeFromTheNewsletter) {
  const std::string ann = world.Link(kAnn), bob = world.Link(kBob);
  ASSERT_TRUE(newsletters().Follow(kBob, id));
  TestDevice ann_hears(world, ann), bob_hears(world, bob);
  const std::string post = world.Type(kAnn, address, "Sale!");
  world.Run();
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("Sale!"));
  EXPECT_THAT(world.InboxTexts(kCat), IsEmpty());
  EXPECT_EQ(world.network->ListInbox(kBob, 0, 1)->at(0).message.from, address);
  EXPECT_THAT(bob_hears.heard, ElementsAre("notice newsletter_follower", "message " + post));
  const auto& incoming = std::get<IncomingMessage>(bob_hears.items.at(1).content);
  EXPECT_EQ(incoming.message.from, address);
  EXPECT_EQ(incoming.message.to, address);
  // The owner sees it as an own message, and never who has it.
  EXPECT_THAT(ann_hears.heard, ElementsAre("message " + post + " from me"));
  EXPECT_EQ(world.network->Read(kBob, post, false).value(), 1u);
  world.Run();
  EXPECT_THAT(ann_hears.heard, testing::SizeIs(1));
}

TEST_F(NewslettersTest, OnlyTheirOwnerPosts) {
  ASSERT_TRUE(newsletters().Follow(kBob, id));
  Draft draft;
  draft.to = address;
  draft.content = TextOfBody("me too");
  EXPECT_EQ(world.network->SendAsPerson(kBob, draft).error().code, base::ErrorCode::kForbidden);
  draft.to = NewsletterAddress("12345");
  EXPECT_EQ(world.network->SendAsPerson(kBob, draft).error().code, base::ErrorCode::kNotFound);
  const std::string bob = world.Link(kBob);
  TestDevice device(world, bob);
  device.SendText("m1", address, "me too");
  world.Run();
  EXPECT_THAT(device.answers, ElementsAre("refused not-authorized"));
}

}  // namespace
}  // namespace parley::sim::network
