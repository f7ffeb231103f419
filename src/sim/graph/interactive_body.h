// The member `interactive` of a send and its parts. Part of send_body.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/graph/send_body.h"
#include "sim/network/content_kind.h"

namespace parley::sim::graph {

struct TextPart {
  std::string text;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("text", &TextPart::text, base::MinLength(1)));
  }
};

struct HeaderBody {
  std::string type;
  std::optional<std::string> text;
  std::optional<PlainMediaBody> image, video;
  std::optional<DocumentBody> document;
  static constexpr auto Fields() {
    using base::Optional;
    using B = HeaderBody;
    return base::FieldList(base::Required("type", &B::type, base::MaxLength(20)),
                           Optional("text", &B::text, base::MinLength(1), base::MaxLength(60)),
                           Optional("image", &B::image), Optional("video", &B::video),
                           Optional("document", &B::document));
  }
};

struct InteractiveBody {
  std::string type;
  std::optional<HeaderBody> header;
  std::optional<TextPart> body, footer;
  base::json::value action;
  static constexpr auto Fields() {
    using base::Optional;
    using B = InteractiveBody;
    return base::FieldList(base::Required("type", &B::type, base::MaxLength(40)),
                           Optional("header", &B::header), Optional("body", &B::body),
                           Optional("footer", &B::footer), base::Required("action", &B::action));
  }
};

struct ReplyBody {
  std::string id, title;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using B = ReplyBody;
    return base::FieldList(base::Required("id", &B::id, MinLength(1), MaxLength(256)),
                           base::Required("title", &B::title, MinLength(1), MaxLength(20)));
  }
};
inline constexpr std::string_view kReplyType[] = {"reply"};
struct ButtonBody {
  std::string type;
  ReplyBody reply;
  static constexpr auto Fields() {
    using B = ButtonBody;
    return base::FieldList(base::Required("type", &B::type, base::OneOf(kReplyType)),
                           base::Required("reply", &B::reply));
  }
};
struct ButtonsAction {
  std::vector<ButtonBody> buttons;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("buttons", &ButtonsAction::buttons, base::MinLength(1), base::MaxLength(3)));
  }
};

struct RowBody {
  std::string id, title, description;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using B = RowBody;
    return base::FieldList(base::Required("id", &B::id, MinLength(1), MaxLength(200)),
                           base::Required("title", &B::title, MinLength(1), MaxLength(24)),
                           base::Optional("description", &B::description, MaxLength(72)));
  }
};
struct SectionBody {
  std::string title;
  std::vector<RowBody> rows;
  static constexpr auto Fields() {
    using B = SectionBody;
    return base::FieldList(
        base::Optional("title", &B::title, base::MaxLength(24)),
        base::Required("rows", &B::rows, base::MinLength(1), base::MaxLength(10)));
  }
};
struct ListAction {
  std::string button;
  std::vector<SectionBody> sections;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using A = ListAction;
    return base::FieldList(base::Required("button", &A::button, MinLength(1), MaxLength(20)),
                           base::Required("sections", &A::sections, MinLength(1), MaxLength(10)));
  }
};

inline constexpr std::string_view kSendLocation[] = {"send_location"};
struct LocationAction {
  std::string name;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("name", &LocationAction::name, base::OneOf(kSendLocation)));
  }
};

struct ProductAction {
  std::string catalog_id, product_retailer_id;
  static constexpr auto Fields() {
    using A = ProductAction;
    constexpr base::MaxLength kId(100);
    return base::FieldList(
        base::Required("catalog_id", &A::catalog_id, base::MinLength(1), kId),
        base::Required("product_retailer_id", &A::product_retailer_id, base::MinLength(1), kId));
  }
};
struct ProductItem {
  std::string product_retailer_id;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("product_retailer_id", &ProductItem::product_retailer_id,
                                          base::MinLength(1), base::MaxLength(100)));
  }
};
struct ProductSectionBody {
  std::string title;
  std::vector<ProductItem> product_items;
  static constexpr auto Fields() {
    using B = ProductSectionBody;
    return base::FieldList(base::Optional("title", &B::title, base::MaxLength(24)),
                           base::Required("product_items", &B::product_items, base::MinLength(1),
                                          base::MaxLength(30)));
  }
};
struct ProductListAction {
  std::string catalog_id;
  std::vector<ProductSectionBody> sections;
  static constexpr auto Fields() {
    using A = ProductListAction;
    return base::FieldList(
        base::Required("catalog_id", &A::catalog_id, base::MinLength(1), base::MaxLength(100)),
        base::Required("sections", &A::sections, base::MinLength(1), base::MaxLength(10)));
  }
};

