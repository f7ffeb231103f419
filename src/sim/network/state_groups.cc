// State: what notices of groups and newsletters change.
#include "sim/network/state_step.h"

namespace parley::sim::network {

base::Result<void> State::Step::Happened(base::Time, const GroupChanged& notice) {
  PARLEY_CHECK(Check(notice.group));
  for (const GroupParticipant& participant : notice.group.participants)
    PARLEY_CHECK(PersonOf(participant.number));
  const bool is_new = notice.changed.size() == 1 && notice.changed.front() == GroupAspect::kCreated;
  if (is_new == state.groups.contains(notice.group.id))
    return Misfit("the group was created twice, or never");
  Group& group = state.groups[notice.group.id].group;
  state.invites.erase(group.invite_code);
  group = notice.group;
  return PutInvite(group.invite_code, GroupAddress(group.id));
}

base::Result<void> State::Step::Happened(base::Time at, const GroupParticipantsChanged& notice) {
  PARLEY_TRY(group, GroupOf(notice.group));
  for (const std::string& number : notice.participants) {
    PARLEY_CHECK(PersonOf(number));
    if (!ApplyTo(*group, notice.action, number, at))
      return Misfit("the action does not fit the group");
  }
  return {};
}

base::Result<void> State::Step::Happened(base::Time at, const JoinRequestChanged& notice) {
  PARLEY_TRY(group, GroupOf(notice.group));
  PARLEY_CHECK(PersonOf(notice.number));
  if (group->IsRequestedBy(notice.number) != notice.rejected)
    return Misfit("the request was made twice, or never");
  if (notice.rejected)
    std::erase_if(group->requests,
                  [&](const JoinRequest& request) { return request.number == notice.number; });
  else
    group->requests.push_back(JoinRequest{notice.number, at});
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const GroupMuted& notice) {
  PARLEY_TRY(group, GroupOf(notice.group));
  if (group->group.Find(notice.number) == nullptr) return Misfit("the person is not in the group");
  if (notice.until)
    group->muted[notice.number] = *notice.until;
  else
    group->muted.erase(notice.number);
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const NewsletterCreated& notice) {
  const Newsletter& newsletter = notice.newsletter;
  PARLEY_CHECK(Check(newsletter));
  PARLEY_CHECK(PersonOf(newsletter.owner));
  const auto [added, is_new] = state.newsletters.try_emplace(newsletter.id);
  if (!is_new) return Misfit("the newsletter was created twice");
  added->second.newsletter = newsletter;
  return PutInvite(newsletter.invite_code, NewsletterAddress(newsletter.id));
}

base::Result<void> State::Step::Happened(base::Time, const NewsletterFollowed& notice) {
  const auto found = state.newsletters.find(notice.newsletter);
  if (found == state.newsletters.end()) return Misfit("it names a newsletter that was not created");
  PARLEY_CHECK(PersonOf(notice.number));
  std::vector<std::string>& followers = found->second.followers;
  const bool is_full = notice.follows && followers.size() >= kMaxFollowers;
  if (found->second.IsFollowedBy(notice.number) == notice.follows || is_full)
    return Misfit("it cannot be followed, or is not");
  if (notice.follows)
    followers.push_back(notice.number);
  else
    std::erase(followers, notice.number);
  return {};
}

base::Result<GroupState*> State::Step::GroupOf(const std::string& id) const {
  const auto group = state.groups.find(id);
  if (group == state.groups.end()) return Misfit("it names a group that was not created");
  return &group->second;
}

base::Result<void> State::Step::PutInvite(const std::string& code, const std::string& address) {
  if (code.empty() || state.invites.emplace(code, address).second) return {};
  return Misfit("the invite code belongs to another chat");
}

}  // namespace parley::sim::network
