#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/ledger.h"
#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

NoticeRecord Created(std::vector<std::string> to) {
  GroupChanged created;
  created.group.id = "120363000000000001";
  created.group.subject = "Friends";
  created.group.owner = created.by = kAnn;
  created.group.participants.push_back(GroupParticipant{kAnn, GroupRole::kSuperadmin, kTestStart});
  created.changed = {GroupAspect::kCreated};
  NoticeRecord record;
  record.at = kTestStart;
  record.notice = created;
  record.to = std::move(to);
  return record;
}

// Writes the record as the network would, which is not running meanwhile.
base::Result<void> Write(TestWorld& world, NoticeRecord record) {
  world.network.reset();
  Ledger ledger(*world.log);
  auto written = ledger.Open();
  if (written) written = ledger.Commit(std::move(record));
  world.Open();
  return written;
}

TEST(Notices, GoToTheDevicesOfThePeopleNamed) {
  TestWorld world;
  const std::string ann = world.Link(kAnn), second = world.Link(kAnn), bob = world.Link(kBob);
  const std::string cat = world.Link(kCat);
  NoticeRecord record = Created({kAnn, kBob});
  record.except = second;
  ASSERT_TRUE(Write(world, record));
  TestDevice ann_hears(world, ann), second_hears(world, second), bob_hears(world, bob),
      cat_hears(world, cat);
  world.Run();
  EXPECT_THAT(ann_hears.heard, ElementsAre("notice group"));
  EXPECT_THAT(bob_hears.heard, ElementsAre("notice group"));
  EXPECT_THAT(second_hears.heard, IsEmpty());
  EXPECT_THAT(cat_hears.heard, IsEmpty());
  const Notice& notice = std::get<Notice>(bob_hears.items.at(0).content);
  EXPECT_EQ(notice.at, kTestStart);
  const auto& changed = std::get<GroupChanged>(notice.content);
  EXPECT_EQ(changed.group, std::get<GroupChanged>(record.notice).group);
  EXPECT_EQ(changed.by, kAnn);
  EXPECT_THAT(changed.changed, ElementsAre(GroupAspect::kCreated));
}

TEST(Notices, ComeAgainUntilTheyAreAcknowledged) {
  TestWorld world;
  const std::string ann = world.Link(kAnn);
  ASSERT_TRUE(Write(world, Created({kAnn})));
  {
    TestDevice device(world, ann, false);
    world.Run();
    EXPECT_THAT(device.heard, ElementsAre("notice group"));
  }
  world.Kill();
  {
    TestDevice device(world, ann);
    world.Run();
    EXPECT_THAT(device.heard, ElementsAre("notice group"));
  }
  world.Kill();
  TestDevice device(world, ann);
  world.Run();
  EXPECT_THAT(device.heard, IsEmpty());
}

TEST(Notices, ThatDoNotFitAreRefused) {
  TestWorld world;
  EXPECT_FALSE(Write(world, Created({"15559999"})));
  NoticeRecord record = Created({kAnn});
  record.except = "15550001:9";
  EXPECT_FALSE(Write(world, record));
  record = Created({});
  std::get<GroupChanged>(record.notice).changed = {GroupAspect::kSubject};
  EXPECT_FALSE(Write(world, record));  // of a group that nobody created
  GroupParticipantsChanged left;
  left.group = "120363000000000001";
  left.action = ParticipantAction::kLeave;
  left.participants = {kAnn};
  record.notice = left;
  EXPECT_FALSE(Write(world, record));
  EXPECT_TRUE(Write(world, Created({kAnn})));
  EXPECT_TRUE(Write(world, record));
  EXPECT_FALSE(Write(world, record));  // who left is not there any more
}

}  // namespace
}  // namespace parley::sim::network