inline constexpr std::string_view kCatalogMessage[] = {"catalog_message"};
struct CatalogParameters {
  std::optional<std::string> thumbnail_product_retailer_id;
  static constexpr auto Fields() {
    using P = CatalogParameters;
    return base::FieldList(base::Optional("thumbnail_product_retailer_id",
                                          &P::thumbnail_product_retailer_id, base::MaxLength(100)));
  }
};
struct CatalogAction {
  std::string name;
  std::optional<CatalogParameters> parameters;
  static constexpr auto Fields() {
    using A = CatalogAction;
    return base::FieldList(base::Required("name", &A::name, base::OneOf(kCatalogMessage)),
                           base::Optional("parameters", &A::parameters));
  }
};

inline constexpr std::string_view kCtaUrlName[] = {"cta_url"};
struct CtaUrlParameters {
  std::string display_text, url;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using P = CtaUrlParameters;
    return base::FieldList(
        base::Required("display_text", &P::display_text, MinLength(1), MaxLength(20)),
        base::Required("url", &P::url, MinLength(1), MaxLength(network::kMaxUrl)));
  }
};
struct CtaUrlAction {
  std::string name;
  CtaUrlParameters parameters;
  static constexpr auto Fields() {
    using A = CtaUrlAction;
    return base::FieldList(base::Required("name", &A::name, base::OneOf(kCtaUrlName)),
                           base::Required("parameters", &A::parameters));
  }
};

inline constexpr std::string_view kFlowName[] = {"flow"};
inline constexpr std::string_view kFlowVersion[] = {"3"};
inline constexpr std::string_view kFlowModes[] = {"draft", "published"};
inline constexpr std::string_view kFlowActions[] = {"navigate", "data_exchange"};
struct FlowPayload {
  std::string screen;
  std::optional<base::json::value> data;
  static constexpr auto Fields() {
    using P = FlowPayload;
    return base::FieldList(
        base::Required("screen", &P::screen, base::MinLength(1), base::MaxLength(200)),
        base::Optional("data", &P::data));
  }
};
struct FlowParameters {
  std::string version, cta, token = "unused", mode = "published", action = "navigate";
  std::optional<std::string> id, name;
  std::optional<FlowPayload> payload;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using base::OneOf;
    using base::Optional;
    using base::Required;
    using P = FlowParameters;
    return base::FieldList(Required("flow_message_version", &P::version, OneOf(kFlowVersion)),
                           Optional("flow_id", &P::id, MinLength(1), MaxLength(100)),
                           Optional("flow_name", &P::name, MinLength(1), MaxLength(200)),
                           Required("flow_cta", &P::cta, MinLength(1), MaxLength(20)),
                           Optional("flow_token", &P::token, MinLength(1), MaxLength(200)),
                           Optional("mode", &P::mode, OneOf(kFlowModes)),
                           Optional("flow_action", &P::action, OneOf(kFlowActions)),
                           Optional("flow_action_payload", &P::payload));
  }
};
struct FlowAction {
  std::string name;
  FlowParameters parameters;
  static constexpr auto Fields() {
    using A = FlowAction;
    return base::FieldList(base::Required("name", &A::name, base::OneOf(kFlowName)),
                           base::Required("parameters", &A::parameters));
  }
};

}  // namespace parley::sim::graph
