// Reading bodies of the admin API. It is our own, so a member that no field takes is a fault, too:
// a misspelt field must not seem to work.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
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

template <class Member>
inline constexpr bool kIsInner = false;
template <base::HasFields Inner>
inline constexpr bool kIsInner<std::optional<Inner>> = true;

// What puts the values of the body's member `name` in the place of whatever it is applied to:
// {"a": 1} changes `a` alone. The body was decoded with T at this place. `takes_away`: null is a
// value, too.
template <base::HasFields T>
std::function<void(T&)> PatchOf(const base::json::object& members, std::string_view name,
                                bool takes_away = false) {
  std::vector<std::function<void(T&)>> steps;
  const base::json::value& value_of_all = *base::Find(members, name);
  const base::json::object& given = value_of_all.get_object();
  const T from = *base::Decode<T>(value_of_all);
  const auto add = [&](const auto& field) {
    using Member = std::decay_t<decltype(from.*field.member)>;
    const auto member = field.member;
    const base::json::value* value = base::Find(given, field.spec.name);
    if (value == nullptr || (value->is_null() && !takes_away)) return;
    if constexpr (kIsInner<Member>) {
      if (value->is_object()) {
        auto inner = PatchOf<typename Member::value_type>(given, field.spec.name, true);
        steps.push_back([member, inner = std::move(inner)](T& to) {
          if (!(to.*member)) (to.*member).emplace();
          inner(*(to.*member));
        });
        return;
      }
    }
    steps.push_back([member, chosen = from.*member](T& to) { to.*member = chosen; });
  };
  std::apply([&](const auto&... fields) { (add(fields), ...); }, T::Fields());
  return [steps = std::move(steps)](T& to) {
    for (const auto& step : steps) step(to);
  };
}

}  // namespace parley::admin
