// The first byte picks the method, the rest is the path. What the router finds is compared with a
// search through all rows.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "http/forms.h"
#include "http/router.h"

using namespace parley;

namespace {

struct Row {
  http::RouteSpec spec;
};

constexpr Row kRows[] = {
    {{http::Method::kGet, "/", ""}},           {{http::Method::kGet, "/a", ""}},
    {{http::Method::kPost, "/a", ""}},         {{http::Method::kGet, "/a/{x}", ""}},
    {{http::Method::kDelete, "/a/b", ""}},     {{http::Method::kGet, "/a/{x}/c", ""}},
    {{http::Method::kPut, "/a/b/{y}", ""}},    {{http::Method::kGet, "/{x}/{y}/{z}", ""}},
    {{http::Method::kPost, "/{x}/b/c/d", ""}},
};

std::vector<std::string> Split(std::string_view path) {
  while (!path.empty() && path.back() == '/') path.remove_suffix(1);
  std::vector<std::string> segments;
  for (const char c : path) {
    if (c == '/')
      segments.emplace_back();
    else
      segments.back() += c;
  }
  return segments;
}

// How many of the row's segments are literal, as a number that compares earlier ones first; -1 when
// the row does not match.
int Score(const http::RouteSpec& spec, http::Method method,
          const std::vector<std::string>& segments) {
  const std::vector<std::string> pattern = Split(spec.pattern);
  if (spec.method != method || pattern.size() != segments.size()) return -1;
  int score = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool parameter = pattern[i][0] == '{';
    if (parameter ? segments[i].empty() : pattern[i] != segments[i]) return -1;
    score = score * 2 + (parameter ? 0 : 1);
  }
  return score;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const http::Router<Row> router{std::span<const Row>(kRows)};
  const auto method = static_cast<http::Method>(data[0] % 8);
  const std::string_view path(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto match = router.Find(method, path);
  if (path.empty() || path[0] != '/') return match.row == nullptr ? 0 : (std::abort(), 0);

  std::vector<std::string> segments = Split(path);
  for (std::string& segment : segments) {
    const auto decoded = http::PercentDecode(segment, false);
    // What was escaped must be text; the rest of a target is known to be when it comes here.
    const bool escaped = segment.find('%') != std::string::npos;
    if (!decoded || (escaped && !base::IsUtf8(*decoded)))
      return match.row == nullptr ? 0 : (std::abort(), 0);
    segment = *decoded;
  }
  const auto wanted = method == http::Method::kHead ? http::Method::kGet : method;
  const Row* best = nullptr;
  int best_score = -1;
  for (const Row& row : kRows) {
    const int score = Score(row.spec, wanted, segments);
    if (score <= best_score) continue;
    best = &row;
    best_score = score;
  }
  if (match.row != best) std::abort();
  return 0;
}
