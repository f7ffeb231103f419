// How keys follow from keys (docs/protocol/wire-signal.md, "Starting" and "Ratchets").
#pragma once

#include <cstdint>
#include <optional>

#include "wire/crypto/aes.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"

namespace parley::wire::signal {

using RootKey = crypto::Secret<32>;
using Seed = crypto::Secret<32>;  // of which the keys of one message are made

struct ChainKey {
  crypto::Secret<32> key;
  std::uint32_t index = 0;  // of the next message

  Seed MessageSeed() const;
  ChainKey Next() const;
};

struct MessageKeys {
  crypto::AesKey cipher_key;
  crypto::Secret<32> mac_key;
  crypto::AesIv iv;
};
MessageKeys KeysOf(const Seed& seed);

struct RootStep {
  RootKey root;
  ChainKey chain;
};
// kInvalidKey as in crypto::Agree, here and below.
Result<RootStep> StepRoot(const RootKey& root, const crypto::PrivateKey& own_ratchet,
                          const crypto::PublicKey& their_ratchet);

// The first root and chain, as the one who starts and as the one who is written to.
Result<RootStep> AgreeAsInitiator(const crypto::PrivateKey& identity,
                                  const crypto::PrivateKey& base,
                                  const crypto::PublicKey& their_identity,
                                  const crypto::PublicKey& their_signed,
                                  const std::optional<crypto::PublicKey>& their_one_time);
Result<RootStep> AgreeAsResponder(const crypto::PrivateKey& identity,
                                  const crypto::PrivateKey& signed_key,
                                  const std::optional<crypto::PrivateKey>& one_time,
                                  const crypto::PublicKey& their_identity,
                                  const crypto::PublicKey& their_base);

}  // namespace parley::wire::signal
