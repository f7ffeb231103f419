// 2Chat's bodies, as they stand on the wire.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace parley::api::twochat {

using base::Doc;
using base::FieldList;
using base::MaxLength;
using base::NullWhenAbsent;
using base::OneOf;
using base::Optional;
using base::Required;

// Clients send "" for what they leave out (text beside a url, for one).
inline constexpr base::DecodeRules kRules = [] {
  base::DecodeRules rules;
  rules.empty_is_absent = true;
  rules.text_for_numbers = true;  // the coordinates of a pin
  return rules;
}();

// Where to put the pin; latitude and longitude come as text and as numbers.
struct Pin {
  double latitude = 0, longitude = 0;
  std::optional<std::string> name, address, url;
  static constexpr auto Fields() {
    return FieldList(Required("latitude", &Pin::latitude, base::Range(-90, 90)),
                     Required("longitude", &Pin::longitude, base::Range(-180, 180)),
                     Optional("name", &Pin::name, MaxLength(1000)),
                     Optional("address", &Pin::address, MaxLength(1000)),
                     Optional("url", &Pin::url, MaxLength(2000)));
  }
};

struct SendMessageBody {
  std::string from_number;
  std::optional<std::string> to_number, to_group_uuid, text, url;
  std::optional<Pin> pin;

  static constexpr auto Fields() {
    using B = SendMessageBody;
    return FieldList(
        Required("from_number", &B::from_number, MaxLength(40), Doc("A connected number")),
        Optional("to_number", &B::to_number, MaxLength(40), Doc("The recipient's number")),
        Optional("to_group_uuid", &B::to_group_uuid, MaxLength(60),
                 Doc("A group instead of to_number")),
        Optional("text", &B::text, MaxLength(4096)),
        Optional("url", &B::url, MaxLength(4096), Doc("Public URL of a file, at most 16 MB")),
        Optional("pin", &B::pin, Doc("A location instead of text or url")));
  }
};

struct SendReply {
  bool success = true, batched = true;
  std::string message_uuid;
  static constexpr auto Fields() {
    return FieldList(Required("success", &SendReply::success),
                     Required("batched", &SendReply::batched),
                     Required("message_uuid", &SendReply::message_uuid));
  }
};

struct Media {
  std::string url, type, mime_type;
  static constexpr auto Fields() {
    return FieldList(Required("url", &Media::url), Required("type", &Media::type),
                     Required("mime_type", &Media::mime_type));
  }
};

struct MessagePayload {
  std::optional<std::string> text;
  std::optional<Media> media;
  std::optional<Pin> pin;
  static constexpr auto Fields() {
    return FieldList(Optional("text", &MessagePayload::text),
                     Optional("media", &MessagePayload::media),
                     Optional("pin", &MessagePayload::pin));
  }
};

// Who wrote in a group.
struct Participant {
  std::optional<std::string> phone_number, pushname, device;
  static constexpr auto Fields() {
    using P = Participant;
    return FieldList(Optional("phone_number", &P::phone_number, NullWhenAbsent()),
                     Optional("pushname", &P::pushname, NullWhenAbsent()),
                     Optional("device", &P::device, NullWhenAbsent()));
  }
};

struct ListedMessage {
  std::string uuid;
  double timestamp = 0;
  std::string session_key;
  MessagePayload message;
  std::optional<std::string> remote_phone_number;
  std::optional<Participant> participant;  // of a message in a group
  std::string channel_phone_number, sent_by;
  static constexpr auto Fields() {
    using M = ListedMessage;
    return FieldList(Required("uuid", &M::uuid), Required("timestamp", &M::timestamp),
                     Required("session_key", &M::session_key), Required("message", &M::message),
                     Optional("remote_phone_number", &M::remote_phone_number, NullWhenAbsent()),
                     Optional("participant", &M::participant),
                     Required("channel_phone_number", &M::channel_phone_number),
                     Required("sent_by", &M::sent_by));
  }
};

struct MessageList {
  bool success = true;
  std::int64_t page_number = 0;
  std::vector<ListedMessage> messages;
  static constexpr auto Fields() {
    return FieldList(Required("success", &MessageList::success),
                     Required("page_number", &MessageList::page_number),
                     Required("messages", &MessageList::messages));
  }
};

