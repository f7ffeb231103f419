// 2Chat's bodies, as they stand on the wire.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace parley::api::twochat {

using base::Alias;
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

// What was said in a voice message. The vendor's documents show none; the names are ours.
struct MessageTranscription {
  std::string status;
  std::optional<std::string> text, language, reason;
  static constexpr auto Fields() {
    using T = MessageTranscription;
    return FieldList(Required("status", &T::status, Doc("pending, done or failed")),
                     Optional("text", &T::text), Optional("language", &T::language),
                     Optional("reason", &T::reason, Doc("Why it failed, as in no_speech")));
  }
};

// What somebody put into the basket of a catalog.
struct OrderedProduct {
  std::string id, name;  // the business' own id is all that is known of it
  double price = 0;
  std::string currency;
  std::int64_t quantity = 0;
  static constexpr auto Fields() {
    using P = OrderedProduct;
    return FieldList(Required("id", &P::id), Required("name", &P::name),
                     Required("price", &P::price), Required("currency", &P::currency),
                     Required("quantity", &P::quantity));
  }
};
struct MessageOrder {
  double subtotal = 0, total = 0;
  std::string currency;
  std::int64_t created_at = 0;
  std::vector<OrderedProduct> products;
  static constexpr auto Fields() {
    using O = MessageOrder;
    return FieldList(Required("subtotal", &O::subtotal), Required("total", &O::total),
                     Required("currency", &O::currency), Required("created_at", &O::created_at),
                     Required("products", &O::products));
  }
};

struct MessagePayload {
  std::optional<std::string> text;
  std::optional<Media> media;
  std::optional<Pin> pin;
  std::optional<MessageOrder> order;
  std::optional<MessageTranscription> transcription;
  static constexpr auto Fields() {
    return FieldList(
        Optional("text", &MessagePayload::text), Optional("media", &MessagePayload::media),
        Optional("pin", &MessagePayload::pin), Optional("order", &MessagePayload::order),
        Optional("transcription", &MessagePayload::transcription));
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

// ------------------------------------------------------------------- numbers and contacts

struct CheckedNumber {
  std::string iso_country_code, region, carrier;
  std::vector<std::string> timezone;
  static constexpr auto Fields() {
    using N = CheckedNumber;
    return FieldList(Required("iso_country_code", &N::iso_country_code),
                     Required("region", &N::region, Doc("In English; \"\" when it is not known")),
                     Required("carrier", &N::carrier, Doc("Whom the number was assigned to first")),
                     Required("timezone", &N::timezone,
                              Doc("IANA names; Etc/Unknown when no numbering plan has it")));
  }
};
struct WhatsAppInfo {
  bool is_business = false, is_enterprise = false;
  std::optional<std::string> profile_pic;
  std::int64_t verified_level = 0;
  std::optional<std::string> verified_name, status_text;
  static constexpr auto Fields() {
    using W = WhatsAppInfo;
    constexpr NullWhenAbsent null;
    return FieldList(Required("is_business", &W::is_business),
                     Required("is_enterprise", &W::is_enterprise),
                     Optional("profile_pic", &W::profile_pic, null, Doc("Null when it is hidden")),
                     Required("verified_level", &W::verified_level),
                     Optional("verified_name", &W::verified_name, null),
                     Optional("status_text", &W::status_text, null));
  }
};
struct CheckReply {
  bool success = true, is_valid = false;
  CheckedNumber number;
  bool on_whatsapp = false;
  std::optional<WhatsAppInfo> whatsapp_info;
  static constexpr auto Fields() {
    using C = CheckReply;
    return FieldList(Required("success", &C::success),
                     Required("is_valid", &C::is_valid,
                              Doc("Of a country code that there is, and as long as its numbers")),
                     Required("number", &C::number), Required("on_whatsapp", &C::on_whatsapp),
                     Optional("whatsapp_info", &C::whatsapp_info,
                              Doc("When it is on WhatsApp, unless extra-information is false")));
  }
};

// What a contact can be reached by; 2Chat's types are PH (phone), E (e-mail) and others.
struct ContactDetail {
  std::string type, value;
  static constexpr auto Fields() {
    return FieldList(Required("type", &ContactDetail::type, MaxLength(10)),
                     Required("value", &ContactDetail::value, MaxLength(200)));
  }
};
struct ContactBody {
  std::optional<std::string> first_name, last_name, phone_number, channel_uuid;
  std::optional<std::vector<ContactDetail>> contact_detail;
  static constexpr auto Fields() {
    using B = ContactBody;
    return FieldList(Optional("first_name", &B::first_name, MaxLength(50)),
                     Optional("last_name", &B::last_name, MaxLength(50)),
                     Optional("phone_number", &B::phone_number, MaxLength(40)),
                     Optional("channel_uuid", &B::channel_uuid, MaxLength(60)),
                     Optional("contact_detail", &B::contact_detail, MaxLength(10),
                              Doc("One of type PH holds the number")));
  }
};
struct ListedContact {
  std::string uuid;
  std::optional<std::string> first_name, last_name, profile_pic_url;
  std::vector<ContactDetail> contact_detail;
  std::string created_at;
  static constexpr auto Fields() {
    using C = ListedContact;
    constexpr NullWhenAbsent null;
    return FieldList(Required("uuid", &C::uuid), Optional("first_name", &C::first_name, null),
                     Optional("last_name", &C::last_name, null),
                     Optional("profile_pic_url", &C::profile_pic_url, null),
                     Required("contact_detail", &C::contact_detail),
                     Required("created_at", &C::created_at));
  }
};
struct ContactReply {
  bool success = true;
  ListedContact contact;
  static constexpr auto Fields() {
    return FieldList(Required("success", &ContactReply::success),
                     Required("contact", &ContactReply::contact));
  }
};
struct ContactList {
  bool success = true;
  std::int64_t page_number = 0;
  std::vector<ListedContact> contacts;
  static constexpr auto Fields() {
    return FieldList(Required("success", &ContactList::success),
                     Required("page_number", &ContactList::page_number),
                     Required("contacts", &ContactList::contacts));
  }
};

struct Conversation {
  std::string session_key;
  std::optional<std::string> remote_phone_number, name;
  std::int64_t unread_count = 0;
  bool is_muted = false, is_archived = false;
  std::optional<ListedMessage> last_message;
  static constexpr auto Fields() {
    using C = Conversation;
    constexpr NullWhenAbsent null;
    return FieldList(Required("session_key", &C::session_key),
                     Optional("remote_phone_number", &C::remote_phone_number, null),
                     Optional("name", &C::name, null), Required("unread_count", &C::unread_count),
                     Required("is_muted", &C::is_muted), Required("is_archived", &C::is_archived),
                     Optional("last_message", &C::last_message, null));
  }
};
struct ConversationList {
  bool success = true;
  std::int64_t page_number = 0;
  std::vector<Conversation> conversations;
  static constexpr auto Fields() {
    return FieldList(Required("success", &ConversationList::success),
                     Required("page_number", &ConversationList::page_number),
                     Required("conversations", &ConversationList::conversations));
  }
};

struct PictureBody {
  std::string url;
  static constexpr auto Fields() {
    return FieldList(Required("url", &PictureBody::url, MaxLength(2048), Alias("picture_url"),
                              Doc("Public link of a JPEG or PNG")));
  }
};
struct StatusBody {
  std::string status;
  static constexpr auto Fields() {
    return FieldList(Required("status", &StatusBody::status, MaxLength(139), Alias("text")));
  }
};

}  // namespace parley::api::twochat
