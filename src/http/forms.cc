#include "http/forms.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"

namespace parley::http {
namespace {

constexpr std::string_view kUnreserved =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Appends the decoded text; the position of the first broken escape, or npos.
std::size_t Decode(std::string_view text, bool plus_is_blank, std::string& out) {
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_blank) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      const int high = i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
      const int low = high >= 0 ? HexDigit(text[i + 2]) : -1;
      if (low < 0) return i;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return std::string_view::npos;
}

base::Error BrokenForm(std::size_t position, std::string_view why) {
  return base::Error(base::ErrorCode::kMalformedBody,
                     fmt::format("Invalid form: {} at byte {}", why, position));
}

// A name or a value, which stands at `position` of the body.
base::Result<std::string> DecodePiece(std::string_view piece, std::size_t position) {
  std::string text;
  const std::size_t fault = Decode(piece, true, text);
  if (fault != std::string_view::npos)
    return BrokenForm(position + fault, "broken percent-encoding");
  if (!base::IsUtf8(text)) return BrokenForm(position, "text that is not UTF-8");
  return text;
}

}  // namespace

std::optional<std::string> PercentDecode(std::string_view text, bool plus_is_blank) {
  std::string out;
  if (Decode(text, plus_is_blank, out) != std::string_view::npos) return std::nullopt;
  return out;
}

std::string PercentEncode(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (kUnreserved.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    out += '%';
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

base::Result<FormFields> ParseForm(std::string_view body) {
  FormFields fields;
  std::size_t start = 0;
  while (start < body.size()) {
    const std::size_t end = std::min(body.find('&', start), body.size());
    const std::string_view pair = body.substr(start, end - start);
    if (!pair.empty()) {
      if (fields.size() == kMaxFormFields) return BrokenForm(start, "too many fields");
      const std::size_t equals = std::min(pair.find('='), pair.size());
      const std::size_t value = std::min(equals + 1, pair.size());
      PARLEY_TRY(name, DecodePiece(pair.substr(0, equals), start));
      PARLEY_TRY(text, DecodePiece(pair.substr(value), start + value));
      fields.emplace_back(std::move(name), std::move(text));
    }
    start = end + 1;
  }
  return fields;
}

}  // namespace parley::http
