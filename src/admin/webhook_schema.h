// Bodies of the routes about webhook subscriptions and deliveries.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/schema.h"

namespace parley::admin {

inline constexpr std::string_view kWebhookDialects[] = {"2chat", "wapio", "1msg"};

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

struct NewSubscriptionBody {
  std::string dialect, url;
  std::optional<std::string> channel_id;
  std::optional<std::vector<std::string>> events;
  std::optional<std::string> secret;
  static constexpr auto Fields() {
    using B = NewSubscriptionBody;
    return FieldList(
        Required("dialect", &B::dialect, OneOf(kWebhookDialects)),
        Required("url", &B::url, MinLength(1), MaxLength(2048)),
        Optional("channel_id", &B::channel_id, MaxLength(100),
                 Doc("Left out: every channel of the account")),
        Optional("events", &B::events, MaxLength(100),
                 Doc("In the dialect's words (GET /parley/v1/event-names); left out: all. 2Chat "
                     "takes exactly one, 1MSG none")),
        Optional("secret", &B::secret, MinLength(16), MaxLength(200),
                 Doc("That posts are signed with; one is drawn when left out")));
  }
};

struct HeaderView {
  std::string name, value;
  static constexpr auto Fields() {
    return FieldList(Required("name", &HeaderView::name), Required("value", &HeaderView::value));
  }
};

struct PostView {
  std::string url;
  std::vector<HeaderView> headers;
  std::string body;
  static constexpr auto Fields() {
    using V = PostView;
    return FieldList(
        Required("url", &V::url),
        Required("headers", &V::headers, Doc("Signatures are masked; the time is now")),
        Required("body", &V::body));
  }
};

struct AnswerView {
  std::optional<std::int64_t> status;
  std::optional<std::string> body;
  static constexpr auto Fields() {
    using V = AnswerView;
    return FieldList(Optional("status", &V::status, NullWhenAbsent(), Doc("null: there was none")),
                     Optional("body", &V::body, NullWhenAbsent(),
                              Doc("The start of a refusing answer, or why there was none")));
  }
};

struct DeliveryDetailView {
  std::string subscription_id;
  std::int64_t position = 0;
  std::string name, state;
  std::int64_t attempts = 0;
  std::optional<std::string> next_at;
  std::int64_t duration_ms = 0;
  std::optional<std::string> finished_at;
  std::optional<PostView> request;
  std::optional<AnswerView> answer;
  static constexpr auto Fields() {
    using V = DeliveryDetailView;
    return FieldList(
        Required("subscription_id", &V::subscription_id), Required("position", &V::position),
        Required("name", &V::name), Required("state", &V::state),
        Required("attempts", &V::attempts), Optional("next_at", &V::next_at, NullWhenAbsent()),
        Required("duration_ms", &V::duration_ms),
        Optional("finished_at", &V::finished_at, NullWhenAbsent()),
        Optional("request", &V::request, NullWhenAbsent(),
                 Doc("As it was posted, or will be; null when the event is no longer kept")),
        Optional("answer", &V::answer, NullWhenAbsent(), Doc("To the last attempt; null: none")));
  }
};

struct TestReply {
  std::optional<std::int64_t> status;
  std::optional<std::string> error;
  std::int64_t duration_ms = 0;
  PostView request;
  std::optional<std::string> response;
  static constexpr auto Fields() {
    using V = TestReply;
    return FieldList(
        Optional("status", &V::status, NullWhenAbsent(), Doc("null: there was no answer")),
        Optional("error", &V::error, NullWhenAbsent(), Doc("Why there was none")),
        Required("duration_ms", &V::duration_ms), Required("request", &V::request),
        Optional("response", &V::response, NullWhenAbsent(), Doc("Its first 2 KiB")));
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
