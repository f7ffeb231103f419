// Bodies of the routes about contacts and templates.
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
