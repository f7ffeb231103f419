// Which app hears of an account, of which fields, and at which URL.
#include "sim/graph/handlers.h"

namespace parley::sim::graph {
namespace {

using base::json::array;
using base::json::object;

struct SubscribeBody {
  std::optional<std::string> override_callback_uri, verify_token;
  static constexpr auto Fields() {
    using B = SubscribeBody;
    return base::FieldList(
        base::Optional("override_callback_uri", &B::override_callback_uri, base::MaxLength(2048)),
        base::Optional("verify_token", &B::verify_token, base::MaxLength(1000)));
  }
};

inline constexpr std::string_view kAccountObject[] = {"whatsapp_business_account"};
struct SubscriptionBody {
  std::string object, callback_url, verify_token;
  std::optional<base::json::value> fields, include_values;
  static constexpr auto Fields() {
    using B = SubscriptionBody;
    return base::FieldList(base::Required("object", &B::object, base::OneOf(kAccountObject)),
                           base::Required("callback_url", &B::callback_url, base::MaxLength(2048)),
                           base::Required("verify_token", &B::verify_token, base::MaxLength(1000)),
                           base::Optional("fields", &B::fields),
                           base::Optional("include_values", &B::include_values));
  }
};

// What an app hears of that never said which fields it wants.
constexpr std::string_view kAllFields[] = {
    "account_alerts",
    "account_review_update",
    "account_update",
    "business_capability_update",
    "message_template_quality_update",
    "message_template_status_update",
    "messages",
    "phone_number_name_update",
    "phone_number_quality_update",
    "security",
    "smb_message_echoes",
};

// A list, or names with commas between them.
Outcome<std::vector<std::string>> FieldNamesIn(const base::json::value& given) {
  std::vector<std::string> names;
  if (const base::json::string* text = given.if_string()) {
    std::string_view rest(text->data(), text->size());
    while (!rest.empty()) {
      const std::size_t comma = rest.find(',');
      names.emplace_back(rest.substr(0, comma));
      rest = comma == rest.npos ? std::string_view() : rest.substr(comma + 1);
    }
  } else if (const base::json::array* list = given.if_array()) {
    for (const base::json::value& one : *list)
      if (const base::json::string* name = one.if_string()) names.emplace_back(*name);
  }
  if (names.empty() || names.size() > kMaxAppFields)
    return InvalidParameter("Param fields must be a list of names.");
  return names;
}

object FieldOf(std::string_view name) {
  object field;
  field["name"] = base::JsonView(name);
  field["version"] = "v23.0";
  return field;
}

object SubscribedApp(const Account& account, const App& app) {
  object data, item;
  data["link"] = base::JsonView("https://www.facebook.com/games/?app_id=" + app.id);
  data["name"] = base::JsonView(app.name);
  data["id"] = base::JsonView(app.id);
  item["whatsapp_business_api_data"] = std::move(data);
  if (account.callback) item["override_callback_uri"] = base::JsonView(account.callback->url);
  return item;
}

http::Response DataReply(array data) {
  object body;
  body["data"] = std::move(data);
  return Reply(body);
}

}  // namespace

base::Task<Answer> ListSubscribedApps(const Call* call) {
  PARLEY_CO_TRY(account, call->AccountNode());
  array data;
  if (account->subscribed)
    data.push_back(SubscribedApp(*account, *call->parts.registry.FindApp(account->app)));
  co_return DataReply(std::move(data));
}

base::Task<Answer> SubscribeApp(const Call* call) {
  PARLEY_CO_TRY(node, call->AccountNode());
  const std::string id = node->id;
  PARLEY_CO_TRY(body, call->ReadBody<SubscribeBody>());
  std::optional<Callback> callback;
  if (body.override_callback_uri) {
    callback = Callback{*body.override_callback_uri, body.verify_token.value_or("")};
    const auto verified = co_await VerifyCallback(&call->parts, *callback);
    if (!verified) co_return InvalidParameter(verified.error().faults.front().text);
  }
  const Account* known = call->parts.registry.FindAccount(id);
  Account account = *known;
  account.subscribed = true;
  account.callback = std::move(callback);
  call->parts.registry.Put(std::move(account));
  co_return Success();
}

base::Task<Answer> UnsubscribeApp(const Call* call) {
  PARLEY_CO_TRY(node, call->AccountNode());
  Account account = *node;
  account.subscribed = false;
  account.callback.reset();
  call->parts.registry.Put(std::move(account));
  co_return Success();
}

base::Task<Answer> ListSubscriptions(const Call* call) {
  PARLEY_CO_TRY(app, call->AppNode());
  array data;
  if (app->callback) {
    object item;
    item["object"] = "whatsapp_business_account";
    item["callback_url"] = base::JsonView(app->callback->url);
    item["active"] = true;
    array fields;
    if (app->fields)
      for (const std::string& name : *app->fields) fields.push_back(FieldOf(name));
    else
      for (const std::string_view name : kAllFields) fields.push_back(FieldOf(name));
    item["fields"] = std::move(fields);
    data.push_back(std::move(item));
  }
  co_return DataReply(std::move(data));
}

base::Task<Answer> SetSubscription(const Call* call) {
  PARLEY_CO_TRY(node, call->AppNode());
  App app = *node;
  PARLEY_CO_TRY(body, call->ReadBody<SubscriptionBody>());
  if (body.fields) {
    PARLEY_CO_TRY(names, FieldNamesIn(*body.fields));
    app.fields = std::move(names);
  }
  Callback callback{std::move(body.callback_url), std::move(body.verify_token)};
  const auto verified = co_await VerifyCallback(&call->parts, callback);
  if (!verified) co_return InvalidParameter(verified.error().faults.front().text);
  app.callback = std::move(callback);
  call->parts.registry.Put(std::move(app));
  co_return Success();
}

}  // namespace parley::sim::graph
