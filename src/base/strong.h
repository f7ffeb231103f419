// Strong<Tag, T>: a T that does not mix with other Ts. `struct ChannelRowTag; using ChannelRow =
// Strong<ChannelRowTag, std::int64_t>;` makes a ChannelRow that no function for AccountRow takes.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <utility>

namespace parley::base {

template <class Tag, class T>
struct Strong {
  T value{};
  constexpr Strong() = default;
  constexpr explicit Strong(T value) : value(std::move(value)) {}
  auto operator<=>(const Strong&) const = default;
};

}  // namespace parley::base

template <class Tag, class T>
struct std::hash<parley::base::Strong<Tag, T>> {
  std::size_t operator()(const parley::base::Strong<Tag, T>& v) const {
    return std::hash<T>()(v.value);
  }
};
