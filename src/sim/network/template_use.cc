#include "sim/network/template_use.h"

#include <fmt/format.h>

#include <charconv>

#include "base/encoding.h"
#include "base/typed_text.h"

namespace parley::sim::network {
namespace {

using base::IntegerOf;
using base::ListOf;
using base::LowerCase;
using base::TextOfParameter;

// What a variable takes.
constexpr std::string_view kWanted =
    "text, currency or date_time (with fallback_value, component or unix_epoch)";

Refused Miscounted(std::string_view where, std::size_t expected, std::size_t given) {
  return Refused{"132000",
                 fmt::format("Number of parameters does not match the expected number of params: "
                             "{} has {}, given {}",
                             where, expected, given),
                 false};
}

Refused Mismatched(std::string_view where, std::string_view expected) {
  return Refused{"132012",
                 fmt::format("Parameter format does not match format in the created template: "
                             "{} expects {}",
                             where, expected),
                 false};
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
  std::optional<std::string> Superfluous(std::size_t buttons, bool has_carousel,
                                         bool has_offer) const {
    for (const base::json::value& value : components_) {
      const base::json::object* component = value.if_object();
      if (component == nullptr) return "a component";
      const std::string type = LowerCase(base::FindText(*component, "type"));
      if (type == "header" || type == "body" || type == "footer") continue;
      if (type == "carousel" && has_carousel) continue;
      if (type == "limited_time_offer" && has_offer) continue;
      if (type != "button") return type;
      const std::int64_t index = std::max<std::int64_t>(IntegerOf(*component, "index"), 0);
      if (index >= static_cast<std::int64_t>(buttons)) return fmt::format("button {}", index);
    }
    return std::nullopt;
  }

 private:
  const base::json::array& components_;
};

// The cards by their card_index; one without it stands at its place in the list. nullopt unless
// each place is taken once.
std::optional<std::vector<const base::json::object*>> InOrder(const base::json::array& cards) {
  std::vector<const base::json::object*> ordered(cards.size(), nullptr);
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const base::json::object* card = cards[i].if_object();
    if (card == nullptr) return std::nullopt;
    const bool named = base::Find(*card, "card_index") != nullptr;
    const std::size_t place =
        named ? static_cast<std::size_t>(IntegerOf(*card, "card_index")) : i;  // -1: far outside
    if (place >= cards.size() || ordered[place] != nullptr) return std::nullopt;
    ordered[place] = card;
  }
  return ordered;
}

// Whether a message may call a template's button so; one that says nothing means the one there is.
bool IsSubType(std::string_view given, std::string_view type) {
  if (given.empty() || given == type) return true;
  return type == "otp" && (given == "url" || given == "copy_code");
}

std::string_view TextIn(const base::json::value& value, std::string_view name) {
  const base::json::object* object = value.if_object();
  return object == nullptr ? std::string_view() : base::FindText(*object, name);
}

// Renders one list of components, that of a template or of one card of its carousel.
class Renderer {
 public:
  Renderer(const Given& given, std::string where) : given_(given), where_(std::move(where)) {}

  // Nothing, or why the message is refused.
  std::optional<Refused> Render(const base::json::array& components) {
    std::size_t buttons = 0;
    bool has_header = false, has_carousel = false, has_offer = false;
    for (const base::json::value& value : components) {
      const base::json::object& component = value.as_object();
      const std::string_view type = base::FindText(component, "type");
      has_header |= type == "HEADER";
      has_carousel |= type == "CAROUSEL";
      has_offer |= type == "LIMITED_TIME_OFFER";
      if (type == "BUTTONS") buttons = ListOf(component, "buttons").size();
      if (auto refused = Component(component, type)) return refused;
    }
    if (!has_header && !given_.ParametersOf("header").empty())
      return Miscounted(where_ + "header", 0, given_.ParametersOf("header").size());
    if (!given_.ParametersOf("footer").empty())
      return Miscounted(where_ + "footer", 0, given_.ParametersOf("footer").size());
    if (const auto more = given_.Superfluous(buttons, has_carousel, has_offer))
      return Mismatched(where_ + "message", "no " + *more);
    if (base::CountCodePoints(rendered_.body) > kMaxRenderedBody)
      return Refused{"132005", "Template hydrated text too long", false};
    return std::nullopt;
  }
  RenderedTemplate& rendered() { return rendered_; }

