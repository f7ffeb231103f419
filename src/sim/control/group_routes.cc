// The routes of the control API: groups and newsletters.
#include "sim/control/group_schema.h"
#include "sim/control/handlers.h"
#include "sim/control/person_schema.h"
#include "sim/control/route_tables.h"

namespace parley::sim::control {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

constexpr QuerySpec kByQuery[] = {
    {"by", "The number of who asks; absent, where that may be: as the network sees it"},
};
constexpr QuerySpec kGroupsQuery[] = {
    {"by", "Those that this number is in, owns or follows; absent: all"},
    {"after", "Those with an id after this one"},
    {"limit", "At most so many; 100 when absent, 1000 at most"},
};
constexpr ResponseSpec kGroups[] = {{200, "In the order of their ids", &Describe<ShownGroups>}};
constexpr ResponseSpec kGroup[] = {{200, "The group", &Describe<ShownGroup>},
                                   {403, "Only for admins"},
                                   {404, "No such group, or not in it"}};
constexpr ResponseSpec kNewGroup[] = {
    {201, "The group, and what became of each participant", &Describe<CreatedGroupBody>},
    {409, "The phone is offline"}};
constexpr ResponseSpec kResults[] = {{200, "What became of each", &Describe<ShownResults>},
                                     {403, "Only for admins"}};
constexpr ResponseSpec kInvite[] = {{200, "The code", &Describe<InviteBody>},
                                    {403, "Only for admins"}};
constexpr ResponseSpec kJoined[] = {{200, "Joined, or asked to", &Describe<JoinedBody>},
                                    {404, "No group has this code, or not any more"},
                                    {409, "In the group already, or it is full"}};
constexpr ResponseSpec kRequests[] = {{200, "In the order of asking", &Describe<ShownRequests>},
                                      {403, "Only for admins"}};
constexpr ResponseSpec kNewsletters[] = {
    {200, "In the order of their ids", &Describe<ShownNewsletters>}};
constexpr ResponseSpec kNewsletter[] = {{200, "The newsletter", &Describe<ShownNewsletter>}};
constexpr ResponseSpec kNewNewsletter[] = {{201, "The newsletter", &Describe<ShownNewsletter>},
                                           {409, "The phone is offline"}};

constexpr Row kGroupRoutes[] = {
    {{kGet, "/groups", "List groups", nullptr, kGroupsQuery, kGroups}, &ListGroups},
    {{kPost, "/groups", "Create a group", &Describe<NewGroup>, {}, kNewGroup, kPersonBodyLimit},
     &CreateGroup},
    {{kGet, "/groups/{id}", "Get a group", nullptr, kByQuery, kGroup}, &GetGroup},
    {{kPatch,
      "/groups/{id}",
      "Change a group's subject, description, picture or settings",
      &Describe<ChangedGroup>,
      {},
      kGroup,
      kPersonBodyLimit},
     &ChangeGroup},
    {{kPost,
      "/groups/{id}/participants",
      "Add, remove, promote or demote people",
      &Describe<ParticipantsBody>,
      {},
      kResults},
     &ChangeParticipants},
    {{kPost, "/groups/{id}/leave", "Leave a group", &Describe<ByBody>, {}, kDone}, &LeaveGroup},
    {{kPost, "/groups/{id}/mute", "Mute a group, or no longer", &Describe<MuteBody>, {}, kDone},
     &MuteGroup},
    {{kGet, "/groups/{id}/invite", "Get a group's invite code", nullptr, kByQuery, kInvite},
     &GetInvite},
    {{kPost,
      "/groups/{id}/invite/revoke",
      "Replace a group's invite code",
      &Describe<ByBody>,
      {},
      kInvite},
     &RevokeInvite},
    {{kGet, "/groups/{id}/requests", "List who asked to join", nullptr, kByQuery, kRequests},
     &ListJoinRequests},
    {{kPost,
      "/groups/{id}/requests",
      "Let people in who asked to join, or turn them away",
      &Describe<AnswerRequestsBody>,
      {},
      kResults},
     &AnswerJoinRequests},
    {{kGet, "/invites/{code}", "The group that has an invite code", nullptr, {}, kGroup},
     &GetInvitedGroup},
    {{kPost,
      "/invites/{code}/join",
      "Join a group by its invite code",
      &Describe<ByBody>,
      {},
      kJoined},
     &JoinGroup},
    {{kGet, "/newsletters", "List newsletters", nullptr, kGroupsQuery, kNewsletters},
     &ListNewsletters},
    {{kPost,
      "/newsletters",
      "Create a newsletter",
      &Describe<NewNewsletter>,
      {},
      kNewNewsletter,
      kPersonBodyLimit},
     &CreateNewsletter},
    {{kGet,
      "/newsletters/{id}",
      "Get a newsletter by its id or invite code",
      nullptr,
      {},
      kNewsletter},
     &GetNewsletter},
    {{kPost, "/newsletters/{id}/follow", "Follow a newsletter", &Describe<ByBody>, {}, kDone},
     &FollowNewsletter},
    {{kPost,
      "/newsletters/{id}/unfollow",
      "No longer follow a newsletter",
      &Describe<ByBody>,
      {},
      kDone},
     &UnfollowNewsletter},
};

}  // namespace

std::span<const Row> GroupRoutes() { return kGroupRoutes; }

}  // namespace parley::sim::control
