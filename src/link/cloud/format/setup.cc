#include "link/cloud/format/setup.h"

#include <fmt/format.h>

#include <algorithm>

#include "link/cloud/format/reading.h"

namespace parley::link::cloud::format {
namespace {

using base::MaxLength;
using base::Optional;
using base::json::object;
using base::json::value;
using Word = std::optional<std::string>;

constexpr std::size_t kMaxAdvice = 500, kMaxUrl = 4096;

struct TokenErrorIn {
  Word message;
  static constexpr auto Fields() {
    return base::FieldList(Optional("message", &TokenErrorIn::message));
  }
};
struct TokenIn {
  bool is_valid = false;
  Word app_id, application;
  std::int64_t expires_at = 0;
  std::vector<std::string> scopes;
  std::optional<TokenErrorIn> error;
  static constexpr auto Fields() {
    using T = TokenIn;
    return base::FieldList(base::Required("is_valid", &T::is_valid),
                           Optional("app_id", &T::app_id, MaxLength(kMaxMetaId)),
                           Optional("application", &T::application),
                           Optional("expires_at", &T::expires_at, base::Range(0, kLastSecond)),
                           Optional("scopes", &T::scopes, MaxLength(kMaxSetupItems)),
                           Optional("error", &T::error));
  }
};

struct AppDataIn {
  Word id;
  static constexpr auto Fields() {
    return base::FieldList(Optional("id", &AppDataIn::id, MaxLength(kMaxMetaId)));
  }
};
struct SubscribedAppIn {
  std::optional<AppDataIn> app;
  static constexpr auto Fields() {
    return base::FieldList(Optional("whatsapp_business_api_data", &SubscribedAppIn::app));
  }
};

constexpr std::string_view kAccountObject = "whatsapp_business_account";

// A field's name: an object with its version, or the name alone.
std::string FieldNameOf(const value& field) {
  if (field.is_string())
    return Clean({field.get_string().data(), field.get_string().size()}, kMaxMetaName);
  return field.is_object() ? Clean(base::FindText(field.get_object(), "name"), kMaxMetaName) : "";
}

// What an entity's errors say, or that it may not send.
void NoteEntity(const object& entity, std::vector<std::string>& troubles) {
  const std::string state = Clean(base::FindText(entity, "can_send_message"), kMaxMetaName);
  if (state.empty() || state == "AVAILABLE") return;
  const std::string type = Clean(base::FindText(entity, "entity_type"), kMaxMetaName);
  const base::json::array* errors = ListIn(entity, "errors");
  bool told = false;
  for (std::size_t i = 0; errors != nullptr && i < std::min(errors->size(), kMaxUnknown); ++i) {
    const object* error = (*errors)[i].if_object();
    if (error == nullptr) continue;
    troubles.push_back(fmt::format("{}: {} {}", type,
                                   Clean(base::FindText(*error, "error_description"), kMaxAdvice),
                                   Clean(base::FindText(*error, "possible_solution"), kMaxAdvice)));
    told = true;
  }
  if (!told) troubles.push_back(fmt::format("{} is {}", type, state));
}

}  // namespace

bool TokenFacts::Has(std::string_view permission) const {
  return std::find(scopes.begin(), scopes.end(), permission) != scopes.end();
}

base::Result<TokenFacts> ReadToken(const object& body) {
  PARLEY_TRY(given, ReadMember<TokenIn>(body, "data"));
  TokenFacts facts;
  facts.is_valid = given.is_valid;
  facts.app_id = Clean(given.app_id.value_or(""), kMaxMetaId);
  facts.app_name = Clean(given.application.value_or(""), kMaxMetaName);
  if (given.expires_at > 0) facts.expires_at = AtSecond(given.expires_at);
  facts.scopes = std::move(given.scopes);
  if (given.error) facts.fault = Clean(given.error->message.value_or(""), kMaxAdvice);
  return facts;
}

base::Result<std::vector<std::string>> ReadSubscribedApps(const object& body) {
  PARLEY_TRY(apps, ReadList<SubscribedAppIn>(base::Find(body, "data"), "data", kMaxSetupItems));
  std::vector<std::string> ids;
  for (const SubscribedAppIn& one : apps)
    if (one.app && one.app->id) ids.push_back(*one.app->id);
  return ids;
}

base::Result<std::vector<std::string>> ReadSubscribedFields(const object& body) {
  const base::json::array* data = ListIn(body, "data");
  if (data == nullptr) return base::FieldError("data", "Required");
  std::vector<std::string> names;
  for (const value& item : *data) {
    const object* subscription = item.if_object();
    if (subscription == nullptr || base::FindText(*subscription, "object") != kAccountObject)
      continue;
    const base::json::array* fields = ListIn(*subscription, "fields");
    if (fields == nullptr) continue;
    if (fields->size() > kMaxSetupItems) return base::FieldError("data.fields", "Too many items");
    for (const value& field : *fields) names.push_back(FieldNameOf(field));
  }
  return names;
}

std::optional<std::string> WebhookOf(const object& number) {
  const object* configuration = ObjectIn(number, "webhook_configuration");
  if (configuration == nullptr) return std::nullopt;
  // The most special one holds.
  for (const std::string_view owner : {"phone_number", "whatsapp_business_account", "application"})
    if (const std::string_view url = base::FindText(*configuration, owner); !url.empty())
      return Clean(url, kMaxUrl);
  return "";
}

std::vector<std::string> HealthTroubles(const object& number) {
  std::vector<std::string> troubles;
  const object* health = ObjectIn(number, "health_status");
  if (health == nullptr) return troubles;
  const base::json::array* entities = ListIn(*health, "entities");
  for (std::size_t i = 0; entities != nullptr && i < std::min(entities->size(), kMaxUnknown); ++i)
    if (const object* entity = (*entities)[i].if_object()) NoteEntity(*entity, troubles);
  return troubles;
}

}  // namespace parley::link::cloud::format
