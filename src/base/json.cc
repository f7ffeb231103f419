#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>

#include "base/fields.h"

namespace parley::base {
namespace {

// "at line 3, column 7", both counted from 1, columns in bytes.
std::string Position(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start = before.rfind('\n');
  const std::size_t column = start == std::string_view::npos ? offset + 1 : offset - start;
  return fmt::format("at line {}, column {}", line, column);
}

// A value takes up to twelve times its text in memory. A small document is bounded by its size;
// what makes one large is a file in Base64, and there are not many values around that.
constexpr std::size_t kLarge = 1 << 20;
constexpr std::ptrdiff_t kMaxCommasInLarge = 100'000;

bool HasTooManyValues(std::string_view text) {
  return text.size() > kLarge && std::count(text.begin(), text.end(), ',') > kMaxCommasInLarge;
}

// Boost writes 45.5 as 4.55E1: right, and nothing that a person wants to read.
void Append(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::double_:
      return AppendNumber(out, value.get_double());
    case json::kind::string:
      return AppendText(out, {value.get_string().data(), value.get_string().size()});
    case json::kind::array:
      out += '[';
      for (const json::value& item : value.get_array()) {
        if (out.back() != '[') out += ',';
        Append(out, item);
      }
      out += ']';
      return;
    case json::kind::object:
      out += '{';
      for (const auto& member : value.get_object()) {
        if (out.back() != '{') out += ',';
        AppendText(out, {member.key().data(), member.key().size()});
        out += ':';
        Append(out, member.value());
      }
      out += '}';
      return;
    case json::kind::null:
    case json::kind::bool_:
    case json::kind::int64:
    case json::kind::uint64:
      break;
  }
  out += json::serialize(value);
}

}  // namespace

Result<json::value> ParseJson(std::string_view text, json::storage_ptr memory) {
  if (HasTooManyValues(text))
    return Error(ErrorCode::kMalformedBody, "Invalid JSON: too many values in so large a document");
  json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  unsigned char buffer[4096];
  json::parser parser({}, options, buffer);
  parser.reset(std::move(memory));
  boost::system::error_code error;
  // write_some stops at the first byte that cannot belong to the document, which is the position
  // to report.
  const std::size_t used = parser.write_some(text.data(), text.size(), error);
  if (!error && used < text.size()) error = json::error::extra_data;
  if (error)
    return Error(ErrorCode::kMalformedBody,
                 fmt::format("Invalid JSON: {} {}", error.message(), Position(text, used)));
  return parser.release();
}

std::string ToText(const json::value& value) {
  std::string out;
  Append(out, value);
  return out;
}

const json::value* Find(const json::object& object, std::string_view name) {
  return object.if_contains(JsonView(name));
}

std::string_view FindText(const json::object& object, std::string_view name) {
  const json::value* value = Find(object, name);
  if (value == nullptr || !value->is_string()) return {};
  return {value->get_string().data(), value->get_string().size()};
}

}  // namespace parley::base
