#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr char kDan[] = "15550004";

// A group of Ann, who made it, and Bob; Cat and Dan are outside.
class GroupsTest : public testing::Test {
 protected:
  GroupsTest() {
    world.Add(kDan);
    GroupDraft draft;
    draft.subject = "Friends";
    draft.participants = {kBob};
    auto created = groups().Create(kAnn, draft);
    EXPECT_TRUE(created);
    if (created) id = created->group.id;
  }

  Groups& groups() { return world.network->groups(); }
  Group Now() { return groups().Find(id).value().group; }
  GroupRole RoleOf(const char* number) { return Now().Find(number)->role; }
  std::vector<int> Do(const char* by, ParticipantAction action, std::vector<std::string> numbers) {
    std::vector<int> statuses;
    const auto results = groups().ChangeParticipants(by, id, action, std::move(numbers));
    EXPECT_TRUE(results) << results.error().public_text();
    if (!results) return statuses;
    for (const ParticipantResult& result : *results)
      statuses.push_back(static_cast<int>(result.status));
    return statuses;
  }
  base::ErrorCode ErrorOf(const char* by, ParticipantAction action, const char* number) {
    const auto results = groups().ChangeParticipants(by, id, action, {number});
    return results ? base::ErrorCode::kInternal : results.error().code;
  }
  std::vector<std::string> Numbers() {
    std::vector<std::string> numbers;
    for (const GroupParticipant& participant : Now().participants)
      numbers.push_back(participant.number);
    return numbers;
  }
  void Allow(const char* number, GroupAdd who) {
    PersonChange change;
    change.group_add = who;
    ASSERT_TRUE(world.network->UpdatePerson(number, change));
  }

  TestWorld world;
  std::string id;
};

TEST_F(GroupsTest, AreCreatedWithTheirCreatorAsSuperadmin) {
  const Group group = Now();
  EXPECT_EQ(group.subject, "Friends");
  EXPECT_EQ(group.owner, kAnn);
  EXPECT_EQ(group.created_at, kTestStart);
  EXPECT_TRUE(group.id.starts_with("120363"));
  EXPECT_EQ(group.id.size(), 18u);
  EXPECT_EQ(RoleOf(kAnn), GroupRole::kSuperadmin);
  EXPECT_EQ(RoleOf(kBob), GroupRole::kMember);
}

TEST_F(GroupsTest, CreatingSaysWhatBecameOfEachParticipant) {
  Allow(kCat, GroupAdd::kNobody);
  GroupDraft draft;
  draft.subject = "More";
  draft.participants = {kBob, kCat, "15559999", kBob, kAnn};
  const auto created = groups().Create(kAnn, draft).value();
  EXPECT_THAT(created.results,
              ElementsAre(ParticipantResult{kBob, ParticipantStatus::kDone},
                          ParticipantResult{kCat, ParticipantStatus::kNotAllowed},
                          ParticipantResult{"15559999", ParticipantStatus::kNotFound},
                          ParticipantResult{kBob, ParticipantStatus::kAlreadyThere},
                          ParticipantResult{kAnn, ParticipantStatus::kAlreadyThere}));
  EXPECT_EQ(created.group.participants.size(), 2u);
  EXPECT_EQ(groups().Create("15559999", draft).error().code, base::ErrorCode::kNotFound);
}

TEST_F(GroupsTest, FaultsOfADraftAreAllReported) {
  GroupDraft draft;
  draft.subject = std::string(kMaxSubject + 1, 'x');
  draft.description = std::string(kMaxGroupDescription + 1, 'x');
  draft.picture = "none";
  std::vector<std::string> paths;
  for (const base::FieldFault& fault : groups().Create(kAnn, draft).error().faults)
    paths.push_back(fault.path);
  EXPECT_THAT(paths, ElementsAre("subject", "description", "picture"));
  draft.subject = draft.description = "x";
  draft.picture = std::string(64, 'a');
  EXPECT_EQ(groups().Create(kAnn, draft).error().faults.at(0).path, "picture");
  draft.picture = "";
  draft.subject = "";
  EXPECT_FALSE(groups().Create(kAnn, draft));
}