 private:
  std::optional<Refused> Component(const base::json::object& component, std::string_view type) {
    if (type == "HEADER") return Header(component);
    if (type == "BODY") return Text("body", base::FindText(component, "text"), rendered_.body);
    if (type == "FOOTER") rendered_.footer = base::FindText(component, "text");
    if (type == "BUTTONS") return Buttons(ListOf(component, "buttons"));
    if (type == "CAROUSEL") return Carousel(ListOf(component, "cards"));
    if (type == "LIMITED_TIME_OFFER") return Offer(component);
    return std::nullopt;
  }

  std::optional<Refused> Text(const std::string& part, std::string_view text, std::string& out) {
    const base::json::array& parameters = given_.ParametersOf(part);
    const std::size_t expected = CountVariables(text).value_or(0);
    if (parameters.size() != expected)
      return Miscounted(where_ + part, expected, parameters.size());
    std::vector<std::string> values;
    for (const base::json::value& parameter : parameters) {
      const std::optional<std::string> value = TextOfParameter(parameter);
      if (!value) return Mismatched(where_ + part, kWanted);
      values.push_back(*value);
    }
    out = Fill(text, values);
    return std::nullopt;
  }

  std::optional<Refused> Header(const base::json::object& component) {
    const std::string_view format = base::FindText(component, "format");
    if (format == "TEXT")
      return Text("header", base::FindText(component, "text"), rendered_.header);
    const base::json::array& parameters = given_.ParametersOf("header");
    if (parameters.size() != 1) return Miscounted(where_ + "header", 1, parameters.size());
    const base::json::object* parameter = parameters[0].if_object();
    const std::string expected = LowerCase(format);
    if (parameter == nullptr || LowerCase(base::FindText(*parameter, "type")) != expected)
      return Mismatched(where_ + "header", expected);
    const base::json::value* inner = base::Find(*parameter, expected);
    const base::json::object* media = inner == nullptr ? nullptr : inner->if_object();
    const bool named = media != nullptr && (!base::FindText(*media, "link").empty() ||
                                            !base::FindText(*media, "id").empty() ||
                                            (expected == "location" && !media->empty()));
    if (!named) return Mismatched(where_ + "header", expected + " with link or id");
    rendered_.header = fmt::format("[{}]", format);
    return std::nullopt;
  }

  std::optional<Refused> Buttons(const base::json::array& buttons) {
    for (std::size_t i = 0; i < buttons.size(); ++i) {
      const base::json::object& button = buttons[i].as_object();
      if (auto refused =
              Button(button, given_.FindButton(i), fmt::format("{}button {}", where_, i)))
        return refused;
      rendered_.buttons.emplace_back(base::FindText(button, "text"));
    }
    return std::nullopt;
  }

  std::optional<Refused> Button(const base::json::object& button, const base::json::object* given,
                                const std::string& place) {
    const std::string_view type = base::FindText(button, "type");
    static const base::json::array kNone;
    const base::json::array& parameters = given == nullptr ? kNone : ListOf(*given, "parameters");
    std::size_t least = 0, most = 1;
    if (type == "URL")
      least = most = CountVariables(base::FindText(button, "url")).value_or(0);
    else if (type == "COPY_CODE" || type == "OTP")
      least = 1;
    else if (type == "PHONE_NUMBER")
      most = 0;
    if (parameters.size() < least || parameters.size() > most)
      return Miscounted(place, least, parameters.size());
    const std::string lower = LowerCase(type);
    if (given != nullptr && !IsSubType(LowerCase(base::FindText(*given, "sub_type")), lower))
      return Mismatched(place, "sub_type " + lower);
    if (type == "QUICK_REPLY") return QuickReplyButton(button, parameters, place);
    if (type == "URL" && !parameters.empty() && TextIn(parameters[0], "text").empty())
      return Mismatched(place, "text");
    return std::nullopt;
  }

