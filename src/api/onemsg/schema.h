// 1MSG's bodies, as they stand on the wire. Profile, shop, templates: business_schema.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace parley::api::onemsg {

using base::Alias;
using base::Doc;
using base::FieldList;
using base::MaxLength;
using base::NullWhenAbsent;
using base::OneOf;
using base::Optional;
using base::Required;

// phone comes as integer and as string; "" counts as absent.
inline constexpr base::DecodeRules kRules = [] {
  base::DecodeRules rules;
  rules.empty_is_absent = true;
  rules.numbers_for_text = true;
  rules.text_for_numbers = true;
  return rules;
}();

struct SendMessageBody {
  std::optional<std::string> body, chat_id, phone, quoted;
  std::optional<std::vector<std::string>> mentioned;
  static constexpr auto Fields() {
    using B = SendMessageBody;
    return FieldList(
        Optional("body", &B::body, MaxLength(4096),
                 Doc("Message text; required. @<digits> mentions somebody")),
        Optional("chatId", &B::chat_id, MaxLength(100), Doc("Used instead of phone")),
        Optional("phone", &B::phone, MaxLength(40), Doc("With country code")),
        Optional("quotedMsgId", &B::quoted, MaxLength(200)),
        Optional("mentionedPhones", &B::mentioned, MaxLength(100), Doc("Besides @<digits>")));
  }
};

// What stands in `body` may be long: a file in Base64.
inline constexpr std::size_t kMaxFileText = 140u << 20;

inline constexpr std::string_view kMediaTypes[] = {"image", "video", "audio", "document",
                                                   "sticker"};

struct SendFileBody {
  std::optional<std::string> body, media_id, media_type, filename, caption, chat_id, phone, quoted;
  std::optional<bool> voice;
  std::optional<std::vector<std::string>> mentioned;
  static constexpr auto Fields() {
    using B = SendFileBody;
    return FieldList(Optional("body", &B::body, MaxLength(kMaxFileText),
                              Doc("http(s) link or base64 data URI; or a file in form data")),
                     Optional("mediaId", &B::media_id, MaxLength(100),
                              Doc("What /uploadMedia gave, instead of body")),
                     Optional("mediaType", &B::media_type, OneOf(kMediaTypes),
                              Doc("Told by the file when left out")),
                     Optional("voice", &B::voice, Doc("Audio as a voice message")),
                     Optional("filename", &B::filename, MaxLength(240),
                              Doc("File name; required unless the file has one already")),
                     Optional("caption", &B::caption, MaxLength(1024)),
                     Optional("chatId", &B::chat_id, MaxLength(100), Doc("Used instead of phone")),
                     Optional("phone", &B::phone, MaxLength(40), Doc("With country code")),
                     Optional("quotedMsgId", &B::quoted, MaxLength(200)),
                     Optional("mentionedPhones", &B::mentioned, MaxLength(100),
                              Doc("Besides @<digits> in the caption")));
  }
};

struct UploadBody {
  std::optional<std::string> body;
  static constexpr auto Fields() {
    return FieldList(Optional("body", &UploadBody::body, MaxLength(kMaxFileText), Alias("url"),
                              Doc("http(s) link or base64 data URI; or a file in form data")));
  }
};

struct UploadReply {
  std::string media_id;
  static constexpr auto Fields() { return FieldList(Required("mediaId", &UploadReply::media_id)); }
};

// COMPAT: type and size in both spellings, that of the vendor's node and that of its SDK 1.0.
struct MediaReply {
  std::string url, mime_type, sha256;
  std::int64_t file_size = 0;
  std::string id;
  static constexpr auto Fields() {
    using M = MediaReply;
    return FieldList(Required("url", &M::url), Required("mime_type", &M::mime_type),
                     Required("sha256", &M::sha256), Required("file_size", &M::file_size),
                     Required("id", &M::id), Required("mimeType", &M::mime_type),
                     Required("fileSize", &M::file_size));
  }
};

struct ResultReply {
  std::string result = "success";
  static constexpr auto Fields() { return FieldList(Required("result", &ResultReply::result)); }
};

struct SendReply {
  bool sent = true;
  std::string id, message, description = "Message has been sent to the provider";
  static constexpr auto Fields() {
    return FieldList(Required("sent", &SendReply::sent), Required("id", &SendReply::id),
                     Required("message", &SendReply::message),
                     Required("description", &SendReply::description));
  }
};

