// The bodies of 1MSG's calls that send something else than text or a file. Limits are those of its
// documentation (2.39), and of the Cloud API where that has none.
#pragma once

#include "api/onemsg/schema.h"

namespace parley::api::onemsg {

using base::MinLength;
using base::Range;

inline constexpr MaxLength kChatIdLength(100), kPhoneLength(40), kQuotedLength(200);

struct LocationBody {
  double lat = 0, lng = 0;
  std::optional<std::string> name, address, chat_id, phone, quoted;
  static constexpr auto Fields() {
    using B = LocationBody;
    return FieldList(
        Required("lat", &B::lat, Range(-90, 90), Doc("Latitude, like \"45.018337\"")),
        Required("lng", &B::lng, Range(-180, 180), Doc("Longitude, like \"-73.968285\"")),
        Optional("name", &B::name, MaxLength(1000)),
        Optional("address", &B::address, MaxLength(1000), Doc("Only displayed if name is present")),
        Optional("chatId", &B::chat_id, kChatIdLength, Doc("Used instead of phone")),
        Optional("phone", &B::phone, kPhoneLength, Doc("With country code")),
        Optional("quotedMsgId", &B::quoted, kQuotedLength));
  }
};

// -----------------------------------------------------------------------------------------
// contacts

struct ContactName {
  std::string formatted_name;
  std::optional<std::string> first_name, last_name, middle_name, suffix, prefix;
  static constexpr auto Fields() {
    using N = ContactName;
    constexpr MaxLength length(500);
    return FieldList(Required("formatted_name", &N::formatted_name, length),
                     Optional("first_name", &N::first_name, length,
                              Doc("This or another part of the name is required")),
                     Optional("last_name", &N::last_name, length),
                     Optional("middle_name", &N::middle_name, length),
                     Optional("suffix", &N::suffix, length),
                     Optional("prefix", &N::prefix, length));
  }
};

struct ContactOrg {
  std::optional<std::string> company, department, title;
  static constexpr auto Fields() {
    using O = ContactOrg;
    constexpr MaxLength length(500);
    return FieldList(Optional("company", &O::company, length),
                     Optional("department", &O::department, length),
                     Optional("title", &O::title, length));
  }
};

struct ContactAddress {
  std::optional<std::string> street, city, state, zip, country, country_code, type;
  static constexpr auto Fields() {
    using A = ContactAddress;
    return FieldList(
        Optional("street", &A::street, MaxLength(500)), Optional("city", &A::city, MaxLength(200)),
        Optional("state", &A::state, MaxLength(200)), Optional("zip", &A::zip, MaxLength(50)),
        Optional("country", &A::country, MaxLength(200)),
        Optional("country_code", &A::country_code, MaxLength(10)),
        Optional("type", &A::type, MaxLength(50), Doc("HOME, WORK")));
  }
};

struct ContactEmail {
  std::string email;
  std::optional<std::string> type;
  static constexpr auto Fields() {
    return FieldList(Required("email", &ContactEmail::email, MaxLength(500)),
                     Optional("type", &ContactEmail::type, MaxLength(50), Doc("HOME, WORK")));
  }
};

struct ContactPhone {
  std::optional<std::string> phone, type, wa_id;
  static constexpr auto Fields() {
    using P = ContactPhone;
    return FieldList(
        Optional("phone", &P::phone, MaxLength(50),
                 Doc("Filled in from wa_id when left out; one of them is required")),
        Optional("type", &P::type, MaxLength(50), Doc("CELL, MAIN, IPHONE, HOME, WORK")),
        Optional("wa_id", &P::wa_id, MaxLength(20), Doc("Digits")));
  }
};

struct ContactUrl {
  std::string url;
  std::optional<std::string> type;
  static constexpr auto Fields() {
    return FieldList(Required("url", &ContactUrl::url, MaxLength(2000)),
                     Optional("type", &ContactUrl::type, MaxLength(50), Doc("HOME, WORK")));
  }
};

struct Contact {
  ContactName name;
  std::optional<std::string> birthday;
  std::optional<ContactOrg> org;
  std::optional<std::vector<ContactAddress>> addresses;
  std::optional<std::vector<ContactEmail>> emails;
  std::optional<std::vector<ContactPhone>> phones;
  std::optional<std::vector<ContactUrl>> urls;
  static constexpr auto Fields() {
    using C = Contact;
    constexpr MaxLength many(50);
    return FieldList(Required("name", &C::name),
                     Optional("birthday", &C::birthday, MaxLength(10), Doc("YYYY-MM-DD")),
                     Optional("org", &C::org), Optional("addresses", &C::addresses, many),
                     Optional("emails", &C::emails, many), Optional("phones", &C::phones, many),
                     Optional("urls", &C::urls, many));
  }
};

struct ContactsBody {
  std::vector<Contact> contacts;
  std::optional<std::string> chat_id, phone, quoted;
  static constexpr auto Fields() {
    using B = ContactsBody;
    return FieldList(Required("contacts", &B::contacts, MinLength(1), MaxLength(257)),
                     Optional("chatId", &B::chat_id, kChatIdLength, Doc("Used instead of phone")),
                     Optional("phone", &B::phone, kPhoneLength, Doc("With country code")),
                     Optional("quotedMsgId", &B::quoted, kQuotedLength));
  }
};

// --------------------------------------------------------------------------------------
// interactive

struct ListRowBody {
  std::string id, title;
  std::optional<std::string> description;
  static constexpr auto Fields() {
    using R = ListRowBody;
    return FieldList(Required("id", &R::id, MaxLength(200)),
                     Required("title", &R::title, MaxLength(24)),
                     Optional("description", &R::description, MaxLength(72)));
  }
};

struct ListSectionBody {
  std::optional<std::string> title;
  std::vector<ListRowBody> rows;
  static constexpr auto Fields() {
    using S = ListSectionBody;
    return FieldList(Optional("title", &S::title, MaxLength(24),
                              Doc("Required if there are more than 1 section")),
                     Required("rows", &S::rows, MinLength(1), MaxLength(10)));
  }
};

struct ListBody {
  std::string body, action;
  std::vector<ListSectionBody> sections;
  std::optional<std::string> header, footer, chat_id, phone, quoted;
  static constexpr auto Fields() {
    using B = ListBody;
    return FieldList(
        Required("body", &B::body, MaxLength(4096)), Optional("header", &B::header, MaxLength(60)),
        Optional("footer", &B::footer, MaxLength(60)),
        Required("action", &B::action, MaxLength(20), Doc("The button that opens the list")),
        Required("sections", &B::sections, MinLength(1), MaxLength(10),
                 Doc("Up to 10, with 10 rows in all")),
        Optional("chatId", &B::chat_id, kChatIdLength, Doc("Used instead of phone")),
        Optional("phone", &B::phone, kPhoneLength, Doc("With country code")),
        Optional("quotedMsgId", &B::quoted, kQuotedLength));
  }
};

struct ReplyBody {
  std::string id, title;
  static constexpr auto Fields() {
    using R = ReplyBody;
    return FieldList(Required("id", &R::id, MaxLength(200),
                              base::Alias("id ")),  // COMPAT: so in the documentation's example
                     Required("title", &R::title, MaxLength(20)));
  }
};

struct ButtonBody {
  std::string type;
  ReplyBody reply;
  static constexpr auto Fields() {
    return FieldList(Required("type", &ButtonBody::type, MaxLength(20), Doc("Always \"reply\"")),
                     Required("reply", &ButtonBody::reply));
  }
};

struct HeaderFile {
  std::optional<std::string> link, id, filename;
  static constexpr auto Fields() {
    using F = HeaderFile;
    return FieldList(Optional("link", &F::link, MaxLength(4096)),
                     Optional("id", &F::id, MaxLength(100), Doc("What /uploadMedia gave")),
                     Optional("filename", &F::filename, MaxLength(240)));
  }
};

struct HeaderBody {
  std::string type;
  std::optional<std::string> text;
  std::optional<HeaderFile> image, video, document;
  static constexpr auto Fields() {
    using H = HeaderBody;
    return FieldList(
        Required("type", &H::type, MaxLength(20), Doc("text, image, video or document")),
        Optional("text", &H::text, MaxLength(60)), Optional("image", &H::image),
        Optional("video", &H::video), Optional("document", &H::document));
  }
};

struct ButtonsBody {
  std::string body;
  std::vector<ButtonBody> sections;
  std::optional<HeaderBody> header;
  std::optional<std::string> footer, chat_id, phone, quoted;
  static constexpr auto Fields() {
    using B = ButtonsBody;
    return FieldList(Required("body", &B::body, MaxLength(1024)), Optional("header", &B::header),
                     Optional("footer", &B::footer, MaxLength(60)),
                     Required("sections", &B::sections, MinLength(1), MaxLength(3)),
                     Optional("chatId", &B::chat_id, kChatIdLength, Doc("Used instead of phone")),
                     Optional("phone", &B::phone, kPhoneLength, Doc("With country code")),
                     Optional("quotedMsgId", &B::quoted, kQuotedLength));
  }
};

struct LocationRequestBody {
  std::string body;
  std::optional<std::string> chat_id, phone, quoted;
  static constexpr auto Fields() {
    using B = LocationRequestBody;
    return FieldList(Required("body", &B::body, MaxLength(1024)),
                     Optional("chatId", &B::chat_id, kChatIdLength, Doc("Used instead of phone")),
                     Optional("phone", &B::phone, kPhoneLength, Doc("With country code")),
                     Optional("quotedMsgId", &B::quoted, kQuotedLength));
  }
};

// `body` is read by hand: an empty one takes the reaction back, none at all is a fault.
struct ReactionBody {
  std::optional<std::string> body, chat_id, phone;
  std::string message;
  static constexpr auto Fields() {
    using B = ReactionBody;
    return FieldList(
        Optional("body", &B::body, MaxLength(16), Doc("Required: one emoji, or empty to remove")),
        Required("quotedMsgId", &B::message, kQuotedLength),
        Optional("chatId", &B::chat_id, kChatIdLength, Doc("Used instead of phone")),
        Optional("phone", &B::phone, kPhoneLength, Doc("With country code")));
  }
};

struct ProductItem {
  std::string id;
  static constexpr auto Fields() {
    return FieldList(Required("product_retailer_id", &ProductItem::id, MaxLength(100)));
  }
};

struct ProductSectionBody {
  std::optional<std::string> title;
  std::vector<ProductItem> items;
  static constexpr auto Fields() {
    using S = ProductSectionBody;
    return FieldList(Optional("title", &S::title, MaxLength(24)),
                     Required("product_items", &S::items, MinLength(1), MaxLength(30)));
  }
};

struct ProductAction {
  std::string catalog_id;
  std::optional<std::string> product_id;
  std::optional<std::vector<ProductSectionBody>> sections;
  static constexpr auto Fields() {
    using A = ProductAction;
    return FieldList(
        Required("catalog_id", &A::catalog_id, MaxLength(100)),
        Optional("product_retailer_id", &A::product_id, MaxLength(100), Doc("A single product")),
        Optional("sections", &A::sections, MinLength(1), MaxLength(10), Doc("Several products")));
  }
};

struct ProductBody {
  ProductAction action;
  std::optional<std::string> body, footer, header, chat_id, phone;
  static constexpr auto Fields() {
    using B = ProductBody;
    return FieldList(Required("action", &B::action), Optional("body", &B::body, MaxLength(1024)),
                     Optional("footer", &B::footer, MaxLength(60)),
                     Optional("header", &B::header, MaxLength(60), Doc("Required with sections")),
                     Optional("chatId", &B::chat_id, kChatIdLength, Doc("Used instead of phone")),
                     Optional("phone", &B::phone, kPhoneLength, Doc("With country code")));
  }
};

}  // namespace parley::api::onemsg
