// The message kinds that are made of fields instead of text or a file: location, contact cards,
// polls, lists, buttons, links, forms, templates, products, and the answers to them; and what has
// no kind of its own. Part of core/messages/content.h, which holds the variant of all kinds.
//
// Member names are those that the simulated network uses, too. What a dialect or a link allows of
// lengths and counts is checked there; here stands what is stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "core/media/media.h"
#include "core/messages/content_kind.h"

namespace parley::core {

struct LocationContent {
  double latitude = 0, longitude = 0;  // degrees, WGS 84
  std::string name, address, url;      // may be empty
  static constexpr ContentKind kKind = ContentKind::kLocation;
  static constexpr auto Fields() {
    using base::Optional;
    using C = LocationContent;
    return base::FieldList(base::Required("latitude", &C::latitude, base::Range(-90, 90)),
                           base::Required("longitude", &C::longitude, base::Range(-180, 180)),
                           Optional("name", &C::name), Optional("address", &C::address),
                           Optional("url", &C::url));
  }
};

// One contact card. The members are those of the Cloud API's `contacts` object.
struct ContactCard {
  struct Organisation {
    std::optional<std::string> company, department, title;
    static constexpr auto Fields() {
      return base::FieldList(base::Optional("company", &Organisation::company),
                             base::Optional("department", &Organisation::department),
                             base::Optional("title", &Organisation::title));
    }
  };
  struct PostalAddress {
    std::optional<std::string> street, city, state, zip, country, country_code, type;
    static constexpr auto Fields() {
      using base::Optional;
      using A = PostalAddress;
      return base::FieldList(
          Optional("street", &A::street), Optional("city", &A::city), Optional("state", &A::state),
          Optional("zip", &A::zip), Optional("country", &A::country),
          Optional("country_code", &A::country_code), Optional("type", &A::type));
    }
  };
  struct Email {
    std::string email;
    std::optional<std::string> type;
    static constexpr auto Fields() {
      return base::FieldList(base::Required("email", &Email::email),
                             base::Optional("type", &Email::type));
    }
  };
  struct Url {
    std::string url;
    std::optional<std::string> type;
    static constexpr auto Fields() {
      return base::FieldList(base::Required("url", &Url::url), base::Optional("type", &Url::type));
    }
  };
  struct Phone {
    std::string phone;                 // as it is shown
    std::optional<std::string> type;   // CELL, HOME, WORK, ...
    std::optional<std::string> wa_id;  // digits: the card can be written to
    static constexpr auto Fields() {
      return base::FieldList(base::Required("phone", &Phone::phone),
                             base::Optional("type", &Phone::type),
                             base::Optional("wa_id", &Phone::wa_id));
    }
  };

  std::string formatted_name;
  std::optional<std::string> first_name, last_name, middle_name, prefix, suffix;
  std::optional<std::string> birthday;  // YYYY-MM-DD
  std::optional<Organisation> org;
  std::optional<std::vector<PostalAddress>> addresses;
  std::optional<std::vector<Email>> emails;
  std::optional<std::vector<Url>> urls;
  std::optional<std::vector<Phone>> phones;
  static constexpr auto Fields() {
    using base::Optional;
    using C = ContactCard;
    return base::FieldList(
        base::Required("formatted_name", &C::formatted_name),
        Optional("first_name", &C::first_name), Optional("last_name", &C::last_name),
        Optional("middle_name", &C::middle_name), Optional("prefix", &C::prefix),
        Optional("suffix", &C::suffix), Optional("birthday", &C::birthday),
        Optional("org", &C::org), Optional("addresses", &C::addresses),
        Optional("emails", &C::emails), Optional("urls", &C::urls), Optional("phones", &C::phones));
  }
};

struct ContactsContent {
  std::vector<ContactCard> cards;
  static constexpr ContentKind kKind = ContentKind::kContacts;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("cards", &ContactsContent::cards, base::MinLength(1)));
  }
};

struct PollContent {
  std::string question;
  std::vector<std::string> options;
  bool multiple = false;  // a voter may choose several
  static constexpr ContentKind kKind = ContentKind::kPoll;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("question", &PollContent::question),
                           base::Required("options", &PollContent::options),
                           base::Optional("multiple", &PollContent::multiple));
  }
};

struct ListContent {
  struct Row {
    std::string id, title;
    std::optional<std::string> description;
    static constexpr auto Fields() {
      return base::FieldList(base::Required("id", &Row::id), base::Required("title", &Row::title),
                             base::Optional("description", &Row::description));
    }
  };
  struct Section {
    std::optional<std::string> title;
    std::vector<Row> rows;
    static constexpr auto Fields() {
      return base::FieldList(base::Optional("title", &Section::title),
                             base::Required("rows", &Section::rows));
    }
  };

