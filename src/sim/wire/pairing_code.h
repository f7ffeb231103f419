// The phone's side of pairing by a code (docs/protocol/simulated-wire.md, "Pairing by a code").
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"
#include "sim/wire/layers.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/secret.h"

namespace parley::sim::wire {

inline constexpr std::size_t kCodeLength = 8;
inline constexpr std::size_t kWrappedKeySize = 32 + 16 + 32;  // salt, IV, key

// Without dashes and blanks, in capitals.
std::string PlainCode(std::string_view code);

// An ephemeral key under the code. With another code it is another key: nothing tells. Each takes a
// tenth of a second, on purpose. `wrapped` has kWrappedKeySize bytes.
crypto::PublicKey UnwrapKey(std::string_view wrapped, std::string_view code);
std::string WrapKey(const crypto::PublicKey& key, std::string_view code, base::Random& random);

struct CodeKeys {
  const crypto::KeyPair* own_identity = nullptr;
  const crypto::KeyPair* own_ephemeral = nullptr;
  crypto::PublicKey their_identity, their_ephemeral;
};
// What the client sends to finish; gives the secret that a QR code would have held. kWrongMac when
// one of the two had another code.
parley::wire::Result<crypto::Secret<32>> OpenKeyBundle(const CodeKeys& keys,
                                                       std::string_view bundle);

}  // namespace parley::sim::wire
