// The members of a webhook's message, as declared in Meta's reference. Part of content_in.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "core/messages/structured.h"
#include "link/cloud/format/reading.h"

namespace parley::link::cloud::format {

struct ProfileNameIn {
  std::optional<std::string> name, username;
  static constexpr auto Fields() {
    using base::Optional;
    using P = ProfileNameIn;
    return base::FieldList(Optional("name", &P::name), Optional("username", &P::username));
  }
};
struct ProfileIn {
  std::optional<std::string> wa_id, user_id;
  std::optional<ProfileNameIn> profile;
  static constexpr auto Fields() {
    using base::Optional;
    using P = ProfileIn;
    return base::FieldList(Optional("wa_id", &P::wa_id, base::MaxLength(kMaxMetaId)),
                           Optional("user_id", &P::user_id, base::MaxLength(kMaxMetaId)),
                           Optional("profile", &P::profile));
  }
};

struct ContextIn {
  std::optional<std::string> id;
  bool forwarded = false, frequently_forwarded = false;
  static constexpr auto Fields() {
    using base::Optional;
    using C = ContextIn;
    return base::FieldList(Optional("id", &C::id, base::MaxLength(kMaxMetaId)),
                           Optional("forwarded", &C::forwarded),
                           Optional("frequently_forwarded", &C::frequently_forwarded));
  }
};

// What messages of all types have.
struct EnvelopeIn {
  std::string id, type;
  std::int64_t timestamp = 0;
  std::optional<std::string> from, from_user_id, to, to_user_id, group_id;
  std::optional<ContextIn> context;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using base::Required;
    using E = EnvelopeIn;
    return base::FieldList(Required("id", &E::id, base::MinLength(1), MaxLength(kMaxMetaId)),
                           Required("type", &E::type, MaxLength(kMaxMetaName)),
                           Required("timestamp", &E::timestamp, base::Range(0, kLastSecond)),
                           Optional("from", &E::from, MaxLength(kMaxMetaId)),
                           Optional("from_user_id", &E::from_user_id, MaxLength(kMaxMetaId)),
                           Optional("to", &E::to, MaxLength(kMaxMetaId)),
                           Optional("to_user_id", &E::to_user_id, MaxLength(kMaxMetaId)),
                           Optional("group_id", &E::group_id, MaxLength(kMaxMetaName)),
                           Optional("context", &E::context));
  }
};

struct TextIn {
  std::string body;
  static constexpr auto Fields() { return base::FieldList(base::Required("body", &TextIn::body)); }
};
// Of an image, a video, audio, a document and a sticker.
struct FileIn {
  std::string id;
  std::optional<std::string> mime_type, sha256, caption, filename;
  bool voice = false;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using F = FileIn;
    return base::FieldList(base::Required("id", &F::id, base::MinLength(1), MaxLength(kMaxMetaId)),
                           Optional("mime_type", &F::mime_type, MaxLength(kMaxMetaName)),
                           Optional("sha256", &F::sha256, MaxLength(kMaxMetaId)),
                           Optional("caption", &F::caption), Optional("filename", &F::filename),
                           Optional("voice", &F::voice));
  }
};
struct ReactionIn {
  std::string message_id;
  std::optional<std::string> emoji;  // none or empty: taken back
  static constexpr auto Fields() {
    using R = ReactionIn;
    return base::FieldList(
        base::Required("message_id", &R::message_id, base::MaxLength(kMaxMetaId)),
        base::Optional("emoji", &R::emoji, base::MaxLength(64)));
  }
};
struct LocationIn {
  double latitude = 0, longitude = 0;
  std::optional<std::string> name, address, url;
  static constexpr auto Fields() {
    using base::Optional;
    using L = LocationIn;
    return base::FieldList(base::Required("latitude", &L::latitude, base::Range(-90, 90)),
                           base::Required("longitude", &L::longitude, base::Range(-180, 180)),
                           Optional("name", &L::name), Optional("address", &L::address),
                           Optional("url", &L::url));
  }
};

struct CardNameIn {
  std::optional<std::string> formatted_name, first_name, last_name, middle_name, prefix, suffix;
  static constexpr auto Fields() {
    using base::Optional;
    using N = CardNameIn;
    return base::FieldList(
        Optional("formatted_name", &N::formatted_name), Optional("first_name", &N::first_name),
        Optional("last_name", &N::last_name), Optional("middle_name", &N::middle_name),
        Optional("prefix", &N::prefix), Optional("suffix", &N::suffix));
  }
};
// What the core's parts of a card require, a card that somebody wrote on a phone may lack.
struct CardEmailIn {
  std::optional<std::string> email, type;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("email", &CardEmailIn::email),
                           base::Optional("type", &CardEmailIn::type));
  }
};
struct CardUrlIn {
  std::optional<std::string> url, type;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("url", &CardUrlIn::url),
                           base::Optional("type", &CardUrlIn::type));
  }
};
struct CardPhoneIn {
  std::optional<std::string> phone, type, wa_id;
  static constexpr auto Fields() {
    using base::Optional;
    using P = CardPhoneIn;
    return base::FieldList(Optional("phone", &P::phone), Optional("type", &P::type),
                           Optional("wa_id", &P::wa_id));
  }
};
struct CardIn {
  std::optional<CardNameIn> name;
  std::optional<std::string> birthday;
  std::optional<core::ContactCard::Organisation> org;
  std::optional<std::vector<core::ContactCard::PostalAddress>> addresses;
  std::optional<std::vector<CardEmailIn>> emails;
  std::optional<std::vector<CardUrlIn>> urls;
  std::optional<std::vector<CardPhoneIn>> phones;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using C = CardIn;
    return base::FieldList(Optional("name", &C::name), Optional("birthday", &C::birthday),
                           Optional("org", &C::org),
                           Optional("addresses", &C::addresses, MaxLength(kMaxOfCard)),
                           Optional("emails", &C::emails, MaxLength(kMaxOfCard)),
                           Optional("urls", &C::urls, MaxLength(kMaxOfCard)),
                           Optional("phones", &C::phones, MaxLength(kMaxOfCard)));
  }
  static constexpr std::size_t kMaxOfCard = 64;
};

