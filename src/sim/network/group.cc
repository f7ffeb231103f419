#include "sim/network/group.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "sim/network/chat.h"
#include "sim/network/person.h"

namespace parley::sim::network {
namespace {

bool AreDistinct(const std::vector<GroupParticipant>& participants) {
  std::vector<std::string_view> numbers;
  for (const GroupParticipant& participant : participants) numbers.push_back(participant.number);
  std::sort(numbers.begin(), numbers.end());
  return std::adjacent_find(numbers.begin(), numbers.end()) == numbers.end();
}

// The group gets another superadmin: the first admin, or else the first member, but for the one
// with that number.
void PassOn(Group& group, std::string_view number) {
  GroupParticipant* heir = nullptr;
  for (GroupParticipant& candidate : group.participants) {
    if (candidate.number == number) continue;
    if (heir == nullptr || (heir->role == GroupRole::kMember && candidate.role > heir->role))
      heir = &candidate;
  }
  if (heir != nullptr) heir->role = GroupRole::kSuperadmin;
}

}  // namespace

const GroupParticipant* Group::Find(std::string_view number) const {
  for (const GroupParticipant& participant : participants)
    if (participant.number == number) return &participant;
  return nullptr;
}

bool Group::IsAdmin(std::string_view number) const {
  const GroupParticipant* participant = Find(number);
  return participant != nullptr && participant->role != GroupRole::kMember;
}

bool GroupState::IsRequestedBy(std::string_view number) const {
  return std::any_of(requests.begin(), requests.end(),
                     [&](const JoinRequest& request) { return request.number == number; });
}

base::Result<void> Check(const Group& group) {
  base::Error error(base::ErrorCode::kInvalidFields);
  const auto demand = [&error](bool holds, std::string path, std::string text) {
    if (!holds) error.faults.push_back(base::FieldFault{std::move(path), std::move(text)});
  };
  demand(IsChatId(group.id), "id", "Must be 5 to 30 digits");
  demand(!group.subject.empty() && IsTextUpTo(group.subject, kMaxSubject), "subject",
         fmt::format("Must be text of 1 to {} characters", kMaxSubject));
  demand(IsTextUpTo(group.description, kMaxGroupDescription), "description",
         fmt::format("Must be text of at most {} characters", kMaxGroupDescription));
  demand(group.picture.empty() || IsSha256(group.picture), "picture",
         "Must be the SHA-256 of stored media");
  demand(group.participants.size() <= kMaxParticipants, "participants",
         fmt::format("Must be at most {}", kMaxParticipants));
  demand(AreDistinct(group.participants), "participants", "Must be different people");
  if (error.faults.empty()) return {};
  return error;
}

bool ApplyTo(GroupState& state, ParticipantAction action, std::string_view number, base::Time at) {
  Group& group = state.group;
  const auto found = std::find_if(group.participants.begin(), group.participants.end(),
                                  [&](const GroupParticipant& p) { return p.number == number; });
  const bool is_in = found != group.participants.end();
  switch (action) {
    case ParticipantAction::kAdd:
    case ParticipantAction::kJoin:
      if (is_in || group.participants.size() >= kMaxParticipants) return false;
      group.participants.push_back(GroupParticipant{std::string(number), GroupRole::kMember, at});
      std::erase_if(state.requests,
                    [&](const JoinRequest& request) { return request.number == number; });
      return true;
    case ParticipantAction::kRemove:
    case ParticipantAction::kLeave:
      if (!is_in) return false;
      if (found->role == GroupRole::kSuperadmin) PassOn(group, number);
      group.participants.erase(found);
      state.muted.erase(std::string(number));
      return true;
    case ParticipantAction::kPromote:
      if (!is_in || found->role != GroupRole::kMember) return false;
      found->role = GroupRole::kAdmin;
      return true;
    case ParticipantAction::kDemote:
      if (!is_in || found->role != GroupRole::kAdmin) return false;
      found->role = GroupRole::kMember;
      return true;
  }
  return false;
}

}  // namespace parley::sim::network
