#include "sim/network/groups.h"

#include <absl/container/flat_hash_set.h>
#include <fmt/format.h>

#include <algorithm>

#include "sim/network/chat.h"
#include "sim/network/invites.h"
#include "sim/network/ledger.h"
#include "sim/network/media_shelf.h"
#include "sim/network/timeline.h"

namespace parley::sim::network {
namespace {

constexpr std::size_t kGroupsPage = 1000;

base::Error NoSuchGroup() {
  return base::Error(base::ErrorCode::kNotFound, "There is no such group, or you are not in it");
}

base::Error AdminsOnly() {
  return base::Error(base::ErrorCode::kForbidden, "Only admins of the group may do this");
}

base::Result<void> CheckPicture(const std::string& picture, const MediaShelf& media) {
  if (picture.empty() || media.Open(picture)) return {};
  return base::FieldError("picture", "Nothing with this digest is stored");
}

std::vector<std::string> NumbersOf(const Group& group) {
  std::vector<std::string> numbers;
  for (const GroupParticipant& participant : group.participants)
    numbers.push_back(participant.number);
  return numbers;
}

std::vector<std::string> AdminsOf(const Group& group) {
  std::vector<std::string> numbers;
  for (const GroupParticipant& participant : group.participants)
    if (participant.role != GroupRole::kMember) numbers.push_back(participant.number);
  return numbers;
}

// For asking of each of up to 1,024 people whether they are among as many.
using NumberSet = absl::flat_hash_set<std::string>;

void AddMissing(std::vector<std::string>& numbers, const std::vector<std::string>& more) {
  NumberSet there(numbers.begin(), numbers.end());
  for (const std::string& number : more)
    if (there.insert(number).second) numbers.push_back(number);
}

base::Result<void> CheckCount(const std::vector<std::string>& numbers) {
  if (numbers.size() <= kMaxParticipants) return {};
  return base::FieldError("participants", fmt::format("Must be at most {}", kMaxParticipants));
}

// Takes the update over, and says what is different by it.
struct Updating {
  Group& group;
  std::vector<GroupAspect> changed;

