// Bodies of the routes about groups.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "admin/schema.h"

namespace parley::admin {

struct GroupView {
  std::string group, group_id, subject, description;
  std::optional<std::string> owner, role;
  std::int64_t size = 0;
  bool announce = false, restricted = false, join_approval = false, members_add = true;
  bool is_muted = false;
  std::string created_at;
  static constexpr auto Fields() {
    using V = GroupView;
    return FieldList(
        Required("group", &V::group, Doc("For paths and `to`; the chat's id, too")),
        Required("group_id", &V::group_id, Doc("Parley's own, of this channel")),
        Required("subject", &V::subject), Required("description", &V::description),
        Optional("owner", &V::owner, NullWhenAbsent(), Doc("Who created it: name or number")),
        Optional("role", &V::role, NullWhenAbsent(), Doc("Of the channel's own number")),
        Required("size", &V::size, Doc("Participants")),
        Required("announce", &V::announce, Doc("Only admins write")),
        Required("restrict", &V::restricted, Doc("Only admins change subject and description")),
        Required("join_approval", &V::join_approval), Required("members_add", &V::members_add),
        Required("is_muted", &V::is_muted), Required("created_at", &V::created_at));
  }
};

struct GroupList {
  std::vector<GroupView> groups;
  static constexpr auto Fields() { return FieldList(Required("groups", &GroupList::groups)); }
};

struct ParticipantView {
  std::string chat, name;
  std::optional<std::string> phone;
  std::string role, joined_at;
  bool me = false;
  static constexpr auto Fields() {
    using V = ParticipantView;
    return FieldList(Required("chat", &V::chat), Required("name", &V::name),
                     Optional("phone", &V::phone, NullWhenAbsent()),
                     Required("role", &V::role, Doc("member, admin or superadmin")),
                     Required("joined_at", &V::joined_at),
                     Required("me", &V::me, Doc("It is the channel's own number")));
  }
};

struct GroupDetail {
  GroupView group;
  std::optional<std::string> picture;
  std::vector<ParticipantView> participants;
  static constexpr auto Fields() {
    using V = GroupDetail;
    return FieldList(
        Required("group", &V::group),
        Optional("picture", &V::picture, NullWhenAbsent(),
                 Doc("An unguessable path on this server, which needs no key; null also "
                     "while it cannot be fetched")),
        Required("participants", &V::participants));
  }
};

struct NewGroupBody {
  std::string subject;
  std::optional<std::string> description;
  std::vector<std::string> participants;
  static constexpr auto Fields() {
    using B = NewGroupBody;
    return FieldList(Required("subject", &B::subject, MinLength(1), MaxLength(100)),
                     Optional("description", &B::description, MaxLength(2048)),
                     Required("participants", &B::participants, MinLength(1), MaxLength(1023),
                              Doc("Phone numbers, or `chat` of people")));
  }
};

struct ParticipantOutcome {
  std::string chat;
  std::int64_t status = 0;
  static constexpr auto Fields() {
    using V = ParticipantOutcome;
    return FieldList(Required("chat", &V::chat),
                     Required("status", &V::status,
                              Doc("The network's: 200 done, 403 not allowed (of adding: by their "
                                  "privacy settings), 404 not on WhatsApp or not in the group, "
                                  "409 in it already, 419 full")));
  }
};

struct NewGroupReply {
  GroupView group;
  std::vector<ParticipantOutcome> results;
  static constexpr auto Fields() {
    return FieldList(Required("group", &NewGroupReply::group),
                     Required("results", &NewGroupReply::results, Doc("One per participant")));
  }
};

struct ChangeGroupBody {
  std::optional<std::string> subject, description;
  std::optional<bool> announce, restricted, join_approval, members_add;
  static constexpr auto Fields() {
    using B = ChangeGroupBody;
    return FieldList(
        Optional("subject", &B::subject, MinLength(1), MaxLength(100)),
        Optional("description", &B::description, MaxLength(2048), Doc("Empty takes it away")),
        Optional("announce", &B::announce, Doc("Only admins write")),
        Optional("restrict", &B::restricted, Doc("Only admins change subject and description")),
        Optional("join_approval", &B::join_approval,
                 Doc("An admin approves whoever joins by the invite link")),
        Optional("members_add", &B::members_add, Doc("Everybody may add people")));
  }
};

struct GroupPictureBody {
  std::optional<std::string> media_id, media_url;
  static constexpr auto Fields() {
    using B = GroupPictureBody;
    return FieldList(
        Optional("media_id", &B::media_id, MaxLength(100), Doc("Of an upload; up to 5 MiB")),
        Optional("media_url", &B::media_url, MaxLength(4096), Doc("Fetched now, instead of it")));
  }
};

inline constexpr std::string_view kParticipantActions[] = {"add", "remove", "promote", "demote"};

struct ChangeParticipantsBody {
  std::string action;
  std::vector<std::string> participants;
  static constexpr auto Fields() {
    using B = ChangeParticipantsBody;
    return FieldList(Required("action", &B::action, OneOf(kParticipantActions)),
                     Required("participants", &B::participants, MinLength(1), MaxLength(1023),
                              Doc("Phone numbers, or `chat` of people")));
  }
};

struct ParticipantOutcomes {
  std::vector<ParticipantOutcome> results;
  static constexpr auto Fields() {
    return FieldList(
        Required("results", &ParticipantOutcomes::results, Doc("One per participant")));
  }
};

struct InviteLink {
  std::string link;
  static constexpr auto Fields() {
    return FieldList(Required("link", &InviteLink::link, Doc("Whoever has it can join")));
  }
};

}  // namespace parley::admin
