// What only business devices can send: lists, buttons, links, forms, templates and products
// (content.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/network/content_kind.h"
#include "sim/network/plain_content.h"

namespace parley::sim::network {

struct ListRow {
  std::string id, title, description;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using R = ListRow;
    return base::FieldList(base::Required("id", &R::id, MinLength(1), MaxLength(200)),
                           base::Required("title", &R::title, MinLength(1), MaxLength(24)),
                           base::Optional("description", &R::description, MaxLength(72)));
  }
  bool operator==(const ListRow&) const = default;
};

struct ListSection {
  std::string title;  // required when there are several
  std::vector<ListRow> rows;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Optional("title", &ListSection::title, base::MaxLength(24)),
        base::Required("rows", &ListSection::rows, base::MinLength(1), base::MaxLength(kMaxRows)));
  }
  bool operator==(const ListSection&) const = default;
};

struct ListContent {
  std::string body, button;
  std::vector<ListSection> sections;
  std::string header, footer;
  static constexpr MessageKind kKind = MessageKind::kList;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using base::Optional;
    using base::Required;
    using C = ListContent;
    return base::FieldList(Required("body", &C::body, MinLength(1), MaxLength(4096)),
                           Required("button", &C::button, MinLength(1), MaxLength(20)),
                           Required("sections", &C::sections, MinLength(1), MaxLength(10)),
                           Optional("header", &C::header, MaxLength(60)),
                           Optional("footer", &C::footer, MaxLength(60)));
  }
  bool operator==(const ListContent&) const = default;
};

struct ReplyButton {
  std::string id, title;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using B = ReplyButton;
    return base::FieldList(base::Required("id", &B::id, MinLength(1), MaxLength(256)),
                           base::Required("title", &B::title, MinLength(1), MaxLength(20)));
  }
  bool operator==(const ReplyButton&) const = default;
};

struct ButtonsContent {
  std::string body;
  std::vector<ReplyButton> buttons;
  std::string header_text;
  std::optional<MessageKind> media_kind;  // image, video or document, instead of header_text
  std::optional<Media> media;
  std::string footer;
  static constexpr MessageKind kKind = MessageKind::kButtons;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using base::Optional;
    using base::Required;
    using C = ButtonsContent;
    return base::FieldList(Required("body", &C::body, MinLength(1), MaxLength(1024)),
                           Required("buttons", &C::buttons, MinLength(1), MaxLength(3)),
                           Optional("header_text", &C::header_text, MaxLength(60)),
                           Optional("media_kind", &C::media_kind), Optional("media", &C::media),
                           Optional("footer", &C::footer, MaxLength(60)));
  }
  bool operator==(const ButtonsContent&) const = default;
};

struct LocationRequestContent {
  std::string body;
  static constexpr MessageKind kKind = MessageKind::kLocationRequest;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("body", &LocationRequestContent::body, base::MinLength(1),
                                          base::MaxLength(1024)));
  }
  bool operator==(const LocationRequestContent&) const = default;
};

// A button that opens a page.
struct CtaUrlContent {
  std::string body, button, url;
  std::string header_text;
  std::optional<MessageKind> media_kind;  // image, video or document, instead of header_text
  std::optional<Media> media;
  std::string footer;
  static constexpr MessageKind kKind = MessageKind::kCtaUrl;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using base::Optional;
    using base::Required;
    using C = CtaUrlContent;
    return base::FieldList(Required("body", &C::body, MinLength(1), MaxLength(1024)),
                           Required("button", &C::button, MinLength(1), MaxLength(20)),
                           Required("url", &C::url, MinLength(1), MaxLength(kMaxUrl)),
                           Optional("header_text", &C::header_text, MaxLength(60)),
                           Optional("media_kind", &C::media_kind), Optional("media", &C::media),
                           Optional("footer", &C::footer, MaxLength(60)));
  }
  bool operator==(const CtaUrlContent&) const = default;
};