struct ButtonIn {  // of a template
  std::optional<std::string> payload, text;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("payload", &ButtonIn::payload),
                           base::Optional("text", &ButtonIn::text));
  }
};
struct ReplyIn {
  std::string id, title;
  std::optional<std::string> description;
  static constexpr auto Fields() {
    using R = ReplyIn;
    return base::FieldList(base::Required("id", &R::id), base::Required("title", &R::title),
                           base::Optional("description", &R::description));
  }
};
// What was filled into a form: of a flow, or Meta's own for addresses.
struct FormReplyIn {
  std::string response_json;
  std::optional<std::string> name, body;
  static constexpr auto Fields() {
    using F = FormReplyIn;
    return base::FieldList(base::Required("response_json", &F::response_json),
                           base::Optional("name", &F::name, base::MaxLength(kMaxMetaName)),
                           base::Optional("body", &F::body));
  }
};
struct InteractiveIn {
  std::string type;
  std::optional<ReplyIn> list_reply, button_reply;
  std::optional<FormReplyIn> nfm_reply;
  static constexpr auto Fields() {
    using base::Optional;
    using I = InteractiveIn;
    return base::FieldList(base::Required("type", &I::type, base::MaxLength(kMaxMetaName)),
                           Optional("list_reply", &I::list_reply),
                           Optional("button_reply", &I::button_reply),
                           Optional("nfm_reply", &I::nfm_reply));
  }
};

struct OrderItemIn {
  std::string product;
  std::int64_t quantity = 0;
  double price = 0;
  std::optional<std::string> currency;
  static constexpr auto Fields() {
    using base::Range;
    using I = OrderItemIn;
    constexpr std::int64_t kMost = std::int64_t{1} << 40;
    return base::FieldList(
        base::Required("product_retailer_id", &I::product, base::MaxLength(kMaxMetaName)),
        base::Required("quantity", &I::quantity, Range(0, kMost)),
        base::Optional("item_price", &I::price, Range(0, kMost)),
        base::Optional("currency", &I::currency, base::MaxLength(kMaxMetaName)));
  }
};
struct OrderIn {
  std::string catalog_id;
  std::optional<std::string> text;
  std::vector<OrderItemIn> items;
  static constexpr std::size_t kMaxItems = 1000;
  static constexpr auto Fields() {
    using O = OrderIn;
    return base::FieldList(
        base::Required("catalog_id", &O::catalog_id, base::MaxLength(kMaxMetaId)),
        base::Optional("text", &O::text),
        base::Required("product_items", &O::items, base::MaxLength(kMaxItems)));
  }
};

struct CaptionIn {
  std::optional<std::string> caption;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("caption", &CaptionIn::caption));
  }
};
// What stands in the place of the message now: a text, or media with its caption.
struct EditedIn {
  std::string type;
  std::optional<TextIn> text;
  std::optional<CaptionIn> image, video, document;
  static constexpr auto Fields() {
    using base::Optional;
    using E = EditedIn;
    return base::FieldList(base::Required("type", &E::type, base::MaxLength(kMaxMetaName)),
                           Optional("text", &E::text), Optional("image", &E::image),
                           Optional("video", &E::video), Optional("document", &E::document));
  }
};
struct EditIn {
  std::string original_message_id;
  EditedIn message;
  static constexpr auto Fields() {
    using E = EditIn;
    return base::FieldList(
        base::Required("original_message_id", &E::original_message_id, base::MaxLength(kMaxMetaId)),
        base::Required("message", &E::message));
  }
};
struct RevokeIn {
  std::string original_message_id;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("original_message_id", &RevokeIn::original_message_id,
                                          base::MaxLength(kMaxMetaId)));
  }
};
struct SystemIn {
  std::optional<std::string> type, body;
  static constexpr auto Fields() {
    using base::Optional;
    using S = SystemIn;
    return base::FieldList(Optional("type", &S::type, base::MaxLength(kMaxMetaName)),
                           Optional("body", &S::body));
  }
};

}  // namespace parley::link::cloud::format
