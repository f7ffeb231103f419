// What is asked of a link about groups (core/channels/requests.h).
//
// kNotFound: the channel is not in the group, or there is none. kForbidden: only admins may do it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/addresses.h"
#include "core/contacts/requests.h"
#include "core/groups/group.h"
#include "core/media/media.h"

namespace parley::core {

struct ListGroups {
  using Answer = std::vector<GroupInfo>;
};

struct GetGroup {
  using Answer = GroupInfo;
  Address group;
};

// What somebody sees who has the code. kNotFound: no group has it, or not any more.
struct FindInvitedGroup {
  using Answer = GroupInfo;
  std::string code;
};

// What became of one person whom an action named, in the network's numbers: 200 done, 403 not
// allowed by their privacy settings (or the superadmin is meant), 404 not on WhatsApp (or not in
// the group), 409 in it already, 419 it is full.
struct ParticipantResult {
  Address participant;
  int status = 200;
};

struct CreatedGroup {
  GroupInfo info;
  std::vector<ParticipantResult> results;  // one per participant, in their order
};
struct CreateGroup {
  using Answer = CreatedGroup;
  std::string subject, description;
  std::vector<Address> participants;  // without the channel itself
};

struct ChangeParticipants {
  using Answer = std::vector<ParticipantResult>;  // one per participant, in their order
  Address group;
  ParticipantAction action = ParticipantAction::kAdd;  // kAdd, kRemove, kPromote or kDemote
  std::vector<Address> participants;
};

// What is absent stays. kInvalidFields under the names of GroupInfo::Fields.
struct ChangeGroup {
  using Answer = GroupInfo;
  Address group;
  std::optional<std::string> subject, description;
  std::optional<bool> announce, restricted, join_approval, members_add;
  std::optional<MediaRef> picture;  // whose bytes are stored
};

struct LeaveGroup {
  using Answer = Done;
  Address group;
};

struct InviteCode {
  std::string code;
};
struct GetInviteCode {
  using Answer = InviteCode;
  Address group;
  bool renew = false;  // the old one is void
};

// kAlreadyExists: in the group already. kInvalidState: it is full.
struct JoinedGroup {
  Address group;
  bool pending = false;  // an admin must approve
};
struct JoinGroup {
  using Answer = JoinedGroup;
  std::string code;
};

}  // namespace parley::core
