#include "base/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/encoding.h"

namespace parley::base {
namespace {

constexpr std::size_t kDefaultMaxLength = 65536;

std::string_view View(const json::string& text) { return {text.data(), text.size()}; }

std::string_view KindName(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return "null";
    case json::kind::bool_:
      return "boolean";
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
      return "number";
    case json::kind::string:
      return "string";
    case json::kind::array:
      return "array";
    case json::kind::object:
      return "object";
  }
  return "value";
}

std::string Expected(std::string_view what, const json::value& got) {
  return fmt::format("Expected {}, received {}", what, KindName(got));
}

std::size_t MaxLengthOf(const FieldSpec& spec) {
  return spec.max_length > 0 ? spec.max_length : kDefaultMaxLength;
}

// The whole of `text` as a number; nullopt otherwise.
template <class Number>
std::optional<Number> ParseNumber(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> ExactInteger(const json::value& value) {
  if (const std::int64_t* number = value.if_int64()) return *number;
  // 12.0 is the integer 12 in JSON; past 2^53 a double no longer tells which integer was meant.
  if (const double* number = value.if_double())
    if (std::abs(*number) < 9007199254740992.0 && std::trunc(*number) == *number)
      return static_cast<std::int64_t>(*number);
  return std::nullopt;
}

}  // namespace

void Decoder::Fault(std::string text) {
  faults_.push_back(FieldFault{path_.empty() ? "body" : path_, std::move(text)});
}

std::size_t Decoder::EnterName(std::string_view name) {
  const std::size_t length = path_.size();
  if (length > 0) path_ += '.';
  path_ += name;
  return length;
}

std::size_t Decoder::EnterIndex(std::size_t index) {
  const std::size_t length = path_.size();
  path_ += fmt::format("[{}]", index);
  return length;
}

const json::value* Decoder::Member(const json::object& object, const NameSet& names,
                                   const FieldSpec& spec) const {
  const auto present = [&](std::string_view name) -> const json::value* {
    if (name.empty() || !names.may_have(name)) return nullptr;
    const json::value* value = Find(object, name);
    if (value == nullptr || value->is_null()) return nullptr;
    if (rules_.empty_is_absent && value->is_string() && value->get_string().empty()) return nullptr;
    return value;
  };
  if (const json::value* value = present(spec.name)) return value;
  for (const std::string_view alias : spec.aliases)
    if (const json::value* value = present(alias)) return value;
  return nullptr;
}

const json::object* Decoder::AsObject(const json::value& value, json::value& parsed) {
  if (const json::object* object = value.if_object()) return object;
  if (rules_.json_in_text && value.is_string()) {
    if (auto document = ParseJson(View(value.get_string()))) parsed = std::move(*document);
    if (const json::object* object = parsed.if_object()) return object;
  }
  Fault(Expected("object", value));
  return nullptr;
}

const json::array* Decoder::AsArray(const json::value& value, const FieldSpec& spec,
                                    json::value& parsed) {
  const json::array* items = value.if_array();
  if (items == nullptr && rules_.json_in_text && value.is_string()) {
    if (auto document = ParseJson(View(value.get_string()))) parsed = std::move(*document);
    items = parsed.if_array();
  }
  if (items == nullptr) {
    Fault(Expected("array", value));
    return nullptr;
  }
  if (items->size() < spec.min_length) {
    Fault(fmt::format("Array must contain at least {} item(s)", spec.min_length));
    return nullptr;
  }
  if (items->size() > MaxLengthOf(spec)) {
    Fault(fmt::format("Array must contain at most {} item(s)", MaxLengthOf(spec)));
    return nullptr;
  }
  return items;
}

void Decoder::ReadText(const json::value& value, const FieldSpec& spec, std::string& out) {
  if (const json::string* text = value.if_string()) {
    out = View(*text);
  } else if (rules_.numbers_for_text && (value.is_int64() || value.is_uint64())) {
    out = ToText(value);
  } else {
    return Fault(Expected("string", value));
  }
  if (out.size() > MaxLengthOf(spec) && CountCodePoints(out) > MaxLengthOf(spec))
    return Fault(fmt::format("String must contain at most {} character(s)", MaxLengthOf(spec)));
  if (spec.min_length > 0 && CountCodePoints(out) < spec.min_length)
    return Fault(fmt::format("String must contain at least {} character(s)", spec.min_length));
  if (spec.one_of_count == 0) return;
  std::string choices;
  for (std::size_t i = 0; i < spec.one_of_count; ++i) {
    if (spec.one_of[i] == out) return;
    choices += fmt::format("{}'{}'", i > 0 ? " | " : "", spec.one_of[i]);
  }
  Fault(fmt::format("Invalid value. Expected {}", choices));
}

void Decoder::ReadBool(const json::value& value, const FieldSpec&, bool& out) {
  if (const bool* flag = value.if_bool()) {
    out = *flag;
    return;
  }
  if (rules_.text_for_numbers) {
    const std::string text =
        value.is_string() ? std::string(View(value.get_string())) : ToText(value);
    if (text == "true" || text == "1" || text == "false" || text == "0") {
      out = text == "true" || text == "1";
      return;
    }
  }
  Fault(Expected("boolean", value));
}

void Decoder::ReadInteger(const json::value& value, const FieldSpec& spec, std::int64_t& out) {
  std::optional<std::int64_t> number = ExactInteger(value);
  if (!number && rules_.text_for_numbers && value.is_string())
    number = ParseNumber<std::int64_t>(View(value.get_string()));
  if (!number) return Fault(value.is_number() ? "Expected integer" : Expected("integer", value));
  if (*number < spec.min || *number > spec.max)
    return Fault(fmt::format("Number must be from {} to {}", spec.min, spec.max));
  out = *number;
}

void Decoder::ReadNumber(const json::value& value, const FieldSpec& spec, double& out) {
  std::optional<double> number;
  if (value.is_number()) number = value.to_number<double>();
  if (!number && rules_.text_for_numbers && value.is_string())
    number = ParseNumber<double>(View(value.get_string()));
  if (!number || !std::isfinite(*number)) return Fault(Expected("number", value));
  if (*number < static_cast<double>(spec.min) || *number > static_cast<double>(spec.max))
    return Fault(fmt::format("Number must be from {} to {}", spec.min, spec.max));
  out = *number;
}

namespace {

// Whether one of eight bytes is below 0x20, a quote or a backslash; may say so of a byte that
// follows such a one, too.
bool HasSpecial(const char* eight) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  const auto has_zero = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes & kHighs; };
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, eight, sizeof bytes);
  const std::uint64_t below = (bytes - kOnes * 0x20) & ~bytes & kHighs;
  return (below | has_zero(bytes ^ kOnes * '"') | has_zero(bytes ^ kOnes * '\\')) != 0;
}