struct StatisticsReply {
  std::string date;
  double templates_cost = 0;
  static constexpr auto Fields() {
    using R = StatisticsReply;
    return FieldList(Required("date", &R::date, Doc("mm.YYYY")),
                     Required("templates_cost", &R::templates_cost,
                              Doc("In the account's prices (its setting conversation_prices)")));
  }
};

// Of one month; quantities are conversations.
struct StatisticsItem {
  std::int64_t business_paid = 0;
  double business_price = 0;
  std::int64_t business_quantity = 0, free_entry_point = 0, free_quantity = 0, free_tier = 0,
               paid_quantity = 0;
  std::string period_date;
  std::int64_t quantity = 0;
  double total_price = 0;
  std::int64_t user_paid = 0;
  double user_price = 0;
  std::int64_t user_quantity = 0;
  static constexpr auto Fields() {
    using I = StatisticsItem;
    return FieldList(Required("business_initiated_paid_quantity", &I::business_paid),
                     Required("business_initiated_price", &I::business_price),
                     Required("business_initiated_quantity", &I::business_quantity,
                              Doc("Conversations that a template began")),
                     Required("free_entry_point", &I::free_entry_point,
                              Doc("0: the network names no such conversations")),
                     Required("free_quantity", &I::free_quantity),
                     Required("free_tier", &I::free_tier, Doc("Of the customers', free ones")),
                     Required("paid_quantity", &I::paid_quantity),
                     Required("period_date", &I::period_date, Doc("The month's first day")),
                     Required("quantity", &I::quantity, Doc("Conversations")),
                     Required("total_price", &I::total_price),
                     Required("user_initiated_paid_quantity", &I::user_paid),
                     Required("user_initiated_price", &I::user_price),
                     Required("user_initiated_quantity", &I::user_quantity,
                              Doc("Conversations that a customer's message allowed")));
  }
};

struct StatusReply {
  std::string status;
  static constexpr auto Fields() { return FieldList(Required("status", &StatusReply::status)); }
};

struct ListedMessage {
  std::int64_t number = 0;
  std::string id, body;
  bool from_me = false;
  std::int64_t self = 0, is_forwarded = 0;
  std::string author;
  std::int64_t time = 0;
  std::string chat_id, type, sender_name;
  std::optional<std::string> caption, quoted;
  base::json::value metadata = base::json::object();
  std::string chat_name;
  static constexpr auto Fields() {
    using M = ListedMessage;
    constexpr NullWhenAbsent null;
    return FieldList(
        Required("messageNumber", &M::number), Required("id", &M::id), Required("body", &M::body),
        Required("fromMe", &M::from_me), Required("self", &M::self),
        Required("isForwarded", &M::is_forwarded), Required("author", &M::author),
        Required("time", &M::time), Required("chatId", &M::chat_id), Required("type", &M::type),
        Required("senderName", &M::sender_name), Optional("caption", &M::caption, null),
        Optional("quotedMsgId", &M::quoted, null), Required("metadata", &M::metadata),
        Required("chatName", &M::chat_name));
  }
};

struct MessageList {
  std::optional<std::string> notice;
  std::vector<ListedMessage> messages;
  std::optional<std::int64_t> first_number, last_number;
  static constexpr auto Fields() {
    using L = MessageList;
    return FieldList(Optional("notice", &L::notice), Required("messages", &L::messages),
                     Optional("firstMessageNumber", &L::first_number),
                     Optional("lastMessageNumber", &L::last_number));
  }
};

// The two origins of the documents' edition: a template of the business, or a customer's message.
struct HookPricing {
  bool billable = true;
  std::string category, pricing_model = "CBP";
  static constexpr auto Fields() {
    using P = HookPricing;
    return FieldList(
        Required("billable", &P::billable),
        Required("category", &P::category, Doc("business_initiated or user_initiated")),
        Required("pricing_model", &P::pricing_model, Doc("CBP: by conversation")));
  }
};
struct HookOrigin {
  std::string type;
  static constexpr auto Fields() { return FieldList(Required("type", &HookOrigin::type)); }
};
struct HookConversation {
  std::string id;
  HookOrigin origin;
  std::int64_t expiration_timestamp = 0;
  static constexpr auto Fields() {
    using C = HookConversation;
    return FieldList(Required("id", &C::id), Required("origin", &C::origin),
                     Required("expiration_timestamp", &C::expiration_timestamp));
  }
};

