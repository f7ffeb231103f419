// The bodies of the control API about groups and newsletters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/control/person_schema.h"
#include "sim/network/group.h"
#include "sim/network/groups.h"
#include "sim/network/newsletter.h"

namespace parley::sim::control {

// Who does something on the phone.
struct ByBody {
  std::string by;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("by", &ByBody::by, base::MaxLength(16),
                                          base::Doc("The number of who does it")));
  }
};

// ---------------------------------------------------------------------------------------- groups

struct ShownParticipant {
  std::string number;
  network::GroupRole role = network::GroupRole::kMember;
  std::int64_t joined_at = 0;

  static constexpr auto Fields() {
    using base::Required;
    using P = ShownParticipant;
    return base::FieldList(Required("number", &P::number), Required("role", &P::role),
                           Required("joined_at", &P::joined_at, base::Doc("Unix seconds")));
  }
};

struct ShownGroup {
  std::string id, address, subject, owner;
  std::optional<std::string> description, picture, invite_code;
  std::int64_t created_at = 0, size = 0;
  bool announce = false, restricted = false, join_approval = false;
  network::MemberAddMode member_add_mode = network::MemberAddMode::kAll;
  std::optional<std::int64_t> muted_until;
  std::vector<ShownParticipant> participants;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using base::Required;
    using G = ShownGroup;
    return base::FieldList(
        Required("id", &G::id), Required("address", &G::address, Doc("Send messages to this")),
        Required("subject", &G::subject), Optional("description", &G::description),
        Optional("picture", &G::picture, Doc("URL")), Required("owner", &G::owner),
        Required("created_at", &G::created_at, Doc("Unix seconds")),
        Required("announce", &G::announce, Doc("Only admins write")),
        Required("restrict", &G::restricted, Doc("Only admins change what it looks like")),
        Required("join_approval", &G::join_approval, Doc("An admin lets in who has the code")),
        Required("member_add_mode", &G::member_add_mode, Doc("Who adds people: all or admin")),
        Optional("invite_code", &G::invite_code, Doc("For admins")), Required("size", &G::size),
        Optional("muted_until", &G::muted_until, Doc("Unix seconds; for the person asking")),
        Required("participants", &G::participants));
  }
};

struct ShownGroups {
  std::vector<ShownGroup> groups;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("groups", &ShownGroups::groups));
  }
};

struct NewGroup {
  std::string by, subject;
  std::optional<std::string> description, picture;
  std::optional<std::vector<std::string>> participants;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using base::Required;
    using G = NewGroup;
    return base::FieldList(
        Required("by", &G::by, MaxLength(16), Doc("Becomes the superadmin")),
        Required("subject", &G::subject, MaxLength(network::kMaxSubject)),
        Optional("description", &G::description, MaxLength(network::kMaxGroupDescription)),
        Optional("picture", &G::picture, MaxLength(kMaxPictureText), Doc("Base64 of its bytes")),
        Optional("participants", &G::participants, MaxLength(network::kMaxParticipants),
                 Doc("Numbers of the others")));
  }
};

// What is absent stays; an empty picture removes it.
struct ChangedGroup {
  std::string by;
  std::optional<std::string> subject, description, picture;
  std::optional<bool> announce, restricted, join_approval;
  std::optional<network::MemberAddMode> member_add_mode;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using G = ChangedGroup;
    return base::FieldList(
        base::Required("by", &G::by, MaxLength(16), Doc("The number of who does it")),
        Optional("subject", &G::subject, MaxLength(network::kMaxSubject)),
        Optional("description", &G::description, MaxLength(network::kMaxGroupDescription)),
        Optional("picture", &G::picture, MaxLength(kMaxPictureText), Doc("Base64 of its bytes")),
        Optional("announce", &G::announce), Optional("restrict", &G::restricted),
        Optional("join_approval", &G::join_approval),
        Optional("member_add_mode", &G::member_add_mode, Doc("all or admin")));
  }
};

struct ShownResult {
  std::string number;
  std::int64_t status = 0;

  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("number", &ShownResult::number),
        base::Required("status", &ShownResult::status,
                       base::Doc("200 done, 403 not allowed, 404 not found, 409 there already, "
                                 "419 the group is full")));
  }
};