  std::string body;
  std::string button;  // the text that opens the list
  std::vector<Section> sections;
  std::string header, footer;  // may be empty
  static constexpr ContentKind kKind = ContentKind::kList;
  static constexpr auto Fields() {
    using C = ListContent;
    return base::FieldList(base::Required("body", &C::body), base::Required("button", &C::button),
                           base::Required("sections", &C::sections),
                           base::Optional("header", &C::header),
                           base::Optional("footer", &C::footer));
  }
};

// Up to three buttons that answer for the reader. The header is a text or media, or none.
struct ButtonsContent {
  struct Button {
    std::string id, title;
    static constexpr auto Fields() {
      return base::FieldList(base::Required("id", &Button::id),
                             base::Required("title", &Button::title));
    }
  };

  std::string body;
  std::vector<Button> buttons;
  std::string header_text;
  std::optional<ContentKind> media_kind;  // with media: image, video or document
  std::optional<MediaRef> media;
  std::string footer;
  static constexpr ContentKind kKind = ContentKind::kButtons;
  static constexpr auto Fields() {
    using base::Optional;
    using C = ButtonsContent;
    return base::FieldList(base::Required("body", &C::body), base::Required("buttons", &C::buttons),
                           Optional("header_text", &C::header_text),
                           Optional("media_kind", &C::media_kind), Optional("media", &C::media),
                           Optional("footer", &C::footer));
  }
};

struct LocationRequestContent {
  std::string body;
  static constexpr ContentKind kKind = ContentKind::kLocationRequest;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("body", &LocationRequestContent::body));
  }
};

// A message made from a template that the network has approved. `components` are the parameters in
// the Cloud API's form; the other texts are what the reader sees, as far as it is known.
struct TemplateContent {
  // The image or video above the text of a carousel's card.
  struct CardMedia {
    std::int64_t card = 0;  // from 0
    ContentKind media_kind = ContentKind::kImage;
    MediaRef media;
    static constexpr auto Fields() {
      using base::Required;
      using M = CardMedia;
      return base::FieldList(Required("card", &M::card), Required("media_kind", &M::media_kind),
                             Required("media", &M::media));
    }
  };

  std::string name, language, space;  // space: the template's namespace; may be empty
  std::string category;               // as the network has it, when it is known
  std::string body, header, footer;
  std::optional<ContentKind> media_kind;
  std::optional<MediaRef> media;
  base::json::value components;
  std::vector<std::string> buttons;  // their texts
  std::vector<CardMedia> card_media;
  static constexpr ContentKind kKind = ContentKind::kTemplate;
  static constexpr auto Fields() {
    using base::Optional;
    using C = TemplateContent;
    return base::FieldList(
        base::Required("name", &C::name), base::Required("language", &C::language),
        Optional("namespace", &C::space), Optional("category", &C::category),
        Optional("body", &C::body), Optional("header", &C::header), Optional("footer", &C::footer),
        Optional("media_kind", &C::media_kind), Optional("media", &C::media),
        Optional("components", &C::components), Optional("buttons", &C::buttons),
        Optional("card_media", &C::card_media));
  }
};

// One product, several in sections, or (neither) the whole catalog.
struct ProductContent {
  struct Section {
    std::optional<std::string> title;
    std::vector<std::string> products;  // retailer ids
    static constexpr auto Fields() {
      return base::FieldList(base::Optional("title", &Section::title),
                             base::Required("products", &Section::products));
    }
  };

  std::string catalog;
  std::string product;  // retailer id of the single one
  std::vector<Section> sections;
  std::string header, body, footer;
  static constexpr ContentKind kKind = ContentKind::kProduct;
  static constexpr auto Fields() {
    using base::Optional;
    using C = ProductContent;
    return base::FieldList(base::Required("catalog_id", &C::catalog),
                           Optional("product", &C::product), Optional("sections", &C::sections),
                           Optional("header", &C::header), Optional("body", &C::body),
                           Optional("footer", &C::footer));
  }
};

// What the reader of a list chose; `quoted` of the message is the list.
struct ListReplyContent {
  std::string id, title;
  std::optional<std::string> description;
  static constexpr ContentKind kKind = ContentKind::kListReply;
  static constexpr auto Fields() {
    using C = ListReplyContent;
    return base::FieldList(base::Required("id", &C::id), base::Required("title", &C::title),
                           base::Optional("description", &C::description));
  }
};

