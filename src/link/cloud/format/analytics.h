// What Meta counted and billed: conversation and pricing analytics. Pure.
//
// Source: developers.facebook.com, WhatsApp Business Platform, "Analytics"; up to a year back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "core/usage/usage_store.h"

namespace parley::link::cloud::format {

inline constexpr std::size_t kMaxDataPoints = 10'000;

struct DataPoint {
  base::Time start, end;
  // nullopt: the request did not ask for this dimension, or Meta has a category of its own.
  std::optional<core::ConversationCategory> category;
  std::int64_t count = 0;  // conversations; since July 2025 messages that were billed or could be
  double cost = 0;         // in the account's currency
  bool free = false;       // by its type: within the window, or from a free entry point
  std::string phone;       // digits; empty: of all numbers together
  std::string country;     // two letters
};

// The value of `fields` for GET /{business-account-id}: what was billed of one number (digits) from
// `start` to before `end`, month by month.
std::string PricingFields(base::Time start, base::Time end, const std::string& phone);

// The answer to GET /{business-account-id}?fields=pricing_analytics... or
// conversation_analytics...
base::Result<std::vector<DataPoint>> ReadAnalytics(const base::json::object& body);

// The same as the core counts: rows of the months that the points begin in, without `messages`.
// Only of this number (digits), and of points that say none. Points without a category are left
// out.
std::vector<core::UsageRow> UsageOf(const std::vector<DataPoint>& points, const std::string& phone);

}  // namespace parley::link::cloud::format