TEST_F(GroupsTest, AreSeenByTheirMembersAlone) {
  EXPECT_EQ(groups().Get(kBob, id)->subject, "Friends");
  EXPECT_EQ(groups().Get(kCat, id).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(groups().Get(kAnn, "120363000000000000").error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(groups().List(kBob, "", 10)->size(), 1u);
  EXPECT_EQ(groups().List(kBob, id, 10)->size(), 0u);
  EXPECT_EQ(groups().List(kCat, "", 10)->size(), 0u);
  EXPECT_EQ(groups().ListAll("", 10).size(), 1u);
  // The invite code is for admins.
  EXPECT_EQ(groups().Get(kAnn, id)->invite_code, Now().invite_code);
  EXPECT_EQ(groups().Get(kBob, id)->invite_code, "");
  EXPECT_EQ(groups().List(kBob, "", 10)->at(0).invite_code, "");
}

TEST_F(GroupsTest, AddingAnswersForEachPerson) {
  Allow(kDan, GroupAdd::kNobody);
  EXPECT_THAT(Do(kAnn, ParticipantAction::kAdd, {kCat, kDan, "15559999", kBob}),
              ElementsAre(200, 403, 404, 409));
  EXPECT_THAT(Numbers(), ElementsAre(kAnn, kBob, kCat));
  EXPECT_EQ(Now().Find(kCat)->role, GroupRole::kMember);
}

TEST_F(GroupsTest, WhoMayAddIsASetting) {
  EXPECT_THAT(Do(kBob, ParticipantAction::kAdd, {kCat}), ElementsAre(200));
  GroupUpdate update;
  update.member_add_mode = MemberAddMode::kAdmin;
  ASSERT_TRUE(groups().Change(kAnn, id, update));
  EXPECT_EQ(ErrorOf(kBob, ParticipantAction::kAdd, kDan), base::ErrorCode::kForbidden);
  EXPECT_EQ(ErrorOf(kDan, ParticipantAction::kAdd, kDan), base::ErrorCode::kNotFound);
  EXPECT_THAT(Do(kAnn, ParticipantAction::kAdd, {kDan}), ElementsAre(200));
}

TEST_F(GroupsTest, OnlyAdminsRemovePromoteAndDemote) {
  Do(kAnn, ParticipantAction::kAdd, {kCat});
  EXPECT_EQ(ErrorOf(kBob, ParticipantAction::kRemove, kCat), base::ErrorCode::kForbidden);
  EXPECT_EQ(ErrorOf(kBob, ParticipantAction::kPromote, kBob), base::ErrorCode::kForbidden);
  EXPECT_THAT(Do(kAnn, ParticipantAction::kPromote, {kBob, kDan, kBob}),
              ElementsAre(200, 404, 200));
  EXPECT_EQ(RoleOf(kBob), GroupRole::kAdmin);
  EXPECT_THAT(Do(kBob, ParticipantAction::kRemove, {kCat, kAnn, kDan}), ElementsAre(200, 403, 404));
  EXPECT_THAT(Numbers(), ElementsAre(kAnn, kBob));
  EXPECT_THAT(Do(kBob, ParticipantAction::kDemote, {kAnn, kBob}), ElementsAre(403, 200));
  EXPECT_EQ(RoleOf(kAnn), GroupRole::kSuperadmin);
  EXPECT_EQ(RoleOf(kBob), GroupRole::kMember);
  EXPECT_EQ(ErrorOf(kAnn, ParticipantAction::kJoin, kCat), base::ErrorCode::kInvalidFields);
}

TEST_F(GroupsTest, ASuperadminWhoLeavesPassesTheRoleOn) {
  Do(kAnn, ParticipantAction::kAdd, {kCat});
  Do(kAnn, ParticipantAction::kPromote, {kCat});
  ASSERT_TRUE(groups().Leave(kAnn, id));
  EXPECT_EQ(RoleOf(kCat), GroupRole::kSuperadmin);  // the admin, though Bob joined before
  EXPECT_EQ(Now().owner, kAnn);
  EXPECT_EQ(groups().Leave(kAnn, id).error().code, base::ErrorCode::kNotFound);
  ASSERT_TRUE(groups().Leave(kCat, id));
  EXPECT_EQ(RoleOf(kBob), GroupRole::kSuperadmin);
  ASSERT_TRUE(groups().Leave(kBob, id));
  EXPECT_THAT(Numbers(), IsEmpty());
}

TEST_F(GroupsTest, SettingsAreForAdminsAndInfoForAllUnlessRestricted) {
  GroupUpdate subject, announce;
  subject.subject = "Best friends";
  announce.announce = true;
  EXPECT_EQ(groups().Change(kBob, id, subject)->subject, "Best friends");
  EXPECT_EQ(groups().Change(kBob, id, announce).error().code, base::ErrorCode::kForbidden);
  EXPECT_TRUE(groups().Change(kAnn, id, announce)->announce);
  GroupUpdate restricted;
  restricted.restricted = true;
  ASSERT_TRUE(groups().Change(kAnn, id, restricted));
  subject.subject = "Worst friends";
  EXPECT_EQ(groups().Change(kBob, id, subject).error().code, base::ErrorCode::kForbidden);
  EXPECT_EQ(Now().subject, "Best friends");
  subject.subject = "";
  EXPECT_EQ(groups().Change(kAnn, id, subject).error().code, base::ErrorCode::kInvalidFields);
}

TEST_F(GroupsTest, AreFullAt1024) {
  std::vector<std::string> numbers;
  for (int i = 0; i < 1023; ++i) numbers.push_back(std::to_string(16'660'000 + i));
  for (const std::string& number : numbers) world.Add(number);
  std::vector<int> statuses = Do(kAnn, ParticipantAction::kAdd, numbers);
  EXPECT_EQ(statuses.at(1021), 200);
  EXPECT_EQ(statuses.at(1022), 419);
  EXPECT_EQ(Now().participants.size(), kMaxParticipants);
  EXPECT_EQ(groups().Join(kCat, Now().invite_code).error().code, base::ErrorCode::kInvalidState);
  numbers.push_back(kCat);
  numbers.push_back(kDan);
  const auto added = groups().ChangeParticipants(kAnn, id, ParticipantAction::kAdd, numbers);
  EXPECT_EQ(added.error().code, base::ErrorCode::kInvalidFields);
  world.Kill();
  EXPECT_EQ(Now().participants.size(), kMaxParticipants);
}

TEST_F(GroupsTest, AreJoinedByInviteCode) {
  const std::string code = groups().InviteCode(kAnn, id).value();
  EXPECT_EQ(code.size(), 22u);
  EXPECT_EQ(groups().InviteCode(kBob, id).error().code, base::ErrorCode::kForbidden);
  EXPECT_EQ(groups().FindByInvite(code)->subject, "Friends");
  EXPECT_EQ(groups().FindByInvite(code)->invite_code, "");
  EXPECT_FALSE(groups().Join(kCat, code)->pending);
  EXPECT_EQ(groups().Join(kCat, code).error().code, base::ErrorCode::kAlreadyExists);
  EXPECT_THAT(Numbers(), ElementsAre(kAnn, kBob, kCat));

  const std::string fresh = groups().RevokeInvite(kAnn, id).value();
  EXPECT_NE(fresh, code);
  EXPECT_EQ(groups().Join(kDan, code).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(groups().FindByInvite(code).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(groups().RevokeInvite(kBob, id).error().code, base::ErrorCode::kForbidden);
  world.Kill();
  EXPECT_EQ(groups().Join(kDan, fresh)->group, id);
}

TEST_F(GroupsTest, WithApprovalAnAdminLetsPeopleIn) {
  GroupUpdate update;
  update.join_approval = true;
  ASSERT_TRUE(groups().Change(kAnn, id, update));
  const std::string code = Now().invite_code;
  EXPECT_TRUE(groups().Join(kCat, code)->pending);
  EXPECT_TRUE(groups().Join(kDan, code)->pending);
  EXPECT_TRUE(groups().Join(kDan, code)->pending);  // once more changes nothing
  EXPECT_THAT(Numbers(), ElementsAre(kAnn, kBob));
  EXPECT_EQ(groups().ListRequests(kBob, id).error().code, base::ErrorCode::kForbidden);
  world.Kill();
  const auto requests = groups().ListRequests(kAnn, id).value();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[1].number, kDan);
  EXPECT_THAT(groups().AnswerRequests(kAnn, id, true, {kCat, kBob}).value(),
              ElementsAre(ParticipantResult{kCat, ParticipantStatus::kDone},
                          ParticipantResult{kBob, ParticipantStatus::kNotFound}));
  EXPECT_THAT(groups().AnswerRequests(kAnn, id, false, {kDan}).value(),
              ElementsAre(ParticipantResult{kDan, ParticipantStatus::kDone}));
  EXPECT_THAT(Numbers(), ElementsAre(kAnn, kBob, kCat));
  EXPECT_THAT(groups().ListRequests(kAnn, id).value(), IsEmpty());
  EXPECT_TRUE(groups().Join(kDan, code)->pending);
  Do(kAnn, ParticipantAction::kAdd, {kDan});  // answers the request, too
  EXPECT_THAT(groups().ListRequests(kAnn, id).value(), IsEmpty());
}

TEST_F(GroupsTest, AreMutedByEachPersonAndForATime) {
  const std::string ann = world.Link(kAnn), bob = world.Link(kBob);
  TestDevice ann_hears(world, ann), bob_hears(world, bob);
  const base::Time until = kTestStart + std::chrono::hours(8);
  ASSERT_TRUE(groups().Mute(kBob, id, until));
  EXPECT_EQ(groups().MutedUntil(kBob, id).value(), until);
  EXPECT_EQ(groups().MutedUntil(kAnn, id).value(), std::nullopt);
  EXPECT_EQ(groups().Mute(kCat, id, until).error().code, base::ErrorCode::kNotFound);
  world.Run();
  EXPECT_THAT(ann_hears.heard, IsEmpty());
  EXPECT_THAT(bob_hears.heard, ElementsAre("notice group_muted"));
  world.Run(std::chrono::hours(9));
  EXPECT_EQ(groups().MutedUntil(kBob, id).value(), std::nullopt);
  ASSERT_TRUE(groups().Mute(kBob, id, base::FromUnixMs(INT64_MAX)));
  EXPECT_TRUE(groups().MutedUntil(kBob, id).value());
  ASSERT_TRUE(groups().Mute(kBob, id, std::nullopt));
  EXPECT_EQ(groups().MutedUntil(kBob, id).value(), std::nullopt);
}

TEST_F(GroupsTest, EverybodyInTheGroupHearsOfChangesAndWhoWasRemoved) {
  const std::string ann = world.Link(kAnn), bob = world.Link(kBob), cat = world.Link(kCat);
  TestDevice ann_hears(world, ann), bob_hears(world, bob), cat_hears(world, cat);
  GroupUpdate update;
  update.subject = "Enemies";
  update.announce = true;
  update.description = "";  // as before
  ASSERT_TRUE(groups().Change(kAnn, id, update));
  Do(kAnn, ParticipantAction::kAdd, {kCat});
  Do(kAnn, ParticipantAction::kRemove, {kBob});
  ASSERT_TRUE(groups().Change(kAnn, id, update));  // nothing is different
  world.Run();
  EXPECT_THAT(bob_hears.heard, ElementsAre("notice group", "notice group_participants",
                                           "notice group_participants"));
  EXPECT_THAT(ann_hears.heard, testing::SizeIs(3));
  EXPECT_THAT(cat_hears.heard, testing::SizeIs(2));

  const auto& changed =
      std::get<GroupChanged>(std::get<Notice>(bob_hears.items.at(0).content).content);
  EXPECT_THAT(changed.changed, ElementsAre(GroupAspect::kSubject, GroupAspect::kAnnounce));
  EXPECT_EQ(changed.by, kAnn);
  EXPECT_EQ(changed.group.subject, "Enemies");
  EXPECT_EQ(changed.group.invite_code, "");  // Bob is no admin
  const auto& seen_by_ann =
      std::get<GroupChanged>(std::get<Notice>(ann_hears.items.at(0).content).content);
  EXPECT_EQ(seen_by_ann.group.invite_code, Now().invite_code);
  const auto& removed =
      std::get<GroupParticipantsChanged>(std::get<Notice>(bob_hears.items.at(2).content).content);
  EXPECT_EQ(removed.action, ParticipantAction::kRemove);
  EXPECT_THAT(removed.participants, ElementsAre(kBob));
  EXPECT_EQ(removed.by, kAnn);
  EXPECT_EQ(removed.group, id);
  EXPECT_EQ(removed.subject, "Enemies");
}

TEST_F(GroupsTest, AreAsTheyWereAfterARestart) {
  GroupUpdate update;
  update.restricted = update.join_approval = true;
  update.picture = world.media->Store("jpeg").value();
  update.description = "All \"of\" us\n";
  ASSERT_TRUE(groups().Change(kAnn, id, update));
  Do(kAnn, ParticipantAction::kPromote, {kBob});
  const Group before = Now();
  world.Kill();
  EXPECT_EQ(Now(), before);
}

}  // namespace
}  // namespace parley::sim::network
