// The routes of the admin API: groups of a channel.
#include "admin/group_schema.h"
#include "admin/handlers.h"
#include "admin/route_tables.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::ResponseSpec;
using enum http::Method;

constexpr ResponseSpec kGroups[] = {
    {200, "Those that the channel is in; while it is not connected, as the network said last",
     &Describe<GroupList>},
    {422, "not_supported: its link has no groups", &Describe<ErrorReply>}};
constexpr ResponseSpec kGroup[] = {{200, "The group with its participants", &Describe<GroupDetail>},
                                   {404, "The channel is not in it", &Describe<ErrorReply>}};
constexpr ResponseSpec kNewGroup[] = {
    {201, "The group, and what became of each participant", &Describe<NewGroupReply>},
    {409, "The channel is not connected", &Describe<ErrorReply>}};
constexpr ResponseSpec kLeft[] = {{204, "The channel is no longer in it"},
                                  {404, "It was not in it", &Describe<ErrorReply>},
                                  {409, "The channel is not connected", &Describe<ErrorReply>}};

#define NOT_DONE                                                        \
  {403, "Only admins of the group may do this", &Describe<ErrorReply>}, \
      {404, "The channel is not in it", &Describe<ErrorReply>}, {       \
    409, "The channel is not connected", &Describe<ErrorReply>          \
  }

constexpr ResponseSpec kChangedGroup[] = {
    {200, "As it is now; what is left out stays", &Describe<GroupView>}, NOT_DONE};
constexpr ResponseSpec kGroupPicture[] = {
    {204, "The group is shown with it"},
    NOT_DONE,
    {422, "No image, or one that cannot be fetched", &Describe<ErrorReply>}};
constexpr ResponseSpec kChangedPeople[] = {
    {200, "What became of each", &Describe<ParticipantOutcomes>}, NOT_DONE};
constexpr ResponseSpec kInvite[] = {{200, "The link that holds now", &Describe<InviteLink>},
                                    NOT_DONE};
constexpr ResponseSpec kNewInvite[] = {
    {200, "The new link; the one before is void", &Describe<InviteLink>}, NOT_DONE};

#define GROUP CHANNEL "/groups/{group}"

constexpr Row kGroupRoutes[] = {
    {{kGet, CHANNEL "/groups", "List groups", nullptr, {}, kGroups}, &ListGroups},
    {{kPost, CHANNEL "/groups", "Make a group", &Describe<NewGroupBody>, {}, kNewGroup},
     &CreateGroup},
    {{kGet, GROUP, "Get a group", nullptr, {}, kGroup}, &GetGroup},
    {{kPatch, GROUP, "Change a group", &Describe<ChangeGroupBody>, {}, kChangedGroup},
     &ChangeGroup},
    {{kPut,
      GROUP "/picture",
      "Give a group another picture",
      &Describe<GroupPictureBody>,
      {},
      kGroupPicture},
     &SetGroupPicture},
    {{kPost,
      GROUP "/participants",
      "Add people to a group, remove them, make them admins or members",
      &Describe<ChangeParticipantsBody>,
      {},
      kChangedPeople},
     &ChangeParticipants},
    {{kGet, GROUP "/invite", "Get the invite link of a group", nullptr, {}, kInvite},
     &GetInviteLink},
    {{kPost, GROUP "/invite/renew", "Replace the invite link of a group", nullptr, {}, kNewInvite},
     &RenewInviteLink},
    {{kPost, GROUP "/leave", "Leave a group", nullptr, {}, kLeft}, &LeaveGroup},
};

}  // namespace

std::span<const Row> GroupRoutes() { return kGroupRoutes; }

}  // namespace parley::admin