// A button that opens a form; what the form is like is not known here.
struct FlowContent {
  std::string body, button;
  std::string flow_id, flow_name;  // one of the two
  std::string token;               // comes back in the answer; empty: none does
  bool draft = false;
  bool data_exchange = false;  // else it begins with `screen`
  std::string screen;
  std::string data;  // a JSON object for the screen; may be empty
  std::string header_text;
  std::optional<MessageKind> media_kind;
  std::optional<Media> media;
  std::string footer;
  static constexpr MessageKind kKind = MessageKind::kFlow;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using base::Optional;
    using base::Required;
    using C = FlowContent;
    return base::FieldList(Required("body", &C::body, MinLength(1), MaxLength(1024)),
                           Required("button", &C::button, MinLength(1), MaxLength(20)),
                           Optional("flow_id", &C::flow_id, MaxLength(100)),
                           Optional("flow_name", &C::flow_name, MaxLength(200)),
                           Optional("token", &C::token, MaxLength(200)),
                           Optional("draft", &C::draft),
                           Optional("data_exchange", &C::data_exchange),
                           Optional("screen", &C::screen, MaxLength(200)),
                           Optional("data", &C::data, MaxLength(kMaxFlowData)),
                           Optional("header_text", &C::header_text, MaxLength(60)),
                           Optional("media_kind", &C::media_kind), Optional("media", &C::media),
                           Optional("footer", &C::footer, MaxLength(60)));
  }
  bool operator==(const FlowContent&) const = default;
};

// The image or video above the text of a carousel's card.
struct CardMedia {
  std::int64_t card = 0;  // from 0
  MessageKind media_kind = MessageKind::kImage;
  Media media;
  static constexpr auto Fields() {
    using base::Required;
    using M = CardMedia;
    return base::FieldList(Required("card", &M::card, base::Range(0, 9)),
                           Required("media_kind", &M::media_kind), Required("media", &M::media));
  }
  bool operator==(const CardMedia&) const = default;
};

inline constexpr std::size_t kMaxButtonPayload = 256;  // code points, as of a reply button's id

// A button of a template that answers for the reader, with what the answer brings back.
struct QuickReply {
  std::string payload, title;
  static constexpr auto Fields() {
    using R = QuickReply;
    return base::FieldList(
        base::Required("payload", &R::payload, base::MaxLength(kMaxButtonPayload)),
        base::Required("title", &R::title, base::MaxLength(200)));
  }
  bool operator==(const QuickReply&) const = default;
};

struct TemplateContent {
  std::string name, language, namespace_id, category;
  std::string body;  // as the recipient reads it
  std::string header, footer;
  std::optional<MessageKind> media_kind;  // image, video or document, instead of header
  std::optional<Media> media;
  base::json::value components;      // as they were given
  std::vector<std::string> buttons;  // their texts
  std::vector<CardMedia> card_media;
  // Of its buttons and those of its cards; the network fills them in. Absent in records of before
  // them: all buttons answer with their texts.
  std::optional<std::vector<QuickReply>> quick_replies;
  static constexpr MessageKind kKind = MessageKind::kTemplate;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using base::Optional;
    using base::Required;
    using C = TemplateContent;
    return base::FieldList(Required("name", &C::name, MinLength(1), MaxLength(512)),
                           Required("language", &C::language, MinLength(1), MaxLength(20)),
                           Optional("namespace", &C::namespace_id, MaxLength(512)),
                           Optional("category", &C::category, MaxLength(50)),
                           Optional("body", &C::body, MaxLength(32768)),
                           Optional("header", &C::header, MaxLength(1024)),
                           Optional("footer", &C::footer, MaxLength(1024)),
                           Optional("media_kind", &C::media_kind), Optional("media", &C::media),
                           Optional("components", &C::components),
                           Optional("buttons", &C::buttons, MaxLength(10)),
                           Optional("card_media", &C::card_media, MaxLength(10)),
                           Optional("quick_replies", &C::quick_replies, MaxLength(110)));
  }
  bool operator==(const TemplateContent&) const = default;
};

struct ProductSection {
  std::string title;  // required when there are several
  std::vector<std::string> products;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("title", &ProductSection::title, base::MaxLength(24)),
                           base::Required("products", &ProductSection::products, base::MinLength(1),
                                          base::MaxLength(kMaxProducts)));
  }
  bool operator==(const ProductSection&) const = default;
};

// One product, sections of several, or (neither) the whole catalog; ids are the retailer's.
struct ProductContent {
  std::string catalog_id, product;
  std::vector<ProductSection> sections;
  std::string header, body, footer;
  static constexpr MessageKind kKind = MessageKind::kProduct;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using C = ProductContent;
    return base::FieldList(
        base::Required("catalog_id", &C::catalog_id, base::MinLength(1), MaxLength(100)),
        Optional("product", &C::product, MaxLength(100)),
        Optional("sections", &C::sections, MaxLength(10)),
        Optional("header", &C::header, MaxLength(60)), Optional("body", &C::body, MaxLength(1024)),
        Optional("footer", &C::footer, MaxLength(60)));
  }
  bool operator==(const ProductContent&) const = default;
};

}  // namespace parley::sim::network
