#include "wire/signal/key_schedule.h"

#include <algorithm>
#include <string>

#include "base/digest.h"
#include "wire/crypto/derive.h"

namespace parley::wire::signal {
namespace {

crypto::Secret<32> Hmac(const crypto::Secret<32>& key, char constant) {
  base::Digest digest = base::HmacSha256(key.view(), {&constant, 1});
  const auto secret = *crypto::Secret<32>::From(base::AsText(digest));
  crypto::Wipe(digest);
  return secret;
}

RootStep Split(const crypto::Secret<64>& derived) {
  return {derived.Part<0, 32>(), {derived.Part<32, 32>(), 0}};
}

// The secrets of X3DH, one behind the other.
class Agreements {
 public:
  Agreements() : secret_(32, '\xff') { secret_.reserve(5 * 32); }
  ~Agreements() { crypto::Wipe(secret_); }

  Result<void> Add(const crypto::PrivateKey& own, const crypto::PublicKey& theirs) {
    PARLEY_TRY(agreed, crypto::Agree(own, theirs));
    secret_ += agreed.view();
    return {};
  }
  RootStep Finish() const { return Split(crypto::Hkdf<64>(secret_, "", "WhisperText")); }

 private:
  std::string secret_;
};

}  // namespace

Seed ChainKey::MessageSeed() const { return Hmac(key, 1); }

ChainKey ChainKey::Next() const { return {Hmac(key, 2), index + 1}; }

MessageKeys KeysOf(const Seed& seed) {
  const auto derived = crypto::Hkdf<80>(seed.view(), "", "WhisperMessageKeys");
  MessageKeys keys{derived.Part<0, 32>(), derived.Part<32, 32>(), {}};
  std::copy_n(derived.bytes().begin() + 64, keys.iv.size(), keys.iv.begin());
  return keys;
}

Result<RootStep> StepRoot(const RootKey& root, const crypto::PrivateKey& own_ratchet,
                          const crypto::PublicKey& their_ratchet) {
  PARLEY_TRY(secret, crypto::Agree(own_ratchet, their_ratchet));
  return Split(crypto::Hkdf<64>(secret.view(), root.view(), "WhisperRatchet"));
}

Result<RootStep> AgreeAsInitiator(const crypto::PrivateKey& identity,
                                  const crypto::PrivateKey& base,
                                  const crypto::PublicKey& their_identity,
                                  const crypto::PublicKey& their_signed,
                                  const std::optional<crypto::PublicKey>& their_one_time) {
  Agreements agreements;
  PARLEY_CHECK(agreements.Add(identity, their_signed));
  PARLEY_CHECK(agreements.Add(base, their_identity));
  PARLEY_CHECK(agreements.Add(base, their_signed));
  if (their_one_time) PARLEY_CHECK(agreements.Add(base, *their_one_time));
  return agreements.Finish();
}

Result<RootStep> AgreeAsResponder(const crypto::PrivateKey& identity,
                                  const crypto::PrivateKey& signed_key,
                                  const std::optional<crypto::PrivateKey>& one_time,
                                  const crypto::PublicKey& their_identity,
                                  const crypto::PublicKey& their_base) {
  Agreements agreements;
  PARLEY_CHECK(agreements.Add(signed_key, their_identity));
  PARLEY_CHECK(agreements.Add(identity, their_base));
  PARLEY_CHECK(agreements.Add(signed_key, their_base));
  if (one_time) PARLEY_CHECK(agreements.Add(*one_time, their_base));
  return agreements.Finish();
}

}  // namespace parley::wire::signal