struct Hook {
  std::string id, type = "message", status;
  std::optional<HookPricing> pricing;
  std::string timestamp;
  std::optional<HookConversation> conversation;
  std::string recipient_id;
  static constexpr auto Fields() {
    using H = Hook;
    return FieldList(
        Required("id", &H::id), Required("type", &H::type), Required("status", &H::status),
        Optional("pricing", &H::pricing, Doc("As this and conversation: when the network bills")),
        Required("timestamp", &H::timestamp), Optional("conversation", &H::conversation),
        Required("recipient_id", &H::recipient_id));
  }
};

struct HookList {
  std::vector<Hook> hooks;
  static constexpr auto Fields() { return FieldList(Required("hooks", &HookList::hooks)); }
};

// webhookUrl is a string, a list of them, or null.
struct WebhookBody {
  std::optional<base::json::value> webhook_url;
  static constexpr auto Fields() {
    return FieldList(Optional("webhookUrl", &WebhookBody::webhook_url,
                              Doc("A URL, or a list of up to five; empty or null removes them")));
  }
};

struct SetWebhookReply {
  bool set = false;
  base::json::value message;
  static constexpr auto Fields() {
    using R = SetWebhookReply;
    return FieldList(Required("set", &R::set, Doc("Whether this call changed anything")),
                     Required("message", &R::message, Doc("What was asked for")));
  }
};

// webhookUrl is read by hand: null and "" remove it.
struct SettingsBody {
  std::optional<base::json::value> webhook_url;
  std::optional<bool> guaranteed_hooks, ack_notifications, raw_hooks;
  static constexpr auto Fields() {
    using B = SettingsBody;
    return FieldList(
        Optional("webhookUrl", &B::webhook_url,
                 Doc("A URL, or a list of up to five; empty or null removes them")),
        Optional("guaranteedHooks", &B::guaranteed_hooks),
        Optional("ackNotificationsOn", &B::ack_notifications),
        Optional("rawHooks", &B::raw_hooks,
                 Doc("Callbacks with the Cloud API's own body, on such channels only")));
  }
};

struct SettingsReply {
  base::json::value webhook_url;
  bool guaranteed_hooks = true, ack_notifications = true, raw_hooks = false;
  std::optional<base::json::value> update;
  static constexpr auto Fields() {
    using R = SettingsReply;
    return FieldList(Required("webhookUrl", &R::webhook_url, Doc("null, a URL, or a list of them")),
                     Required("guaranteedHooks", &R::guaranteed_hooks),
                     Required("ackNotificationsOn", &R::ack_notifications),
                     Required("rawHooks", &R::raw_hooks),
                     Optional("update", &R::update, Doc("What this call has set")));
  }
};

struct DeleteMediaBody {
  std::string media_id;
  static constexpr auto Fields() {
    return FieldList(Required("mediaId", &DeleteMediaBody::media_id, MaxLength(100)));
  }
};

struct WebhookStatus {
  std::string webhook_url;
  bool disabled = false;
  std::string circuit_state;
  std::optional<std::string> reason, failing_since;
  static constexpr auto Fields() {
    using S = WebhookStatus;
    return FieldList(Required("webhookUrl", &S::webhook_url), Required("disabled", &S::disabled),
                     Required("circuitState", &S::circuit_state, Doc("closed, half-open or open")),
                     Optional("reason", &S::reason, NullWhenAbsent(), Doc("gone or failing")),
                     Optional("failingSince", &S::failing_since, NullWhenAbsent()));
  }
};

struct WebhookReply {
  base::json::value webhook_url;
  std::vector<WebhookStatus> statuses;
  bool have_disabled = false;
  static constexpr auto Fields() {
    using R = WebhookReply;
    return FieldList(Required("webhookUrl", &R::webhook_url, Doc("null, a URL, or a list of them")),
                     Required("webhookStatuses", &R::statuses),
                     Required("haveDisabledWebhooks", &R::have_disabled));
  }
};

}  // namespace parley::api::onemsg
