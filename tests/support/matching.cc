#include "tests/support/matching.h"

#include <fmt/format.h>

namespace parley::testing {
namespace {

namespace json = base::json;

std::string Plain(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : base::ToText(value);
}

std::string TextDifference(std::string_view expected, const json::value& actual, Bindings& bindings,
                           const std::string& path) {
  if (expected == "{any}") return "";
  // A name for all of it, or for what comes after a text: "WAG{any:group}".
  if (const std::size_t at = expected.find("{any:");
      at != std::string_view::npos && expected.ends_with("}")) {
    const std::string_view before = expected.substr(0, at);
    const std::string text = Plain(actual);
    if (!text.starts_with(before)) return fmt::format("{} is {}", path, base::ToText(actual));
    bindings.Set(std::string(expected.substr(at + 5, expected.size() - at - 6)), text.substr(at));
    return "";
  }
  const std::string filled = bindings.Fill(std::string(expected));
  if (actual.is_string() && actual.get_string() == base::JsonView(filled)) return "";
  return fmt::format("{} is {}, expected \"{}\"", path, base::ToText(actual), filled);
}

}  // namespace

std::string Bindings::Fill(std::string text) const {
  for (const auto& [name, value] : values_) {
    const std::string mark = "{" + name + "}";
    for (std::size_t at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + value.size()))
      text.replace(at, mark.size(), value);
  }
  return text;
}

const std::string* Bindings::Find(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

std::string Difference(const json::value& expected, const json::value& actual, Bindings& bindings,
                       const std::string& path) {
  if (expected.is_string())
    return TextDifference({expected.get_string().data(), expected.get_string().size()}, actual,
                          bindings, path);
  if (const json::object* object = expected.if_object()) {
    if (!actual.is_object()) return fmt::format("{} is {}", path, base::ToText(actual));
    for (const auto& [name, value] : *object) {
      const std::string inner = path + "." + std::string(name);
      const json::value* member = actual.get_object().if_contains(name);
      if (value.is_string() && value.get_string() == "{absent}") {
        if (member == nullptr) continue;
        return fmt::format("{} is there: {}", inner, base::ToText(*member));
      }
      if (member == nullptr) return inner + " is missing";
      std::string difference = Difference(value, *member, bindings, inner);
      if (!difference.empty()) return difference;
    }
    return "";
  }
  if (const json::array* items = expected.if_array()) {
    if (!actual.is_array() || actual.get_array().size() != items->size())
      return fmt::format("{} is {}, expected {}", path, base::ToText(actual),
                         base::ToText(expected));
    for (std::size_t i = 0; i < items->size(); ++i) {
      std::string difference =
          Difference((*items)[i], actual.get_array()[i], bindings, fmt::format("{}[{}]", path, i));
      if (!difference.empty()) return difference;
    }
    return "";
  }
  if (expected == actual) return "";
  return fmt::format("{} is {}, expected {}", path, base::ToText(actual), base::ToText(expected));
}

}  // namespace parley::testing
