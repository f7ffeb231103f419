// Bodies of the routes about webhook subscriptions and deliveries.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/schema.h"

namespace parley::admin {

struct SubscriptionView {
  std::string subscription_id, account_id;
  std::optional<std::string> channel_id;
  std::string dialect, url;
  std::vector<std::string> events;
  std::string state;
  std::optional<std::string> state_reason, failing_since;
  bool behind = false;
  std::string created_at;
  static constexpr auto Fields() {
    using V = SubscriptionView;
    return FieldList(
        Required("subscription_id", &V::subscription_id), Required("account_id", &V::account_id),
        Optional("channel_id", &V::channel_id, NullWhenAbsent(),
                 Doc("null: everything of the account")),
        Required("dialect", &V::dialect), Required("url", &V::url),
        Required("events", &V::events, Doc("Names in the dialect's words; empty: all")),
        Required("state", &V::state, Doc("active, off (by its owner) or disabled (by Parley)")),
        Optional("state_reason", &V::state_reason, NullWhenAbsent()),
        Optional("failing_since", &V::failing_since, NullWhenAbsent()),
        Required("behind", &V::behind, Doc("It works through a backlog of its own")),
        Required("created_at", &V::created_at));
  }
};

struct SubscriptionList {
  std::vector<SubscriptionView> subscriptions;
  std::optional<std::string> next;
  static constexpr auto Fields() {
    return FieldList(Required("subscriptions", &SubscriptionList::subscriptions),
                     Optional("next", &SubscriptionList::next, NullWhenAbsent()));
  }
};

struct SecretBody {
  std::optional<std::string> secret;
  static constexpr auto Fields() {
    return FieldList(Optional("secret", &SecretBody::secret, MinLength(16), MaxLength(200),
                              Doc("One is drawn when left out")));
  }
};

struct SecretReply {
  std::string secret;
  static constexpr auto Fields() {
    return FieldList(Required("secret", &SecretReply::secret, Doc("Shown this once")));
  }
};

struct DeliveryView {
  std::string subscription_id;
  std::int64_t position = 0;
  std::string name, state;
  std::int64_t attempts = 0;
  std::optional<std::string> next_at;
  std::optional<std::int64_t> last_status;
  std::optional<std::string> last_error;
  std::int64_t duration_ms = 0;
  std::optional<std::string> finished_at;
  static constexpr auto Fields() {
    using V = DeliveryView;
    return FieldList(
        Required("subscription_id", &V::subscription_id),
        Required("position", &V::position, Doc("Of the event in the log")),
        Required("name", &V::name, Doc("The event in the dialect's words")),
        Required("state", &V::state, Doc("waiting, parked, done or dead")),
        Required("attempts", &V::attempts),
        Optional("next_at", &V::next_at, NullWhenAbsent(), Doc("When it waits")),
        Optional("last_status", &V::last_status, NullWhenAbsent(), Doc("null: no answer")),
        Optional("last_error", &V::last_error, NullWhenAbsent()),
        Required("duration_ms", &V::duration_ms, Doc("Of the last attempt")),
        Optional("finished_at", &V::finished_at, NullWhenAbsent()));
  }
};

struct DeliveryList {
  std::vector<DeliveryView> deliveries;
  std::optional<std::int64_t> next;
  static constexpr auto Fields() {
    return FieldList(
        Required("deliveries", &DeliveryList::deliveries),
        Optional("next", &DeliveryList::next, NullWhenAbsent(), Doc("`before` of the next page")));
  }
};

struct ReplayBody {
  std::int64_t from = 0, to = 0;
  std::optional<bool> also_done;
  static constexpr auto Fields() {
    using B = ReplayBody;
    return FieldList(Required("from", &B::from, Range(1, INT64_MAX), Doc("First event position")),
                     Required("to", &B::to, Range(1, INT64_MAX), Doc("Last one, inclusive")),
                     Optional("also_done", &B::also_done, Doc("Also what has arrived already")));
  }
};

struct ReplayReply {
  std::int64_t replayed = 0;
  static constexpr auto Fields() { return FieldList(Required("replayed", &ReplayReply::replayed)); }
};

}  // namespace parley::admin
