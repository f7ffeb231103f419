// Accounts: the tenants of a gateway. Everything else belongs to exactly one of them.
#pragma once

#include <optional>
#include <string>

#include "base/fields.h"
#include "core/ids.h"

namespace parley::core {

// What a conversation of each category costs, in the account's own currency. Networks bill by it,
// but do not say how much.
struct ConversationPrices {
  std::optional<double> marketing, utility, authentication, service;

  static constexpr auto Fields() {
    using base::Optional;
    using P = ConversationPrices;
    constexpr base::Range range(0, 1'000'000);
    return base::FieldList(Optional("marketing", &P::marketing, range),
                           Optional("utility", &P::utility, range),
                           Optional("authentication", &P::authentication, range),
                           Optional("service", &P::service, range));
  }
};

// What an account may choose about how Parley talks to it. Stored as JSON: a new field needs no
// migration.
struct AccountSettings {
  bool wapio_envelope = false;  // wrap Wapio answers in {"success":true,"data":...}
  bool onemsg_viewed = false;   // say "viewed" where today's 1MSG says "read"
  std::optional<ConversationPrices> conversation_prices;

  static constexpr auto Fields() {
    return base::FieldList(
        base::Optional("wapio_envelope", &AccountSettings::wapio_envelope,
                       base::Doc("Wrap Wapio answers in {\"success\":true,\"data\":...}")),
        base::Optional("onemsg_viewed", &AccountSettings::onemsg_viewed,
                       base::Doc("1MSG acks say \"viewed\" instead of \"read\"")),
        base::Optional("conversation_prices", &AccountSettings::conversation_prices,
                       base::Doc("What a conversation costs, for 1MSG's statistics; 0 when left "
                                 "out")));
  }
};

struct Account {
  AccountRow row;
  AccountId id;
  std::string name;
  std::string plan = "free";  // a label for the operator
  bool on_trial = false;
  std::optional<base::Time> expires_at;  // after it, every call is refused as unpaid
  bool blocked = false;
  std::string block_reason;
  std::int64_t requests_per_minute = 0;  // 0 = unlimited
  std::int64_t burst = 0;                // requests at once; 0 = requests_per_minute
  std::int64_t messages_per_month = 0;   // that programs may send; 0 = unlimited
  AccountSettings settings;
  base::Time created_at;
};

}  // namespace parley::core
