#include "http/grammar.h"

#include <algorithm>
#include <array>

namespace parley::http {
namespace {

constexpr char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr std::array<bool, 256> kTokenCharacters = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789"
                                       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

bool IsTokenCharacter(char c) { return kTokenCharacters[static_cast<unsigned char>(c)]; }

// Reads a quoted string whose opening quote is text[0]; removes it from `text`.
bool TakeQuoted(std::string_view& text, std::string& out) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return true;
    }
    // COMPAT: Internet Explorer sent whole paths ("C:\dir\file") without escaping, and nobody
    // escapes anything but these two, so that other backslashes stand for themselves.
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
    out += text[i];
  }
  return false;
}

}  // namespace

bool EqualIgnoringCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (Lower(a[i]) != Lower(b[i])) return false;
  return true;
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenCharacter);
}

bool IsFieldValue(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte != 0x7F) || c == '\t';
  });
}

const std::string* ParameterizedValue::Find(std::string_view name) const {
  for (const auto& [candidate, text] : parameters)
    if (candidate == name) return &text;
  return nullptr;
}

std::optional<ParameterizedValue> ParseParameterized(std::string_view text) {
  ParameterizedValue parsed;
  const std::size_t end = std::min(text.find(';'), text.size());
  parsed.value = LowerCase(Trim(text.substr(0, end)));
  text.remove_prefix(end);
  while (!text.empty()) {
    if (text.front() != ';') return std::nullopt;
    text = Trim(text.substr(1));
    if (text.empty()) break;  // a ';' at the end, as some clients send it
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || !IsToken(text.substr(0, equals))) return std::nullopt;
    auto& [name, value] = parsed.parameters.emplace_back(LowerCase(text.substr(0, equals)), "");
    text.remove_prefix(equals + 1);
    if (!text.empty() && text.front() == '"') {
      if (!TakeQuoted(text, value)) return std::nullopt;
      text = Trim(text);
    } else {
      const std::size_t stop = std::min(text.find(';'), text.size());
      value = Trim(text.substr(0, stop));
      text.remove_prefix(stop);
    }
  }
  return parsed;
}

}  // namespace parley::http
