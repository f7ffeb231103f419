// Wapio's bodies about groups, as they stand on the wire.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/wapio/schema.h"

namespace parley::api::wapio {

inline constexpr std::size_t kMaxParticipants = 1024;

// What is in the body of a call that needs none: the session of an account token.
struct SessionOnlyBody {
  std::optional<std::string> session_id;
  static constexpr auto Fields() {
    return FieldList(Optional("session_id", &SessionOnlyBody::session_id, MaxLength(100)));
  }
};

struct NewGroupBody {
  std::optional<std::string> session_id;
  std::string subject;
  std::optional<std::string> description;
  std::optional<std::vector<std::string>> participants;
  static constexpr auto Fields() {
    using B = NewGroupBody;
    return FieldList(Optional("session_id", &B::session_id, MaxLength(100)),
                     Required("subject", &B::subject, MaxLength(100), Alias("name")),
                     Optional("description", &B::description, MaxLength(2048)),
                     Optional("participants", &B::participants, MaxLength(kMaxParticipants),
                              Doc("Phone numbers or JIDs of the others")));
  }
};

struct ParticipantsBody {
  std::optional<std::string> session_id;
  std::vector<std::string> participants;
  static constexpr auto Fields() {
    using B = ParticipantsBody;
    return FieldList(Optional("session_id", &B::session_id, MaxLength(100)),
                     Required("participants", &B::participants, MinLength(1),
                              MaxLength(kMaxParticipants), Doc("Phone numbers or JIDs")));
  }
};

inline constexpr std::string_view kParticipantActions[] = {"add", "remove", "promote", "demote"};

struct UpdateParticipantsBody {
  std::optional<std::string> session_id;
  std::string action;
  std::vector<std::string> participants;
  static constexpr auto Fields() {
    using B = UpdateParticipantsBody;
    return FieldList(Optional("session_id", &B::session_id, MaxLength(100)),
                     Required("action", &B::action, OneOf(kParticipantActions)),
                     Required("participants", &B::participants, MinLength(1),
                              MaxLength(kMaxParticipants), Doc("Phone numbers or JIDs")));
  }
};

// What is left out stays.
struct GroupSettingsBody {
  std::optional<std::string> session_id, subject, description, picture_url;
  std::optional<bool> announce, restricted, join_approval, member_add;
  static constexpr auto Fields() {
    using B = GroupSettingsBody;
    return FieldList(
        Optional("session_id", &B::session_id, MaxLength(100)),
        Optional("subject", &B::subject, MaxLength(100), Alias("name")),
        Optional("description", &B::description, MaxLength(2048), Alias("desc")),
        Optional("announce", &B::announce, Doc("Only admins write")),
        Optional("restrict", &B::restricted, Doc("Only admins change subject and description")),
        Optional("joinApproval", &B::join_approval, Alias("joinApprovalMode"),
                 Doc("An admin approves who joins by invite")),
        Optional("memberAdd", &B::member_add, Alias("memberAddMode"), Doc("Everybody may add")),
        Optional("profilePicUrl", &B::picture_url, MaxLength(4096),
                 Doc("Public URL of a picture")));
  }
};

struct AcceptInviteBody {
  std::optional<std::string> session_id;
  std::string invite_code;
  static constexpr auto Fields() {
    using B = AcceptInviteBody;
    return FieldList(Optional("session_id", &B::session_id, MaxLength(100)),
                     Required("invite_code", &B::invite_code, MaxLength(200), Alias("code"),
                              Alias("inviteCode"), Doc("The code, or the whole link")));
  }
};

struct ListedGroup {
  std::string id, jid, name, subject;
  std::optional<std::string> img_url;
  static constexpr auto Fields() {
    using G = ListedGroup;
    return FieldList(Required("id", &G::id), Required("jid", &G::jid), Required("name", &G::name),
                     Required("subject", &G::subject),
                     Optional("imgUrl", &G::img_url, NullWhenAbsent()));
  }
};

struct ListedParticipant {
  std::string id, jid;
  std::optional<std::string> admin;  // superadmin, admin or null
  bool is_admin = false, is_super_admin = false;
  static constexpr auto Fields() {
    using P = ListedParticipant;
    return FieldList(Required("id", &P::id), Required("jid", &P::jid),
                     Optional("admin", &P::admin, NullWhenAbsent()),
                     Required("isAdmin", &P::is_admin),
                     Required("isSuperAdmin", &P::is_super_admin));
  }
};

struct GroupMetadata {
  std::string id, jid, subject;
  std::optional<std::string> owner;
  std::int64_t creation = 0;
  std::optional<std::string> desc;
  std::int64_t size = 0;
  bool restricted = false, announce = false, member_add_mode = true, join_approval_mode = false;
  std::vector<ListedParticipant> participants;
  static constexpr auto Fields() {
    using G = GroupMetadata;
    return FieldList(Required("id", &G::id), Required("jid", &G::jid),
                     Required("subject", &G::subject),
                     Optional("owner", &G::owner, NullWhenAbsent()),
                     Required("creation", &G::creation, Doc("Unix seconds")),
                     Optional("desc", &G::desc, NullWhenAbsent()), Required("size", &G::size),
                     Required("restrict", &G::restricted), Required("announce", &G::announce),
                     Required("memberAddMode", &G::member_add_mode),
                     Required("joinApprovalMode", &G::join_approval_mode),
                     Required("participants", &G::participants));
  }
};

struct ListedResult {
  std::int64_t status = 0;
  std::string id, message;
  static constexpr auto Fields() {
    using R = ListedResult;
    return FieldList(
        Required("status", &R::status,
                 Doc("200, 403 not allowed, 404 unknown, 409 in it already, 419 full")),
        Required("id", &R::id), Required("message", &R::message));
  }
};

// Lists stand under `data`, or in envelope mode bare inside the envelope.
template <class Item>
struct DataList {
  std::vector<Item> data;
  static constexpr auto Fields() { return FieldList(Required("data", &DataList::data)); }
};

struct CreatedGroupReply {
  std::string group_jid, id, subject;
  std::vector<ListedParticipant> participants;
  std::vector<ListedResult> results;
  static constexpr auto Fields() {
    using R = CreatedGroupReply;
    return FieldList(Required("group_jid", &R::group_jid), Required("id", &R::id),
                     Required("subject", &R::subject), Required("participants", &R::participants),
                     Required("results", &R::results, Doc("What became of each one asked for")));
  }
};

struct PictureReply {
  std::optional<std::string> img_url;
  static constexpr auto Fields() {
    return FieldList(Optional("imgUrl", &PictureReply::img_url, NullWhenAbsent()));
  }
};

struct InviteLinkReply {
  std::string invite_link;
  static constexpr auto Fields() {
    return FieldList(Required("inviteLink", &InviteLinkReply::invite_link));
  }
};

struct JoinedReply {
  std::string group_jid;
  bool pending = false;
  static constexpr auto Fields() {
    return FieldList(Required("group_jid", &JoinedReply::group_jid),
                     Required("pending", &JoinedReply::pending, Doc("An admin must approve")));
  }
};

// Those of the settings that were given.
struct ChangedSettings {
  std::optional<std::string> subject, description, picture_url;
  std::optional<bool> announce, restricted, join_approval, member_add;
  static constexpr auto Fields() {
    using S = ChangedSettings;
    return FieldList(Optional("subject", &S::subject), Optional("description", &S::description),
                     Optional("announce", &S::announce), Optional("restrict", &S::restricted),
                     Optional("joinApproval", &S::join_approval),
                     Optional("memberAdd", &S::member_add),
                     Optional("profilePicUrl", &S::picture_url, Doc("As it was given")));
  }
};

struct DoneReply {
  std::string message;
  static constexpr auto Fields() { return FieldList(Required("message", &DoneReply::message)); }
};

}  // namespace parley::api::wapio
