#include "link/cloud/format/content_out.h"

#include "core/templates/parameter.h"
#include "link/cloud/format/reading.h"
#include "link/cloud/format/template_parameters.h"

namespace parley::link::cloud::format {
namespace {

using base::JsonView;
using base::json::array;
using base::json::object;
using core::ContentKind;

// The one table: a kind stands here when there is a function for it below.
constexpr ContentKind kCarriedKinds[] = {
    ContentKind::kText,     ContentKind::kImage,    ContentKind::kVideo,
    ContentKind::kAudio,    ContentKind::kDocument, ContentKind::kSticker,
    ContentKind::kLocation, ContentKind::kContacts, ContentKind::kList,
    ContentKind::kButtons,  ContentKind::kTemplate, ContentKind::kLocationRequest,
    ContentKind::kProduct,  ContentKind::kReaction, ContentKind::kCtaUrl,
    ContentKind::kFlow,
};

// A message's type and what stands under that name.
struct Part {
  std::string_view type;
  object content;
};
using PartResult = base::Result<Part>;

base::Error NotCarriedHere() {
  return base::Error(base::ErrorCode::kNotSupported, "The Cloud API does not carry such messages");
}

base::Error NoViewOnce() {
  return base::Error(base::ErrorCode::kNotSupported,
                     "The Cloud API cannot send media that is seen only once");
}

void PutText(object& to, const char* name, std::string_view text) {
  if (!text.empty()) to[name] = JsonView(text);
}
void Put(object& to, const char* name, const std::optional<std::string>& text) {
  if (text) to[name] = JsonView(*text);
}

// The network shows what is behind the first link of a text only if it is asked to; a phone does so
// by itself.
bool HasLink(std::string_view text) {
  return text.find("http://") != std::string_view::npos ||
         text.find("https://") != std::string_view::npos;
}

object ContactOf(const core::ContactCard& card) {
  object name;
  name["formatted_name"] = JsonView(card.formatted_name);
  Put(name, "first_name", card.first_name);
  Put(name, "last_name", card.last_name);
  Put(name, "middle_name", card.middle_name);
  Put(name, "prefix", card.prefix);
  Put(name, "suffix", card.suffix);
  // One part beside the formatted name is required.
  if (name.size() == 1) name["first_name"] = JsonView(card.formatted_name);
  object contact;
  contact["name"] = std::move(name);
  Put(contact, "birthday", card.birthday);
  if (card.org) {
    object org;
    Put(org, "company", card.org->company);
    Put(org, "department", card.org->department);
    Put(org, "title", card.org->title);
    contact["org"] = std::move(org);
  }
  if (card.addresses) {
    array& list = contact["addresses"].emplace_array();
    for (const core::ContactCard::PostalAddress& at : *card.addresses) {
      object address;
      Put(address, "street", at.street);
      Put(address, "city", at.city);
      Put(address, "state", at.state);
      Put(address, "zip", at.zip);
      Put(address, "country", at.country);
      Put(address, "country_code", at.country_code);
      Put(address, "type", at.type);
      list.push_back(std::move(address));
    }
  }
  if (card.emails) {
    array& list = contact["emails"].emplace_array();
    for (const core::ContactCard::Email& given : *card.emails) {
      object email;
      email["email"] = JsonView(given.email);
      Put(email, "type", given.type);
      list.push_back(std::move(email));
    }
  }
  if (card.urls) {
    array& list = contact["urls"].emplace_array();
    for (const core::ContactCard::Url& given : *card.urls) {
      object url;
      url["url"] = JsonView(given.url);
      Put(url, "type", given.type);
      list.push_back(std::move(url));
    }
  }
  if (card.phones) {
    array& list = contact["phones"].emplace_array();
    for (const core::ContactCard::Phone& given : *card.phones) {
      object phone;
      phone["phone"] = JsonView(given.phone);
      Put(phone, "type", given.type);
      Put(phone, "wa_id", given.wa_id);
      list.push_back(std::move(phone));
    }
  }
  return contact;
}

object TextObject(std::string_view text) { return object{{"text", JsonView(text)}}; }

object TextHeader(std::string_view text) {
  return object{{"type", "text"}, {"text", JsonView(text)}};
}

// What all interactive messages have in common.
object Interactive(std::string_view type, const std::string& body, const std::string& footer,
                   object action) {
  object interactive;
  interactive["type"] = JsonView(type);
  if (!body.empty()) interactive["body"] = TextObject(body);
  if (!footer.empty()) interactive["footer"] = TextObject(footer);
  interactive["action"] = std::move(action);
  return interactive;
}

object FlowParameters(const core::FlowContent& flow) {
  object parameters;
  parameters["flow_message_version"] = "3";  // the only one that there is
  PutText(parameters, "flow_id", flow.flow_id);
  PutText(parameters, "flow_name", flow.flow_name);
  parameters["flow_cta"] = JsonView(flow.button);
  PutText(parameters, "flow_token", flow.token);
  parameters["mode"] = flow.draft ? "draft" : "published";
  parameters["flow_action"] = flow.data_exchange ? "data_exchange" : "navigate";
  if (flow.data_exchange) return parameters;
  object payload;
  payload["screen"] = JsonView(flow.screen);
  if (auto data = base::ParseJson(flow.data)) payload["data"] = std::move(*data);
  parameters["flow_action_payload"] = std::move(payload);
  return parameters;
}

struct MessageWriter {
  const core::OutgoingMessage& out;
  const std::vector<MediaHandle>& files;