  // Without a parameter, its text is its payload.
  std::optional<Refused> QuickReplyButton(const base::json::object& button,
                                          const base::json::array& parameters,
                                          const std::string& place) {
    QuickReply reply;
    reply.title = base::FindText(button, "text");
    reply.payload = reply.title;
    if (!parameters.empty()) {
      const bool is_text = LowerCase(TextIn(parameters[0], "type")) == "text";
      reply.payload = TextIn(parameters[0], is_text ? "text" : "payload");
      if (reply.payload.empty() || base::CountCodePoints(reply.payload) > kMaxButtonPayload)
        return Mismatched(place, fmt::format("a payload of 1 to {} characters", kMaxButtonPayload));
    }
    rendered_.quick_replies.push_back(std::move(reply));
    return std::nullopt;
  }

  // An offer that ends says when, in milliseconds.
  std::optional<Refused> Offer(const base::json::object& component) {
    const base::json::value* value = base::Find(component, "limited_time_offer");
    const base::json::object& offer = value->as_object();  // as it was checked
    const base::json::value* ends = base::Find(offer, "has_expiration");
    const std::size_t expected = ends != nullptr && ends->is_bool() && ends->get_bool() ? 1 : 0;
    const base::json::array& parameters = given_.ParametersOf("limited_time_offer");
    if (parameters.size() != expected)
      return Miscounted(where_ + "limited_time_offer", expected, parameters.size());
    if (expected == 0) return std::nullopt;
    const base::json::object* parameter = parameters[0].if_object();
    const base::json::value* inner =
        parameter == nullptr ? nullptr : base::Find(*parameter, "limited_time_offer");
    const base::json::object* given = inner == nullptr ? nullptr : inner->if_object();
    if (given == nullptr || IntegerOf(*given, "expiration_time_ms") < 0)
      return Mismatched(where_ + "limited_time_offer", "expiration_time_ms");
    return std::nullopt;
  }

  std::optional<Refused> Carousel(const base::json::array& cards) {
    const base::json::object* carousel = given_.Find("carousel");
    static const base::json::array kNone;
    const base::json::array& given = carousel == nullptr ? kNone : ListOf(*carousel, "cards");
    if (given.size() != cards.size())
      return Miscounted(where_ + "carousel", cards.size(), given.size());
    const auto ordered = InOrder(given);
    if (!ordered)
      return Mismatched(where_ + "carousel",
                        fmt::format("card_index 0 to {}, each once", cards.size() - 1));
    for (std::size_t i = 0; i < cards.size(); ++i) {
      const Given of_card(ListOf(*(*ordered)[i], "components"));
      Renderer renderer(of_card, fmt::format("card {} ", i));
      if (auto refused = renderer.Render(ListOf(cards[i].as_object(), "components")))
        return refused;
      std::vector<std::string> texts = {renderer.rendered().body};
      for (std::string& title : renderer.rendered().buttons) texts.push_back(std::move(title));
      for (QuickReply& reply : renderer.rendered().quick_replies)
        rendered_.quick_replies.push_back(std::move(reply));
      rendered_.cards.push_back(std::move(texts));
    }
    return std::nullopt;
  }

  const Given& given_;
  const std::string where_;
  RenderedTemplate rendered_;
};

}  // namespace

std::variant<RenderedTemplate, Refused> UseTemplate(const Template& subject,
                                                    const base::json::value& parameters) {
  static const base::json::array kNone;
  if (!parameters.is_null() && !parameters.is_array())
    return Mismatched("message", "a list of components");
  const Given given(parameters.is_array() ? parameters.get_array() : kNone);
  Renderer renderer(given, "");
  if (auto refused = renderer.Render(subject.components.as_array())) return *refused;
  return std::move(renderer.rendered());
}

std::variant<const Template*, Refused> FindTemplateToUse(const Templates::Shelf& shelf,
                                                         std::string_view owner_number,
                                                         std::string_view name,
                                                         std::string_view language,
                                                         std::string_view template_namespace) {
  const Refused missing{
      "132001", "Template name does not exist in the translation, or is not approved", false};
  if (!template_namespace.empty() && template_namespace != TemplateNamespaceOf(owner_number))
    return missing;
  const auto found = shelf.find(Templates::Key(name, language));
  if (found != shelf.end() && found->second.subject.status == TemplateStatus::kPaused)
    return Refused{"132015", "Template is paused", false};
  if (found == shelf.end() || found->second.subject.status != TemplateStatus::kApproved)
    return missing;
  return &found->second.subject;
}

}  // namespace parley::sim::network
