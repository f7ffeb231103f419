// Secret bytes of a fixed size. Every copy is overwritten when it goes; nothing prints them.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/digest.h"

namespace parley::wire::crypto {

// Overwrites with zeros, also where the compiler sees that nobody reads them any more.
void Wipe(std::span<std::uint8_t> bytes);
void Wipe(std::string& text);

template <std::size_t N>
class Secret {
 public:
  static constexpr std::size_t kSize = N;

  Secret() = default;  // zeros
  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret() { Wipe(bytes_); }

  // nullopt unless there are exactly N bytes.
  static std::optional<Secret> From(std::string_view bytes) {
    if (bytes.size() != N) return std::nullopt;
    Secret secret;
    std::memcpy(secret.bytes_.data(), bytes.data(), N);
    return secret;
  }

  std::span<std::uint8_t, N> bytes() { return bytes_; }
  std::span<const std::uint8_t, N> bytes() const { return bytes_; }
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes_.data()), N}; }
  // `Count` of its bytes from `Offset` on: what one derivation gives is cut into keys.
  template <std::size_t Offset, std::size_t Count>
  Secret<Count> Part() const {
    static_assert(Offset + Count <= N);
    return *Secret<Count>::From(view().substr(Offset, Count));
  }

  // Takes the same time wherever they differ.
  friend bool operator==(const Secret& a, const Secret& b) {
    return base::EqualInConstantTime(a.view(), b.view());
  }

 private:
  std::array<std::uint8_t, N> bytes_{};
};

}  // namespace parley::wire::crypto
