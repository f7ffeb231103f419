#include "wire/noise/symmetric_state.h"

#include <algorithm>

#include "wire/crypto/derive.h"

namespace parley::wire::noise {
namespace {

constexpr std::string_view kProtocol{"Noise_XX_25519_AESGCM_SHA256\0\0\0\0", 32};

}  // namespace

SymmetricState::SymmetricState(std::string_view prologue)
    : chaining_key_(*crypto::Secret<32>::From(kProtocol)) {
  std::copy(kProtocol.begin(), kProtocol.end(), hash_.begin());
  MixHash(prologue);
}

void SymmetricState::MixHash(std::string_view bytes) {
  base::Sha256Stream stream;
  stream.Add(base::AsText(hash_));
  stream.Add(bytes);
  hash_ = stream.Finish();
}

Result<void> SymmetricState::MixAgreement(const crypto::PrivateKey& own,
                                          const crypto::PublicKey& theirs) {
  PARLEY_TRY(secret, crypto::Agree(own, theirs));
  const auto derived = Derive(secret.view());
  chaining_key_ = derived.Part<0, 32>();
  key_ = derived.Part<32, 32>();
  counter_ = 0;
  return {};
}

std::string SymmetricState::SealAndHash(std::string_view plain) {
  std::string sealed = crypto::GcmSeal(key_, NonceOf(counter_++), base::AsText(hash_), plain);
  MixHash(sealed);
  return sealed;
}

Result<std::string> SymmetricState::OpenAndHash(std::string_view sealed) {
  PARLEY_TRY(plain, crypto::GcmOpen(key_, NonceOf(counter_), base::AsText(hash_), sealed));
  ++counter_;
  MixHash(sealed);
  return std::move(plain);
}

Transport SymmetricState::SplitAsClient() const {
  const auto keys = Derive("");
  return Transport(keys.Part<0, 32>(), keys.Part<32, 32>());
}

Transport SymmetricState::SplitAsServer() const {
  const auto keys = Derive("");
  return Transport(keys.Part<32, 32>(), keys.Part<0, 32>());
}

crypto::Secret<64> SymmetricState::Derive(std::string_view secret) const {
  return crypto::Hkdf<64>(secret, chaining_key_.view(), "");
}

}  // namespace parley::wire::noise
