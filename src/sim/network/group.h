// Groups: people who write to each other in one chat, and what its admins have set for it.
//
// A group is known by an id of digits; as a chat it is "<id>@g.us".
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/names.h"
#include "base/result.h"

namespace parley::sim::network {

inline constexpr std::size_t kMaxSubject = 100;            // code points
inline constexpr std::size_t kMaxGroupDescription = 2048;  // code points
inline constexpr std::size_t kMaxParticipants = 1024;
inline constexpr std::size_t kMaxJoinRequests = 1024;

enum class GroupRole : std::uint8_t { kMember = 1, kAdmin = 2, kSuperadmin = 3 };
inline constexpr base::EnumNames<GroupRole, 3> kGroupRoleNames({
    {GroupRole::kMember, "member"},
    {GroupRole::kAdmin, "admin"},
    {GroupRole::kSuperadmin, "superadmin"},
});
PARLEY_ENUM_NAMES(GroupRole, kGroupRoleNames)

// Who may add people.
enum class MemberAddMode : std::uint8_t { kAdmin = 1, kAll = 2 };
inline constexpr base::EnumNames<MemberAddMode, 2> kMemberAddModeNames({
    {MemberAddMode::kAdmin, "admin"},
    {MemberAddMode::kAll, "all"},
});
PARLEY_ENUM_NAMES(MemberAddMode, kMemberAddModeNames)

struct GroupParticipant {
  std::string number;
  GroupRole role = GroupRole::kMember;
  base::Time joined_at;

  static constexpr auto Fields() {
    using base::Required;
    using P = GroupParticipant;
    return base::FieldList(Required("number", &P::number), Required("role", &P::role),
                           Required("joined_at", &P::joined_at));
  }
  bool operator==(const GroupParticipant&) const = default;
};

struct Group {
  std::string id;  // digits, unique; never changes
  std::string subject;
  std::string description;
  std::string picture;  // SHA-256 of stored media; empty: none
  std::string owner;    // the number of who created it, also after leaving
  base::Time created_at;
  bool announce = false;       // only admins write
  bool restricted = false;     // only admins change subject, description and picture
  bool join_approval = false;  // an admin approves whoever joins by invite code
  MemberAddMode member_add_mode = MemberAddMode::kAll;
  std::string invite_code;
  std::vector<GroupParticipant> participants;  // in the order of joining

  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using base::Required;
    using G = Group;
    return base::FieldList(
        Required("id", &G::id), Required("subject", &G::subject),
        Optional("description", &G::description), Optional("picture", &G::picture),
        Required("owner", &G::owner), Required("created_at", &G::created_at),
        Optional("announce", &G::announce), Optional("restrict", &G::restricted),
        Optional("join_approval", &G::join_approval),
        Optional("member_add_mode", &G::member_add_mode), Required("invite_code", &G::invite_code),
        Required("participants", &G::participants, MaxLength(kMaxParticipants)));
  }
  bool operator==(const Group&) const = default;

  // nullptr when the person is not in the group.
  const GroupParticipant* Find(std::string_view number) const;
  bool IsAdmin(std::string_view number) const;
};

// Nothing, or kInvalidFields with every fault. Whether the people and the picture are there is not
// looked at.
base::Result<void> Check(const Group& group);

// Somebody who used an invite code and waits for an admin.
struct JoinRequest {
  std::string number;
  base::Time at;
};

// A group as the network keeps it.
struct GroupState {
  Group group;
  std::vector<JoinRequest> requests;                     // in the order of asking
  std::map<std::string, base::Time, std::less<>> muted;  // by number: until when

  bool IsRequestedBy(std::string_view number) const;
};

// ------------------------------------------------------------------------------------- notices

