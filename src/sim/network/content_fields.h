// The field lists of contents, walked in two ways that base/fields.h does not: written without what
// is empty, and checked in place. Only content.cc and content_check.cc include it.
#pragma once

#include <fmt/format.h>

#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "base/encoding.h"
#include "base/fields.h"

namespace parley::sim::network {

template <class M>
bool IsEmptyValue(const M& value) {
  if constexpr (std::is_same_v<M, bool>)
    return !value;
  else if constexpr (requires { value.has_value(); })
    return !value.has_value();
  else if constexpr (std::is_same_v<M, base::json::value>)
    return value.is_null();
  else if constexpr (requires { value.empty(); })
    return value.empty();
  else
    return false;
}

template <base::HasFields T>
void AppendFull(std::string& out, const T& value);

template <class M>
void AppendFullValue(std::string& out, const M& value) {
  if constexpr (base::HasFields<M>) {
    AppendFull(out, value);
  } else if constexpr (requires { value.has_value(); }) {
    AppendFullValue(out, *value);
  } else if constexpr (std::is_same_v<M, double>) {
    // A decimal that was read can be a neighbour of what was written; not so with these digits.
    std::string text = fmt::format("{:.7f}", value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text += '0';
    out += text;
  } else if constexpr (std::is_same_v<M, std::string>) {
    base::AppendText(out, value);
  } else if constexpr (base::fields_detail::IsVector<M>::value) {
    out += '[';
    for (const auto& item : value) {
      if (out.back() != '[') out += ',';
      AppendFullValue(out, item);
    }
    out += ']';
  } else {
    base::fields_detail::AppendValue(out, value);
  }
}

// The members of the object, without its braces; each begins with a comma.
template <base::HasFields T>
void AppendMembers(std::string& out, const T& object) {
  const auto append = [&](const auto& field) {
    const auto& value = object.*field.member;
    if (!field.spec.required && IsEmptyValue(value)) return;
    if (out.back() != '{') out += ',';
    base::AppendText(out, field.spec.name);
    out += ':';
    AppendFullValue(out, value);
  };
  std::apply([&](const auto&... field) { (append(field), ...); }, T::Fields());
}

template <base::HasFields T>
void AppendFull(std::string& out, const T& value) {
  out += '{';
  AppendMembers(out, value);
  out += '}';
}

// Collects faults; paths are as base::Decoder makes them.
class FieldCheck {
 public:
  void Demand(bool holds, std::string path, std::string text) {
    if (!holds) faults_.push_back(base::FieldFault{std::move(path), std::move(text)});
  }

  // Every field, and those of what is inside.
  template <base::HasFields T>
  void Walk(const T& object, const std::string& path = {}) {
    const auto check = [&](const auto& field) {
      const auto& value = object.*field.member;
      if (!field.spec.required && IsEmptyValue(value)) return;
      Walk(value, field.spec,
           path.empty() ? std::string(field.spec.name) : path + "." + std::string(field.spec.name));
    };
    std::apply([&](const auto&... field) { (check(field), ...); }, T::Fields());
  }

  std::vector<base::FieldFault>& faults() { return faults_; }

 private:
  template <class M>
  void Walk(const M& value, const base::FieldSpec& spec, const std::string& path) {
    if constexpr (std::is_same_v<M, std::string>) {
      WalkText(value, spec, path);
    } else if constexpr (std::is_same_v<M, double>) {
      Demand(value >= static_cast<double>(spec.min) && value <= static_cast<double>(spec.max), path,
             fmt::format("Number must be from {} to {}", spec.min, spec.max));
    } else if constexpr (base::HasFields<M>) {
      Walk(value, path);
    } else if constexpr (requires { value.has_value(); }) {
      Walk(*value, spec, path);
    } else if constexpr (base::fields_detail::IsVector<M>::value) {
      Demand(value.size() >= spec.min_length, path, "Required");
      Demand(value.size() <= spec.max_length, path,
             fmt::format("Array must contain at most {} item(s)", spec.max_length));
      for (std::size_t i = 0; i < value.size() && i < spec.max_length; ++i)
        Walk(value[i], base::FieldSpec{}, fmt::format("{}[{}]", path, i));
    }
  }

  void WalkText(const std::string& text, const base::FieldSpec& spec, const std::string& path) {
    if (text.empty()) return Demand(spec.min_length == 0, path, "Required");
    const std::size_t max = spec.max_length;
    const bool fits = (max == 0 || text.size() <= 4 * max) && base::IsUtf8(text);
    Demand(fits && (max == 0 || base::CountCodePoints(text) <= max), path,
           max == 0 ? "Must be text" : fmt::format("Must be text of at most {} characters", max));
  }

  std::vector<base::FieldFault> faults_;
};

}  // namespace parley::sim::network
