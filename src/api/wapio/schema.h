// Wapio's bodies, as they stand on the wire.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace parley::api::wapio {

using base::Alias;
using base::Doc;
using base::FieldList;
using base::MaxLength;
using base::MinLength;
using base::NullWhenAbsent;
using base::OneOf;
using base::Optional;
using base::Required;

// Empty strings count as not given, unknown members are ignored: the vendor's own collection sends
// both.
inline constexpr base::DecodeRules kRules = [] {
  base::DecodeRules rules;
  rules.empty_is_absent = true;
  return rules;
}();

inline constexpr std::string_view kKinds[] = {"text",    "image",    "video",   "audio", "document",
                                              "sticker", "location", "contact", "poll"};

struct LocationBody {
  double latitude = 0, longitude = 0;
  std::optional<std::string> name, address, url;
  static constexpr auto Fields() {
    using B = LocationBody;
    return FieldList(Required("latitude", &B::latitude, base::Range(-90, 90)),
                     Required("longitude", &B::longitude, base::Range(-180, 180)),
                     Optional("name", &B::name, MaxLength(1000)),
                     Optional("address", &B::address, MaxLength(1000)),
                     Optional("url", &B::url, MaxLength(2000)));
  }
};

struct ContactBody {
  std::string full_name, phone_number;
  std::optional<std::string> organization;
  static constexpr auto Fields() {
    using B = ContactBody;
    return FieldList(Required("fullName", &B::full_name, MaxLength(500), Alias("name")),
                     Required("phoneNumber", &B::phone_number, MaxLength(40), Alias("phone")),
                     Optional("organization", &B::organization, MaxLength(500)));
  }
};

struct PollBody {
  std::string question;
  std::vector<std::string> options;
  std::optional<bool> multi_select;
  static constexpr auto Fields() {
    using B = PollBody;
    return FieldList(Required("question", &B::question, MaxLength(255)),
                     Required("options", &B::options, MinLength(1), MaxLength(12)),
                     Optional("multiSelect", &B::multi_select, Doc("May be null")));
  }
};

struct SendMessageBody {
  std::optional<std::string> session_id, to, channel_id, kind, text;
  std::optional<std::string> image_url, video_url, audio_url, document_url, sticker_url, url;
  std::optional<std::string> caption, file_name, mime_type, quoted;
  std::optional<bool> voice, view_once;
  std::optional<LocationBody> location;
  std::optional<ContactBody> contact;
  std::optional<PollBody> poll;
  std::optional<std::vector<std::string>> mentions;

  static constexpr auto Fields() {
    using B = SendMessageBody;
    constexpr MaxLength url_length(4096);
    return FieldList(
        Optional("session_id", &B::session_id, MaxLength(100),
                 Doc("The session to send from; needed with an account token")),
        Optional("to", &B::to, MaxLength(100), Doc("Phone number with country code, or a JID")),
        Optional("channel_id", &B::channel_id, MaxLength(100),
                 Doc("A newsletter's JID instead of `to`")),
        Optional("kind", &B::kind, OneOf(kKinds),
                 Doc("Told by which payload is given when left out")),
        Optional("text", &B::text, MaxLength(4096)),
        Optional("imageUrl", &B::image_url, url_length),
        Optional("videoUrl", &B::video_url, url_length),
        Optional("audioUrl", &B::audio_url, url_length),
        Optional("documentUrl", &B::document_url, url_length),
        Optional("stickerUrl", &B::sticker_url, url_length),
        Optional("url", &B::url, url_length, Doc("Media of the given kind")),
        Optional("caption", &B::caption, MaxLength(1024)),
        Optional("file_name", &B::file_name, MaxLength(240), Alias("fileName")),
        Optional("mime_type", &B::mime_type, MaxLength(100), Alias("mimeType")),
        Optional("quoted_message_id", &B::quoted, MaxLength(100), Alias("replyTo")),
        Optional("voice", &B::voice, Alias("ptt"), Doc("Audio as a voice message")),
        Optional("viewOnce", &B::view_once, Doc("Image, video or audio to be opened once")),
        Optional("location", &B::location), Optional("contact", &B::contact),
        Optional("poll", &B::poll),
        Optional("mentions", &B::mentions, MaxLength(100),
                 Doc("JIDs or numbers of the people that @<number> in the text means")));
  }
};

struct SendReply {
  std::string msg_id, jid, status;
  static constexpr auto Fields() {
    return FieldList(Required("msgId", &SendReply::msg_id), Required("jid", &SendReply::jid),
                     Required("status", &SendReply::status));
  }
};

struct EditBody {
  std::string text;
  static constexpr auto Fields() {
    return FieldList(Required("text", &EditBody::text, MaxLength(4096)));
  }
};

struct MessageEvent {
  std::string event_id, event_type, update_kind, emitted_at;
  static constexpr auto Fields() {
    using E = MessageEvent;
    return FieldList(Required("event_id", &E::event_id), Required("event_type", &E::event_type),
                     Required("update_kind", &E::update_kind),
                     Required("emitted_at", &E::emitted_at));
  }
};

struct MessageInfo {
  std::string message_id, session_id;
  std::optional<std::string> provider_msg_id;
  std::string to, kind, status, accepted_at;
  std::optional<std::string> delivered_at, read_at, deleted_at, failed_at, failure_reason;
  std::string updated_at;
  std::vector<MessageEvent> events;
  static constexpr auto Fields() {
    using I = MessageInfo;
    constexpr NullWhenAbsent null;
    return FieldList(
        Required("message_id", &I::message_id), Required("session_id", &I::session_id),
        Optional("provider_msg_id", &I::provider_msg_id, null), Required("to", &I::to),
        Required("kind", &I::kind), Required("status", &I::status),
        Required("accepted_at", &I::accepted_at), Optional("delivered_at", &I::delivered_at, null),
        Optional("read_at", &I::read_at, null), Optional("deleted_at", &I::deleted_at, null),
        Optional("failed_at", &I::failed_at, null),
        Optional("failure_reason", &I::failure_reason, null),
        Required("updated_at", &I::updated_at), Required("events", &I::events));
  }
};

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

struct SessionBody {
  std::optional<std::string> label, phone_number;
  std::optional<SettingsBody> settings;
  static constexpr auto Fields() {
    using B = SessionBody;
    return FieldList(Optional("label", &B::label, MaxLength(120), Alias("name")),
                     Optional("phone_number", &B::phone_number, MaxLength(40)),
                     Optional("settings", &B::settings));
  }
};

struct Session {
  std::string session_id, account_id, status, created_at;
  std::optional<std::string> label, phone_number, worker_id, last_activity_at, updated_at,
      session_api_key_fingerprint;
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
        Optional("session_api_key_fingerprint", &S::session_api_key_fingerprint, null));
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
  std::string qrcode;  // the text that the picture holds
  static constexpr auto Fields() {
    return FieldList(Required("qr", &QrReply::qr), Required("qrcode", &QrReply::qrcode));
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

struct WebhookBody {
  std::string target_url;
  std::vector<std::string> subscribed_events;
  std::optional<std::string> signing_secret;
  std::optional<bool> is_active;
  static constexpr auto Fields() {
    using B = WebhookBody;
    return FieldList(Required("target_url", &B::target_url, MaxLength(2048)),
                     Optional("subscribed_events", &B::subscribed_events, MaxLength(50),
                              Alias("events"), Doc("Event names; empty or left out = all")),
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

}  // namespace parley::api::wapio
