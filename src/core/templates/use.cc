#include "core/templates/use.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "base/encoding.h"
#include "core/templates/parameter.h"

namespace parley::core {
namespace {

constexpr std::size_t kMaxBody = 4096;  // code points, after the variables are in

// What a variable takes.
constexpr std::string_view kWanted =
    "text, currency or date_time (with fallback_value, component or unix_epoch)";

base::Error Refused(std::string text) { return base::FieldError("params", std::move(text)); }

base::Error Miscounted(std::string_view where, std::size_t expected, std::size_t given) {
  return Refused(
      fmt::format("The number of parameters does not match the template: {} has {}, "
                  "given {}",
                  where, expected, given));
}

base::Error Mismatched(std::string_view where, std::string_view expected) {
  return Refused(
      fmt::format("The parameters do not match the template: {} expects {}", where, expected));
}

// The greatest n of the {{n}} in a text: the network numbers them without a gap.
std::size_t CountVariables(std::string_view text) {
  std::size_t most = 0;
  for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    std::size_t number = 0;
    std::from_chars(text.data() + at + 2, text.data() + text.size(), number);
    most = std::max(most, number);
    at += 2;
  }
  return most;
}

// The text with {{n}} replaced by the n-th of `values`.
std::string Fill(std::string_view text, const std::vector<std::string>& values) {
  std::string out;
  while (true) {
    const std::size_t at = text.find("{{");
    const std::size_t end = at == std::string_view::npos ? at : text.find("}}", at);
    if (end == std::string_view::npos) return out.append(text);
    std::size_t number = 0;
    std::from_chars(text.data() + at + 2, text.data() + end, number);
    out.append(text.substr(0, at));
    if (number > 0 && number <= values.size()) out += values[number - 1];
    text.remove_prefix(end + 2);
  }
}

// What a message gives for one list of components, by type.
class Given {
 public:
  explicit Given(const base::json::array& components) : components_(components) {}

  const base::json::object* Find(std::string_view type) const {
    for (const base::json::value& value : components_)
      if (const base::json::object* component = value.if_object())
        if (LowerCase(base::FindText(*component, "type")) == type) return component;
    return nullptr;
  }
  const base::json::array& ParametersOf(std::string_view type) const {
    static const base::json::array kNone;
    const base::json::object* component = Find(type);
    return component == nullptr ? kNone : ListOf(*component, "parameters");
  }
  const base::json::object* FindButton(std::size_t index) const {
    for (const base::json::value& value : components_) {
      const base::json::object* component = value.if_object();
      if (component == nullptr || LowerCase(base::FindText(*component, "type")) != "button")
        continue;
      const std::int64_t given = IntegerOf(*component, "index");
      if (given == static_cast<std::int64_t>(index) || (given < 0 && index == 0)) return component;
    }
    return nullptr;
  }
  // Something given that the template has no place for.
  std::optional<std::string> Superfluous(std::size_t buttons, bool has_carousel) const {
    for (const base::json::value& value : components_) {
      const base::json::object* component = value.if_object();
      if (component == nullptr) return "a component";
      const std::string type = LowerCase(base::FindText(*component, "type"));
      if (type == "header" || type == "body" || type == "footer") continue;
      if (type == "carousel" && has_carousel) continue;
      if (type != "button") return type;
      const std::int64_t index = std::max<std::int64_t>(IntegerOf(*component, "index"), 0);
      if (index >= static_cast<std::int64_t>(buttons)) return fmt::format("button {}", index);
    }
    return std::nullopt;
  }

 private:
  const base::json::array& components_;
};

const base::json::object& ObjectOf(const base::json::value& value) {
  static const base::json::object kNone;
  const base::json::object* object = value.if_object();
  return object == nullptr ? kNone : *object;
}

// Whether a message may call a template's button so; one that says nothing means the one there is.
bool IsSubType(std::string_view given, std::string_view type) {
  if (given.empty() || given == type) return true;
  return type == "otp" && (given == "url" || given == "copy_code");
}

// COMPAT: a quick reply's parameter is {"type": "payload", "payload": ...}; programs are about that
// give it as text.
std::string_view PayloadName(const base::json::object& parameter) {
  return LowerCase(base::FindText(parameter, "type")) == "text" ? "text" : "payload";
}

bool IsPayload(std::string_view text) {
  return !text.empty() && base::CountCodePoints(text) <= kMaxTemplatePayload;
}

// Renders one list of components, that of a template or of one card of its carousel.
class Renderer {
 public:
  Renderer(const Given& given, std::string where) : given_(given), where_(std::move(where)) {}