// Whether any byte of it must be escaped; may say so of a text without one. Most texts are names
// and values of some bytes: their last eight are looked at together.
bool MayHaveSpecial(std::string_view text) {
  if (text.size() < 8) {
    char padded[8] = {'.', '.', '.', '.', '.', '.', '.', '.'};
    for (std::size_t i = 0; i < text.size(); ++i) padded[i] = text[i];
    return HasSpecial(padded);
  }
  for (std::size_t i = 0; i + 8 < text.size(); i += 8)
    if (HasSpecial(text.data() + i)) return true;
  return HasSpecial(text.data() + text.size() - 8);
}

// Texts of up to this size are put together before they are appended, in one go.
constexpr std::size_t kShort = 60;

void AppendEscaped(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    while (text.size() - i >= 8 && !HasSpecial(text.data() + i)) i += 8;
    if (i == text.size()) break;
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, start, i - start);
    start = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += kHex[c >> 4];
        out += kHex[c & 15];
    }
  }
  out.append(text, start, text.size() - start);
  out += '"';
}

}  // namespace

void AppendText(std::string& out, std::string_view text) {
  if (MayHaveSpecial(text)) return AppendEscaped(out, text);
  if (text.size() <= kShort) {
    char quoted[kShort + 2];
    quoted[0] = '"';
    *std::copy(text.begin(), text.end(), quoted + 1) = '"';
    out.append(quoted, text.size() + 2);
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

void AppendName(std::string& out, std::string_view name) {
  const bool is_first = out.back() == '{';
  if (name.size() > kShort) {
    if (!is_first) out += ',';
    AppendText(out, name);
    out += ':';
    return;
  }
  char piece[kShort + 4];
  char* end = piece;
  if (!is_first) *end++ = ',';
  *end++ = '"';
  end = std::copy(name.begin(), name.end(), end);
  *end++ = '"';
  *end++ = ':';
  out.append(piece, end);
}

void AppendInteger(std::string& out, std::int64_t number) {
  const fmt::format_int text(number);
  out.append(text.data(), text.size());
}

void AppendNumber(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";  // JSON has no other word for it
  } else if (std::trunc(number) == number && std::abs(number) < 1e15) {
    fmt::format_to(std::back_inserter(out), "{:.1f}", number);
  } else {
    fmt::format_to(std::back_inserter(out), "{}", number);
  }
}

json::object DescribeText(const FieldSpec& spec) {
  json::object schema;
  schema["type"] = "string";
  if (spec.min_length > 0) schema["minLength"] = spec.min_length;
  if (spec.max_length > 0) schema["maxLength"] = spec.max_length;
  if (spec.one_of_count > 0) {
    json::array values;
    for (std::size_t i = 0; i < spec.one_of_count; ++i)
      values.push_back(json::string(JsonView(spec.one_of[i])));
    schema["enum"] = std::move(values);
  }
  return schema;
}

json::object DescribeInteger(const FieldSpec& spec) {
  json::object schema;
  schema["type"] = "integer";
  if (spec.min != std::numeric_limits<std::int64_t>::min()) schema["minimum"] = spec.min;
  if (spec.max != std::numeric_limits<std::int64_t>::max()) schema["maximum"] = spec.max;
  return schema;
}

}  // namespace parley::base