  object File() const { return FileObject(files.front()); }
  // Of kinds whose header is a text or media.
  template <class Given>
  Part WithHeader(std::string_view type, const Given& given, object action) const {
    object content = Interactive(type, given.body, given.footer, std::move(action));
    if (given.media) {
      const ContentKind kind = given.media_kind.value_or(ContentKind::kImage);
      content["header"] = FileParameter(kind, files.front(), given.media->file_name);
    } else if (!given.header_text.empty()) {
      content["header"] = TextHeader(given.header_text);
    }
    return Part{"interactive", std::move(content)};
  }

  PartResult operator()(const core::TextContent& text) const {
    object content;
    content["preview_url"] = HasLink(text.body);
    content["body"] = JsonView(text.body);
    return Part{"text", std::move(content)};
  }
  PartResult operator()(const core::ImageContent& image) const {
    if (image.view_once) return NoViewOnce();
    object content = File();
    PutText(content, "caption", image.caption);
    return Part{"image", std::move(content)};
  }
  PartResult operator()(const core::VideoContent& video) const {
    if (video.view_once) return NoViewOnce();
    object content = File();
    PutText(content, "caption", video.caption);
    return Part{"video", std::move(content)};
  }
  PartResult operator()(const core::AudioContent& audio) const {
    if (audio.view_once) return NoViewOnce();
    object content = File();
    if (audio.voice) content["voice"] = true;
    return Part{"audio", std::move(content)};
  }
  PartResult operator()(const core::DocumentContent& document) const {
    object content = File();
    PutText(content, "caption", document.caption);
    PutText(content, "filename",
            document.file_name.empty() ? document.media.file_name : document.file_name);
    return Part{"document", std::move(content)};
  }
  PartResult operator()(const core::StickerContent&) const { return Part{"sticker", File()}; }

  PartResult operator()(const core::LocationContent& place) const {
    object content;
    content["latitude"] = place.latitude;
    content["longitude"] = place.longitude;
    // An address alone is shown to nobody: Meta shows it below a name.
    PutText(content, "name", place.name.empty() ? place.address : place.name);
    if (!place.name.empty()) PutText(content, "address", place.address);
    return Part{"location", std::move(content)};
  }
  PartResult operator()(const core::ReactionContent& reaction) const {
    if (!out.target) return base::ErrorCode::kNotFound;
    object content;
    content["message_id"] = JsonView(out.target->link_id);
    content["emoji"] = JsonView(reaction.emoji);  // empty takes it back
    return Part{"reaction", std::move(content)};
  }