struct AccountInfo {
  std::string name, uuid;
  bool on_trial = false, blocked = false;
  std::optional<std::string> block_reason;
  std::string created_at;
  std::optional<std::string> expires_at;
  static constexpr auto Fields() {
    using A = AccountInfo;
    return FieldList(Required("name", &A::name), Required("uuid", &A::uuid),
                     Required("on_trial", &A::on_trial), Required("blocked", &A::blocked),
                     Optional("block_reason", &A::block_reason, NullWhenAbsent()),
                     Required("created_at", &A::created_at),
                     Optional("expires_at", &A::expires_at, NullWhenAbsent()));
  }
};

struct Limits {
  std::optional<std::int64_t> requests_per_minute;  // null: no limit
  static constexpr auto Fields() {
    return FieldList(
        Optional("requests_per_minute", &Limits::requests_per_minute, NullWhenAbsent()));
  }
};

struct Info {
  bool success = true;
  AccountInfo account;
  Limits limits;
  static constexpr auto Fields() {
    return FieldList(Required("success", &Info::success), Required("account", &Info::account),
                     Required("limits", &Info::limits));
  }
};

struct Number {
  std::string uuid, friendly_name;
  std::optional<std::string> phone_number;  // none: never paired, nor expected
  std::string iso_country_code;
  std::optional<std::string> pushname, server, platform;
  std::string connection_status;
  bool enabled = true, is_business_profile = false;
  std::string channel_type = "WW";
  bool sync_contacts = true;
  std::string created_at, updated_at, formatted_phone_number;
  static constexpr auto Fields() {
    using N = Number;
    return FieldList(
        Required("uuid", &N::uuid), Required("friendly_name", &N::friendly_name),
        Optional("phone_number", &N::phone_number, NullWhenAbsent()),
        Required("iso_country_code", &N::iso_country_code),
        Optional("pushname", &N::pushname, NullWhenAbsent()),
        Optional("server", &N::server, NullWhenAbsent()),
        Optional("platform", &N::platform, NullWhenAbsent()),
        Required("connection_status", &N::connection_status), Required("enabled", &N::enabled),
        Required("is_business_profile", &N::is_business_profile),
        Required("channel_type", &N::channel_type), Required("sync_contacts", &N::sync_contacts),
        Required("created_at", &N::created_at), Required("updated_at", &N::updated_at),
        Required("formatted_phone_number", &N::formatted_phone_number));
  }
};

struct NumberList {
  bool success = true;
  std::vector<Number> numbers;
  static constexpr auto Fields() {
    return FieldList(Required("success", &NumberList::success),
                     Required("numbers", &NumberList::numbers));
  }
};

inline constexpr std::string_view kTimePeriods[] = {"all-time", "hour",  "day",
                                                    "week",     "month", "year"};

struct SubscribeBody {
  std::string hook_url, on_number;
  std::optional<std::string> time_period, to_group_uuid;
  static constexpr auto Fields() {
    using B = SubscribeBody;
    return FieldList(Required("hook_url", &B::hook_url, MaxLength(2048)),
                     Required("on_number", &B::on_number, MaxLength(40)),
                     Optional("time_period", &B::time_period, OneOf(kTimePeriods),
                              Doc("For whatsapp.conversation.new; all-time when left out")),
                     Optional("to_group_uuid", &B::to_group_uuid, MaxLength(60)));
  }
};

struct HookParams {
  std::string waweb_uuid;
  std::optional<std::string> time_period, to_group_uuid;
  static constexpr auto Fields() {
    return FieldList(Required("waweb_uuid", &HookParams::waweb_uuid),
                     Optional("time_period", &HookParams::time_period),
                     Optional("to_group_uuid", &HookParams::to_group_uuid));
  }
};

struct Webhook {
  std::string uuid, event_name, channel_uuid, hook_url;
  HookParams hook_params;
  std::string created_at;
  static constexpr auto Fields() {
    using W = Webhook;
    return FieldList(Required("uuid", &W::uuid), Required("event_name", &W::event_name),
                     Required("channel_uuid", &W::channel_uuid), Required("hook_url", &W::hook_url),
                     Required("hook_params", &W::hook_params),
                     Required("created_at", &W::created_at));
  }
};

struct WebhookList {
  bool success = true;
  std::vector<Webhook> webhooks;
  static constexpr auto Fields() {
    return FieldList(Required("success", &WebhookList::success),
                     Required("webhooks", &WebhookList::webhooks));
  }
};

struct SubscribeReply {
  bool success = true;
  Webhook data;
  static constexpr auto Fields() {
    return FieldList(Required("success", &SubscribeReply::success),
                     Required("data", &SubscribeReply::data));
  }
};

struct Success {
  bool success = true;
  static constexpr auto Fields() { return FieldList(Required("success", &Success::success)); }
};

}  // namespace parley::api::twochat