// The button that the reader pressed, of buttons or of a template.
struct ButtonReplyContent {
  std::string id, title;
  bool of_template = false;
  static constexpr ContentKind kKind = ContentKind::kButtonReply;
  static constexpr auto Fields() {
    using C = ButtonReplyContent;
    return base::FieldList(base::Required("id", &C::id), base::Required("title", &C::title),
                           base::Optional("of_template", &C::of_template));
  }
};

// What the reader put into the basket of the business' catalog. `body` is for people: what they
// wrote with it, and the items.
struct OrderContent {
  struct Item {
    std::string product;  // the business' own id of it
    std::int64_t quantity = 0;
    double price = 0;  // of one
    std::string currency;
    static constexpr auto Fields() {
      using base::Required;
      return base::FieldList(Required("product", &Item::product),
                             Required("quantity", &Item::quantity), Required("price", &Item::price),
                             Required("currency", &Item::currency));
    }
  };
  std::string catalog;
  std::vector<Item> items;
  std::string note;  // what they wrote
  std::string body;
  static constexpr ContentKind kKind = ContentKind::kOrder;
  static constexpr auto Fields() {
    using C = OrderContent;
    return base::FieldList(base::Required("catalog_id", &C::catalog),
                           base::Required("items", &C::items), base::Optional("note", &C::note),
                           base::Required("body", &C::body));
  }
};

// A button that opens a page of the web. The header is a text or media, or none.
struct CtaUrlContent {
  std::string body;
  std::string button;  // what stands on it
  std::string url;
  std::string header_text;
  std::optional<ContentKind> media_kind;  // with media: image, video or document
  std::optional<MediaRef> media;
  std::string footer;
  static constexpr ContentKind kKind = ContentKind::kCtaUrl;
  static constexpr auto Fields() {
    using base::Optional;
    using C = CtaUrlContent;
    return base::FieldList(base::Required("body", &C::body), base::Required("button", &C::button),
                           base::Required("url", &C::url), Optional("header_text", &C::header_text),
                           Optional("media_kind", &C::media_kind), Optional("media", &C::media),
                           Optional("footer", &C::footer));
  }
};

// A button that opens a form of the business (WhatsApp Flows), which is made and kept at Meta. The
// answer is a FlowReplyContent; its response has the token.
struct FlowContent {
  std::string body;
  std::string button;              // what stands on it
  std::string flow_id, flow_name;  // one of the two
  std::string token;               // the sender's own; may be empty
  bool draft = false;              // a form that is not published
  bool data_exchange = false;      // the form's own server is asked for the first screen
  std::string screen;              // the first one, without data_exchange
  std::string data;                // a JSON object for that screen; may be empty
  std::string header_text;
  std::optional<ContentKind> media_kind;  // as above
  std::optional<MediaRef> media;
  std::string footer;
  static constexpr ContentKind kKind = ContentKind::kFlow;
  static constexpr auto Fields() {
    using base::Optional;
    using C = FlowContent;
    return base::FieldList(base::Required("body", &C::body), base::Required("button", &C::button),
                           Optional("flow_id", &C::flow_id), Optional("flow_name", &C::flow_name),
                           Optional("token", &C::token), Optional("draft", &C::draft),
                           Optional("data_exchange", &C::data_exchange),
                           Optional("screen", &C::screen), Optional("data", &C::data),
                           Optional("header_text", &C::header_text),
                           Optional("media_kind", &C::media_kind), Optional("media", &C::media),
                           Optional("footer", &C::footer));
  }
};

// What the reader filled into a form of the business (WhatsApp Flows).
struct FlowReplyContent {
  std::string name;      // of the kind of form: flow, address_message, ...
  std::string body;      // for people
  std::string response;  // JSON, as the form made it
  static constexpr ContentKind kKind = ContentKind::kFlowReply;
  static constexpr auto Fields() {
    using C = FlowReplyContent;
    return base::FieldList(base::Required("name", &C::name), base::Required("body", &C::body),
                           base::Required("response", &C::response));
  }
};

// What came in and has no kind of its own here, as the network told it.
struct OtherContent {
  std::string type;     // the network's word: unsupported, system, ...
  std::string body;     // for people
  std::string details;  // JSON, as it came; empty: there was nothing, or too much of it
  static constexpr ContentKind kKind = ContentKind::kOther;
  static constexpr auto Fields() {
    using C = OtherContent;
    return base::FieldList(base::Required("type", &C::type), base::Required("body", &C::body),
                           base::Optional("details", &C::details));
  }
};

}  // namespace parley::core