  PartResult operator()(const core::ListContent& list) const {
    object action;
    action["button"] = JsonView(list.button);
    array& sections = action["sections"].emplace_array();
    for (const core::ListContent::Section& given : list.sections) {
      object section;
      Put(section, "title", given.title);
      array& rows = section["rows"].emplace_array();
      for (const core::ListContent::Row& row : given.rows) {
        object line{{"id", JsonView(row.id)}, {"title", JsonView(row.title)}};
        Put(line, "description", row.description);
        rows.push_back(std::move(line));
      }
      sections.push_back(std::move(section));
    }
    object content = Interactive("list", list.body, list.footer, std::move(action));
    if (!list.header.empty()) content["header"] = TextHeader(list.header);
    return Part{"interactive", std::move(content)};
  }
  PartResult operator()(const core::ButtonsContent& given) const {
    object action;
    array& buttons = action["buttons"].emplace_array();
    for (const core::ButtonsContent::Button& button : given.buttons)
      buttons.push_back(object{
          {"type", "reply"},
          {"reply", object{{"id", JsonView(button.id)}, {"title", JsonView(button.title)}}}});
    return WithHeader("button", given, std::move(action));
  }
  PartResult operator()(const core::CtaUrlContent& link) const {
    object action{{"name", "cta_url"},
                  {"parameters",
                   object{{"display_text", JsonView(link.button)}, {"url", JsonView(link.url)}}}};
    return WithHeader("cta_url", link, std::move(action));
  }
  PartResult operator()(const core::FlowContent& flow) const {
    object action{{"name", "flow"}, {"parameters", FlowParameters(flow)}};
    return WithHeader("flow", flow, std::move(action));
  }
  PartResult operator()(const core::LocationRequestContent& request) const {
    return Part{"interactive", Interactive("location_request_message", request.body, "",
                                           object{{"name", "send_location"}})};
  }
  PartResult operator()(const core::ProductContent& given) const {
    std::string_view type = "catalog_message";
    object action;
    if (!given.product.empty()) {
      type = "product";
      action["catalog_id"] = JsonView(given.catalog);
      action["product_retailer_id"] = JsonView(given.product);
    } else if (!given.sections.empty()) {
      type = "product_list";
      action["catalog_id"] = JsonView(given.catalog);
      array& sections = action["sections"].emplace_array();
      for (const core::ProductContent::Section& from : given.sections) {
        object section;
        Put(section, "title", from.title);
        array& items = section["product_items"].emplace_array();
        for (const std::string& product : from.products)
          items.push_back(object{{"product_retailer_id", JsonView(product)}});
        sections.push_back(std::move(section));
      }
    } else {
      action["name"] = "catalog_message";  // of the only catalog that a number can have
    }
    object content = Interactive(type, given.body, given.footer, std::move(action));
    if (!given.header.empty()) content["header"] = TextHeader(given.header);
    return Part{"interactive", std::move(content)};
  }
  PartResult operator()(const core::TemplateContent& given) const {
    object content;
    content["name"] = JsonView(given.name);
    content["language"] = object{{"policy", "deterministic"}, {"code", JsonView(given.language)}};
    array components = ParametersOf(given, files);
    if (!components.empty()) content["components"] = std::move(components);
    return Part{"template", std::move(content)};
  }

