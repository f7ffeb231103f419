// Accounts: the tenants of a gateway. Everything else belongs to exactly one of them.
#pragma once

#include <optional>
#include <string>

#include "base/fields.h"
#include "core/ids.h"

namespace parley::core {

// What an account may choose about how Parley talks to it. Stored as JSON: a new field needs no
// migration.
struct AccountSettings {
  bool wapio_envelope = false;  // wrap Wapio answers in {"success":true,"data":...}
  bool onemsg_viewed = false;   // say "viewed" where today's 1MSG says "read"

  static constexpr auto Fields() {
    return base::FieldList(
        base::Optional("wapio_envelope", &AccountSettings::wapio_envelope,
                       base::Doc("Wrap Wapio answers in {\"success\":true,\"data\":...}")),
        base::Optional("onemsg_viewed", &AccountSettings::onemsg_viewed,
                       base::Doc("1MSG acks say \"viewed\" instead of \"read\"")));
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
  AccountSettings settings;
  base::Time created_at;
};

}  // namespace parley::core