  base::Result<void> Render(const base::json::array& components) {
    std::size_t buttons = 0;
    bool has_header = false, has_carousel = false;
    for (const base::json::value& value : components) {
      const base::json::object& component = ObjectOf(value);
      const std::string type = LowerCase(base::FindText(component, "type"));
      has_header |= type == "header";
      has_carousel |= type == "carousel";
      if (type == "buttons") buttons = ListOf(component, "buttons").size();
      PARLEY_CHECK(Component(component, type));
    }
    if (!has_header && !given_.ParametersOf("header").empty())
      return Miscounted(where_ + "header", 0, given_.ParametersOf("header").size());
    if (!given_.ParametersOf("footer").empty())
      return Miscounted(where_ + "footer", 0, given_.ParametersOf("footer").size());
    if (const auto more = given_.Superfluous(buttons, has_carousel))
      return Mismatched(where_ + "template", "no " + *more);
    if (base::CountCodePoints(body) > kMaxBody)
      return Refused("The text of the template is too long with these parameters");
    return {};
  }

  std::string header, body, footer;
  std::vector<std::string> buttons;  // their texts

 private:
  base::Result<void> Component(const base::json::object& component, std::string_view type) {
    if (type == "header") return Header(component);
    if (type == "body") return Text("body", base::FindText(component, "text"), body);
    if (type == "footer") footer = base::FindText(component, "text");
    if (type == "buttons") return Buttons(ListOf(component, "buttons"));
    if (type == "carousel") return Carousel(ListOf(component, "cards"));
    return {};
  }

  base::Result<void> Text(const std::string& part, std::string_view text, std::string& out) {
    const base::json::array& parameters = given_.ParametersOf(part);
    const std::size_t expected = CountVariables(text);
    if (parameters.size() != expected)
      return Miscounted(where_ + part, expected, parameters.size());
    std::vector<std::string> values;
    for (const base::json::value& parameter : parameters) {
      const std::optional<std::string> value = TextOfParameter(parameter);
      if (!value) return Mismatched(where_ + part, kWanted);
      values.push_back(*value);
    }
    out = Fill(text, values);
    return {};
  }

  base::Result<void> Header(const base::json::object& component) {
    const std::string format = LowerCase(base::FindText(component, "format"));
    if (format == "text" || format.empty())
      return Text("header", base::FindText(component, "text"), header);
    const base::json::array& parameters = given_.ParametersOf("header");
    if (parameters.size() != 1) return Miscounted(where_ + "header", 1, parameters.size());
    const base::json::object& parameter = ObjectOf(parameters[0]);
    if (LowerCase(base::FindText(parameter, "type")) != format)
      return Mismatched(where_ + "header", format);
    const base::json::value* inner = base::Find(parameter, format);
    const base::json::object* media = inner == nullptr ? nullptr : inner->if_object();
    const bool named = media != nullptr && (!base::FindText(*media, "link").empty() ||
                                            !base::FindText(*media, "id").empty() ||
                                            (format == "location" && !media->empty()));
    if (!named) return Mismatched(where_ + "header", format + " with link or id");
    return {};
  }

  base::Result<void> Buttons(const base::json::array& list) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const base::json::object& button = ObjectOf(list[i]);
      PARLEY_CHECK(Button(button, given_.FindButton(i), fmt::format("{}button {}", where_, i)));
      buttons.emplace_back(base::FindText(button, "text"));
    }
    return {};
  }

  base::Result<void> Button(const base::json::object& button, const base::json::object* given,
                            const std::string& place) {
    const std::string type = LowerCase(base::FindText(button, "type"));
    static const base::json::array kNone;
    const base::json::array& parameters = given == nullptr ? kNone : ListOf(*given, "parameters");
    std::size_t least = 0, most = 1;
    if (type == "url")
      least = most = CountVariables(base::FindText(button, "url"));
    else if (type == "copy_code" || type == "otp")
      least = 1;
    else if (type == "phone_number")
      most = 0;
    if (parameters.size() < least || parameters.size() > most)
      return Miscounted(place, least, parameters.size());
    if (given != nullptr && !IsSubType(LowerCase(base::FindText(*given, "sub_type")), type))
      return Mismatched(place, "sub_type " + type);
    if (parameters.empty()) return {};
    const base::json::object& parameter = ObjectOf(parameters[0]);
    if (type == "quick_reply" && !IsPayload(base::FindText(parameter, PayloadName(parameter))))
      return Mismatched(place, fmt::format("a payload of 1 to {} characters", kMaxTemplatePayload));
    if (type == "url" && base::FindText(parameter, "text").empty())
      return Mismatched(place, "text");
    return {};
  }

  base::Result<void> Carousel(const base::json::array& cards) {
    const base::json::object* carousel = given_.Find("carousel");
    static const base::json::array kNone;
    const base::json::array& given = carousel == nullptr ? kNone : ListOf(*carousel, "cards");
    if (given.size() != cards.size())
      return Miscounted(where_ + "carousel", cards.size(), given.size());
    PARLEY_TRY(ordered, CardsInOrder(given));
    for (std::size_t i = 0; i < cards.size(); ++i) {
      const Given of_card(ListOf(*ordered[i], "components"));
      Renderer renderer(of_card, fmt::format("card {} ", i));
      PARLEY_CHECK(renderer.Render(ListOf(ObjectOf(cards[i]), "components")));
    }
    return {};
  }

  const Given& given_;
  const std::string where_;
};

