// Digests and comparisons for keys and signatures, on libsodium.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley::base {

using Digest = std::array<std::uint8_t, 32>;

Digest Sha256(std::string_view data);
Digest HmacSha256(std::string_view key, std::string_view data);

// True when equal; takes the same time wherever they differ. Lengths are not secret.
bool EqualInConstantTime(std::string_view a, std::string_view b);

inline std::string_view AsText(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// A digest over data that comes in pieces.
class Sha256Stream {
 public:
  Sha256Stream();
  void Add(std::string_view data);
  Digest Finish();

 private:
  alignas(8) std::array<unsigned char, 128> state_;
};

}  // namespace parley::base