  // Not objects but lists, and what is not carried.
  PartResult operator()(const core::ContactsContent&) const { return NotCarriedHere(); }
  PartResult operator()(const core::PollContent&) const { return NotCarriedHere(); }
  PartResult operator()(const core::ListReplyContent&) const { return NotCarriedHere(); }
  PartResult operator()(const core::ButtonReplyContent&) const { return NotCarriedHere(); }
  PartResult operator()(const core::EditContent&) const { return NotCarriedHere(); }
  PartResult operator()(const core::DeleteContent&) const { return NotCarriedHere(); }
  PartResult operator()(const core::VoteContent&) const { return NotCarriedHere(); }
  PartResult operator()(const core::OrderContent&) const { return NotCarriedHere(); }
  PartResult operator()(const core::FlowReplyContent&) const { return NotCarriedHere(); }
  PartResult operator()(const core::OtherContent&) const { return NotCarriedHere(); }
};

base::Result<void> PutContent(const core::OutgoingMessage& message,
                              const std::vector<MediaHandle>& files, object& body) {
  if (const auto* contacts = std::get_if<core::ContactsContent>(&message.content)) {
    body["type"] = "contacts";
    array& list = body["contacts"].emplace_array();
    for (const core::ContactCard& card : contacts->cards) list.push_back(ContactOf(card));
    return {};
  }
  const core::ContentVariant& content = message.content;
  PARLEY_TRY(part, std::visit(MessageWriter{message, files}, content));
  body["type"] = JsonView(part.type);
  body[JsonView(part.type)] = std::move(part.content);
  return {};
}

struct SentMessageIn {
  std::string id;
  std::optional<std::string> message_status;
  static constexpr auto Fields() {
    using M = SentMessageIn;
    return base::FieldList(
        base::Required("id", &M::id, base::MinLength(1), base::MaxLength(kMaxMetaId)),
        base::Optional("message_status", &M::message_status, base::MaxLength(kMaxMetaName)));
  }
};
struct SentContactIn {
  std::optional<std::string> wa_id;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Optional("wa_id", &SentContactIn::wa_id, base::MaxLength(kMaxMetaId)));
  }
};
struct SentAnswerIn {
  std::vector<SentMessageIn> messages;
  std::optional<std::vector<SentContactIn>> contacts;
  static constexpr auto Fields() {
    using A = SentAnswerIn;
    return base::FieldList(
        base::Required("messages", &A::messages, base::MinLength(1), base::MaxLength(1)),
        base::Optional("contacts", &A::contacts, base::MaxLength(8)));
  }
};

}  // namespace

std::vector<ContentKind> CarriedKinds() {
  return {std::begin(kCarriedKinds), std::end(kCarriedKinds)};
}

base::Result<object> MessageBody(const core::OutgoingMessage& message,
                                 const std::vector<MediaHandle>& files) {
  if (message.to.kind != core::AddressKind::kPhone)
    return base::Error(base::ErrorCode::kNotSupported,
                       "The Cloud API writes to phone numbers only");
  if (files.size() < core::FilesOf(message.content).size())
    return base::Error(base::ErrorCode::kInternal, "", "a file of the message has no handle");
  object body;
  body["messaging_product"] = "whatsapp";
  body["recipient_type"] = "individual";
  // Without the plus, Meta may take the digits for a number of the sender's own country.
  body["to"] = JsonView("+" + message.to.value);
  if (message.quoted) body["context"] = object{{"message_id", JsonView(message.quoted->link_id)}};
  PARLEY_CHECK(PutContent(message, files, body));
  body["biz_opaque_callback_data"] = JsonView(message.id.value.ToText());
  return body;
}

object ReadBody(std::string_view link_id, bool typing) {
  object body;
  body["messaging_product"] = "whatsapp";
  body["status"] = "read";
  body["message_id"] = JsonView(link_id);
  if (typing) body["typing_indicator"] = object{{"type", "text"}};
  return body;
}

base::Result<SentAnswer> ReadSentAnswer(const object& body) {
  const base::json::value value(body);
  PARLEY_TRY(read, ReadObject<SentAnswerIn>(value));
  SentAnswer answer;
  answer.link_id = read.messages.front().id;
  answer.status = read.messages.front().message_status.value_or("");
  if (read.contacts && !read.contacts->empty())
    answer.wa_id = read.contacts->front().wa_id.value_or("");
  return answer;
}

}  // namespace parley::link::cloud::format
