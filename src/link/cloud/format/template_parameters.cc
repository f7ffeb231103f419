#include "link/cloud/format/template_parameters.h"

#include "core/templates/parameter.h"

namespace parley::link::cloud::format {
namespace {

using base::JsonView;
using base::json::array;
using base::json::object;
using base::json::value;

bool IsType(const value& component, std::string_view type) {
  const object* members = component.if_object();
  return members != nullptr && core::LowerCase(base::FindText(*members, "type")) == type;
}

array* FindList(object& members, std::string_view name) {
  value* list = members.if_contains(JsonView(name));
  return list == nullptr ? nullptr : list->if_array();
}

// Puts the file into the header among `components`, which a program that sent the file otherwise
// left out.
void PlaceFile(array& components, core::ContentKind kind, const MediaHandle& file,
               std::string_view file_name) {
  object parameter = FileParameter(kind, file, file_name);
  for (value& component : components) {
    if (!IsType(component, "header")) continue;
    value& list = component.get_object()["parameters"];
    array& parameters = list.is_array() ? list.get_array() : list.emplace_array();
    if (parameters.empty()) parameters.emplace_back(object());
    parameters[0] = std::move(parameter);
    return;
  }
  array parameters;
  parameters.emplace_back(std::move(parameter));
  object header;
  header["type"] = "header";
  header["parameters"] = std::move(parameters);
  components.insert(components.begin(), value(std::move(header)));
}

// The components of the card at that place; nullptr: there is none.
array* FindCard(array& components, std::int64_t place) {
  for (value& component : components) {
    if (!IsType(component, "carousel")) continue;
    array* cards = FindList(component.get_object(), "cards");
    if (cards == nullptr) return nullptr;
    for (std::size_t i = 0; i < cards->size(); ++i) {
      object* card = (*cards)[i].if_object();
      if (card == nullptr) continue;
      const bool named = card->contains("card_index");
      const std::int64_t index =
          named ? core::IntegerOf(*card, "card_index") : static_cast<std::int64_t>(i);
      if (index != place) continue;
      value& list = (*card)["components"];
      return list.is_array() ? &list.get_array() : &list.emplace_array();
    }
    return nullptr;
  }
  return nullptr;
}

// COMPAT: programs of 1MSG leave out the index of the only button, and give a quick reply's payload
// as a text. Meta wants the first and refuses the second.
void CorrectButtons(array& components) {
  for (value& component : components) {
    if (!IsType(component, "button")) continue;
    object& button = component.get_object();
    if (!button.contains("index")) button["index"] = "0";
    array* parameters = FindList(button, "parameters");
    if (parameters == nullptr ||
        core::LowerCase(base::FindText(button, "sub_type")) != "quick_reply")
      continue;
    for (value& parameter : *parameters) {
      if (!IsType(parameter, "text")) continue;
      object& given = parameter.get_object();
      object payload;
      payload["type"] = "payload";
      payload["payload"] = JsonView(base::FindText(given, "text"));
      given = std::move(payload);
    }
  }
}

}  // namespace

object FileObject(const MediaHandle& file) {
  object members;
  if (file.id.empty())
    members["link"] = JsonView(file.link);
  else
    members["id"] = JsonView(file.id);
  return members;
}

object FileParameter(core::ContentKind kind, const MediaHandle& file, std::string_view file_name) {
  object members = FileObject(file);
  if (kind == core::ContentKind::kDocument && !file_name.empty())
    members["filename"] = JsonView(file_name);
  object parameter;
  parameter["type"] = JsonView(NameOf(kind));  // Meta's names and the core's are the same
  parameter[JsonView(NameOf(kind))] = std::move(members);
  return parameter;
}

array ParametersOf(const core::TemplateContent& content, const std::vector<MediaHandle>& files) {
  array components;
  if (content.components.is_array()) components = content.components.get_array();
  CorrectButtons(components);
  std::size_t next = 0;
  if (content.media)
    PlaceFile(components, content.media_kind.value_or(core::ContentKind::kImage), files[next++],
              content.media->file_name);
  for (const core::TemplateContent::CardMedia& card : content.card_media) {
    const MediaHandle& file = files[next++];
    if (array* of_card = FindCard(components, card.card))
      PlaceFile(*of_card, card.media_kind, file, card.media.file_name);
  }
  for (value& component : components)
    if (IsType(component, "carousel"))
      if (array* cards = FindList(component.get_object(), "cards"))
        for (value& card : *cards)
          if (object* members = card.if_object())
            if (array* of_card = FindList(*members, "components")) CorrectButtons(*of_card);
  return components;
}

}  // namespace parley::link::cloud::format
