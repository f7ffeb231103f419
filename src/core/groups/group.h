// Groups and newsletters.
//
// A Group is a row per channel: what gives a group or newsletter its id here, and its chat a name.
// What it is like now only the network knows; GroupInfo is what it says (groups/requests.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/names.h"
#include "core/addresses.h"
#include "core/contacts/person.h"
#include "core/ids.h"

namespace parley::core {

struct Group {
  GroupRow row;
  GroupId id;
  ChannelRow channel;
  ChatKind kind = ChatKind::kGroup;  // or kNewsletter
  std::string address;               // Address::value
  std::string subject;               // or the newsletter's name; empty while unknown
  base::Time known_at;               // when the channel first heard of it
  base::Time updated_at;             // when the network last said what it is like
};

enum class GroupRole : std::uint8_t { kMember = 1, kAdmin = 2, kSuperadmin = 3 };
inline constexpr base::EnumNames<GroupRole, 3> kGroupRoleNames({
    {GroupRole::kMember, "member"},
    {GroupRole::kAdmin, "admin"},
    {GroupRole::kSuperadmin, "superadmin"},
});
PARLEY_ENUM_NAMES(GroupRole, kGroupRoleNames)

struct GroupParticipant {
  Peer peer;
  GroupRole role = GroupRole::kMember;
  base::Time joined_at;
  std::string platform;             // of their phone: android, iphone; empty while unknown
  std::optional<PersonId> contact;  // when the account has given them a name

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    using P = GroupParticipant;
    return base::FieldList(Required("peer", &P::peer), Required("role", &P::role),
                           Required("joined_at", &P::joined_at), Optional("platform", &P::platform),
                           Optional("contact", &P::contact));
  }
};

// A group as the channel's number sees it.
struct GroupInfo {
  std::string address;  // Address::value
  std::string subject, description;
  Peer owner;                             // who created it
  std::optional<PersonId> owner_contact;  // as GroupParticipant::contact
  base::Time created_at;
  bool announce = false;       // only admins write
  bool restricted = false;     // only admins change subject and description
  bool join_approval = false;  // an admin approves whoever joins by invite code
  bool members_add = true;     // everybody may add people, not only admins
  bool has_picture = false;
  bool is_muted = false;  // on the channel's phone
  std::vector<GroupParticipant> participants;

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    using I = GroupInfo;
    return base::FieldList(
        Required("address", &I::address), Required("subject", &I::subject),
        Optional("description", &I::description), Optional("owner", &I::owner),
        Optional("owner_contact", &I::owner_contact), Required("created_at", &I::created_at),
        Optional("announce", &I::announce), Optional("restrict", &I::restricted),
        Optional("join_approval", &I::join_approval), Optional("members_add", &I::members_add),
        Optional("has_picture", &I::has_picture), Optional("is_muted", &I::is_muted),
        Required("participants", &I::participants));
  }

  // nullptr when the number is not in it.
  const GroupParticipant* FindByPhone(std::string_view phone) const {
    for (const GroupParticipant& participant : participants)
      if (participant.peer.phone == phone) return &participant;
    return nullptr;
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

}  // namespace parley::core