struct ShownResults {
  std::vector<ShownResult> results;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("results", &ShownResults::results,
                                          base::Doc("One per participant, in their order")));
  }
};

struct CreatedGroupBody {
  ShownGroup group;
  std::vector<ShownResult> results;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("group", &CreatedGroupBody::group),
                           base::Required("results", &CreatedGroupBody::results));
  }
};

struct ParticipantsBody {
  std::string by;
  network::ParticipantAction action = network::ParticipantAction::kAdd;
  std::vector<std::string> participants;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Required;
    using B = ParticipantsBody;
    return base::FieldList(Required("by", &B::by, MaxLength(16), Doc("The number of who does it")),
                           Required("action", &B::action, Doc("add, remove, promote or demote")),
                           Required("participants", &B::participants, base::MinLength(1),
                                    MaxLength(network::kMaxParticipants), Doc("Numbers")));
  }
};

struct MuteBody {
  std::string by;
  bool muted = true;
  std::optional<std::int64_t> until;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using B = MuteBody;
    return base::FieldList(
        base::Required("by", &B::by, base::MaxLength(16), Doc("The number of who does it")),
        Optional("muted", &B::muted, Doc("true when absent")),
        Optional("until", &B::until, base::Range(0, 253'402'300'799),
                 Doc("Unix seconds; for ever when absent")));
  }
};

struct InviteBody {
  std::string code;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("code", &InviteBody::code));
  }
};

struct JoinedBody {
  std::string group;
  bool pending = false;

  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("group", &JoinedBody::group, base::Doc("Its id")),
        base::Required("pending", &JoinedBody::pending, base::Doc("An admin must approve")));
  }
};

struct ShownRequest {
  std::string number;
  std::int64_t timestamp = 0;

  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("number", &ShownRequest::number),
        base::Required("timestamp", &ShownRequest::timestamp, base::Doc("Unix seconds")));
  }
};

struct ShownRequests {
  std::vector<ShownRequest> requests;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("requests", &ShownRequests::requests));
  }
};

struct AnswerRequestsBody {
  std::string by;
  bool approve = true;
  std::vector<std::string> participants;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Required;
    using B = AnswerRequestsBody;
    return base::FieldList(
        Required("by", &B::by, MaxLength(16), Doc("The number of who does it")),
        Required("approve", &B::approve, Doc("Let them in, or turn them away")),
        Required("participants", &B::participants, base::MinLength(1),
                 MaxLength(network::kMaxParticipants), Doc("Numbers of those who asked")));
  }
};

// ----------------------------------------------------------------------------------- newsletters

struct NewNewsletter {
  std::string by, name;
  std::optional<std::string> description, picture;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using base::Required;
    using N = NewNewsletter;
    return base::FieldList(
        Required("by", &N::by, MaxLength(16), Doc("Becomes the owner")),
        Required("name", &N::name, MaxLength(network::kMaxNewsletterName)),
        Optional("description", &N::description, MaxLength(network::kMaxNewsletterDescription)),
        Optional("picture", &N::picture, MaxLength(kMaxPictureText), Doc("Base64 of its bytes")));
  }
};

struct ShownNewsletter {
  std::string id, address, name, owner, invite_code;
  std::optional<std::string> description, picture;
  std::int64_t created_at = 0;
  std::vector<std::string> followers;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using base::Required;
    using N = ShownNewsletter;
    return base::FieldList(
        Required("id", &N::id), Required("address", &N::address, Doc("Its owner posts to this")),
        Required("name", &N::name), Optional("description", &N::description),
        Optional("picture", &N::picture, Doc("URL")), Required("owner", &N::owner),
        Required("created_at", &N::created_at, Doc("Unix seconds")),
        Required("invite_code", &N::invite_code), Required("followers", &N::followers));
  }
};

struct ShownNewsletters {
  std::vector<ShownNewsletter> newsletters;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("newsletters", &ShownNewsletters::newsletters));
  }
};

}  // namespace parley::sim::control
