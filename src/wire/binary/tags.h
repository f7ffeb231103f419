// The bytes of the node format that say what follows. Bytes from 1 to 235 are tokens.
#pragma once

#include <cstdint>
#include <string_view>

namespace parley::wire::binary {

enum class Tag : std::uint8_t {
  kListEmpty = 0,      // a list without items; as a string, the empty one
  kDictionary0 = 236,  // index
  kDictionary3 = 239,
  kInteropJid = 245,  // user, device (2 bytes), integrator (2 bytes), server
  kFbJid = 246,       // user, device (2 bytes), server
  kAdJid = 247,       // domain or agent, device (1 byte), user
  kList8 = 248,       // count (1 byte), items
  kList16 = 249,      // count (2 bytes), items
  kJidPair = 250,     // user, server
  kHex8 = 251,        // packed
  kBinary8 = 252,     // length (1 byte), bytes
  kBinary20 = 253,    // length (20 bits in 3 bytes), bytes
  kBinary32 = 254,    // length (4 bytes), bytes
  kNibble8 = 255,     // packed
};

// In front of a node: this bit says that the rest is compressed.
inline constexpr std::uint8_t kCompressedFlag = 2;

// A packed string: a byte with the number of bytes that follow, its top bit set when the last half
// byte is filler; then two characters a byte, the first in the upper half.
inline constexpr std::size_t kMaxPacked = 127;  // characters
inline constexpr std::uint8_t kOddFlag = 0x80;
inline constexpr std::uint8_t kFiller = 15;
// What a half byte stands for, from 0 on.
inline constexpr std::string_view kNibbleAlphabet = "0123456789-.";
inline constexpr std::string_view kHexAlphabet = "0123456789ABCDEF";

}  // namespace parley::wire::binary
