#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parley::base {

// None for the empty text: what JSON shows as a member that is absent or null.
inline std::optional<std::string> NonEmpty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

// Without the blanks around it.
inline std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// Whether the part stands in the text, in any case of A to Z.
inline bool HoldsInAnyCase(std::string_view whole, std::string_view part) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::search(whole.begin(), whole.end(), part.begin(), part.end(),
                     [&lower](char a, char b) { return lower(a) == lower(b); }) != whole.end();
}

// OpenSSL's and SQLite's view of the same bytes.
inline const unsigned char* BytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace parley::base
