// Reading query parameters of the admin API. Faults name the parameter.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "core/ids.h"
#include "http/router.h"

namespace parley::admin {

inline constexpr int kDefaultLimit = 50;
inline constexpr int kMaxLimit = 500;

// Every parameter is one of the route's, and none stands twice.
base::Result<void> CheckQuery(const http::Request& request, const http::RouteSpec& spec);

// nullopt when it is not there.
base::Result<std::optional<std::int64_t>> QueryInteger(const http::Request& request,
                                                       std::string_view name, std::int64_t min,
                                                       std::int64_t max);
// `query`, what is looked for; empty when it is not there. A number may be written in any way.
base::Result<std::string> QueryText(const http::Request& request);
base::Result<int> QueryLimit(const http::Request& request);
base::Result<std::optional<core::EventPosition>> QueryPosition(const http::Request& request,
                                                               std::string_view name);

template <class Id>
base::Result<std::optional<Id>> QueryId(const http::Request& request, std::string_view name) {
  const auto text = request.Query(name);
  if (!text) return std::optional<Id>();
  const auto id = base::Uuid::Parse(*text);
  if (!id) return base::FieldError(std::string(name), "Malformed id");
  return std::optional<Id>(Id(*id));
}

}  // namespace parley::admin
