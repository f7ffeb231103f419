// What a business account sent, counted: the fields analytics, conversation_analytics and
// pricing_analytics of the account, and its edge template_analytics
// (developers.facebook.com/docs/whatsapp/business-management-api/analytics).
#pragma once

#include <optional>

#include "sim/graph/call.h"
#include "sim/graph/fields_query.h"

namespace parley::sim::graph {

// What one billable message costs here, in US dollars. The network has no prices of its own.
inline constexpr double kMarketingCost = 0.025, kUtilityCost = 0.004, kAuthenticationCost = 0.0035;

// The value of such a field; nullopt: it is another. 100 for arguments that do not fit.
Outcome<std::optional<base::json::object>> AnalyticsField(const Call& call, const Account& account,
                                                          const AskedField& field);

}  // namespace parley::sim::graph
