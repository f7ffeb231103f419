#include <array>

#include "sim/graph/content_readers.h"
#include "sim/graph/ids.h"
#include "sim/graph/interactive_body.h"

namespace parley::sim::graph {
namespace {

using net::MessageKind;

std::string TextOfPart(const std::optional<TextPart>& part) { return part ? part->text : ""; }

Outcome<std::string> TextHeader(const InteractiveBody& body) {
  if (!body.header) return std::string();
  if (body.header->type != "text")
    return WrongValue("Header of type " + body.header->type +
                      " is not supported by interactive type " + body.type);
  if (!body.header->text)
    return InvalidParameter("The parameter interactive['header']['text'] is required.");
  return *body.header->text;
}

Outcome<void> NeedsBody(const InteractiveBody& body) {
  if (body.body) return {};
  return InvalidParameter("The parameter interactive['body'] is required.");
}

template <class Action>
Outcome<Action> ReadAction(const InteractiveBody& body) {
  const base::json::object* action = body.action.if_object();
  if (action == nullptr)
    return InvalidParameter("Param interactive['action'] must be a JSON object.");
  return Read<Action>(*action, "interactive.action");
}

// Puts a header of media or text into a content that takes both.
template <class Content>
Outcome<void> ReadHeader(const InteractiveBody& body, Content& content,
                         std::vector<MediaAsk>& media) {
  if (!body.header) return {};
  const HeaderBody& header = *body.header;
  const std::optional<MessageKind> kind = HeaderKindOf(header.type);
  if (!kind) {
    PARLEY_TRY(text, TextHeader(body));
    content.header_text = text;
    return {};
  }
  const std::string path = "interactive.header." + header.type;
  const auto missing = [&path] {
    return InvalidParameter("The parameter " + PathInBrackets(path) + " is required.");
  };
  content.media_kind = *kind;
  content.media.emplace();
  if (*kind == MessageKind::kDocument) {
    if (!header.document) return missing();
    content.media->file_name = header.document->filename;
    PARLEY_TRY(ask, AskOf(*header.document, *kind, path));
    media.push_back(ask);
    return {};
  }
  const auto& given = *kind == MessageKind::kImage ? header.image : header.video;
  if (!given) return missing();
  PARLEY_TRY(ask, AskOf(*given, *kind, path));
  media.push_back(ask);
  return {};
}

Outcome<SendDraft> ReadButtons(const InteractiveBody& body, std::string_view) {
  PARLEY_CHECK(NeedsBody(body));
  PARLEY_TRY(action, ReadAction<ButtonsAction>(body));
  net::ButtonsContent content;
  content.body = body.body->text;
  content.footer = TextOfPart(body.footer);
  for (ButtonBody& button : action.buttons)
    content.buttons.push_back({std::move(button.reply.id), std::move(button.reply.title)});
  std::vector<MediaAsk> media;
  PARLEY_CHECK(ReadHeader(body, content, media));
  return SendDraft{std::move(content), std::move(media)};
}

Outcome<SendDraft> ReadCtaUrl(const InteractiveBody& body, std::string_view) {
  PARLEY_CHECK(NeedsBody(body));
  PARLEY_TRY(action, ReadAction<CtaUrlAction>(body));
  net::CtaUrlContent content;
  content.body = body.body->text;
  content.footer = TextOfPart(body.footer);
  content.button = std::move(action.parameters.display_text);
  content.url = std::move(action.parameters.url);
  std::vector<MediaAsk> media;
  PARLEY_CHECK(ReadHeader(body, content, media));
  return SendDraft{std::move(content), std::move(media)};
}

// What the first screen is, and what is given to it.
Outcome<void> ReadFlowAction(FlowParameters& given, net::FlowContent& content) {
  const std::string path = "interactive['action']['parameters']['flow_action_payload']";
  content.data_exchange = given.action == "data_exchange";
  if (content.data_exchange && given.payload)
    return InvalidParameter("The parameter " + path + " is not for flow_action data_exchange.");
  if (content.data_exchange) return {};
  if (!given.payload) return InvalidParameter("The parameter " + path + " is required.");
  content.screen = std::move(given.payload->screen);
  if (!given.payload->data) return {};
  const base::json::object* data = given.payload->data->if_object();
  if (data == nullptr || data->empty())
    return InvalidParameter("Param " + path + "['data'] must be a non-empty JSON object.");
  content.data = base::ToText(*given.payload->data);
  return {};
}

Outcome<SendDraft> ReadFlow(const InteractiveBody& body, std::string_view) {
  PARLEY_CHECK(NeedsBody(body));
  PARLEY_TRY(action, ReadAction<FlowAction>(body));
  FlowParameters& given = action.parameters;
  if (given.id.has_value() == given.name.has_value())
    return InvalidParameter(
        "Exactly one of interactive['action']['parameters']['flow_id'] and "
        "interactive['action']['parameters']['flow_name'] is required.");
  net::FlowContent content;
  content.body = body.body->text;
  content.footer = TextOfPart(body.footer);
  content.button = std::move(given.cta);
  content.flow_id = given.id.value_or("");
  content.flow_name = given.name.value_or("");
  content.token = std::move(given.token);
  content.draft = given.mode == "draft";
  PARLEY_CHECK(ReadFlowAction(given, content));
  std::vector<MediaAsk> media;
  PARLEY_CHECK(ReadHeader(body, content, media));
  return SendDraft{std::move(content), std::move(media)};
}

Outcome<SendDraft> ReadListMessage(const InteractiveBody& body, std::string_view) {
  PARLEY_CHECK(NeedsBody(body));
  PARLEY_TRY(action, ReadAction<ListAction>(body));
  PARLEY_TRY(header, TextHeader(body));
  net::ListContent content;
  content.header = std::move(header);
  content.body = body.body->text;
  content.footer = TextOfPart(body.footer);
  content.button = std::move(action.button);
  for (SectionBody& section : action.sections) {
    net::ListSection& made = content.sections.emplace_back();
    made.title = std::move(section.title);
    for (RowBody& row : section.rows)
      made.rows.push_back({std::move(row.id), std::move(row.title), std::move(row.description)});
  }
  return SendDraft{std::move(content), {}};
}

Outcome<SendDraft> ReadLocationRequest(const InteractiveBody& body, std::string_view) {
  PARLEY_CHECK(NeedsBody(body));
  PARLEY_CHECK(ReadAction<LocationAction>(body));
  return SendDraft{net::LocationRequestContent{body.body->text}, {}};
}

Outcome<SendDraft> ReadProduct(const InteractiveBody& body, std::string_view) {
  PARLEY_TRY(action, ReadAction<ProductAction>(body));
  if (body.header) return WrongValue("Header is not supported by interactive type product");
  net::ProductContent content;
  content.catalog_id = std::move(action.catalog_id);
  content.product = std::move(action.product_retailer_id);
  content.body = TextOfPart(body.body);
  content.footer = TextOfPart(body.footer);
  return SendDraft{std::move(content), {}};
}

Outcome<SendDraft> ReadProductList(const InteractiveBody& body, std::string_view) {
  PARLEY_CHECK(NeedsBody(body));
  if (!body.header) return InvalidParameter("The parameter interactive['header'] is required.");
  PARLEY_TRY(header, TextHeader(body));
  PARLEY_TRY(action, ReadAction<ProductListAction>(body));
  net::ProductContent content;
  content.catalog_id = std::move(action.catalog_id);
  content.header = std::move(header);
  content.body = body.body->text;
  content.footer = TextOfPart(body.footer);
  for (ProductSectionBody& section : action.sections) {
    net::ProductSection& made = content.sections.emplace_back();
    made.title = std::move(section.title);
    for (ProductItem& item : section.product_items)
      made.products.push_back(std::move(item.product_retailer_id));
  }
  return SendDraft{std::move(content), {}};
}

Outcome<SendDraft> ReadCatalog(const InteractiveBody& body, std::string_view account) {
  PARLEY_CHECK(NeedsBody(body));
  PARLEY_CHECK(ReadAction<CatalogAction>(body));
  net::ProductContent content;
  content.catalog_id = DeriveNodeId("catalog of " + std::string(account));
  content.body = body.body->text;
  content.footer = TextOfPart(body.footer);
  return SendDraft{std::move(content), {}};
}

Outcome<SendDraft> NotCarried(const InteractiveBody& body, std::string_view) {
  return GraphError{kUnsupportedKind,
                    "Interactive type " + body.type + " is not carried by the simulated network"};
}

struct InteractiveRow {
  std::string_view type;
  Outcome<SendDraft> (*read)(const InteractiveBody& body, std::string_view account);
};
constexpr auto kInteractive = std::to_array<InteractiveRow>({
    {"button", &ReadButtons},
    {"list", &ReadListMessage},
    {"location_request_message", &ReadLocationRequest},
    {"product", &ReadProduct},
    {"product_list", &ReadProductList},
    {"catalog_message", &ReadCatalog},
    {"cta_url", &ReadCtaUrl},
    {"flow", &ReadFlow},
    {"address_message", &NotCarried},
    {"order_details", &NotCarried},
    {"order_status", &NotCarried},
    {"call_permission_request", &NotCarried},
    {"voice_call", &NotCarried},
});

}  // namespace

Outcome<SendDraft> ReadInteractive(const SendBody& body, std::string_view account) {
  PARLEY_TRY(read, ReadMember<InteractiveBody>(body.interactive, "interactive"));
  for (const InteractiveRow& row : kInteractive)
    if (row.type == read.type) return row.read(read, account);
  return WrongValue("Invalid value for interactive['type']: " + read.type);
}

}  // namespace parley::sim::graph
