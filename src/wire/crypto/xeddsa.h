// Signatures with Curve25519 keys: XEdDSA as WhatsApp has it, which is the form of before Signal
// specified it: the sign of the Edwards key travels in the top bit of the signature's last byte
// (docs/protocol/wire-crypto.md). Thread: any.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"

namespace parley::wire::crypto {

inline constexpr std::size_t kSignatureSize = 64;

// Draws 64 bytes; with the same ones it is the same signature.
std::string Sign(const PrivateKey& key, std::string_view message, base::Random& random);

// kWrongSignature for whatever `key` did not sign, of whatever length; kInvalidKey for a key that
// stands for no point, or for one of small order.
Result<void> Verify(const PublicKey& key, std::string_view message, std::string_view signature);

}  // namespace parley::wire::crypto
