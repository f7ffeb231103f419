// Sealing of secrets at rest: XChaCha20-Poly1305 (libsodium) with a random nonce in front.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"

namespace parley::base {

using SealKey = std::array<std::uint8_t, 32>;

// `context` is bound to the result: it opens only with the same one.
std::string Seal(const SealKey& key, std::string_view context, std::string_view plain,
                 Random& random);
// nullopt when key, context or bytes are not those it was sealed with.
std::optional<std::string> Unseal(const SealKey& key, std::string_view context,
                                  std::string_view sealed);

}  // namespace parley::base
