// The bodies of the admin API: what it takes and what it answers. Ids are UUIDs; times are
// "2027-01-15T08:00:00.000Z"; a value that is not there is null.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/node.h"
#include "base/fields.h"
#include "core/accounts/account.h"
#include "core/channels/channel.h"
#include "core/contacts/person.h"
#include "core/messages/message.h"

namespace parley::admin {

using base::Doc;
using base::FieldList;
using base::MaxLength;
using base::MinLength;
using base::NullWhenAbsent;
using base::OneOf;
using base::Optional;
using base::Range;
using base::Required;

// A value that is JSON already.
struct RawJson {
  std::string text;
};
inline void AppendJsonForm(std::string& out, const RawJson& raw) { out += raw.text; }
inline bool ReadJsonForm(const base::json::value&, RawJson&) { return false; }  // only ever told

// ---------------------------------------------------------------------------------------- errors

struct Fault {
  std::string path, text;
  static constexpr auto Fields() {
    return FieldList(Required("path", &Fault::path, Doc("\"settings.typing\", \"items[2]\"")),
                     Required("text", &Fault::text));
  }
};

struct ErrorBody {
  std::string code, message;
  std::vector<Fault> faults;
  static constexpr auto Fields() {
    return FieldList(Required("code", &ErrorBody::code, Doc("Stable, snake_case")),
                     Required("message", &ErrorBody::message),
                     Required("faults", &ErrorBody::faults, Doc("Every faulty field")));
  }
};

struct ErrorReply {
  ErrorBody error;
  static constexpr auto Fields() { return FieldList(Required("error", &ErrorReply::error)); }
};

// -------------------------------------------------------------------------------------- accounts

inline constexpr std::int64_t kMaxRequestsPerMinute = 10'000'000;

// POST needs the name; PATCH changes what is there.
template <bool kIsNew>
struct AccountBody {
  std::optional<std::string> name, plan, expires_at, block_reason;
  std::optional<bool> on_trial, blocked;
  std::optional<std::int64_t> requests_per_minute, burst;
  std::optional<core::AccountSettings> settings;

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
        Optional("settings", &B::settings));
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
  std::int64_t requests_per_minute = 0, burst = 0;
  core::AccountSettings settings;
  std::string created_at;
  static constexpr auto Fields() {
    using V = AccountView;
    return FieldList(
        Required("account_id", &V::account_id), Required("name", &V::name),
        Required("plan", &V::plan), Required("on_trial", &V::on_trial),
        Optional("expires_at", &V::expires_at, NullWhenAbsent()), Required("blocked", &V::blocked),
        Optional("block_reason", &V::block_reason, NullWhenAbsent()),
        Required("requests_per_minute", &V::requests_per_minute), Required("burst", &V::burst),
        Required("settings", &V::settings), Required("created_at", &V::created_at));
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

// -------------------------------------------------------------------------------------- channels

inline constexpr std::string_view kLinkProfiles[] = {"phone", "business"};

struct NewChannelBody {
  std::optional<std::string> label, phone, link_profile;
  std::optional<core::LinkKind> link;
  std::optional<core::ChannelSettings> settings;
  static constexpr auto Fields() {
    using B = NewChannelBody;
    return FieldList(
        Optional("label", &B::label, MaxLength(200)),
        Optional("phone", &B::phone, MaxLength(40), Doc("The number you expect to pair")),
        Optional("link", &B::link, Doc("simulated when left out")),
        Optional("link_profile", &B::link_profile, OneOf(kLinkProfiles),
                 Doc("phone when left out")),
        Optional("settings", &B::settings));
  }
};

struct ChangedChannelBody {
  std::optional<std::string> label, phone;
  std::optional<core::ChannelSettings> settings;
  static constexpr auto Fields() {
    using B = ChangedChannelBody;
    return FieldList(
        Optional("label", &B::label, MaxLength(200)),
        Optional("phone", &B::phone, MaxLength(40), Doc("Only before the channel is paired")),
        Optional("settings", &B::settings));
  }
};

struct ChannelView {
  std::string channel_id, account_id, label;
  std::optional<std::string> phone;
  std::string code, link, link_profile, state;
  std::optional<std::string> state_reason;
  bool enabled = true;
  core::ChannelSettings settings;
  core::ChannelProfile profile;
  std::string created_at, updated_at;
  std::optional<std::string> connected_at;
  static constexpr auto Fields() {
    using V = ChannelView;
    return FieldList(
        Required("channel_id", &V::channel_id), Required("account_id", &V::account_id),
        Required("label", &V::label), Optional("phone", &V::phone, NullWhenAbsent()),
        Required("code", &V::code, Doc("1MSG's channel id")), Required("link", &V::link),
        Required("link_profile", &V::link_profile), Required("state", &V::state),
        Optional("state_reason", &V::state_reason, NullWhenAbsent()),
        Required("enabled", &V::enabled, Doc("Its owner wants it connected")),
        Required("settings", &V::settings),
        Required("profile", &V::profile, Doc("What the network told once it was paired")),
        Required("created_at", &V::created_at), Required("updated_at", &V::updated_at),
        Optional("connected_at", &V::connected_at, NullWhenAbsent(), Doc("The first time")));
  }
};

struct ChannelList {
  std::vector<ChannelView> channels;
  std::optional<std::string> next;
  static constexpr auto Fields() {
    return FieldList(Required("channels", &ChannelList::channels),
                     Optional("next", &ChannelList::next, NullWhenAbsent()));
  }
};

struct PairBody {
  std::optional<std::string> phone;
  static constexpr auto Fields() {
    return FieldList(Optional("phone", &PairBody::phone, MaxLength(40),
                              Doc("Pair by an 8-character code typed on this phone")));
  }
};

struct PairReply {
  std::optional<std::string> qr, code;
  static constexpr auto Fields() {
    return FieldList(Optional("qr", &PairReply::qr, Doc("What the QR code says")),
                     Optional("code", &PairReply::code));
  }
};

struct OperationView {
  std::string operation_id, account_id;
  std::optional<std::string> channel_id;
  std::string type, state;
  std::optional<std::string> error;
  std::string enqueued_at;
  std::optional<std::string> started_at, finished_at;
  static constexpr auto Fields() {
    using V = OperationView;
    return FieldList(
        Required("operation_id", &V::operation_id), Required("account_id", &V::account_id),
        Optional("channel_id", &V::channel_id, NullWhenAbsent()), Required("type", &V::type),
        Required("state", &V::state), Optional("error", &V::error, NullWhenAbsent()),
        Required("enqueued_at", &V::enqueued_at),
        Optional("started_at", &V::started_at, NullWhenAbsent()),
        Optional("finished_at", &V::finished_at, NullWhenAbsent()));
  }
};

// -------------------------------------------------------------------------------------- messages

struct HistoryView {
  std::string status, at;
  static constexpr auto Fields() {
    return FieldList(Required("status", &HistoryView::status), Required("at", &HistoryView::at));
  }
};

struct ReceiptView {
  core::Peer participant;
  std::optional<std::string> delivered_at, read_at, played_at;
  static constexpr auto Fields() {
    using V = ReceiptView;
    return FieldList(Required("participant", &V::participant),
                     Optional("delivered_at", &V::delivered_at, NullWhenAbsent()),
                     Optional("read_at", &V::read_at, NullWhenAbsent()),
                     Optional("played_at", &V::played_at, NullWhenAbsent()));
  }
};

struct MessageView {
  std::string message_id, account_id, channel_id;
  std::int64_t number = 0;
  std::string chat_kind;
  core::Peer peer;
  std::string direction, origin;
  core::Content content;
  std::optional<std::string> quoted_id;
  std::string status;
  std::optional<core::Failure> failure;
  std::optional<std::string> link_id;
  std::string at, accepted_at;
  std::vector<HistoryView> history;
  std::optional<std::int64_t> recipients;
  std::vector<ReceiptView> receipts;
  static constexpr auto Fields() {
    using V = MessageView;
    return FieldList(
        Required("message_id", &V::message_id), Required("account_id", &V::account_id),
        Required("channel_id", &V::channel_id),
        Required("number", &V::number, Doc("1MSG's messageNumber")),
        Required("chat_kind", &V::chat_kind), Required("peer", &V::peer, Doc("The other side")),
        Required("direction", &V::direction), Required("origin", &V::origin),
        Required("content", &V::content), Optional("quoted_id", &V::quoted_id, NullWhenAbsent()),
        Required("status", &V::status), Optional("failure", &V::failure, NullWhenAbsent()),
        Optional("link_id", &V::link_id, NullWhenAbsent(),
                 Doc("The network's id, where it is not derived from ours")),
        Required("at", &V::at, Doc("The network's time")), Required("accepted_at", &V::accepted_at),
        Required("history", &V::history),
        Optional("recipients", &V::recipients, NullWhenAbsent(),
                 Doc("Of one sent to a group: how many people get it")),
        Required("receipts", &V::receipts, Doc("How far it has come with each of them")));
  }
};

// -------------------------------------------------------------------------------------- webhooks

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

// ---------------------------------------------------------------------------------------- events

struct EventView {
  std::int64_t position = 0;
  std::string id, name, at, account_id;
  std::optional<std::string> channel_id;
  RawJson body;
  static constexpr auto Fields() {
    using V = EventView;
    return FieldList(
        Required("position", &V::position), Required("id", &V::id), Required("name", &V::name),
        Required("at", &V::at), Required("account_id", &V::account_id),
        Optional("channel_id", &V::channel_id, NullWhenAbsent()),
        Required("body", &V::body, Doc("As stored; times in it are Unix milliseconds")));
  }
};

struct EventList {
  std::vector<EventView> events;
  std::int64_t next = 0;
  static constexpr auto Fields() {
    return FieldList(
        Required("events", &EventList::events),
        Required("next", &EventList::next, Doc("`after` of the next call; give it always")));
  }
};

// ------------------------------------------------------------------------------------------ node

struct LogFigures {
  std::int64_t oldest = 0, last = 0;
  static constexpr auto Fields() {
    return FieldList(Required("oldest", &LogFigures::oldest), Required("last", &LogFigures::last));
  }
};

struct NodeView {
  std::string version, started_at;
  std::int64_t uptime_seconds = 0;
  LogFigures events;
  std::vector<StateFigures> channels, messages;
  StoreFigures store;
  DelivererFigures deliverer;
  ServerFigures server;
  FollowerFigures followers;
  std::vector<RequestFigures> requests;
  ProcessFigures process;
  static constexpr auto Fields() {
    using V = NodeView;
    return FieldList(
        Required("version", &V::version), Required("started_at", &V::started_at),
        Required("uptime_seconds", &V::uptime_seconds),
        Required("events", &V::events, Doc("Positions in the log")),
        Required("channels", &V::channels, Doc("By state")),
        Required("messages", &V::messages, Doc("Since the start, by the status they took")),
        Required("store", &V::store), Required("deliverer", &V::deliverer),
        Required("server", &V::server), Required("followers", &V::followers),
        Required("requests", &V::requests), Required("process", &V::process));
  }
};

struct BackupBody {
  std::string folder;
  std::optional<bool> with_key;
  static constexpr auto Fields() {
    return FieldList(
        Required("folder", &BackupBody::folder, MinLength(1), MaxLength(4000),
                 Doc("On the server's machine, with its full path; an older backup in it is "
                     "brought up to date")),
        Optional("with_key", &BackupBody::with_key,
                 Doc("Whether the key that seals secrets is included; true when left out")));
  }
};

struct HealthReply {
  std::string status = "ok";
  static constexpr auto Fields() { return FieldList(Required("status", &HealthReply::status)); }
};

struct ReadyReply {
  bool ready = true;
  std::vector<std::string> reasons;
  static constexpr auto Fields() {
    return FieldList(Required("ready", &ReadyReply::ready),
                     Required("reasons", &ReadyReply::reasons, Doc("Why not")));
  }
};

}  // namespace parley::admin
