// Bodies of the routes about contacts, groups and templates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/schema.h"
#include "core/templates/template.h"

namespace parley::admin {

struct ContactView {
  std::string contact_id, chat, name;
  std::optional<std::string> phone, push_name, verified_name;
  bool is_business = false;
  std::string created_at;
  static constexpr auto Fields() {
    using V = ContactView;
    return FieldList(
        Required("contact_id", &V::contact_id),
        Required("chat", &V::chat, Doc("For paths and `to`")),
        Required("name", &V::name, Doc("That the account gave, or the phone's book")),
        Optional("phone", &V::phone, NullWhenAbsent()),
        Optional("push_name", &V::push_name, NullWhenAbsent(), Doc("What they call themselves")),
        Optional("verified_name", &V::verified_name, NullWhenAbsent()),
        Required("is_business", &V::is_business), Required("created_at", &V::created_at));
  }
};

struct ContactList {
  std::vector<ContactView> contacts;
  std::optional<std::string> next;
  static constexpr auto Fields() {
    return FieldList(Required("contacts", &ContactList::contacts),
                     Optional("next", &ContactList::next, NullWhenAbsent()));
  }
};

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
  std::vector<ParticipantView> participants;
  static constexpr auto Fields() {
    return FieldList(Required("group", &GroupDetail::group),
                     Required("participants", &GroupDetail::participants));
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
                              Doc("The network's: 200 added, 403 not allowed by their privacy "
                                  "settings, 404 not on WhatsApp, 409 in it already, 419 full")));
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

struct TemplateView {
  std::string template_id, name, language, category, status;
  std::optional<std::string> reason;
  base::json::value components;
  static constexpr auto Fields() {
    using V = TemplateView;
    return FieldList(
        Required("template_id", &V::template_id), Required("name", &V::name),
        Required("language", &V::language), Required("category", &V::category),
        Required("status", &V::status, Doc("pending, approved, rejected or paused")),
        Optional("reason", &V::reason, NullWhenAbsent(), Doc("Why it is rejected or paused")),
        Required("components", &V::components, Doc("As in Meta's Cloud API")));
  }
};

struct TemplateList {
  std::vector<TemplateView> templates;
  static constexpr auto Fields() {
    return FieldList(Required("templates", &TemplateList::templates));
  }
};

struct NewTemplateBody {
  std::string name, language;
  core::TemplateCategory category = core::TemplateCategory::kUtility;
  base::json::value components;
  static constexpr auto Fields() {
    using B = NewTemplateBody;
    return FieldList(Required("name", &B::name, MinLength(1), MaxLength(512)),
                     Required("language", &B::language, MinLength(1), MaxLength(20)),
                     Required("category", &B::category),
                     Required("components", &B::components, Doc("As in Meta's Cloud API")));
  }
};

}  // namespace parley::admin
