// Compression of frames, by zlib.
#pragma once

#include <string>
#include <string_view>

#include "wire/crypto/fault.h"

namespace parley::wire::binary {

// kTooLarge as soon as it would be more than `max` bytes, however little was sent for them;
// kMalformed unless the bytes begin with a whole zlib stream. What is behind it is passed over.
Result<std::string> Inflate(std::string_view bytes, std::size_t max);

std::string Deflate(std::string_view bytes);

}  // namespace parley::wire::binary
