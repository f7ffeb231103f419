#include "admin/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <set>

#include "http/forms.h"

namespace parley::admin {
namespace {

constexpr std::size_t kMaxQueryText = 200;  // bytes

}  // namespace

base::Result<void> CheckQuery(const http::Request& request, const http::RouteSpec& spec) {
  const auto fields = http::ParseForm(request.query());
  if (!fields) return base::FieldError("query", std::string(fields.error().public_text()));
  base::Error faults(base::ErrorCode::kInvalidFields);
  std::set<std::string> seen;
  for (const auto& [name, value] : *fields) {
    const bool known =
        std::any_of(spec.query.begin(), spec.query.end(),
                    [&](const http::QuerySpec& query) { return query.name == name; });
    if (!known)
      faults.Absorb(base::FieldError(name, "Unknown parameter"));
    else if (!seen.insert(name).second)
      faults.Absorb(base::FieldError(name, "Given more than once"));
  }
  if (!faults.faults.empty()) return faults;
  return {};
}

base::Result<std::optional<std::int64_t>> QueryInteger(const http::Request& request,
                                                       std::string_view name, std::int64_t min,
                                                       std::int64_t max) {
  const auto text = request.Query(name);
  if (!text) return std::optional<std::int64_t>();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size() || number < min || number > max)
    return base::FieldError(std::string(name),
                            fmt::format("Must be an integer from {} to {}", min, max));
  return std::optional(number);
}

base::Result<std::string> QueryText(const http::Request& request) {
  std::string text = request.Query("query").value_or("");
  if (text.size() > kMaxQueryText)
    return base::FieldError("query", fmt::format("Up to {} bytes", kMaxQueryText));
  const bool is_number =
      text.starts_with('+') && text.find_first_not_of("+0123456789 -().") == std::string::npos;
  if (is_number) std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
  return text;
}

base::Result<int> QueryLimit(const http::Request& request) {
  PARLEY_TRY(limit, QueryInteger(request, "limit", 1, kMaxLimit));
  return static_cast<int>(limit.value_or(kDefaultLimit));
}

base::Result<std::optional<core::EventPosition>> QueryPosition(const http::Request& request,
                                                               std::string_view name) {
  PARLEY_TRY(number, QueryInteger(request, name, 0, std::numeric_limits<std::int64_t>::max() - 1));
  if (!number) return std::optional<core::EventPosition>();
  return std::optional(core::EventPosition(*number));
}

}  // namespace parley::admin
