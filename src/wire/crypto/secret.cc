#include "wire/crypto/secret.h"

#include <sodium.h>

namespace parley::wire::crypto {

void Wipe(std::span<std::uint8_t> bytes) { sodium_memzero(bytes.data(), bytes.size()); }

void Wipe(std::string& text) { sodium_memzero(text.data(), text.size()); }

}  // namespace parley::wire::crypto
