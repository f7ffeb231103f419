// Enums with names: one constexpr table per enum, in the enum's order, read both ways.
//
//   enum class Color { kRed = 1, kBlue = 2 };
//   inline constexpr EnumNames<Color, 2> kNames({{Color::kRed, "red"}, {Color::kBlue, "blue"}});
//   PARLEY_ENUM_NAMES(Color, kNames)
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace parley::base {

template <class E, std::size_t N>
struct EnumNames {
  std::array<std::pair<E, std::string_view>, N> rows;

  constexpr EnumNames(const std::pair<E, std::string_view> (&table)[N])
      : rows(std::to_array(table)) {}
  constexpr std::string_view NameOf(E value) const {
    for (const auto& [candidate, name] : rows)
      if (candidate == value) return name;
    return "";
  }
  constexpr bool Parse(std::string_view text, E& out) const {
    for (const auto& [candidate, name] : rows) {
      if (name != text) continue;
      out = candidate;
      return true;
    }
    return false;
  }
};

}  // namespace parley::base

#define PARLEY_ENUM_NAMES(Enum, table)                                          \
  constexpr std::string_view NameOf(Enum value) { return table.NameOf(value); } \
  constexpr bool ParseName(std::string_view text, Enum& out) { return table.Parse(text, out); }
