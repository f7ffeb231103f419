#include "sim/network/templates.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "base/encoding.h"

namespace parley::sim::network {
namespace {

constexpr std::size_t kMaxTemplateOffer = 16;  // code points of what an offer is called

constexpr std::string_view kLanguages[] = {
    "af",    "sq", "ar", "az", "bn",    "bg",    "ca", "zh_CN", "zh_HK", "zh_TW", "hr",
    "cs",    "da", "nl", "en", "en_GB", "en_US", "et", "fil",   "fi",    "fr",    "de",
    "el",    "gu", "he", "hi", "hu",    "id",    "ga", "it",    "ja",    "kn",    "kk",
    "ko",    "lo", "lv", "lt", "mk",    "ms",    "mr", "nb",    "fa",    "pl",    "pt_BR",
    "pt_PT", "pa", "ro", "ru", "sr",    "sk",    "sl", "es",    "es_AR", "es_ES", "es_MX",
    "sw",    "sv", "ta", "te", "th",    "tr",    "uk", "ur",    "uz",    "vi",
};
static_assert(std::size(kLanguages) == 65);

constexpr std::string_view kHeaderFormats[] = {"TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION"};
constexpr std::string_view kButtonTypes[] = {
    "QUICK_REPLY", "URL", "PHONE_NUMBER", "COPY_CODE", "CATALOG",
    "MPM",         "SPM", "OTP",          "FLOW",      "VOICE_CALL"};

template <std::size_t N>
bool IsOneOf(std::string_view text, const std::string_view (&names)[N]) {
  return std::find(std::begin(names), std::end(names), text) != std::end(names);
}

bool IsTemplateName(std::string_view text) {
  return !text.empty() && text.size() <= kMaxTemplateName &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

// Walks the components and collects what is wrong, with its path.
class Inspector {
 public:
  Inspector(TemplateCategory category, base::Error& error) : category_(category), error_(error) {}

  void Components(const base::json::value& value, const std::string& path, bool in_card) {
    const base::json::array* list = value.if_array();
    if (!Demand(list != nullptr && !list->empty() && list->size() <= 5, path,
                "Must be a list of 1 to 5 components"))
      return;
    int bodies = 0;
    std::vector<std::string> types;
    for (std::size_t i = 0; i < list->size(); ++i) {
      const std::string at = fmt::format("{}[{}]", path, i);
      const base::json::object* component = (*list)[i].if_object();
      if (!Demand(component != nullptr, at, "Must be an object")) continue;
      const std::string type(base::FindText(*component, "type"));
      Demand(std::find(types.begin(), types.end(), type) == types.end(), at + ".type",
             "Is there already");
      types.push_back(type);
      bodies += type == "BODY";
      Component(*component, type, at, in_card);
    }
    Demand(bodies == 1, path, "Must hold one BODY");
  }

 private:
  bool Demand(bool holds, const std::string& path, std::string text) {
    if (!holds) error_.faults.push_back(base::FieldFault{path, std::move(text)});
    return holds;
  }

  void Component(const base::json::object& component, std::string_view type, const std::string& at,
                 bool in_card) {
    if (type == "HEADER") return Header(component, at);
    if (type == "BODY") return Body(component, at);
    if (type == "BUTTONS") return Buttons(component, at);
    if (type == "FOOTER" && !in_card) return Footer(component, at);
    if (type == "CAROUSEL" && !in_card) return Carousel(component, at);
    if (type == "LIMITED_TIME_OFFER" && !in_card) return Offer(component, at);
    Demand(false, at + ".type",
           in_card ? "Must be HEADER, BODY or BUTTONS"
                   : "Must be HEADER, BODY, FOOTER, BUTTONS, CAROUSEL or LIMITED_TIME_OFFER");
  }

  // Text with at most `variables` of them.
  void Text(const base::json::object& component, const std::string& at, std::size_t code_points,
            std::size_t variables) {
    const std::string_view text = base::FindText(component, "text");
    if (!Demand(!text.empty() && text.size() <= 4 * code_points &&
                    base::CountCodePoints(text) <= code_points,
                at + ".text", fmt::format("Must be text of 1 to {} characters", code_points)))
      return;
    const std::optional<std::size_t> count = CountVariables(text);
    if (Demand(count.has_value(), at + ".text", "Variables must be {{1}}, {{2}} and so on"))
      Demand(*count <= variables, at + ".text",
             variables == 0 ? std::string("Must have no variables")
                            : fmt::format("Must have at most {} variables", variables));
  }

  void Header(const base::json::object& component, const std::string& at) {
    const std::string_view format = base::FindText(component, "format");
    Demand(IsOneOf(format, kHeaderFormats), at + ".format",
           "Must be TEXT, IMAGE, VIDEO, DOCUMENT or LOCATION");
    if (format == "TEXT") Text(component, at, kMaxTemplateHeader, 1);
  }

  void Body(const base::json::object& component, const std::string& at) {
    // The network writes the body of an authentication template itself.
    if (category_ == TemplateCategory::kAuthentication && !component.contains("text")) return;
    Text(component, at, kMaxTemplateBody, 100);
  }

  void Footer(const base::json::object& component, const std::string& at) {
    if (category_ == TemplateCategory::kAuthentication && !component.contains("text")) return;
    Text(component, at, kMaxTemplateFooter, 0);
  }

  void Buttons(const base::json::object& component, const std::string& at) {
    const base::json::value* value = base::Find(component, "buttons");
    const base::json::array* list = value == nullptr ? nullptr : value->if_array();
    if (!Demand(list != nullptr && !list->empty() && list->size() <= kMaxTemplateButtons,
                at + ".buttons", fmt::format("Must be a list of 1 to {}", kMaxTemplateButtons)))
      return;
    for (std::size_t i = 0; i < list->size(); ++i) {
      const std::string path = fmt::format("{}.buttons[{}]", at, i);
      const base::json::object* button = (*list)[i].if_object();
      if (Demand(button != nullptr, path, "Must be an object")) Button(*button, path);
    }
  }

  void Button(const base::json::object& button, const std::string& at) {
    const std::string_view type = base::FindText(button, "type");
    Demand(IsOneOf(type, kButtonTypes), at + ".type", "Is no type of button");
    const std::string_view text = base::FindText(button, "text");
    const bool named = type == "QUICK_REPLY" || type == "URL" || type == "PHONE_NUMBER";
    Demand((!text.empty() || !named) && text.size() <= 4 * kMaxTemplateButton &&
               base::CountCodePoints(text) <= kMaxTemplateButton,
           at + ".text", fmt::format("Must be text of 1 to {} characters", kMaxTemplateButton));
    if (type == "PHONE_NUMBER")
      Demand(!base::FindText(button, "phone_number").empty(), at + ".phone_number", "Required");
    if (type != "URL") return;
    const std::string_view url = base::FindText(button, "url");
    const std::optional<std::size_t> variables = CountVariables(url);
    Demand(!url.empty() && url.size() <= 2000, at + ".url", "Must be a URL of at most 2000 bytes");
    Demand(variables && *variables <= 1, at + ".url", "Must have at most the variable {{1}}");
  }

  // Source: developers.facebook.com/docs/whatsapp/business-management-api/message-templates/
  // limited-time-offer-templates
  void Offer(const base::json::object& component, const std::string& at) {
    const base::json::value* value = base::Find(component, "limited_time_offer");
    const base::json::object* offer = value == nullptr ? nullptr : value->if_object();
    if (!Demand(offer != nullptr, at + ".limited_time_offer", "Must be an object")) return;
    const std::string_view text = base::FindText(*offer, "text");
    Demand(!text.empty() && text.size() <= 4 * kMaxTemplateOffer &&
               base::CountCodePoints(text) <= kMaxTemplateOffer,
           at + ".limited_time_offer.text",
           fmt::format("Must be text of 1 to {} characters", kMaxTemplateOffer));
    Demand(category_ == TemplateCategory::kMarketing, at + ".type", "Is for MARKETING alone");
  }

  void Carousel(const base::json::object& component, const std::string& at) {
    const base::json::value* value = base::Find(component, "cards");
    const base::json::array* list = value == nullptr ? nullptr : value->if_array();
    if (!Demand(list != nullptr && !list->empty() && list->size() <= kMaxTemplateCards,
                at + ".cards", fmt::format("Must be a list of 1 to {}", kMaxTemplateCards)))
      return;
    for (std::size_t i = 0; i < list->size(); ++i) {
      const std::string path = fmt::format("{}.cards[{}]", at, i);
      const base::json::object* card = (*list)[i].if_object();
      if (!Demand(card != nullptr, path, "Must be an object")) continue;
      const base::json::value* components = base::Find(*card, "components");
      if (Demand(components != nullptr, path + ".components", "Required"))
        Components(*components, path + ".components", true);
    }
  }

  const TemplateCategory category_;
  base::Error& error_;
};

}  // namespace

std::span<const std::string_view> TemplateLanguages() { return kLanguages; }

base::Result<void> Check(const TemplateDraft& draft) {
  base::Error error(base::ErrorCode::kInvalidFields);
  const auto demand = [&error](bool holds, std::string path, std::string text) {
    if (!holds) error.faults.push_back(base::FieldFault{std::move(path), std::move(text)});
  };
  demand(IsTemplateName(draft.name), "name",
         fmt::format("Must be 1 to {} of a-z, 0-9 and '_'", kMaxTemplateName));
  demand(IsOneOf(draft.language, kLanguages), "language", "Is no language for templates");
  if (base::ToText(draft.components).size() > kMaxTemplateBytes)
    demand(false, "components", fmt::format("Must be at most {} bytes", kMaxTemplateBytes));
  else
    Inspector(draft.category, error).Components(draft.components, "components", false);
  if (error.faults.empty()) return {};
  return error;
}

std::optional<std::size_t> CountVariables(std::string_view text) {
  std::vector<std::size_t> seen;
  for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    const std::size_t end = text.find("}}", at);
    if (end == std::string_view::npos) return std::nullopt;
    std::size_t number = 0;
    const std::string_view digits = text.substr(at + 2, end - at - 2);
    for (const char c : digits) {
      if (c < '0' || c > '9' || number > 1000) return std::nullopt;
      number = 10 * number + static_cast<std::size_t>(c - '0');
    }
    if (number == 0) return std::nullopt;
    seen.push_back(number);
    at = end + 2;
  }
  std::sort(seen.begin(), seen.end());
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  if (!seen.empty() && seen.back() != seen.size()) return std::nullopt;
  return seen.size();
}

std::string TemplateNamespaceOf(std::string_view number) {
  const std::string hex =
      base::ToHexText(base::AsText(base::Sha256("templates of " + std::string(number))));
  return fmt::format("{}_{}_{}_{}_{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20, 12));
}

const Templates::Shelf& Templates::Of(PersonRow owner) const {
  static const Shelf kNone;
  const auto shelf = shelves_.find(owner);
  return shelf == shelves_.end() ? kNone : shelf->second;
}

const TemplateState* Templates::Find(PersonRow owner, std::string_view name,
                                     std::string_view language) const {
  const Shelf& shelf = Of(owner);
  const auto found = shelf.find(Key(name, language));
  return found == shelf.end() ? nullptr : &found->second;
}

std::string_view Templates::Apply(PersonRow owner, base::Time at, const TemplateChanged& change) {
  const Key key(change.subject.name, change.subject.language);
  Shelf& shelf = shelves_[owner];
  const auto known = shelf.find(key);
  if (known == shelf.end()) {
    if (change.subject.status != TemplateStatus::kPending) return "the template was not handed in";
    if (change.subject.id != NextId()) return "the template's id is not the next one";
    ++made_;
    shelf.emplace(key, TemplateState{change.subject, change.review_due});
    return {};
  }
  if (change.subject.id != known->second.subject.id) return "the template is there already";
  if (change.subject.status == TemplateStatus::kRemoved) {
    removed_[{owner, change.subject.name}] = at;
    shelf.erase(known);
    return {};
  }
  known->second.subject.status = change.subject.status;
  known->second.subject.rejected_reason = change.subject.rejected_reason;
  known->second.review_due.reset();
  return {};
}

std::optional<base::Time> Templates::RemovedAt(PersonRow owner, std::string_view name) const {
  const auto found = removed_.find({owner, std::string(name)});
  if (found == removed_.end()) return std::nullopt;
  return found->second;
}

std::string Templates::NextId() const { return std::to_string(594'425'479'000'000 + made_ + 1); }

}  // namespace parley::sim::network
