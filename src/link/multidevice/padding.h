// What is behind an encoded message before it is sealed, so that its length tells less: 1 to 16
// bytes, each of which is how many they are.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"
#include "wire/crypto/fault.h"

namespace parley::link::multidevice {

inline constexpr std::size_t kMaxPadding = 16;

std::string Pad(std::string plain, base::Random& random);
// kMalformed when it does not end as the last byte says. Up to 255 bytes are taken off: what others
// write is not ours to say.
wire::Result<std::string_view> Unpad(std::string_view padded);

}  // namespace parley::link::multidevice
