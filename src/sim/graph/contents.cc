#include "sim/graph/contents.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"
#include "sim/graph/ids.h"
#include "sim/graph/reading.h"

namespace parley::sim::graph {
namespace {

using net::MessageKind;

GraphError Invalid(std::string details) { return GraphError{kInvalidValue, std::move(details)}; }

// One of the two, as Graph demands.
template <class Body>
Outcome<MediaAsk> AskOf(const Body& body, MessageKind kind, const std::string& path) {
  if (body.id.has_value() == body.link.has_value())
    return InvalidParameter("Exactly one of " + PathInBrackets(path + ".id") + " and " +
                            PathInBrackets(path + ".link") + " is required.");
  MediaAsk ask;
  ask.kind = kind;
  ask.id = body.id;
  ask.link = body.link;
  return ask;
}

Outcome<SendDraft> ReadText(const SendBody& body, std::string_view) {
  PARLEY_TRY(text, ReadMember<TextBody>(body.text, "text"));
  return SendDraft{net::TextContent{std::move(text.body)}, {}};
}

template <class Body>
Outcome<SendDraft> ReadMedia(const SendBody::Part& part, MessageKind kind,
                             const std::string& name) {
  PARLEY_TRY(read, ReadMember<Body>(part, name));
  PARLEY_TRY(ask, AskOf(read, kind, name));
  net::MediaContent content;
  content.kind = kind;
  if constexpr (std::is_same_v<Body, CaptionedBody> || std::is_same_v<Body, DocumentBody>)
    content.caption = std::move(read.caption);
  if constexpr (std::is_same_v<Body, DocumentBody>)
    content.media.file_name = std::move(read.filename);
  if constexpr (std::is_same_v<Body, AudioBody>) content.media.voice = read.voice;
  return SendDraft{std::move(content), {std::move(ask)}};
}
Outcome<SendDraft> ReadImage(const SendBody& body, std::string_view) {
  return ReadMedia<CaptionedBody>(body.image, MessageKind::kImage, "image");
}
Outcome<SendDraft> ReadVideo(const SendBody& body, std::string_view) {
  return ReadMedia<CaptionedBody>(body.video, MessageKind::kVideo, "video");
}
Outcome<SendDraft> ReadAudio(const SendBody& body, std::string_view) {
  return ReadMedia<AudioBody>(body.audio, MessageKind::kAudio, "audio");
}
Outcome<SendDraft> ReadDocument(const SendBody& body, std::string_view) {
  return ReadMedia<DocumentBody>(body.document, MessageKind::kDocument, "document");
}
Outcome<SendDraft> ReadSticker(const SendBody& body, std::string_view) {
  return ReadMedia<PlainMediaBody>(body.sticker, MessageKind::kSticker, "sticker");
}

Outcome<SendDraft> ReadLocation(const SendBody& body, std::string_view) {
  PARLEY_TRY(read, ReadMember<LocationBody>(body.location, "location"));
  if (read.name.empty() && !read.address.empty())
    return Invalid("location['name'] is required when an address is given");
  net::LocationContent place;
  place.latitude = read.latitude;
  place.longitude = read.longitude;
  place.name = std::move(read.name);
  place.address = std::move(read.address);
  return SendDraft{std::move(place), {}};
}

Outcome<SendDraft> ReadReaction(const SendBody& body, std::string_view) {
  PARLEY_TRY(read, ReadMember<ReactionBody>(body.reaction, "reaction"));
  return SendDraft{net::ReactionContent{NetworkIdOf(read.message_id), std::move(read.emoji)}, {}};
}

// --------------------------------------------------------------------------------------- contacts

template <class T>
Outcome<std::vector<T>> ReadList(const base::json::object& card, const std::string& name,
                                 const std::string& path) {
  std::vector<T> items;
  const base::json::value* member = base::Find(card, name);
  if (member == nullptr) return items;
  const base::json::array* list = member->if_array();
  if (list == nullptr)
    return InvalidParameter("Param " + PathInBrackets(path) + " must be an array.");
  for (std::size_t i = 0; i < list->size(); ++i) {
    const std::string place = fmt::format("{}[{}]", path, i);
    const base::json::object* object = (*list)[i].if_object();
    if (object == nullptr)
      return InvalidParameter("Param " + PathInBrackets(place) + " must be a JSON object.");
    PARLEY_TRY(item, Read<T>(*object, place));
    items.push_back(std::move(item));
  }
  return items;
}

constexpr std::string_view kCardMembers[] = {"name",   "birthday", "org",   "addresses",
                                             "emails", "urls",     "phones"};

Outcome<net::ContactCard> ReadCard(const base::json::object& object, const std::string& path) {
  for (const auto& member : object) {
    const std::string_view name(member.key().data(), member.key().size());
    if (std::find(std::begin(kCardMembers), std::end(kCardMembers), name) == std::end(kCardMembers))
      return InvalidParameter(
          fmt::format("Unexpected key \"{}\" on param \"{}\".", name, PathInBrackets(path)));
  }
  const base::json::value* name_member = base::Find(object, "name");
  const base::json::object* name_object = name_member ? name_member->if_object() : nullptr;
  if (name_object == nullptr)
    return InvalidParameter("The parameter " + PathInBrackets(path + ".name") + " is required.");
  PARLEY_TRY(name, Read<CardName>(*name_object, path + ".name"));
  if (name.first_name.empty() && name.last_name.empty() && name.middle_name.empty() &&
      name.prefix.empty() && name.suffix.empty())
    return Invalid(PathInBrackets(path + ".name") +
                   " needs at least one more member beside formatted_name");
  net::ContactCard card;
  card.formatted_name = std::move(name.formatted_name);
  card.first_name = std::move(name.first_name);
  card.last_name = std::move(name.last_name);
  card.middle_name = std::move(name.middle_name);
  card.prefix = std::move(name.prefix);
  card.suffix = std::move(name.suffix);
  card.birthday = base::FindText(object, "birthday");
  if (const base::json::value* org = base::Find(object, "org")) {
    if (!org->is_object())
      return InvalidParameter("Param " + PathInBrackets(path + ".org") + " must be a JSON object.");
    PARLEY_TRY(read, Read<net::CardOrganization>(org->get_object(), path + ".org"));
    card.org = std::move(read);
  }
  PARLEY_TRY(addresses, ReadList<net::CardAddress>(object, "addresses", path + ".addresses"));
  card.addresses = std::move(addresses);
  PARLEY_TRY(emails, ReadList<net::CardEmail>(object, "emails", path + ".emails"));
  card.emails = std::move(emails);
  PARLEY_TRY(urls, ReadList<net::CardUrl>(object, "urls", path + ".urls"));
  card.urls = std::move(urls);
  PARLEY_TRY(phones, ReadList<net::CardPhone>(object, "phones", path + ".phones"));
  card.phones = std::move(phones);
  return card;
}

Outcome<SendDraft> ReadContacts(const SendBody& body, std::string_view) {
  if (!body.contacts) return InvalidParameter("The parameter contacts is required.");
  const base::json::array* list = body.contacts->if_array();
  if (list == nullptr || list->empty())
    return InvalidParameter("Param contacts must be an array of at least one contact.");
  net::ContactsContent contacts;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const base::json::object* object = (*list)[i].if_object();
    const std::string path = fmt::format("contacts[{}]", i);
    if (object == nullptr) return InvalidParameter("Param " + path + " must be a JSON object.");
    PARLEY_TRY(card, ReadCard(*object, path));
    contacts.cards.push_back(std::move(card));
  }
  return SendDraft{std::move(contacts), {}};
}

// ------------------------------------------------------------------------------------ interactive

std::string TextOfPart(const std::optional<TextPart>& part) { return part ? part->text : ""; }

Outcome<std::string> TextHeader(const InteractiveBody& body) {
  if (!body.header) return std::string();
  if (body.header->type != "text")
    return Invalid("Header of type " + body.header->type +
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

struct HeaderKind {
  std::string_view type;
  MessageKind kind;
};
constexpr auto kHeaderKinds = std::to_array<HeaderKind>({
    {"image", MessageKind::kImage},
    {"video", MessageKind::kVideo},
    {"document", MessageKind::kDocument},
});
std::optional<MessageKind> HeaderKindOf(std::string_view type) {
  for (const HeaderKind& row : kHeaderKinds)
    if (row.type == type) return row.kind;
  return std::nullopt;
}

// Puts a header of media or text into the buttons.
Outcome<void> ReadButtonsHeader(const InteractiveBody& body, net::ButtonsContent& content,
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
  PARLEY_CHECK(ReadButtonsHeader(body, content, media));
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
  if (body.header) return Invalid("Header is not supported by interactive type product");
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
    {"cta_url", &NotCarried},
    {"flow", &NotCarried},
    {"address_message", &NotCarried},
    {"order_details", &NotCarried},
    {"order_status", &NotCarried},
    {"call_permission_request", &NotCarried},
    {"voice_call", &NotCarried},
});

Outcome<SendDraft> ReadInteractive(const SendBody& body, std::string_view account) {
  PARLEY_TRY(read, ReadMember<InteractiveBody>(body.interactive, "interactive"));
  for (const InteractiveRow& row : kInteractive)
    if (row.type == read.type) return row.read(read, account);
  return Invalid("Invalid value for interactive['type']: " + read.type);
}

// -------------------------------------------------------------------------------------- templates

std::string LowerCaseOf(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

const base::json::array* ListIn(const base::json::object& object, std::string_view name) {
  const base::json::value* member = base::Find(object, name);
  return member == nullptr ? nullptr : member->if_array();
}

// The image, video or document that the header among these components names.
Outcome<std::optional<MediaAsk>> HeaderMedia(const base::json::array& components,
                                             std::string& file_name) {
  for (const base::json::value& value : components) {
    const base::json::object* component = value.if_object();
    if (component == nullptr || LowerCaseOf(base::FindText(*component, "type")) != "header")
      continue;
    const base::json::array* parameters = ListIn(*component, "parameters");
    if (parameters == nullptr || parameters->empty()) continue;
    const base::json::object* parameter = parameters->front().if_object();
    if (parameter == nullptr) continue;
    const std::string type = LowerCaseOf(base::FindText(*parameter, "type"));
    const std::optional<MessageKind> kind = HeaderKindOf(type);
    const base::json::value* member = kind ? base::Find(*parameter, type) : nullptr;
    const base::json::object* media = member == nullptr ? nullptr : member->if_object();
    if (media == nullptr) continue;
    MediaAsk ask;
    ask.kind = *kind;
    ask.id = base::NonEmpty(std::string(base::FindText(*media, "id")));
    ask.link = base::NonEmpty(std::string(base::FindText(*media, "link")));
    if (ask.id.has_value() == ask.link.has_value())
      return InvalidParameter("Exactly one of id and link is required for the " + type +
                              " of a template's header.");
    if (ask.link && ask.link->size() > kMaxLinkText)
      return InvalidParameter("The link of a template's header is too long.");
    file_name = base::FindText(*media, "filename");
    if (file_name.size() > net::kMaxFileName) file_name.clear();
    return std::optional<MediaAsk>(std::move(ask));
  }
  return std::optional<MediaAsk>();
}

Outcome<void> ReadCardMedia(const base::json::array& components, net::TemplateContent& content,
                            std::vector<MediaAsk>& media) {
  for (const base::json::value& value : components) {
    const base::json::object* component = value.if_object();
    if (component == nullptr || LowerCaseOf(base::FindText(*component, "type")) != "carousel")
      continue;
    const base::json::array* cards = ListIn(*component, "cards");
    if (cards == nullptr) continue;
    if (cards->size() > net::kMaxTemplateCards)
      return Invalid(fmt::format("A carousel has at most {} cards", net::kMaxTemplateCards));
    for (std::size_t i = 0; i < cards->size(); ++i) {
      const base::json::object* card = (*cards)[i].if_object();
      const base::json::array* inner = card == nullptr ? nullptr : ListIn(*card, "components");
      if (inner == nullptr) continue;
      std::string file_name;
      PARLEY_TRY(ask, HeaderMedia(*inner, file_name));
      if (!ask) continue;
      net::CardMedia& made = content.card_media.emplace_back();
      const base::json::value* index = base::Find(*card, "card_index");
      const std::int64_t* number = index == nullptr ? nullptr : index->if_int64();
      made.card = number == nullptr ? static_cast<std::int64_t>(i) : *number;
      made.media_kind = ask->kind;
      media.push_back(std::move(*ask));
    }
  }
  return {};
}

Outcome<SendDraft> ReadTemplate(const SendBody& body, std::string_view) {
  PARLEY_TRY(read, ReadMember<TemplateBody>(body.message_template, "template"));
  if (read.components && !read.components->is_array())
    return InvalidParameter("Param template['components'] must be an array.");
  net::TemplateContent content;
  content.name = std::move(read.name);
  content.language = std::move(read.language.code);
  content.namespace_id = std::move(read.template_namespace);
  SendDraft draft;
  if (read.components) {
    content.components = *read.components;
    const base::json::array& components = content.components.get_array();
    std::string file_name;
    PARLEY_TRY(ask, HeaderMedia(components, file_name));
    if (ask) {
      content.media_kind = ask->kind;
      content.media.emplace();
      content.media->file_name = std::move(file_name);
      draft.media.push_back(std::move(*ask));
    }
    PARLEY_CHECK(ReadCardMedia(components, content, draft.media));
  }
  draft.content = std::move(content);
  return draft;
}

struct KindRow {
  std::string_view type;
  Outcome<SendDraft> (*read)(const SendBody& body, std::string_view account);
};
constexpr auto kKinds = std::to_array<KindRow>({
    {"audio", &ReadAudio},
    {"contacts", &ReadContacts},
    {"document", &ReadDocument},
    {"image", &ReadImage},
    {"interactive", &ReadInteractive},
    {"location", &ReadLocation},
    {"reaction", &ReadReaction},
    {"sticker", &ReadSticker},
    {"template", &ReadTemplate},
    {"text", &ReadText},
    {"video", &ReadVideo},
});

}  // namespace

Outcome<SendDraft> ReadContent(const SendBody& body, std::string_view account) {
  const std::string type = LowerCaseOf(body.type.value_or("text"));
  std::string known;
  for (const KindRow& row : kKinds) {
    if (row.type == type) return row.read(body, account);
    known += (known.empty() ? "" : ", ") + std::string(row.type);
  }
  return InvalidParameter(
      fmt::format("Param type must be one of {{{}}} - got \"{}\".", known, type));
}

}  // namespace parley::sim::graph
