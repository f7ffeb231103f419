// Templates: the list, handing in, removing and sending.
#include "core/templates/templates.h"

#include "api/onemsg/addresses.h"
#include "api/onemsg/business_schema.h"
#include "api/onemsg/handlers.h"
#include "api/onemsg/sending.h"
#include "core/templates/use.h"

namespace parley::api::onemsg {
namespace {

ListedTemplate ListedOf(const core::Template& subject) {
  ListedTemplate listed;
  listed.category = NameOf(subject.category);
  listed.components = subject.components;
  listed.language = subject.language;
  listed.name = subject.name;
  listed.namespace_id = subject.namespace_id;
  listed.rejected_reason = subject.rejected_reason.empty() ? "NONE" : subject.rejected_reason;
  listed.status = NameOf(subject.status);
  listed.id = subject.id;
  return listed;
}

// A list as it came; in a form it comes as JSON text.
base::Result<base::json::value> ListIn(const base::json::value& given, std::string field) {
  if (!given.is_string()) return base::json::value(given);
  const base::json::string& text = given.get_string();
  auto parsed = base::ParseJson({text.data(), text.size()});
  if (!parsed || !parsed->is_array()) return base::FieldError(std::move(field), "Must be a list");
  return std::move(*parsed);
}

// 1MSG's own order of complaints: what is missing of the template comes first.
base::Result<core::SendCommand> CommandOf(const SendTemplateBody& body,
                                          core::TemplateContent& content) {
  if (!body.name) return base::Error(base::ErrorCode::kInvalidFields, "template is not defined");
  base::Error faults(base::ErrorCode::kInvalidFields);
  core::SendCommand command;
  auto to = ParseRecipient(body.chat_id, body.phone);
  to ? void(command.to = std::move(*to)) : faults.Absorb(to.error());
  if (!body.language) faults.Absorb(base::FieldError("language", "Required"));
  if (body.language && body.language->policy != "deterministic")
    faults.Absorb(base::FieldError("language.policy", "Must be deterministic"));
  if (!faults.faults.empty()) return faults;
  content.name = *body.name;
  content.language = body.language->code;
  content.space = body.namespace_id.value_or("");
  if (body.params) {
    PARLEY_TRY(params, ListIn(*body.params, "params"));
    content.components = std::move(params);
  }
  return command;
}

const base::json::array& ListOf(const base::json::object& object, std::string_view name) {
  static const base::json::array kNone;
  const base::json::value* list = base::Find(object, name);
  return list != nullptr && list->is_array() ? list->get_array() : kNone;
}

// The file of a header's parameter, which is {"type": "image", "image": {"link" | "id"}} or the
// like; none when the header has text, or there is none. What is wrong with it, UseTemplate said.
base::Result<std::optional<core::MediaDraft>> HeaderOf(const base::json::array& components) {
  for (const base::json::value& value : components) {
    const base::json::object* component = value.if_object();
    if (component == nullptr || !IsWord(base::FindText(*component, "type"), "header")) continue;
    const base::json::array& list = ListOf(*component, "parameters");
    if (list.empty()) continue;
    const base::json::object* parameter = list[0].if_object();
    if (parameter == nullptr) continue;
    for (const core::ContentKind kind :
         {core::ContentKind::kImage, core::ContentKind::kVideo, core::ContentKind::kDocument}) {
      const base::json::value* inner = base::Find(*parameter, NameOf(kind));
      const base::json::object* media = inner == nullptr ? nullptr : inner->if_object();
      if (media == nullptr) continue;
      core::MediaDraft draft;
      draft.kind = kind;
      draft.file_name = base::FindText(*media, "filename");
      draft.source = core::MediaFromUrl{std::string(base::FindText(*media, "link"))};
      const std::string_view named = base::FindText(*media, "id");
      const auto id = ParseMediaId(named);
      if (!named.empty() && !id)
        return base::FieldError("params", "Unknown media " + std::string(named));
      if (id) draft.source = core::MediaFromStore{*id};
      return std::optional(std::move(draft));
    }
  }
  return std::optional<core::MediaDraft>();
}

// The files of the cards of a carousel, by their places in it.
base::Result<std::vector<core::SendCommand::CardDraft>> CardsOf(
    const base::json::array& components) {
  std::vector<core::SendCommand::CardDraft> drafts;
  for (const base::json::value& value : components) {
    const base::json::object* component = value.if_object();
    if (component == nullptr || !IsWord(base::FindText(*component, "type"), "carousel")) continue;
    PARLEY_TRY(cards, core::CardsInOrder(ListOf(*component, "cards")));
    for (std::size_t i = 0; i < cards.size(); ++i) {
      PARLEY_TRY(header, HeaderOf(ListOf(*cards[i], "components")));
      if (!header) continue;
      core::SendCommand::CardDraft draft;
      draft.card = static_cast<std::int64_t>(i);
      draft.draft = std::move(*header);
      drafts.push_back(std::move(draft));
    }
    break;  // one that comes again is not looked at
  }
  return drafts;
}

}  // namespace

HandlerResult ListTemplates(Call& call) {
  PARLEY_CO_TRY(templates, co_await call.core.templates.List(call.channel));
  TemplateList list;
  list.total = static_cast<std::int64_t>(templates.size());
  for (const core::Template& subject : templates) list.templates.push_back(ListedOf(subject));
  co_return http::Response::Json(200, base::EncodeText(list));
}

HandlerResult AddTemplate(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<AddTemplateBody>(call.request, kBodyTypes, kRules));
  PARLEY_CO_TRY(components, ListIn(body.components, "components"));
  core::CreateTemplate wanted;
  wanted.name = std::move(body.name);
  wanted.language = std::move(body.language);
  wanted.components = std::move(components);
  ParseName(body.category, wanted.category);
  PARLEY_CO_TRY(created, co_await call.core.templates.Create(call.channel, std::move(wanted)));
  co_return http::Response::Json(200, base::EncodeText(ListedOf(created)));
}

HandlerResult RemoveTemplate(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<RemoveTemplateBody>(call.request, kBodyTypes, kRules));
  PARLEY_CO_CHECK(co_await call.core.templates.Remove(call.channel, std::move(body.name)));
  co_return http::Response::Json(200, base::EncodeText(ResultReply()));
}

HandlerResult SendTemplate(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<SendTemplateBody>(call.request, kBodyTypes, kRules));
  core::TemplateContent content;
  PARLEY_CO_TRY(command, CommandOf(body, content));
  PARLEY_CO_TRY(used, co_await call.core.templates.Use(call.channel, std::move(content)));
  static const base::json::array kNone;
  const base::json::array& components =
      used.components.is_array() ? used.components.get_array() : kNone;
  PARLEY_CO_TRY(header, HeaderOf(components));
  PARLEY_CO_TRY(cards, CardsOf(components));
  command.cards = std::move(cards);
  if (header) {
    command.what = std::move(*header);
    command.into = core::Content(std::move(used));
  } else {
    command.what = core::Content(std::move(used));
  }
  co_return co_await Send(call, std::move(command), "params");
}

}  // namespace parley::api::onemsg
