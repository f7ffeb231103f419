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
  std::optional<std::string> media_handle, caption, file_name, mime_type, quoted;
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
        Optional("media_handle", &B::media_handle, MaxLength(100), Alias("media_id"),
                 Doc("Media that was uploaded, instead of a URL")),
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

}  // namespace parley::api::wapio
