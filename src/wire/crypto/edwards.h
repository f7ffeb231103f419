// Public keys as points of the Edwards form of the curve, where they can be looked at more closely.
// Nothing here is secret, so it may take as long as it depends on the key.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"

namespace parley::wire::crypto {

using EdwardsPoint = std::array<std::uint8_t, 32>;

// The y of the point, up to its sign, that belongs to the u of a public key: (u - 1) / (u + 1).
// nullopt for a u that is not below p, or is p - 1, for which there is none.
std::optional<EdwardsPoint> EdwardsFromMontgomery(const PublicKey& key);

// kInvalidKey unless some private key has this public key: it is spelled as the one number below p,
// and the point is in the subgroup that keys are made in. Other keys agree on the same secrets as
// the one that they were made of, by another spelling or by adding a point of small order. So where
// a key is what something is known by, it is checked.
Result<void> CheckMadeOfPrivate(const PublicKey& key);

}  // namespace parley::wire::crypto
