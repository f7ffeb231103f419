#include "admin/sent_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "admin/addresses.h"
#include "base/encoding.h"
#include "core/media/kinds.h"

namespace parley::admin {
namespace {

namespace json = base::json;
using core::ContentKind;

constexpr std::size_t kMaxPollOptionLength = 100;  // characters, as the following
constexpr std::size_t kMaxTextOfButton = 1024;
constexpr std::size_t kMaxFlowData = 32768;

ContentKind SentKindOf(const SendMessageBody& body) {
  ContentKind kind = ContentKind::kContacts;  // which the core names in the plural
  ParseName(body.kind, kind);
  return kind;
}

bool HasFile(const SendMessageBody& body) { return body.media_id || body.media_url; }

// Whether the kind has a header, which shall be a file.
bool HasFileAbove(const SendMessageBody& body, ContentKind kind) {
  if (kind == ContentKind::kTemplate) return body.used_template && body.used_template->header;
  if (kind == ContentKind::kCtaUrl) return body.cta_url && body.cta_url->header;
  return kind == ContentKind::kFlow && body.flow && body.flow->header;
}

bool TakesText(ContentKind kind) {
  return kind == ContentKind::kText || kind == ContentKind::kImage || kind == ContentKind::kVideo ||
         kind == ContentKind::kDocument || kind == ContentKind::kCtaUrl ||
         kind == ContentKind::kFlow;
}

// Members that belong to a kind alone: given with another one, they would be dropped silently.
void CheckMembers(const SendMessageBody& body, ContentKind kind, base::Error& faults) {
  const bool takes_file = core::IsPlainMedia(kind) || HasFileAbove(body, kind);
  const std::pair<std::string_view, bool> superfluous[] = {
      {"text", body.text && !body.text->empty() && !TakesText(kind)},
      {"media_id", body.media_id && !takes_file},
      {"media_url", body.media_url && !takes_file},
      {"file_name", body.file_name && !takes_file},
      {"voice", body.voice.value_or(false) && kind != ContentKind::kAudio},
      {"location", body.location && kind != ContentKind::kLocation},
      {"contact", body.contact && kind != ContentKind::kContacts},
      {"poll", body.poll && kind != ContentKind::kPoll},
      {"template", body.used_template && kind != ContentKind::kTemplate},
      {"cta_url", body.cta_url && kind != ContentKind::kCtaUrl},
      {"flow", body.flow && kind != ContentKind::kFlow},
  };
  for (const auto& [name, is_superfluous] : superfluous)
    if (is_superfluous)
      faults.Absorb(base::FieldError(std::string(name), "Not with kind " + body.kind));
  if (takes_file && !HasFile(body))
    faults.Absorb(base::FieldError("media_id", "media_id or media_url is required"));
  if (body.media_id && body.media_url)
    faults.Absorb(base::FieldError("media_url", "Not together with media_id"));
}

core::MediaDraft DraftOf(const SendMessageBody& body, ContentKind kind, base::Error& faults) {
  core::MediaDraft draft;
  draft.kind = kind;
  draft.caption = body.text.value_or("");
  draft.file_name = body.file_name.value_or("");
  draft.voice = body.voice.value_or(false);
  if (body.media_url) {
    draft.source = core::MediaFromUrl{*body.media_url};
    return draft;
  }
  const auto id = base::Uuid::Parse(body.media_id.value_or(""));
  if (id)
    draft.source = core::MediaFromStore{core::MediaId(*id)};
  else if (body.media_id)
    faults.Absorb(base::FieldError("media_id", "Unknown media"));
  return draft;
}

core::Content TextOf(const SendMessageBody& body, base::Error& faults) {
  core::TextContent text;
  text.body = body.text.value_or("");
  if (text.body.empty()) faults.Absorb(base::FieldError("text", "Required"));
  return text;
}

core::Content PlaceOf(const SendMessageBody& body, base::Error& faults) {
  core::LocationContent place;
  if (!body.location) {
    faults.Absorb(base::FieldError("location", "Required"));
    return place;
  }
  place.latitude = body.location->latitude;
  place.longitude = body.location->longitude;
  place.name = body.location->name.value_or("");
  place.address = body.location->address.value_or("");
  return place;
}

core::Content CardOf(const SendMessageBody& body, base::Error& faults) {
  core::ContactsContent contacts;
  if (!body.contact) {
    faults.Absorb(base::FieldError("contact", "Required"));
    return contacts;
  }
  core::ContactCard card;
  card.formatted_name = body.contact->name;
  core::ContactCard::Phone phone;
  phone.phone = body.contact->phone;
  phone.type = "CELL";
  const auto digits = core::ParsePhone(body.contact->phone);
  if (digits)
    phone.wa_id = digits->value;
  else
    faults.Absorb(base::FieldError("contact.phone", "Must be a phone number with country code"));
  card.phones.emplace().push_back(std::move(phone));
  contacts.cards.push_back(std::move(card));
  return contacts;
}

core::Content PollOf(const SendMessageBody& body, base::Error& faults) {
  core::PollContent poll;
  if (!body.poll) {
    faults.Absorb(base::FieldError("poll", "Required"));
    return poll;
  }
  poll.question = body.poll->question;
  poll.options = body.poll->options;
  poll.multiple = body.poll->multiple.value_or(false);
  for (std::size_t i = 0; i < poll.options.size(); ++i) {
    const std::string& option = poll.options[i];
    const auto here = poll.options.begin() + static_cast<std::ptrdiff_t>(i);
    const std::string path = fmt::format("poll.options[{}]", i);
    if (option.empty())
      faults.Absorb(base::FieldError(path, "Required"));
    else if (base::CountCodePoints(option) > kMaxPollOptionLength)
      faults.Absorb(
          base::FieldError(path, fmt::format("Up to {} characters", kMaxPollOptionLength)));
    else if (std::find(poll.options.begin(), here, option) != here)
      faults.Absorb(base::FieldError(path, "Options must be different"));
  }
  return poll;
}

json::object ParameterOf(std::string_view type, std::string_view member, std::string_view text) {
  json::object parameter;
  parameter["type"] = base::JsonView(type);
  parameter[base::JsonView(member)] = base::JsonView(text);
  return parameter;
}

json::object ComponentOf(std::string_view type, json::array parameters) {
  json::object component;
  component["type"] = base::JsonView(type);
  component["parameters"] = std::move(parameters);
  return component;
}

// A button's value by its kind, as the Cloud API names it.
json::object ButtonOf(const SentButton& button) {
  json::array parameters;
  if (button.kind == "quick_reply")
    parameters.push_back(ParameterOf("payload", "payload", button.text));
  else if (button.kind == "copy_code")
    parameters.push_back(ParameterOf("coupon_code", "coupon_code", button.text));
  else
    parameters.push_back(ParameterOf("text", "text", button.text));
  json::object component = ComponentOf("button", std::move(parameters));
  component["sub_type"] = base::JsonView(button.kind);
  component["index"] = std::to_string(button.index);
  return component;
}

// The header's file is named as the Cloud API does it; what is sent is the stored one.
json::array HeaderOf(const SendMessageBody& body, const std::string& kind) {
  json::object file;
  file[body.media_url ? "link" : "id"] =
      base::JsonView(body.media_url ? *body.media_url : body.media_id.value_or(""));
  json::object parameter;
  parameter["type"] = base::JsonView(kind);
  parameter[base::JsonView(kind)] = std::move(file);
  json::array parameters;
  parameters.push_back(std::move(parameter));
  return parameters;
}

core::TemplateContent UseOf(const SendMessageBody& body, base::Error& faults) {
  core::TemplateContent content;
  if (!body.used_template) {
    faults.Absorb(base::FieldError("template", "Required"));
    return content;
  }
  const SentTemplate& used = *body.used_template;
  content.name = used.name;
  content.language = used.language;
  json::array components;
  if (used.header && used.header_text)
    faults.Absorb(base::FieldError("template.header_text", "Not together with header"));
  if (used.header) components.push_back(ComponentOf("header", HeaderOf(body, *used.header)));
  if (used.header_text) {
    json::array texts;
    texts.push_back(ParameterOf("text", "text", *used.header_text));
    components.push_back(ComponentOf("header", std::move(texts)));
  }
  if (used.parameters && !used.parameters->empty()) {
    json::array texts;
    for (const std::string& text : *used.parameters)
      texts.push_back(ParameterOf("text", "text", text));
    components.push_back(ComponentOf("body", std::move(texts)));
  }
  if (used.buttons)
    for (const SentButton& button : *used.buttons) components.push_back(ButtonOf(button));
  content.components = std::move(components);
  return content;
}

// What messages with one button have in common.
template <class Given, class Made>
void SetEnds(const SendMessageBody& body, const Given& given, const std::string& path, Made& made,
             base::Error& faults) {
  made.body = body.text.value_or("");
  if (made.body.empty()) faults.Absorb(base::FieldError("text", "Required"));
  if (base::CountCodePoints(made.body) > kMaxTextOfButton)
    faults.Absorb(base::FieldError(
        "text", fmt::format("Up to {} characters above a button", kMaxTextOfButton)));
  if (given.header && given.header_text)
    faults.Absorb(base::FieldError(path + ".header_text", "Not together with header"));
  made.header_text = given.header_text.value_or("");
  made.footer = given.footer.value_or("");
}

core::Content LinkOf(const SendMessageBody& body, base::Error& faults) {
  core::CtaUrlContent link;
  if (!body.cta_url) {
    faults.Absorb(base::FieldError("cta_url", "Required"));
    return link;
  }
  SetEnds(body, *body.cta_url, "cta_url", link, faults);
  link.button = body.cta_url->display_text;
  link.url = body.cta_url->url;
  const bool is_url = link.url.starts_with("https://") || link.url.starts_with("http://");
  if (!is_url || link.url.find_first_of(" \t\r\n") != std::string::npos)
    faults.Absorb(base::FieldError("cta_url.url", "Must be an http or https URL"));
  return link;
}

// What the first screen is, and what is given to it.
void SetScreen(const SentFlow& given, core::FlowContent& flow, base::Error& faults) {
  flow.data_exchange = given.flow_action.value_or("") == "data_exchange";
  flow.screen = given.screen.value_or("");
  if (flow.data_exchange && given.screen)
    faults.Absorb(base::FieldError("flow.screen", "Not with data_exchange"));
  if (flow.data_exchange && given.data)
    faults.Absorb(base::FieldError("flow.data", "Not with data_exchange"));
  if (!flow.data_exchange && !given.screen)
    faults.Absorb(base::FieldError("flow.screen", "Required"));
  if (!given.data || flow.data_exchange) return;
  if (!given.data->is_object() || given.data->get_object().empty()) {
    faults.Absorb(base::FieldError("flow.data", "Must be an object that is not empty"));
    return;
  }
  flow.data = base::ToText(*given.data);
  if (base::CountCodePoints(flow.data) > kMaxFlowData)
    faults.Absorb(base::FieldError("flow.data", fmt::format("Up to {} characters", kMaxFlowData)));
}

core::Content FlowOf(const SendMessageBody& body, base::Error& faults) {
  core::FlowContent flow;
  if (!body.flow) {
    faults.Absorb(base::FieldError("flow", "Required"));
    return flow;
  }
  const SentFlow& given = *body.flow;
  SetEnds(body, given, "flow", flow, faults);
  if (given.flow_id.has_value() == given.flow_name.has_value())
    faults.Absorb(base::FieldError("flow.flow_id", "Either flow_id or flow_name is required"));
  flow.flow_id = given.flow_id.value_or("");
  flow.flow_name = given.flow_name.value_or("");
  flow.button = given.flow_cta;
  flow.token = given.flow_token.value_or("");
  flow.draft = given.mode.value_or("") == "draft";
  SetScreen(given, flow, faults);
  return flow;
}

// A content with a file above its text, or with none.
void SetWithHeader(const SendMessageBody& body, core::Content content,
                   const std::optional<std::string>& header, core::SendCommand& command,
                   base::Error& faults) {
  if (!header) {
    command.what = std::move(content);
    return;
  }
  ContentKind kind = ContentKind::kImage;
  ParseName(*header, kind);
  core::MediaDraft draft = DraftOf(body, kind, faults);
  draft.caption.clear();  // the text is not the file's
  command.what = std::move(draft);
  command.into = std::move(content);
}

void SetTemplate(const SendMessageBody& body, core::SendCommand& command, base::Error& faults) {
  SetWithHeader(body, UseOf(body, faults),
                body.used_template ? body.used_template->header : std::nullopt, command, faults);
}

void SetLink(const SendMessageBody& body, core::SendCommand& command, base::Error& faults) {
  SetWithHeader(body, LinkOf(body, faults), body.cta_url ? body.cta_url->header : std::nullopt,
                command, faults);
}

void SetFlow(const SendMessageBody& body, core::SendCommand& command, base::Error& faults) {
  SetWithHeader(body, FlowOf(body, faults), body.flow ? body.flow->header : std::nullopt, command,
                faults);
}

}  // namespace

base::Result<core::SendCommand> CommandOf(const SendMessageBody& body) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  core::SendCommand command;
  command.needs_pairing = true;
  auto to = ParseChat(body.to, "to");
  to ? void(command.to = std::move(*to)) : faults.Absorb(to.error());
  const ContentKind kind = SentKindOf(body);
  CheckMembers(body, kind, faults);
  if (core::IsPlainMedia(kind))
    command.what = DraftOf(body, kind, faults);
  else if (kind == ContentKind::kLocation)
    command.what = PlaceOf(body, faults);
  else if (kind == ContentKind::kContacts)
    command.what = CardOf(body, faults);
  else if (kind == ContentKind::kPoll)
    command.what = PollOf(body, faults);
  else if (kind == ContentKind::kTemplate)
    SetTemplate(body, command, faults);
  else if (kind == ContentKind::kCtaUrl)
    SetLink(body, command, faults);
  else if (kind == ContentKind::kFlow)
    SetFlow(body, command, faults);
  else
    command.what = TextOf(body, faults);
  if (body.quoted_id) {
    const auto id = base::Uuid::Parse(*body.quoted_id);
    if (id) command.quoted = core::MessageId(*id);
    if (!id) faults.Absorb(base::FieldError("quoted_id", "Unknown message"));
  }
  if (!faults.faults.empty()) return faults;
  return command;
}

core::TemplateContent* TemplateOf(core::SendCommand& command) {
  if (command.into) return std::get_if<core::TemplateContent>(&*command.into);
  auto* content = std::get_if<core::Content>(&command.what);
  return content == nullptr ? nullptr : std::get_if<core::TemplateContent>(content);
}

}  // namespace parley::admin