  template <class T>
  void Set(const std::optional<T>& from, T& to, GroupAspect aspect) {
    if (!from || *from == to) return;
    to = *from;
    changed.push_back(aspect);
  }
};

bool IsInfo(GroupAspect aspect) {
  return aspect == GroupAspect::kSubject || aspect == GroupAspect::kDescription ||
         aspect == GroupAspect::kPicture;
}

// What removing, promoting or demoting does to one person.
ParticipantStatus StatusOf(const Group& group, ParticipantAction action, std::string_view number) {
  const GroupParticipant* participant = group.Find(number);
  if (participant == nullptr) return ParticipantStatus::kNotFound;
  const bool is_owner = participant->role == GroupRole::kSuperadmin;
  return is_owner && action != ParticipantAction::kPromote ? ParticipantStatus::kNotAllowed
                                                           : ParticipantStatus::kDone;
}

bool ChangesNothing(const Group& group, ParticipantAction action, std::string_view number) {
  const bool is_admin = group.IsAdmin(number);
  return (action == ParticipantAction::kPromote && is_admin) ||
         (action == ParticipantAction::kDemote && !is_admin);
}

}  // namespace

Groups::Groups(Ledger& ledger, Timeline& timeline, MediaShelf& media)
    : ledger_(ledger), timeline_(timeline), media_(media) {}

base::Result<CreatedGroup> Groups::Create(std::string_view by, GroupDraft draft) {
  const State& state = ledger_.state();
  if (!state.people.Find(by))
    return base::Error(base::ErrorCode::kNotFound, "Nobody with this number is on the network");
  PARLEY_CHECK(CheckCount(draft.participants));
  CreatedGroup created;
  Group& group = created.group;
  do {
    group.id = MakeChatId(timeline_.random());
  } while (state.groups.contains(group.id));
  group.subject = std::move(draft.subject);
  group.description = std::move(draft.description);
  group.picture = std::move(draft.picture);
  group.owner = by;
  group.created_at = timeline_.Now();
  group.invite_code = MakeInviteCode(state, timeline_.random());
  group.participants.push_back(
      GroupParticipant{group.owner, GroupRole::kSuperadmin, group.created_at});
  PARLEY_CHECK(Check(group));
  PARLEY_CHECK(CheckPicture(group.picture, media_));
  std::vector<std::string> joining;
  created.results = Invite(group, draft.participants, joining);
  for (std::string& number : joining)
    group.participants.push_back(
        GroupParticipant{std::move(number), GroupRole::kMember, group.created_at});
  PARLEY_CHECK(CommitChange(by, group, {GroupAspect::kCreated}));
  return created;
}

base::Result<Group> Groups::Get(std::string_view by, std::string_view id) const {
  PARLEY_TRY(found, GroupOf(by, id));
  Group group = found->group;
  if (!group.IsAdmin(by)) group.invite_code.clear();
  return group;
}

base::Result<std::vector<Group>> Groups::List(std::string_view by, std::string_view after,
                                              std::size_t limit) const {
  const State& state = ledger_.state();
  if (!state.people.Find(by))
    return base::Error(base::ErrorCode::kNotFound, "Nobody with this number is on the network");
  std::vector<Group> groups;
  for (auto next = state.groups.upper_bound(after);
       next != state.groups.end() && groups.size() < std::min(limit, kGroupsPage); ++next) {
    if (next->second.group.Find(by) == nullptr) continue;
    Group& group = groups.emplace_back(next->second.group);
    if (!group.IsAdmin(by)) group.invite_code.clear();
  }
  return groups;
}

base::Result<GroupState> Groups::Find(std::string_view id) const {
  const auto found = ledger_.state().groups.find(id);
  if (found != ledger_.state().groups.end()) return found->second;
  return base::Error(base::ErrorCode::kNotFound, "There is no such group");
}

std::vector<Group> Groups::ListAll(std::string_view after, std::size_t limit) const {
  const State& state = ledger_.state();
  std::vector<Group> groups;
  for (auto next = state.groups.upper_bound(after);
       next != state.groups.end() && groups.size() < std::min(limit, kGroupsPage); ++next)
    groups.push_back(next->second.group);
  return groups;
}

// -------------------------------------------------------------------------------- participants

base::Result<std::vector<ParticipantResult>> Groups::ChangeParticipants(
    std::string_view by, std::string_view id, ParticipantAction action,
    std::vector<std::string> numbers) {
  if (action == ParticipantAction::kJoin || action == ParticipantAction::kLeave)
    return base::FieldError("action", "Must be add, remove, promote or demote");
  PARLEY_TRY(state, GroupOf(by, id));
  const Group& group = state->group;
  const bool is_free =
      action == ParticipantAction::kAdd && group.member_add_mode == MemberAddMode::kAll;
  if (!is_free && !group.IsAdmin(by)) return AdminsOnly();
  PARLEY_CHECK(CheckCount(numbers));
  std::vector<ParticipantResult> results;
  std::vector<std::string> concerned;
  if (action == ParticipantAction::kAdd) {
    results = Invite(group, numbers, concerned);
  } else {
    NumberSet named;
    for (const std::string& number : numbers) {
      const ParticipantStatus status = StatusOf(group, action, number);
      results.push_back(ParticipantResult{number, status});
      if (status == ParticipantStatus::kDone && !ChangesNothing(group, action, number) &&
          named.insert(number).second)
        concerned.push_back(number);
    }
  }
  if (!concerned.empty()) PARLEY_CHECK(CommitAction(by, group, action, std::move(concerned)));
  return results;
}

std::vector<ParticipantResult> Groups::Invite(const Group& group,
                                              const std::vector<std::string>& numbers,
                                              std::vector<std::string>& joining) const {
  const People& people = ledger_.state().people;
  std::vector<ParticipantResult> results;
  NumberSet in(joining.begin(), joining.end());
  for (const GroupParticipant& participant : group.participants) in.insert(participant.number);
  for (const std::string& number : numbers) {
    const std::optional<PersonRow> row = people.Find(number);
    const bool is_in = in.contains(number);
    ParticipantStatus status = ParticipantStatus::kDone;
    if (!row)
      status = ParticipantStatus::kNotFound;
    else if (is_in)
      status = ParticipantStatus::kAlreadyThere;
    else if (people.at(*row).person.group_add == GroupAdd::kNobody)
      status = ParticipantStatus::kNotAllowed;
    else if (group.participants.size() + joining.size() >= kMaxParticipants)
      status = ParticipantStatus::kFull;
    else
      joining.push_back(*in.insert(number).first);
    results.push_back(ParticipantResult{number, status});
  }
  return results;
}

base::Result<void> Groups::Leave(std::string_view by, std::string_view id) {
  PARLEY_TRY(state, GroupOf(by, id));
  return CommitAction(by, state->group, ParticipantAction::kLeave, {std::string(by)});
}

// ------------------------------------------------------------------------------------- settings

base::Result<Group> Groups::Change(std::string_view by, std::string_view id,
                                   const GroupUpdate& update) {
  PARLEY_TRY(state, GroupOf(by, id));
  Group group = state->group;
  Updating updating{group, {}};
  updating.Set(update.subject, group.subject, GroupAspect::kSubject);
  updating.Set(update.description, group.description, GroupAspect::kDescription);
  updating.Set(update.picture, group.picture, GroupAspect::kPicture);
  updating.Set(update.announce, group.announce, GroupAspect::kAnnounce);
  updating.Set(update.restricted, group.restricted, GroupAspect::kRestrict);
  updating.Set(update.join_approval, group.join_approval, GroupAspect::kJoinApproval);
  updating.Set(update.member_add_mode, group.member_add_mode, GroupAspect::kMemberAddMode);
  const bool is_admin = state->group.IsAdmin(by);
  for (const GroupAspect aspect : updating.changed)
    if (!is_admin && (state->group.restricted || !IsInfo(aspect))) return AdminsOnly();
  PARLEY_CHECK(Check(group));
  PARLEY_CHECK(CheckPicture(group.picture, media_));
  if (!updating.changed.empty()) PARLEY_CHECK(CommitChange(by, group, updating.changed));
  return Get(by, id);
}

base::Result<void> Groups::Mute(std::string_view by, std::string_view id,
                                std::optional<base::Time> until) {
  PARLEY_TRY(state, GroupOf(by, id));
  if (until && *until > base::FromUnixMs(kMaxTimeMs)) until = base::FromUnixMs(kMaxTimeMs);
  if (until && *until <= timeline_.Now()) until.reset();
  if (!until && !state->muted.contains(by)) return {};
  NoticeRecord record;
  record.at = timeline_.Now();
  record.notice = GroupMuted{state->group.id, std::string(by), until};
  record.to.emplace_back(by);
  return ledger_.Commit(std::move(record));
}

base::Result<std::optional<base::Time>> Groups::MutedUntil(std::string_view by,
                                                           std::string_view id) const {
  PARLEY_TRY(state, GroupOf(by, id));
  const auto muted = state->muted.find(by);
  if (muted == state->muted.end() || muted->second <= timeline_.Now())
    return std::optional<base::Time>();
  return std::optional<base::Time>(muted->second);
}

// -------------------------------------------------------------------------------------- invites

base::Result<std::string> Groups::InviteCode(std::string_view by, std::string_view id) const {
  PARLEY_TRY(state, GroupOfAdmin(by, id));
  return state->group.invite_code;
}

base::Result<std::string> Groups::RevokeInvite(std::string_view by, std::string_view id) {
  PARLEY_TRY(state, GroupOfAdmin(by, id));
  Group group = state->group;
  group.invite_code = MakeInviteCode(ledger_.state(), timeline_.random());
  PARLEY_CHECK(CommitChange(by, group, {GroupAspect::kInviteCode}));
  return group.invite_code;
}

base::Result<Group> Groups::FindByInvite(std::string_view code) const {
  const State& state = ledger_.state();
  const auto invite = state.invites.find(code);
  const Chat chat = ChatOf(invite == state.invites.end() ? "" : std::string_view(invite->second));
  const auto found =
      chat.kind == ChatKind::kGroup ? state.groups.find(chat.id) : state.groups.end();
  if (found == state.groups.end() || found->second.group.participants.empty())
    return base::Error(base::ErrorCode::kNotFound,
                       "No group has this invite code, or not any more");
  Group group = found->second.group;
  group.invite_code.clear();
  return group;
}

base::Result<JoinAnswer> Groups::Join(std::string_view by, std::string_view code) {
  if (!ledger_.state().people.Find(by))
    return base::Error(base::ErrorCode::kNotFound, "Nobody with this number is on the network");
  PARLEY_TRY(group, FindByInvite(code));
  const GroupState& state = ledger_.state().groups.find(group.id)->second;
  if (group.Find(by) != nullptr)
    return base::Error(base::ErrorCode::kAlreadyExists, "You are in this group already");
  if (group.participants.size() >= kMaxParticipants || state.requests.size() >= kMaxJoinRequests)
    return base::Error(base::ErrorCode::kInvalidState, "The group is full");
  JoinAnswer answer;
  answer.group = group.id;
  answer.pending = group.join_approval;
  if (!answer.pending) {
    PARLEY_CHECK(CommitAction(by, group, ParticipantAction::kJoin, {std::string(by)}));
    return answer;
  }
  if (state.IsRequestedBy(by)) return answer;
  NoticeRecord record;
  record.at = timeline_.Now();
  record.notice = JoinRequestChanged{group.id, std::string(by), false, std::string(by)};
  record.to = AdminsOf(group);
  PARLEY_CHECK(ledger_.Commit(std::move(record)));
  return answer;
}

base::Result<std::vector<JoinRequest>> Groups::ListRequests(std::string_view by,
                                                            std::string_view id) const {
  PARLEY_TRY(state, GroupOfAdmin(by, id));
  return state->requests;
}

base::Result<std::vector<ParticipantResult>> Groups::AnswerRequests(
    std::string_view by, std::string_view id, bool approve, std::vector<std::string> numbers) {
  PARLEY_TRY(state, GroupOfAdmin(by, id));
  PARLEY_CHECK(CheckCount(numbers));
  std::vector<ParticipantResult> results;
  for (std::string& number : numbers) {
    ParticipantStatus status = ParticipantStatus::kDone;
    if (!state->IsRequestedBy(number))
      status = ParticipantStatus::kNotFound;
    else if (approve && state->group.participants.size() >= kMaxParticipants)
      status = ParticipantStatus::kFull;
    if (status == ParticipantStatus::kDone && approve)
      PARLEY_CHECK(CommitAction(by, state->group, ParticipantAction::kJoin, {number}));
    if (status == ParticipantStatus::kDone && !approve) {
      NoticeRecord record;
      record.at = timeline_.Now();
      record.notice = JoinRequestChanged{state->group.id, number, true, std::string(by)};
      record.to = AdminsOf(state->group);
      PARLEY_CHECK(ledger_.Commit(std::move(record)));
    }
    results.push_back(ParticipantResult{std::move(number), status});
  }
  return results;
}

// -------------------------------------------------------------------------------------- private

base::Result<const GroupState*> Groups::GroupOf(std::string_view by, std::string_view id) const {
  const State& state = ledger_.state();
  if (!state.people.Find(by))
    return base::Error(base::ErrorCode::kNotFound, "Nobody with this number is on the network");
  const auto found = state.groups.find(id);
  if (found == state.groups.end() || found->second.group.Find(by) == nullptr) return NoSuchGroup();
  return &found->second;
}

base::Result<const GroupState*> Groups::GroupOfAdmin(std::string_view by,
                                                     std::string_view id) const {
  PARLEY_TRY(state, GroupOf(by, id));
  if (!state->group.IsAdmin(by)) return AdminsOnly();
  return state;
}

base::Result<void> Groups::CommitChange(std::string_view by, Group group,
                                        std::vector<GroupAspect> changed) {
  NoticeRecord record;
  record.at = timeline_.Now();
  record.to = NumbersOf(group);
  record.notice = GroupChanged{std::move(group), std::move(changed), std::string(by)};
  return ledger_.Commit(std::move(record));
}

base::Result<void> Groups::CommitAction(std::string_view by, const Group& group,
                                        ParticipantAction action,
                                        std::vector<std::string> numbers) {
  NoticeRecord record;
  record.at = timeline_.Now();
  record.to = NumbersOf(group);
  AddMissing(record.to, numbers);
  record.notice = GroupParticipantsChanged{group.id, group.subject, action, std::move(numbers),
                                           std::string(by)};
  return ledger_.Commit(std::move(record));
}

}  // namespace parley::sim::network
