// Bodies of the routes about accounts and their keys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/schema.h"
#include "core/accounts/account.h"

namespace parley::admin {

inline constexpr std::int64_t kMaxRequestsPerMinute = 10'000'000;
inline constexpr std::int64_t kMaxMessagesPerMonth = 1'000'000'000'000;

// POST needs the name; PATCH changes what is there.
template <bool kIsNew>
struct AccountBody {
  std::optional<std::string> name, plan, expires_at, block_reason;
  std::optional<bool> on_trial, blocked;
  std::optional<std::int64_t> requests_per_minute, burst, messages_per_month;
  std::optional<core::AccountSettings> settings;
  std::optional<std::string> transcription_key;

  static constexpr auto Fields() {
    using B = AccountBody;
    auto name = Optional("name", &B::name, MinLength(1), MaxLength(200));
    name.spec.required = kIsNew;
    return FieldList(
        name, Optional("plan", &B::plan, MaxLength(100), Doc("A label of your own")),
        Optional("on_trial", &B::on_trial),
        Optional("expires_at", &B::expires_at, MaxLength(40),
                 Doc("From then on its calls are refused as unpaid; null takes it away")),
        Optional("blocked", &B::blocked, Doc("Its calls are refused with block_reason")),
        Optional("block_reason", &B::block_reason, MaxLength(500)),
        Optional("requests_per_minute", &B::requests_per_minute, Range(0, kMaxRequestsPerMinute),
                 Doc("0 = unlimited")),
        Optional("burst", &B::burst, Range(0, kMaxRequestsPerMinute),
                 Doc("Requests at once; 0 = requests_per_minute")),
        Optional("messages_per_month", &B::messages_per_month, Range(0, kMaxMessagesPerMonth),
                 Doc("That programs may send in a calendar month (UTC); 0 = unlimited")),
        Optional("settings", &B::settings),
        Optional("transcription_key", &B::transcription_key, MaxLength(500),
                 Doc("Of the endpoint in transcription_url; kept sealed and never shown; null "
                     "takes it away")));
  }
};
using NewAccountBody = AccountBody<true>;
using ChangedAccountBody = AccountBody<false>;

struct AccountView {
  std::string account_id, name, plan;
  bool on_trial = false;
  std::optional<std::string> expires_at;
  bool blocked = false;
  std::optional<std::string> block_reason;
  std::int64_t requests_per_minute = 0, burst = 0, messages_per_month = 0;
  std::optional<std::int64_t> messages_this_month;
  core::AccountSettings settings;
  bool has_transcription_key = false;
  std::string created_at;
  static constexpr auto Fields() {
    using V = AccountView;
    return FieldList(
        Required("account_id", &V::account_id), Required("name", &V::name),
        Required("plan", &V::plan), Required("on_trial", &V::on_trial),
        Optional("expires_at", &V::expires_at, NullWhenAbsent()), Required("blocked", &V::blocked),
        Optional("block_reason", &V::block_reason, NullWhenAbsent()),
        Required("requests_per_minute", &V::requests_per_minute), Required("burst", &V::burst),
        Required("messages_per_month", &V::messages_per_month),
        Optional("messages_this_month", &V::messages_this_month,
                 Doc("Of one account that has such a limit: accepted since it has it")),
        Required("settings", &V::settings),
        Required("has_transcription_key", &V::has_transcription_key),
        Required("created_at", &V::created_at));
  }
};

struct AccountList {
  std::vector<AccountView> accounts;
  std::optional<std::string> next;
  static constexpr auto Fields() {
    return FieldList(Required("accounts", &AccountList::accounts),
                     Optional("next", &AccountList::next, NullWhenAbsent()));
  }
};

// ------------------------------------------------------------------------------------------ keys

inline constexpr std::string_view kKeyDialects[] = {"2chat", "wapio", "1msg"};
inline constexpr std::string_view kChannelKeyDialects[] = {"wapio", "1msg"};

struct NewKeyBody {
  std::string dialect;
  std::optional<std::string> label;
  static constexpr auto Fields() {
    return FieldList(Required("dialect", &NewKeyBody::dialect, OneOf(kKeyDialects)),
                     Optional("label", &NewKeyBody::label, MaxLength(200)));
  }
};

struct NewChannelKeyBody {
  std::string dialect;
  static constexpr auto Fields() {
    return FieldList(Required("dialect", &NewChannelKeyBody::dialect, OneOf(kChannelKeyDialects)));
  }
};

struct KeyView {
  std::string fingerprint;
  std::optional<std::string> previous_fingerprint;
  std::string dialect, label;
  std::optional<std::string> channel_id;
  std::string created_at;
  static constexpr auto Fields() {
    using V = KeyView;
    return FieldList(
        Required("fingerprint", &V::fingerprint),
        Optional("previous_fingerprint", &V::previous_fingerprint, NullWhenAbsent(),
                 Doc("Of the key that this one replaced")),
        Required("dialect", &V::dialect), Required("label", &V::label),
        Optional("channel_id", &V::channel_id, NullWhenAbsent(), Doc("The key sees it alone")),
        Required("created_at", &V::created_at));
  }
};

struct KeyList {
  std::vector<KeyView> keys;
  std::optional<std::string> next;
  static constexpr auto Fields() {
    return FieldList(Required("keys", &KeyList::keys),
                     Optional("next", &KeyList::next, NullWhenAbsent()));
  }
};

struct IssuedKeyView {
  std::string key;
  KeyView details;
  static constexpr auto Fields() {
    return FieldList(Required("key", &IssuedKeyView::key, Doc("Shown this once")),
                     Required("details", &IssuedKeyView::details));
  }
};

}  // namespace parley::admin
