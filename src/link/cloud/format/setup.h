// What Graph tells of how an app, its token and its webhook are set up, for check.h. Pure.
//
// Source: developers.facebook.com, Graph API, "Debug token" and "App subscriptions"; WhatsApp
// Business Platform, "Managing webhooks", "Webhook overrides" and "Messaging health status".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"

namespace parley::link::cloud::format {

inline constexpr std::size_t kMaxSetupItems = 1000;  // of each list; more is an error

// GET /debug_token: what a token is.
struct TokenFacts {
  bool is_valid = false;
  std::string app_id, app_name;
  std::optional<base::Time> expires_at;  // nullopt: never, as far as Meta says
  std::vector<std::string> scopes;       // permissions
  std::string fault;                     // why it is not valid; may be empty
  bool Has(std::string_view permission) const;
};
base::Result<TokenFacts> ReadToken(const base::json::object& body);

// GET /{business-account-id}/subscribed_apps: the ids of the apps that hear of the account.
base::Result<std::vector<std::string>> ReadSubscribedApps(const base::json::object& body);

// GET /{app-id}/subscriptions: the fields of WhatsApp business accounts that the app hears of.
base::Result<std::vector<std::string>> ReadSubscribedFields(const base::json::object& body);

// Of a number's node with `webhook_configuration`: the URL that its webhooks go to; empty: there is
// none; nullopt: Meta does not tell.
std::optional<std::string> WebhookOf(const base::json::object& number);

// Of a number's node with `health_status`: what keeps it from sending, with what Meta advises, a
// sentence each. Empty: nothing that Meta tells.
std::vector<std::string> HealthTroubles(const base::json::object& number);

}  // namespace parley::link::cloud::format
