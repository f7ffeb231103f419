// What both sides of a handshake keep: a hash of everything that was said, and the keys that follow
// from it. docs/protocol/wire-noise.md, "State".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "wire/crypto/aes.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"
#include "wire/noise/transport.h"

namespace parley::wire::noise {

class SymmetricState {
 public:
  explicit SymmetricState(std::string_view prologue);

  void MixHash(std::string_view bytes);
  // Mixes what the two keys agree on into the key. kInvalidKey as in crypto::Agree.
  Result<void> MixAgreement(const crypto::PrivateKey& own, const crypto::PublicKey& theirs);

  std::string SealAndHash(std::string_view plain);
  Result<std::string> OpenAndHash(std::string_view sealed);

  // The keys for after the handshake.
  Transport SplitAsClient() const;
  Transport SplitAsServer() const;

 private:
  crypto::Secret<64> Derive(std::string_view secret) const;

  base::Digest hash_;
  crypto::Secret<32> chaining_key_;
  crypto::AesKey key_;
  std::uint32_t counter_ = 0;
};

}  // namespace parley::wire::noise