// What is different about a group, in the words of Group::Fields.
enum class GroupAspect : std::uint8_t {
  kCreated = 1,
  kSubject = 2,
  kDescription = 3,
  kPicture = 4,
  kAnnounce = 5,
  kRestrict = 6,
  kJoinApproval = 7,
  kMemberAddMode = 8,
  kInviteCode = 9,
};
inline constexpr base::EnumNames<GroupAspect, 9> kGroupAspectNames({
    {GroupAspect::kCreated, "created"},
    {GroupAspect::kSubject, "subject"},
    {GroupAspect::kDescription, "description"},
    {GroupAspect::kPicture, "picture"},
    {GroupAspect::kAnnounce, "announce"},
    {GroupAspect::kRestrict, "restrict"},
    {GroupAspect::kJoinApproval, "join_approval"},
    {GroupAspect::kMemberAddMode, "member_add_mode"},
    {GroupAspect::kInviteCode, "invite_code"},
});
PARLEY_ENUM_NAMES(GroupAspect, kGroupAspectNames)

// A group was created, or is from now on like this.
struct GroupChanged {
  Group group;                       // complete
  std::vector<GroupAspect> changed;  // kCreated stands alone
  std::string by;                    // the number of who did it

  static constexpr std::string_view kName = "group";
  static constexpr auto Fields() {
    using base::Required;
    using N = GroupChanged;
    return base::FieldList(Required("group", &N::group), Required("changed", &N::changed),
                           Required("by", &N::by));
  }
};

enum class ParticipantAction : std::uint8_t {
  kAdd = 1,
  kRemove = 2,
  kLeave = 3,
  kJoin = 4,  // by invite code
  kPromote = 5,
  kDemote = 6,
};
inline constexpr base::EnumNames<ParticipantAction, 6> kParticipantActionNames({
    {ParticipantAction::kAdd, "add"},
    {ParticipantAction::kRemove, "remove"},
    {ParticipantAction::kLeave, "leave"},
    {ParticipantAction::kJoin, "join"},
    {ParticipantAction::kPromote, "promote"},
    {ParticipantAction::kDemote, "demote"},
});
PARLEY_ENUM_NAMES(ParticipantAction, kParticipantActionNames)

struct GroupParticipantsChanged {
  std::string group;    // its id
  std::string subject;  // for those who are no longer in it
  ParticipantAction action = ParticipantAction::kAdd;
  std::vector<std::string> participants;  // numbers
  std::string by;  // the number of who did it; for kJoin with approval, the admin

  static constexpr std::string_view kName = "group_participants";
  static constexpr auto Fields() {
    using base::Required;
    using N = GroupParticipantsChanged;
    return base::FieldList(
        Required("group", &N::group), Required("subject", &N::subject),
        Required("action", &N::action),
        Required("participants", &N::participants, base::MaxLength(kMaxParticipants)),
        Required("by", &N::by));
  }
};

// Somebody asks to join, or is turned away. Who is let in is in a GroupParticipantsChanged.
struct JoinRequestChanged {
  std::string group;   // its id
  std::string number;  // of who asks
  bool rejected = false;
  std::string by;  // the number of who did it

  static constexpr std::string_view kName = "group_join_request";
  static constexpr auto Fields() {
    using base::Required;
    using N = JoinRequestChanged;
    return base::FieldList(Required("group", &N::group), Required("number", &N::number),
                           Required("rejected", &N::rejected), Required("by", &N::by));
  }
};

// Somebody does not want to be disturbed by a group; only that person's devices hear of it.
struct GroupMuted {
  std::string group;                // its id
  std::string number;               // whose
  std::optional<base::Time> until;  // absent: not muted any more

  static constexpr std::string_view kName = "group_muted";
  static constexpr auto Fields() {
    using base::Required;
    using N = GroupMuted;
    return base::FieldList(Required("group", &N::group), Required("number", &N::number),
                           base::Optional("until", &N::until));
  }
};

// Does the action to one person; false when it does not fit, like removing whom is not in the
// group.
bool ApplyTo(GroupState& state, ParticipantAction action, std::string_view number, base::Time at);

}  // namespace parley::sim::network
