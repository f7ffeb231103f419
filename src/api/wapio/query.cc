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

}  // namespace parley::api::wapio
