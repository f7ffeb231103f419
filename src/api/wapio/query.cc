#include "api/wapio/query.h"

#include <charconv>

namespace parley::api::wapio {
namespace {

template <class Number>
bool IsNumber(const std::string& text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

base::Result<int> QueryLimit(const http::Request& request) {
  const std::string text = request.Query("limit").value_or("");
  if (text.empty()) return kDefaultLimit;
  int limit = 0;
  if (!IsNumber(text, limit) || limit < 1 || limit > kMaxLimit)
    return base::FieldError("limit", "Number must be from 1 to 200");
  return limit;
}

base::Result<std::int64_t> QueryCursor(const http::Request& request) {
  const std::string text = request.Query("cursor").value_or("");
  if (text.empty()) return 0;
  std::int64_t cursor = 0;
  if (!IsNumber(text, cursor) || cursor < 1)
    return base::FieldError("cursor", "Must be the next_cursor of a page");
  return cursor;
}

base::Result<std::optional<PageWanted>> QueryPage(const http::Request& request) {
  constexpr std::int64_t kMaxPage = 1'000'000;
  const std::string wanted = request.Query("paginated").value_or("");
  if (wanted != "true" && wanted != "1") return std::optional<PageWanted>();
  PageWanted page;
  base::Error faults(base::ErrorCode::kInvalidFields);
  const std::string number = request.Query("page").value_or("");
  if (!number.empty() && (!IsNumber(number, page.page) || page.page < 1 || page.page > kMaxPage))
    faults.Absorb(base::FieldError("page", "Number must be from 1 to 1000000"));
  const auto limit = QueryLimit(request);
  if (!limit) faults.Absorb(limit.error());
  if (!faults.faults.empty()) return faults;
  if (!request.Query("limit").value_or("").empty()) page.limit = *limit;
  return std::optional(page);
}

}  // namespace parley::api::wapio