base::Result<const Template*> FindNamed(const std::vector<Template>& templates,
                                        const TemplateContent& content) {
  const Template* found = nullptr;
  for (const Template& candidate : templates) {
    if (candidate.name != content.name || candidate.language != content.language) continue;
    if (!content.space.empty() && candidate.namespace_id != content.space) continue;
    if (found != nullptr) return base::FieldError("namespace", "Several templates have this name");
    found = &candidate;
  }
  if (found == nullptr)
    return base::FieldError("template", "There is no such template in this language");
  if (found->status == TemplateStatus::kPaused)
    return base::FieldError("template", "The template is paused");
  if (found->status != TemplateStatus::kApproved)
    return base::FieldError("template", "The template is not approved");
  return found;
}

// Whether it is within so many levels of objects and arrays.
bool FitsInto(const base::json::value& value, int levels) {
  if (const base::json::object* object = value.if_object()) {
    if (levels == 0) return false;
    for (const auto& member : *object)
      if (!FitsInto(member.value(), levels - 1)) return false;
  }
  if (const base::json::array* array = value.if_array()) {
    if (levels == 0) return false;
    for (const base::json::value& element : *array)
      if (!FitsInto(element, levels - 1)) return false;
  }
  return true;
}

}  // namespace

base::Result<void> CheckParameterDepth(const base::json::value& components) {
  if (FitsInto(components, kMaxParameterDepth)) return {};
  return Refused(fmt::format("Must not be nested more than {} levels deep", kMaxParameterDepth));
}

base::Result<std::vector<const base::json::object*>> CardsInOrder(const base::json::array& cards) {
  if (cards.size() > kMaxTemplateCards)
    return Refused(fmt::format("A carousel has at most {} cards", kMaxTemplateCards));
  std::vector<const base::json::object*> ordered(cards.size(), nullptr);
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const base::json::object* card = cards[i].if_object();
    if (card == nullptr) return Refused(fmt::format("cards[{}] must be an object", i));
    const bool named = base::Find(*card, "card_index") != nullptr;
    const std::size_t place =
        named ? static_cast<std::size_t>(IntegerOf(*card, "card_index")) : i;  // -1: far outside
    if (place >= cards.size())
      return Refused(
          fmt::format("cards[{}].card_index must be 0 to {}, each once", i, cards.size() - 1));
    if (ordered[place] != nullptr)
      return Refused(fmt::format("cards[{}].card_index is there twice: {}", i, place));
    ordered[place] = card;
  }
  return ordered;
}

base::Result<void> UseTemplate(const std::vector<Template>& templates, TemplateContent& content) {
  static const base::json::array kNone;
  PARLEY_TRY(subject, FindNamed(templates, content));
  const bool none = content.components.is_null();
  if (!none && !content.components.is_array()) return Refused("Must be a list");
  const Given given(none ? kNone : content.components.get_array());
  Renderer renderer(given, "");
  PARLEY_CHECK(
      renderer.Render(subject->components.is_array() ? subject->components.get_array() : kNone));
  content.space = subject->namespace_id;
  content.category = NameOf(subject->category);
  content.header = std::move(renderer.header);
  content.body = std::move(renderer.body);
  content.footer = std::move(renderer.footer);
  content.buttons = std::move(renderer.buttons);
  return {};
}

}  // namespace parley::core
