#include "sim/graph/paging.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/encoding.h"
#include "http/forms.h"

namespace parley::sim::graph {
namespace {

constexpr std::string_view kCursorMark = "k:";

std::string CursorOf(const std::string& key) {
  return base::ToBase64Url(std::string(kCursorMark) + key);
}

Outcome<std::optional<std::string>> KeyOfCursor(const Call& call, std::string_view name) {
  const std::optional<std::string> text = call.Query(name);
  if (!text || text->empty()) return std::optional<std::string>();
  const auto decoded = base::FromBase64(*text);
  if (!decoded || !decoded->starts_with(kCursorMark))
    return InvalidParameter(fmt::format("Invalid cursors values for {}", name));
  return std::optional<std::string>(decoded->substr(kCursorMark.size()));
}

Outcome<void> ReadLimit(const Call& call, std::size_t& limit) {
  const std::optional<std::string> text = call.Query("limit");
  if (!text) return {};
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
  if (error != std::errc() || end != text->data() + text->size() || limit == 0)
    return InvalidParameter("Param limit must be a positive number.");
  limit = std::min(limit, kMaxPageRows);
  return {};
}

// The request again, with another cursor.
std::string PageUrl(const Call& call, std::string_view name, const std::string& cursor) {
  std::string url = call.BaseUrl() + std::string(call.request.path());
  char separator = '?';
  const auto form = http::ParseForm(call.request.query());
  if (form)
    for (const auto& [key, value] : *form) {
      if (key == "after" || key == "before") continue;
      url += separator + http::PercentEncode(key) + "=" + http::PercentEncode(value);
      separator = '&';
    }
  return url + separator + std::string(name) + "=" + cursor;
}

}  // namespace

Answer PageOf(const Call& call, std::vector<KeyedRow> rows) {
  PARLEY_TRY(after, KeyOfCursor(call, "after"));
  PARLEY_TRY(before, KeyOfCursor(call, "before"));
  std::size_t limit = kDefaultPage;
  PARLEY_CHECK(ReadLimit(call, limit));
  const auto by_key = [](const KeyedRow& one, const KeyedRow& other) {
    return one.first < other.first;
  };
  std::sort(rows.begin(), rows.end(), by_key);
  std::size_t first = 0, last = rows.size();
  if (before) {
    while (last > 0 && rows[last - 1].first >= *before) --last;
    first = last > limit ? last - limit : 0;
  } else {
    while (after && first < rows.size() && rows[first].first <= *after) ++first;
    last = std::min(rows.size(), first + limit);
  }
  base::json::array data;
  base::json::object cursors, paging, body;
  for (std::size_t i = first; i < last; ++i) data.push_back(std::move(rows[i].second));
  body["data"] = std::move(data);
  if (first < last) {
    const std::string begin = CursorOf(rows[first].first), end = CursorOf(rows[last - 1].first);
    cursors["before"] = base::JsonView(begin);
    cursors["after"] = base::JsonView(end);
    paging["cursors"] = std::move(cursors);
    if (last < rows.size()) paging["next"] = base::JsonView(PageUrl(call, "after", end));
    if (first > 0) paging["previous"] = base::JsonView(PageUrl(call, "before", begin));
    body["paging"] = std::move(paging);
  }
  return Reply(body);
}

}  // namespace parley::sim::graph
