// UUIDs (RFC 9562). New ids are version 7: 48 bits of Unix milliseconds, then random bits, so ids
// made close together sort close together and an index over them grows at its end.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/time.h"

namespace parley::base {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Uuid&) const = default;
  bool is_nil() const { return *this == Uuid(); }

  std::string ToText() const;  // 36 characters, lower case, with dashes
  std::string ToHex() const;   // 32 characters, lower case
  std::string_view AsBytes() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  // Takes the 36-character and the 32-character form in either case; nullopt otherwise.
  static std::optional<Uuid> Parse(std::string_view text);
  // Exactly 16 bytes.
  static std::optional<Uuid> FromBytes(std::string_view bytes);
};

Uuid MakeUuidV7(Time now, Random& random);
// Version 8 (our own): the first 122 free bits of a digest, for ids that derive from other ids.
Uuid MakeUuidV8(std::span<const std::uint8_t, 32> digest);

}  // namespace parley::base

template <>
struct std::hash<parley::base::Uuid> {
  std::size_t operator()(const parley::base::Uuid& id) const {
    return std::hash<std::string_view>()(id.AsBytes());
  }
};
