#include <fmt/format.h>

#include "base/text.h"
#include "sim/graph/content_readers.h"

namespace parley::sim::graph {
namespace {

using net::MessageKind;

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
      return WrongValue(fmt::format("A carousel has at most {} cards", net::kMaxTemplateCards));
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

}  // namespace

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

}  // namespace parley::sim::graph
