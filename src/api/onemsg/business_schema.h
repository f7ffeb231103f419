// Bodies and answers of a business' profile, its shop and its templates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/onemsg/schema.h"

namespace parley::api::onemsg {

struct MeReply {
  std::string about, address, description, email, phone, vertical;
  std::optional<std::string> photo;
  std::vector<std::string> websites;
  static constexpr auto Fields() {
    using M = MeReply;
    return FieldList(Required("about", &M::about), Required("address", &M::address),
                     Required("description", &M::description), Required("email", &M::email),
                     Required("phone", &M::phone), Required("vertical", &M::vertical),
                     Optional("photo", &M::photo, NullWhenAbsent()),
                     Required("websites", &M::websites));
  }
};
// What the documentation 2.39 lists; "" is a value here, as in every member: it removes.
inline constexpr std::string_view kVerticals[] = {
    "",
    "Automotive",
    "Beauty, Spa and Salon",
    "Clothing and Apparel",
    "Education",
    "Entertainment",
    "Event Planning and Service",
    "Finance and Banking",
    "Food and Grocery",
    "Public Service",
    "Hotel and Lodging",
    "Medical and Health",
    "Non-profit",
    "Professional Services",
    "Shopping and Retail",
    "Travel and Transportation",
    "Restaurant",
    "Other",
};
static_assert(std::size(kVerticals) == 1 + 17);

struct MeBody {
  std::optional<std::string> about, address, description, email, phone, vertical, photo;
  std::optional<std::vector<std::string>> websites;
  static constexpr auto Fields() {
    using B = MeBody;
    return FieldList(Optional("about", &B::about, MaxLength(139)),
                     Optional("address", &B::address, MaxLength(256)),
                     Optional("description", &B::description, MaxLength(256)),
                     Optional("email", &B::email, MaxLength(128)),
                     Optional("phone", &B::phone, MaxLength(40), Doc("Cannot be changed")),
                     Optional("vertical", &B::vertical, OneOf(kVerticals)),
                     Optional("photo", &B::photo, MaxLength(kMaxFileText),
                              Doc("http(s) link or base64 data URI; or a file in form data")),
                     Optional("websites", &B::websites, MaxLength(2)));
  }
};

struct CommerceReply {
  std::string id;
  bool is_cart_enabled = true, is_catalog_visible = true;
  static constexpr auto Fields() {
    using C = CommerceReply;
    return FieldList(Required("id", &C::id), Required("is_cart_enabled", &C::is_cart_enabled),
                     Required("is_catalog_visible", &C::is_catalog_visible));
  }
};
struct CommerceParams {
  bool is_cart_enabled = true, is_catalog_visible = true;
  static constexpr auto Fields() {
    using C = CommerceParams;
    return FieldList(Required("is_cart_enabled", &C::is_cart_enabled),
                     Required("is_catalog_visible", &C::is_catalog_visible));
  }
};
struct CommerceBody {
  CommerceParams params;
  static constexpr auto Fields() { return FieldList(Required("params", &CommerceBody::params)); }
};
struct SuccessReply {
  bool success = true;
  static constexpr auto Fields() { return FieldList(Required("success", &SuccessReply::success)); }
};

struct ReadMessageBody {
  std::string message_id;
  std::optional<bool> typing_indicator;
  static constexpr auto Fields() {
    using B = ReadMessageBody;
    return FieldList(Required("messageId", &B::message_id, MaxLength(200), Alias("msgId")),
                     Optional("typingIndicator", &B::typing_indicator));
  }
};

struct ListedTemplate {
  std::string category;
  base::json::value components;
  std::string language, name, namespace_id, rejected_reason, status, id;
  static constexpr auto Fields() {
    using T = ListedTemplate;
    return FieldList(Required("category", &T::category), Required("components", &T::components),
                     Required("language", &T::language), Required("name", &T::name),
                     Required("namespace", &T::namespace_id),
                     Required("rejected_reason", &T::rejected_reason),
                     Required("status", &T::status), Required("id", &T::id));
  }
};
struct TemplateList {
  std::int64_t total = 0;
  std::vector<ListedTemplate> templates;
  static constexpr auto Fields() {
    return FieldList(Required("total", &TemplateList::total),
                     Required("templates", &TemplateList::templates));
  }
};
inline constexpr std::string_view kTemplateCategories[] = {"MARKETING", "UTILITY",
                                                           "AUTHENTICATION"};
// What the documentation 2.39 lists.
inline constexpr std::string_view kTemplateLanguages[] = {
    "af",    "sq", "ar", "az", "bn",    "bg",    "ca", "zh_CN", "zh_HK", "zh_TW", "hr",
    "cs",    "da", "nl", "en", "en_GB", "en_US", "et", "fil",   "fi",    "fr",    "de",
    "el",    "gu", "he", "hi", "hu",    "id",    "ga", "it",    "ja",    "kn",    "kk",
    "ko",    "lo", "lv", "lt", "mk",    "ms",    "mr", "nb",    "fa",    "pl",    "pt_BR",
    "pt_PT", "pa", "ro", "ru", "sr",    "sk",    "sl", "es",    "es_AR", "es_ES", "es_MX",
    "sw",    "sv", "ta", "te", "th",    "tr",    "uk", "ur",    "uz",    "vi",
};
static_assert(std::size(kTemplateLanguages) == 65);

struct AddTemplateBody {
  std::string name, category, language;
  base::json::value components;
  static constexpr auto Fields() {
    using B = AddTemplateBody;
    return FieldList(Required("name", &B::name, MaxLength(512)),
                     Required("category", &B::category, OneOf(kTemplateCategories)),
                     Required("components", &B::components, Doc("As in Meta's Cloud API")),
                     Required("language", &B::language, OneOf(kTemplateLanguages)));
  }
};
struct RemoveTemplateBody {
  std::string name;
  static constexpr auto Fields() {
    return FieldList(Required("name", &RemoveTemplateBody::name, MaxLength(512)));
  }
};
struct TemplateLanguage {
  std::string policy = "deterministic", code;
  static constexpr auto Fields() {
    using L = TemplateLanguage;
    return FieldList(Optional("policy", &L::policy, MaxLength(30), Doc("deterministic")),
                     Required("code", &L::code, MaxLength(10)));
  }
};
struct SendTemplateBody {
  std::optional<std::string> namespace_id, name, chat_id, phone;
  std::optional<TemplateLanguage> language;
  std::optional<base::json::value> params;
  static constexpr auto Fields() {
    using B = SendTemplateBody;
    return FieldList(Optional("namespace", &B::namespace_id, MaxLength(512)),
                     Optional("template", &B::name, MaxLength(512)),
                     Optional("language", &B::language), Optional("params", &B::params),
                     Optional("chatId", &B::chat_id, MaxLength(100), Doc("Used instead of phone")),
                     Optional("phone", &B::phone, MaxLength(40), Doc("With country code")));
  }
};

}  // namespace parley::api::onemsg
