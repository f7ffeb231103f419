// Reading request bodies as strictly as Graph does: what nobody declared is refused, and the first
// fault is told in Graph's words ("The parameter text['body'] is required.").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "base/fields.h"
#include "sim/graph/error.h"

namespace parley::sim::graph {

// "text.body" as Graph writes it: "text['body']".
std::string PathInBrackets(std::string_view path);
// The first fault, in Graph's words. `path` is where the structure stands; empty: it is the body.
GraphError FirstFault(const base::Error& error, std::string_view path);
// A JSON object. 100 for anything else.
Outcome<base::json::object> ReadObject(std::string_view body);

namespace reading_detail {

template <class T>
std::optional<std::string> FindUnexpected(const base::json::object& object,
                                          const std::string& path);

// Looks into structures and lists of them; what a member holds besides is not looked at.
template <class M>
std::optional<std::string> LookInto(const base::json::value& value, const std::string& path) {
  if constexpr (base::fields_detail::IsOptional<M>::value) {
    return LookInto<typename M::value_type>(value, path);
  } else if constexpr (base::fields_detail::IsVector<M>::value) {
    const base::json::array* items = value.if_array();
    for (std::size_t i = 0; items != nullptr && i < items->size(); ++i)
      if (auto found =
              LookInto<typename M::value_type>((*items)[i], path + "[" + std::to_string(i) + "]"))
        return found;
    return std::nullopt;
  } else if constexpr (base::HasFields<M>) {
    const base::json::object* object = value.if_object();
    return object == nullptr ? std::nullopt : FindUnexpected<M>(*object, path);
  } else {
    return std::nullopt;
  }
}

// "Unexpected key ..." about the first member that T does not declare.
template <class T>
std::optional<std::string> FindUnexpected(const base::json::object& object,
                                          const std::string& path) {
  for (const auto& member : object) {
    const std::string_view name(member.key().data(), member.key().size());
    bool is_known = false;
    std::optional<std::string> inside;
    const auto look = [&](const auto& field) {
      if (is_known || field.spec.name != name) return;
      is_known = true;
      using M = std::remove_cvref_t<decltype(std::declval<T&>().*field.member)>;
      inside = LookInto<M>(member.value(),
                           path.empty() ? std::string(name) : path + "." + std::string(name));
    };
    std::apply([&](const auto&... field) { (look(field), ...); }, T::Fields());
    if (!is_known) {
      const std::string where = path.empty() ? "" : " on param \"" + PathInBrackets(path) + "\"";
      return "Unexpected key \"" + std::string(name) + "\"" + where + ".";
    }
    if (inside) return inside;
  }
  return std::nullopt;
}

}  // namespace reading_detail

// Numbers and booleans may come as text, and numbers where text is due, as Graph takes them.
inline constexpr base::DecodeRules kGraphRules{
    .text_for_numbers = true, .numbers_for_text = true, .json_in_text = true};

// The structure at `path` of the body.
template <base::HasFields T>
Outcome<T> Read(const base::json::object& object, const std::string& path = "") {
  if (auto unexpected = reading_detail::FindUnexpected<T>(object, path))
    return InvalidParameter(std::move(*unexpected));
  auto read = base::Decode<T>(base::json::value(object), kGraphRules);
  if (!read) return FirstFault(read.error(), path);
  return std::move(*read);
}

// The member of that name, which must be an object.
template <base::HasFields T>
Outcome<T> ReadMember(const std::optional<base::json::value>& member, const std::string& name) {
  if (!member) return InvalidParameter("The parameter " + name + " is required.");
  const base::json::object* object = member->if_object();
  if (object == nullptr) return InvalidParameter("Param " + name + " must be a JSON object.");
  return Read<T>(*object, name);
}

}  // namespace parley::sim::graph
