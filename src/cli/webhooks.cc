#include <fmt/format.h>

#include "cli/handlers.h"
#include "cli/lookup.h"

namespace parley::cli {
namespace {

namespace json = base::json;

constexpr Column kWebhookColumns[] = {
    {"ID", "subscription_id"},
    {"DIALECT", "dialect"},
    {"STATE", "state"},
    {"REASON", "state_reason"},
    {"FAILING SINCE", "failing_since"},
    {"BEHIND", "behind"},
    {"URL", "url"},
};
constexpr Column kDeliveryColumns[] = {
    {"POSITION", "position"},
    {"NAME", "name"},
    {"SUBSCRIPTION", "subscription_id"},
    {"STATE", "state"},
    {"ATTEMPTS", "attempts"},
    {"NEXT", "next_at"},
    {"STATUS", "last_status"},
    {"LAST ERROR", "last_error"},
};

std::string SubscriptionPath(const std::string& account_path, const Session& session) {
  return account_path + "/subscriptions/" + Escape(session.arguments.Text("WEBHOOK"));
}

}  // namespace

base::Result<int> ListWebhooks(Session& session) {
  PARLEY_TRY(path, AccountPath(session.api, session.arguments.Text("ACCOUNT")));
  PARLEY_TRY(rows, ListAll(session.api, path + "/subscriptions", "subscriptions"));
  session.output.Table(kWebhookColumns, rows);
  return 0;
}

base::Result<int> EnableWebhook(Session& session) {
  PARLEY_TRY(account, AccountPath(session.api, session.arguments.Text("ACCOUNT")));
  const std::string path = SubscriptionPath(account, session);
  PARLEY_CHECK(session.api.Post(path + "/enable"));
  PARLEY_TRY(webhook, AsObject(session.api.Get(path)));
  session.output.Card(webhook);
  return 0;
}

base::Result<int> SetWebhookSecret(Session& session) {
  PARLEY_TRY(account, AccountPath(session.api, session.arguments.Text("ACCOUNT")));
  json::object body;
  if (const auto secret = session.arguments.Find("--secret"))
    body["secret"] = base::JsonView(*secret);
  PARLEY_TRY(set, AsObject(session.api.Post(SubscriptionPath(account, session) + "/secret",
                                            std::move(body))));
  session.output.Card(set);
  session.output.Line("Keep the secret: it is shown this once.");
  return 0;
}

base::Result<int> ListDeliveries(Session& session) {
  PARLEY_TRY(account, AccountPath(session.api, session.arguments.Text("ACCOUNT")));
  std::string path = fmt::format("{}/deliveries?limit={}", account,
                                 session.arguments.Number("--limit").value_or(100));
  constexpr std::pair<std::string_view, std::string_view> kFilters[] = {
      {"--webhook", "subscription"}, {"--state", "state"}, {"--before", "before"}};
  for (const auto& [argument, parameter] : kFilters)
    if (const auto value = session.arguments.Find(argument))
      path += fmt::format("&{}={}", parameter, Escape(*value));
  PARLEY_TRY(page, AsObject(session.api.Get(path)));
  const json::value* rows = base::Find(page, "deliveries");
  session.output.Table(kDeliveryColumns,
                       rows != nullptr && rows->is_array() ? rows->get_array() : json::array());
  return 0;
}

base::Result<int> ReplayDeliveries(Session& session) {
  PARLEY_TRY(account, AccountPath(session.api, session.arguments.Text("ACCOUNT")));
  const std::int64_t from = *session.arguments.Number("FROM");
  json::object body;
  body["from"] = from;
  body["to"] = session.arguments.Number("TO").value_or(from);
  if (session.arguments.Has("--also-done")) body["also_done"] = true;
  PARLEY_TRY(replay, AsObject(session.api.Post(SubscriptionPath(account, session) + "/replay",
                                               std::move(body))));
  session.output.Card(replay);
  return 0;
}

}  // namespace parley::cli
