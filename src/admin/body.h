// Reading bodies of the admin API. It is our own, so a member that no field takes is a fault, too:
// a misspelt field must not seem to work.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "http/body.h"

namespace parley::admin {

// A decoded body together with its members as they came.
template <class T>
struct Body {
  T fields;
  base::json::object members;

  // Written as null, which takes a value away where leaving it out keeps it.
  bool IsNull(std::string_view name) const {
    const base::json::value* member = base::Find(members, name);
    return member != nullptr && member->is_null();
  }
};

// Adds a fault for each member of `value` that its schema does not have. `path` is that of `value`.
void FindUnknown(const base::json::value& value, const base::json::object& schema,
                 const std::string& path, base::Error& faults);

// All faults together. Errors as http::ReadBody.
template <base::HasFields T>
base::Result<Body<T>> ReadBody(const http::Request& request) {
  PARLEY_TRY(body, http::ReadBody(request, http::kJsonBody));
  base::Error faults(base::ErrorCode::kInvalidFields);
  auto fields = base::Decode<T>(body.value);
  if (!fields) faults.Absorb(fields.error());
  FindUnknown(body.value, base::Describe<T>(), "", faults);
  if (!faults.faults.empty()) return faults;
  return Body<T>{std::move(*fields), std::move(body.value.get_object())};
}

// `current` with what stands in the body's member `name` in the place of its own: {"a": 1} changes
// `a` alone. The body was decoded with T at this place.
template <base::HasFields T>
T Patched(const T& current, const base::json::object& members, std::string_view name) {
  base::json::value merged = *base::ParseJson(base::EncodeText(current));
  for (const auto& [key, value] : base::Find(members, name)->get_object()) {
    if (value.is_null()) continue;
    base::json::value& to = merged.get_object()[key];
    if (!value.is_object() || !to.is_object()) {
      to = value;
      continue;
    }
    for (const auto& [inner, changed] : value.get_object()) to.get_object()[inner] = changed;
  }
  return *base::Decode<T>(merged);
}

// As Patched, for whatever it is applied to: only what the body's member names is touched.
template <base::HasFields T>
std::function<void(T&)> PatchOf(const base::json::object& members, std::string_view name) {
  std::vector<std::string> named;
  for (const auto& [key, value] : base::Find(members, name)->get_object())
    if (!value.is_null()) named.emplace_back(key);
  return [from = Patched(T(), members, name), named](T& to) {
    const auto copy = [&](const auto& field) {
      if (std::find(named.begin(), named.end(), field.spec.name) != named.end())
        to.*field.member = from.*field.member;
    };
    std::apply([&](const auto&... fields) { (copy(fields), ...); }, T::Fields());
  };
}

}  // namespace parley::admin
