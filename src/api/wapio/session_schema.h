// Wapio's bodies about sessions: settings, proxy, webhook, keys, status and user.
#pragma once

#include "api/wapio/schema.h"
#include "core/channels/proxy.h"

namespace parley::api::wapio {

// The eight switches of a session; each may be left out in a change.
struct SettingsBody {
  std::optional<bool> account_protection, read_incoming, auto_reject_calls, always_online,
      ignore_groups, ignore_broadcasts, ignore_channels, typing;
  static constexpr auto Fields() {
    using S = SettingsBody;
    return FieldList(
        Optional("account_protection", &S::account_protection),
        Optional("read_incoming", &S::read_incoming),
        Optional("auto_reject_calls", &S::auto_reject_calls),
        Optional("always_online", &S::always_online), Optional("ignore_groups", &S::ignore_groups),
        Optional("ignore_broadcasts", &S::ignore_broadcasts),
        Optional("ignore_channels", &S::ignore_channels), Optional("typing", &S::typing));
  }
};

// All eight, as they stand now.
struct SettingsReply {
  SettingsBody session_settings;
  static constexpr auto Fields() {
    return FieldList(Required("session_settings", &SettingsReply::session_settings));
  }
};

inline constexpr std::size_t kMaxProxyName = 255;  // of a user or password

struct ProxyBody {
  std::string scheme, host;
  std::int64_t port = 0;
  std::optional<std::string> username, password;
  std::optional<bool> is_active;
  static constexpr auto Fields() {
    using B = ProxyBody;
    return FieldList(
        Required("scheme", &B::scheme, OneOf(core::kProxySchemes)),
        Required("host", &B::host, MaxLength(253), Doc("A name or an address")),
        Required("port", &B::port, base::Range(1, 65535)),
        Optional("username", &B::username, MaxLength(kMaxProxyName)),
        Optional("password", &B::password, MaxLength(kMaxProxyName), Doc("Never shown again")),
        Optional("is_active", &B::is_active, Doc("true when left out")));
  }
};

struct ProxyReply {
  std::string scheme, host;
  std::int64_t port = 0;
  std::optional<std::string> username;
  bool has_password = false, is_active = true;
  static constexpr auto Fields() {
    using R = ProxyReply;
    return FieldList(
        Required("scheme", &R::scheme), Required("host", &R::host), Required("port", &R::port),
        Optional("username", &R::username, NullWhenAbsent()),
        Required("has_password", &R::has_password), Required("is_active", &R::is_active));
  }
};

struct WebhookBody {
  std::string target_url;
  std::vector<std::string> subscribed_events;
  std::optional<std::string> signing_secret;
  std::optional<bool> is_active;
  static constexpr auto Fields() {
    using B = WebhookBody;
    return FieldList(
        Required("target_url", &B::target_url, MaxLength(2048), Alias("url")),
        Optional("subscribed_events", &B::subscribed_events, MaxLength(50), Alias("events"),
                 Doc("Event names; empty or left out = all. message_received, "
                     "message_sent and qrcode_updated, the names before, are taken "
                     "too, and then stand in event_type")),
        Optional("signing_secret", &B::signing_secret, MinLength(16), MaxLength(200),
                 Doc("Drawn, and kept from then on, when left out")),
        Optional("is_active", &B::is_active));
  }
};

struct WebhookReply {
  std::string target_url;
  std::vector<std::string> subscribed_events;
  bool is_active = true;
  static constexpr auto Fields() {
    using R = WebhookReply;
    return FieldList(Required("target_url", &R::target_url),
                     Required("subscribed_events", &R::subscribed_events),
                     Required("is_active", &R::is_active));
  }
};

// What a session is made with, and what can be changed of it.
struct SessionBody {
  std::optional<std::string> label, phone_number;
  std::optional<SettingsBody> settings;
  std::optional<WebhookBody> webhook;
  std::optional<ProxyBody> proxy;
  std::optional<std::string> proxy_url;
  std::optional<bool> account_protection;
  static constexpr auto Fields() {
    using B = SessionBody;
    return FieldList(Optional("label", &B::label, MaxLength(120), Alias("name")),
                     Optional("phone_number", &B::phone_number, MaxLength(40)),
                     Optional("settings", &B::settings),
                     Optional("webhook", &B::webhook, Doc("With an account token only")),
                     Optional("proxy", &B::proxy, Doc("With an account token only")),
                     Optional("proxy_url", &B::proxy_url, MaxLength(2048),
                              Doc("The same as http://user:password@host:port, or with https or "
                                  "socks5; shown by the proxy route, without the password")),
                     // COMPAT: npm wasenderapi 0.4.0 has this one switch beside the name.
                     Optional("account_protection", &B::account_protection,
                              Doc("As in `settings`, which counts more")));
  }
};

struct Session {
  std::string session_id, account_id, status, created_at;
  std::optional<std::string> label, phone_number, worker_id, last_activity_at, updated_at,
      session_api_key_fingerprint;
  std::optional<std::string> qr, qrcode;  // as in QrReply, while connecting waits for a scan
  static constexpr auto Fields() {
    using S = Session;
    constexpr NullWhenAbsent null;
    return FieldList(
        Required("session_id", &S::session_id), Required("account_id", &S::account_id),
        Required("status", &S::status), Required("created_at", &S::created_at),
        Optional("label", &S::label, null), Optional("phone_number", &S::phone_number, null),
        Optional("worker_id", &S::worker_id, null),
        Optional("last_activity_at", &S::last_activity_at, null),
        Optional("updated_at", &S::updated_at, null),
        Optional("session_api_key_fingerprint", &S::session_api_key_fingerprint, null),
        Optional("qr", &S::qr, Doc("Of connect alone, while the session has no phone")),
        Optional("qrcode", &S::qrcode), Optional("qrCode", &S::qrcode));
  }
};

struct SessionList {
  std::vector<Session> data;
  std::optional<std::string> next_cursor;
  static constexpr auto Fields() {
    return FieldList(Required("data", &SessionList::data),
                     Optional("next_cursor", &SessionList::next_cursor, NullWhenAbsent()));
  }
};

struct SessionKey {
  std::string raw, fingerprint, created_at;
  std::optional<std::string> previous_fingerprint;
  static constexpr auto Fields() {
    using K = SessionKey;
    return FieldList(Required("raw", &K::raw), Required("fingerprint", &K::fingerprint),
                     Required("created_at", &K::created_at),
                     Optional("previous_fingerprint", &K::previous_fingerprint, NullWhenAbsent()));
  }
};

struct CreatedSession {
  Session session;
  SessionKey session_api_key;
  std::vector<std::string> warnings;
  static constexpr auto Fields() {
    using C = CreatedSession;
    return FieldList(Required("session", &C::session),
                     Required("session_api_key", &C::session_api_key),
                     Required("warnings", &C::warnings));
  }
};

struct RenewedKey {
  SessionKey session_api_key;
  static constexpr auto Fields() {
    return FieldList(Required("session_api_key", &RenewedKey::session_api_key));
  }
};

struct QrReply {
  std::string qr;      // a PNG as data URI
  std::string qrcode;  // the text that the picture holds; clients look for either name
  static constexpr auto Fields() {
    return FieldList(Required("qr", &QrReply::qr), Required("qrcode", &QrReply::qrcode),
                     Required("qrCode", &QrReply::qrcode));
  }
};

struct OperationReply {
  std::string operation_id;
  std::optional<std::string> session_id;
  std::string operation_type, status, enqueued_at;
  std::optional<std::string> started_at, finished_at, result, error;
  std::string status_url;
  static constexpr auto Fields() {
    using O = OperationReply;
    constexpr NullWhenAbsent null;
    return FieldList(
        Required("operation_id", &O::operation_id), Optional("session_id", &O::session_id, null),
        Required("operation_type", &O::operation_type), Required("status", &O::status),
        Required("enqueued_at", &O::enqueued_at), Optional("started_at", &O::started_at, null),
        Optional("finished_at", &O::finished_at, null), Optional("result", &O::result, null),
        Optional("error", &O::error, null), Required("status_url", &O::status_url));
  }
};

struct StatusReply {
  std::string status, session_id;
  static constexpr auto Fields() {
    return FieldList(Required("status", &StatusReply::status),
                     Required("session_id", &StatusReply::session_id));
  }
};

struct UserReply {
  std::string id;  // JID
  std::optional<std::string> lid;
  std::string phone_number, name;
  std::optional<std::string> platform;
  bool is_business = false;
  static constexpr auto Fields() {
    using U = UserReply;
    return FieldList(Required("id", &U::id), Optional("lid", &U::lid, NullWhenAbsent()),
                     Required("phone_number", &U::phone_number), Required("name", &U::name),
                     Optional("platform", &U::platform, NullWhenAbsent()),
                     Required("is_business", &U::is_business));
  }
};

}  // namespace parley::api::wapio
