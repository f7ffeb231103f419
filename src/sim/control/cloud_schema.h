// The bodies of the control API about numbers on the Cloud API.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/graph/front.h"

namespace parley::sim::control {

inline constexpr std::size_t kMaxCloudUrl = 2048, kMaxVerifyToken = 1000, kMaxAppSecret = 100;

struct NewCloudNumber {
  std::string number;
  std::optional<std::string> name, business_account_id, app_secret, webhook_url, verify_token;
  bool subscribed = true;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using N = NewCloudNumber;
    return base::FieldList(
        base::Required("number", &N::number,
                       Doc("Of the business; the person is made when there "
                           "is none")),
        Optional("name", &N::name, MaxLength(network::kMaxName), Doc("Its verified name")),
        Optional("business_account_id", &N::business_account_id, MaxLength(20),
                 Doc("Joins that account and its app; absent: a new one")),
        Optional("app_secret", &N::app_secret, base::MinLength(1), MaxLength(kMaxAppSecret),
                 Doc("Of a new app; made when absent")),
        Optional("webhook_url", &N::webhook_url, MaxLength(kMaxCloudUrl),
                 Doc("Of a new app; it is asked for the challenge first")),
        Optional("verify_token", &N::verify_token, MaxLength(kMaxVerifyToken)),
        Optional("subscribed", &N::subscribed,
                 Doc("Whether the app hears of a new account; true when absent")));
  }
};

struct ChangedCloudNumber {
  std::optional<std::string> webhook_url, verify_token;
  std::optional<bool> subscribed, registered, locked, pair_limit, needs_proof;
  std::optional<graph::Quality> quality;
  std::optional<graph::Throughput> throughput;
  std::optional<std::vector<std::string>> fields;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using N = ChangedCloudNumber;
    return base::FieldList(
        Optional("webhook_url", &N::webhook_url, base::MaxLength(kMaxCloudUrl),
                 Doc("Of the app; it is asked for the challenge first; empty: none")),
        Optional("verify_token", &N::verify_token, base::MaxLength(kMaxVerifyToken)),
        Optional("subscribed", &N::subscribed, Doc("Whether the app hears of the account")),
        Optional("registered", &N::registered, Doc("false: sends are refused with 133010")),
        Optional("locked", &N::locked,
                 Doc("true: sends of the account are refused with 131031; told as account_update")),
        Optional("pair_limit", &N::pair_limit, Doc("false: 131056 is never answered")),
        Optional("needs_proof", &N::needs_proof,
                 Doc("Whether every request needs appsecret_proof")),
        Optional("quality", &N::quality,
                 Doc("GREEN, YELLOW or RED; told as phone_number_quality_update")),
        Optional("throughput", &N::throughput, Doc("STANDARD (80 a second) or HIGH (1000)")),
        Optional("fields", &N::fields, base::MaxLength(graph::kMaxAppFields),
                 Doc("What the app hears of: messages, account_update, ...; all until it is set")));
  }
};

struct ShownCloudNumber {
  std::string phone_number_id, number, name, business_account_id, app_id, app_secret, access_token;
  std::optional<std::string> webhook_url, verify_token;
  bool subscribed = false, registered = false, locked = false, pair_limit = false,
       needs_proof = false;
  graph::Quality quality = graph::Quality::kGreen;
  graph::Throughput throughput = graph::Throughput::kStandard;
  std::string device, base_url;
  std::int64_t waiting = 0;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using base::Required;
    using N = ShownCloudNumber;
    return base::FieldList(
        Required("phone_number_id", &N::phone_number_id), Required("number", &N::number),
        Required("name", &N::name), Required("business_account_id", &N::business_account_id),
        Required("app_id", &N::app_id), Required("app_secret", &N::app_secret),
        Required("access_token", &N::access_token,
                 Doc("One that is valid and may do everything; empty: there is none")),
        Optional("webhook_url", &N::webhook_url), Optional("verify_token", &N::verify_token),
        Required("subscribed", &N::subscribed), Required("registered", &N::registered),
        Required("locked", &N::locked), Required("pair_limit", &N::pair_limit),
        Required("needs_proof", &N::needs_proof), Required("quality", &N::quality),
        Required("throughput", &N::throughput), Required("device", &N::device),
        Required("base_url", &N::base_url, Doc("What stands for https://graph.facebook.com")),
        Required("waiting", &N::waiting, Doc("Changes that the app has not taken yet")));
  }
};

struct ShownCloudNumbers {
  std::vector<ShownCloudNumber> numbers;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("numbers", &ShownCloudNumbers::numbers));
  }
};

struct NewCloudToken {
  std::optional<std::vector<std::string>> permissions;
  std::optional<std::int64_t> expires_in;

  static constexpr auto Fields() {
    using T = NewCloudToken;
    return base::FieldList(
        base::Optional("permissions", &T::permissions, base::MaxLength(10),
                       base::Doc("whatsapp_business_messaging, whatsapp_business_management; both "
                                 "when absent")),
        base::Optional("expires_in", &T::expires_in, base::Range(0, 1'000'000'000),
                       base::Doc("Seconds; absent: never")));
  }
};

struct ShownCloudToken {
  std::string access_token;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("access_token", &ShownCloudToken::access_token));
  }
};

struct ReceiveBody {
  std::string from;
  base::json::value message;

  static constexpr auto Fields() {
    using B = ReceiveBody;
    return base::FieldList(
        base::Required("from", &B::from, base::Doc("A number")),
        base::Required("message", &B::message,
                       base::Doc("What the webhook's message holds beside from, id and timestamp: "
                                 "{\"type\": \"order\", \"order\": {...}}")));
  }
};
struct ReceivedBody {
  std::string id;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("id", &ReceivedBody::id));
  }
};

struct TellBody {
  std::string field;
  base::json::value value;

  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("field", &TellBody::field, base::MinLength(1), base::MaxLength(60),
                       base::Doc("Of the change: account_alerts, ...")),
        base::Required("value", &TellBody::value, base::Doc("The change's value, as it is")));
  }
};

struct ShownCloud {
  std::int64_t requests = 0, refused = 0, posts = 0, posts_failed = 0, told = 0, unheard = 0,
               given_up = 0;
  static constexpr auto Fields() {
    using base::Doc;
    using base::Required;
    using C = ShownCloud;
    return base::FieldList(
        Required("requests", &C::requests, Doc("Since the start, as all of these")),
        Required("refused", &C::refused, Doc("Requests that were answered with an error")),
        Required("posts", &C::posts, Doc("Of webhooks")),
        Required("posts_failed", &C::posts_failed),
        Required("told", &C::told, Doc("Changes that an app took")),
        Required("unheard", &C::unheard, Doc("Changes that no app is subscribed to")),
        Required("given_up", &C::given_up, Doc("Changes that nobody took for 7 days")));
  }
};

struct ShownCloudFaults {
  std::vector<graph::FaultEntry> faults;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("faults", &ShownCloudFaults::faults));
  }
};

}  // namespace parley::sim::control
