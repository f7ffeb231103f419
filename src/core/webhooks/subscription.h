// Webhook subscriptions: who wants to hear what, where.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/names.h"
#include "core/accounts/credential.h"
#include "core/ids.h"

namespace parley::core {

enum class SubscriptionState : std::uint8_t {  // stored; never renumber
  kActive = 1,
  kOff = 2,       // switched off by its owner
  kDisabled = 3,  // switched off by Parley: gone (410) or failing for days; state_reason says which
};
inline constexpr base::EnumNames<SubscriptionState, 3> kSubscriptionStateNames({
    {SubscriptionState::kActive, "active"},
    {SubscriptionState::kOff, "off"},
    {SubscriptionState::kDisabled, "disabled"},
});
PARLEY_ENUM_NAMES(SubscriptionState, kSubscriptionStateNames)

// What a dialect adds to a subscription. Stored as JSON.
struct SubscriptionParameters {
  std::string time_period;  // 2Chat, whatsapp.conversation.new
  std::string to_group;     // 2Chat, group events
  bool acks = true;         // 1MSG, send ack callbacks
  bool raw = false;         // 1MSG, send the provider's bodies
  bool viewed = false;      // 1MSG, acks say "viewed" instead of "read"

  static constexpr auto Fields() {
    using base::Optional;
    using P = SubscriptionParameters;
    return base::FieldList(Optional("time_period", &P::time_period),
                           Optional("to_group", &P::to_group), Optional("acks", &P::acks),
                           Optional("raw", &P::raw), Optional("viewed", &P::viewed));
  }
};

struct Subscription {
  SubscriptionRow row;
  SubscriptionId id;
  AccountRow account;
  AccountId account_id;               // read with the row
  std::optional<ChannelRow> channel;  // none: everything of the account
  Dialect dialect = Dialect::kAdmin;
  std::string url;
  std::vector<std::string> events;  // names in the dialect's words; empty = all
  std::string sealed_secret;        // signing secret, sealed by core::Secrets; may be empty
  SubscriptionParameters parameters;
  SubscriptionState state = SubscriptionState::kActive;
  std::string state_reason;
  std::optional<base::Time> failing_since;  // no post has succeeded since then
  // Events after this position are owed, unless a delivery row says they are settled. Set at
  // creation to the last position of that moment, and moved on while the subscription is behind;
  // one that keeps up rides on the deliverer's common position (webhooks/delivery_store.h).
  EventPosition position;
  bool behind = false;  // works through its own backlog from `position`
  base::Time created_at;

  bool Wants(std::string_view event_name) const;
};

}  // namespace parley::core
