// Numbers, accounts and tokens as nodes. One path serves all types: the id says which it is.
#include <fmt/format.h>

#include <algorithm>

#include "sim/graph/analytics.h"
#include "sim/graph/fields_query.h"
#include "sim/graph/handlers.h"
#include "sim/graph/ids.h"

namespace parley::sim::graph {
namespace {

using base::json::array;
using base::json::object;

constexpr std::string_view kNumberFields =
    "verified_name,code_verification_status,display_phone_number,quality_rating,platform_type,"
    "throughput,last_onboarded_time,webhook_configuration";
constexpr std::string_view kAccountFields =
    "id,name,currency,timezone_id,message_template_namespace";
constexpr std::size_t kMaxPin = 6;

object HealthOf(const Call& call, const Number& number) {
  const Account& account = *call.parts.registry.FindAccount(number.account);
  const auto entity = [](std::string_view type, std::string_view id, bool fine) {
    object item;
    item["entity_type"] = base::JsonView(type);
    item["id"] = base::JsonView(id);
    item["can_send_message"] = fine ? "AVAILABLE" : "BLOCKED";
    return item;
  };
  array entities;
  entities.push_back(entity("PHONE_NUMBER", number.id, number.registered));
  entities.push_back(entity("WABA", account.id, !account.locked));
  entities.push_back(entity("APP", account.app, true));
  object health;
  health["can_send_message"] = number.registered && !account.locked ? "AVAILABLE" : "BLOCKED";
  health["entities"] = std::move(entities);
  return health;
}

object WebhookConfigurationOf(const Call& call, const Number& number) {
  const Account& account = *call.parts.registry.FindAccount(number.account);
  const App& app = *call.parts.registry.FindApp(account.app);
  object configuration;
  if (number.callback) configuration["phone_number"] = base::JsonView(number.callback->url);
  if (account.callback)
    configuration["whatsapp_business_account"] = base::JsonView(account.callback->url);
  if (app.callback) configuration["application"] = base::JsonView(app.callback->url);
  return configuration;
}

// Everything that a number can be asked for.
object NumberMembers(const Call& call, const Number& number) {
  const auto person = call.parts.network.FindPerson(number.number);
  object all, throughput;
  throughput["level"] = base::JsonView(NameOf(number.throughput));
  all["verified_name"] = base::JsonView(number.name);
  all["code_verification_status"] = "VERIFIED";
  all["display_phone_number"] = base::JsonView("+" + number.number);
  all["quality_rating"] = base::JsonView(NameOf(number.quality));
  all["platform_type"] = number.registered ? "CLOUD_API" : "NOT_APPLICABLE";
  all["throughput"] = std::move(throughput);
  all["last_onboarded_time"] =
      base::JsonView(base::FormatTime(number.made_at, base::TimeStyle::kIsoNoZone) + "+0000");
  all["webhook_configuration"] = WebhookConfigurationOf(call, number);
  all["id"] = base::JsonView(number.id);
  all["status"] = number.registered ? "CONNECTED" : "DISCONNECTED";
  all["name_status"] = "APPROVED";
  all["new_name_status"] = "NONE";
  all["account_mode"] = "LIVE";
  all["is_official_business_account"] = person && person->verified_level == 2;
  all["is_pin_enabled"] = true;
  all["messaging_limit_tier"] = "TIER_UNLIMITED";
  all["health_status"] = HealthOf(call, number);
  all["search_visibility"] = "VISIBLE";
  return all;
}

object AccountMembers(const Call& call, const Account& account) {
  object all;
  all["id"] = base::JsonView(account.id);
  all["name"] = base::JsonView(account.name);
  all["currency"] = "USD";
  all["timezone_id"] = "1";
  const std::vector<const Number*> numbers = call.parts.registry.NumbersOf(account.id);
  all["message_template_namespace"] =
      base::JsonView(net::TemplateNamespaceOf(numbers.empty() ? "" : numbers.front()->number));
  all["account_review_status"] = "APPROVED";
  all["business_verification_status"] = "verified";
  all["ownership_type"] = "SELF";
  all["status"] = account.locked ? "DISABLED" : "ACTIVE";
  return all;
}

Outcome<std::vector<AskedField>> FieldsOf(const Call& call) {
  return ReadFields(call.Query("fields").value_or(""));
}

struct ConfigurationBody {
  std::optional<std::string> override_callback_uri, verify_token;
  static constexpr auto Fields() {
    using B = ConfigurationBody;
    return base::FieldList(
        base::Optional("override_callback_uri", &B::override_callback_uri, base::MaxLength(2048)),
        base::Optional("verify_token", &B::verify_token, base::MaxLength(1000)));
  }
};
struct NumberBody {
  std::optional<ConfigurationBody> webhook_configuration;
  std::optional<std::string> messaging_product, pin;
  static constexpr auto Fields() {
    using B = NumberBody;
    return base::FieldList(
        base::Optional("webhook_configuration", &B::webhook_configuration),
        base::Optional("messaging_product", &B::messaging_product),
        base::Optional("pin", &B::pin, base::MinLength(kMaxPin), base::MaxLength(kMaxPin)));
  }
};

struct RegisterBody {
  std::string messaging_product, pin;
  std::optional<std::string> data_localization_region;
  static constexpr auto Fields() {
    using B = RegisterBody;
    return base::FieldList(
        base::Required("messaging_product", &B::messaging_product),
        base::Required("pin", &B::pin, base::MinLength(kMaxPin), base::MaxLength(kMaxPin)),
        base::Optional("data_localization_region", &B::data_localization_region));
  }
};

Outcome<object> NumberAnswer(const Call& call, const Number& number) {
  PARLEY_TRY(asked, FieldsOf(call));
  return Select(NumberMembers(call, number), asked, kNumberFields, "WhatsAppBusinessPhoneNumber");
}

Outcome<object> AccountAnswer(const Call& call, const Account& account) {
  PARLEY_TRY(asked, FieldsOf(call));
  object all = AccountMembers(call, account);
  for (const AskedField& field : asked) {
    PARLEY_TRY(analytics, AnalyticsField(call, account, field));
    if (analytics) all[base::JsonView(field.name)] = std::move(*analytics);
  }
  return Select(all, asked, kAccountFields, "WhatsAppBusinessAccount");
}

}  // namespace

base::Task<Answer> GetNode(const Call* call) {
  if (const auto number = call->NumberNode()) {
    PARLEY_CO_TRY(answer, NumberAnswer(*call, **number));
    co_return Reply(answer);
  }
  if (const auto account = call->AccountNode()) {
    PARLEY_CO_TRY(answer, AccountAnswer(*call, **account));
    co_return Reply(answer);
  }
  if (auto of_template = TemplateAnswer(*call)) co_return std::move(*of_template);
  co_return MediaAnswer(*call);
}

base::Task<Answer> DeleteNode(const Call* call) { co_return MediaRemoved(*call); }

base::Task<Answer> PostNode(const Call* call) {
  if (call->Parameter("id").starts_with(kUploadHead)) co_return UploadAnswer(*call);
  PARLEY_CO_TRY(node, call->NumberNode());
  Number number = *node;
  PARLEY_CO_TRY(body, call->ReadBody<NumberBody>());
  if (body.webhook_configuration) {
    const ConfigurationBody& given = *body.webhook_configuration;
    number.callback.reset();
    const bool is_set = given.override_callback_uri && !given.override_callback_uri->empty();
    if (is_set) {
      Callback callback{*given.override_callback_uri, given.verify_token.value_or("")};
      const auto verified = co_await VerifyCallback(&call->parts, callback);
      if (!verified) co_return InvalidParameter(verified.error().faults.front().text);
      number.callback = std::move(callback);
    }
  }
  if (call->parts.registry.FindNumber(number.id) != nullptr)
    call->parts.registry.Put(std::move(number));
  co_return Success();
}

base::Task<Answer> ListNumbers(const Call* call) {
  PARLEY_CO_TRY(account, call->AccountNode());
  array data;
  for (const Number* number : call->parts.registry.NumbersOf(account->id)) {
    PARLEY_CO_TRY(answer, NumberAnswer(*call, *number));
    data.push_back(std::move(answer));
  }
  object cursors, paging, body;
  cursors["before"] = "QVFIUbefore";
  cursors["after"] = "QVFIUafter";
  paging["cursors"] = std::move(cursors);
  body["data"] = std::move(data);
  body["paging"] = std::move(paging);
  co_return Reply(body);
}

base::Task<Answer> RegisterNumber(const Call* call) {
  PARLEY_CO_TRY(node, call->NumberNode());
  PARLEY_CO_TRY(body, call->ReadBody<RegisterBody>());
  Number number = *node;
  number.registered = true;
  call->parts.registry.Put(std::move(number));
  co_return Success();
}

base::Task<Answer> DeregisterNumber(const Call* call) {
  PARLEY_CO_TRY(node, call->NumberNode());
  Number number = *node;
  number.registered = false;
  call->parts.registry.Put(std::move(number));
  co_return Success();
}

base::Task<Answer> DebugToken(const Call* call) {
  const Registry& registry = call->parts.registry;
  const Token* token = registry.FindToken(call->Query("input_token").value_or(""));
  object data;
  const base::Time now = call->parts.scheduler.Now();
  if (token == nullptr || token->app != call->token.app) {
    object error;
    error["code"] = kBadToken;
    error["message"] = "Invalid OAuth access token - Cannot parse access token";
    data["error"] = std::move(error);
    data["is_valid"] = false;
    data["scopes"] = array();
  } else {
    const bool is_valid = !token->revoked && (!token->expires_at || *token->expires_at > now);
    array scopes, granular;
    for (const std::string& permission : token->permissions) {
      scopes.push_back(base::json::string(base::JsonView(permission)));
      object item;
      item["scope"] = base::JsonView(permission);
      granular.push_back(std::move(item));
    }
    data["app_id"] = base::JsonView(token->app);
    data["type"] = "SYSTEM_USER";
    data["application"] = base::JsonView(registry.FindApp(token->app)->name);
    data["data_access_expires_at"] = 0;
    data["expires_at"] = token->expires_at ? base::ToUnixSeconds(*token->expires_at) : 0;
    data["is_valid"] = is_valid;
    data["scopes"] = std::move(scopes);
    data["granular_scopes"] = std::move(granular);
  }
  object body;
  body["data"] = std::move(data);
  co_return Reply(body);
}

}  // namespace parley::sim::graph
