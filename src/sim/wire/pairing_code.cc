#include "sim/wire/pairing_code.h"

#include <cstring>

#include "wire/crypto/aes.h"
#include "wire/crypto/derive.h"

namespace parley::sim::wire {
namespace {

constexpr std::size_t kSalt = 32, kCodeIv = 16, kNonce = 12;
constexpr std::uint32_t kRounds = 131'072;

crypto::AesIv IvOf(std::string_view bytes) {
  crypto::AesIv iv;
  std::memcpy(iv.data(), bytes.data(), iv.size());
  return iv;
}

crypto::AesKey KeyOf(std::string_view code, std::string_view salt) {
  crypto::AesKey key;
  crypto::Pbkdf2Sha256(code, salt, kRounds, key.bytes());
  return key;
}

parley::wire::Fault Malformed() {
  return {parley::wire::FaultCode::kMalformed, "not a key bundle of pairing"};
}

}  // namespace

std::string PlainCode(std::string_view code) {
  std::string plain;
  for (const char c : code)
    if (c != '-' && c != ' ') plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return plain;
}

crypto::PublicKey UnwrapKey(std::string_view wrapped, std::string_view code) {
  const crypto::AesKey key = KeyOf(code, wrapped.substr(0, kSalt));
  return *crypto::PublicKey::FromBytes(
      crypto::CtrApply(key, IvOf(wrapped.substr(kSalt, kCodeIv)),
                       wrapped.substr(kSalt + kCodeIv, crypto::PublicKey::kSize)));
}

std::string WrapKey(const crypto::PublicKey& key, std::string_view code, base::Random& random) {
  std::string wrapped(kSalt + kCodeIv, '\0');
  random.Fill({reinterpret_cast<std::uint8_t*>(wrapped.data()), wrapped.size()});
  const std::string_view drawn = wrapped;
  const std::string sealed =
      crypto::CtrApply(KeyOf(code, drawn.substr(0, kSalt)), IvOf(drawn.substr(kSalt)), key.bytes());
  return wrapped + sealed;
}

parley::wire::Result<crypto::Secret<32>> OpenKeyBundle(const CodeKeys& keys,
                                                       std::string_view bundle) {
  constexpr std::size_t kPlain = 2 * crypto::PublicKey::kSize + 32;
  if (bundle.size() != kSalt + kNonce + kPlain + crypto::kGcmTag) return Malformed();
  PARLEY_TRY(shared, crypto::Agree(keys.own_ephemeral->private_key, keys.their_ephemeral));
  const auto key = crypto::Hkdf<32>(shared.view(), bundle.substr(0, kSalt),
                                    "link_code_pairing_key_bundle_encryption_key");
  crypto::GcmNonce nonce;
  std::memcpy(nonce.data(), bundle.data() + kSalt, nonce.size());
  PARLEY_TRY(plain, crypto::GcmOpen(key, nonce, "", bundle.substr(kSalt + kNonce)));
  const std::string_view opened = plain;
  if (opened.substr(0, 32) != keys.their_identity.bytes() ||
      opened.substr(32, 32) != keys.own_identity->public_key.bytes())
    return Malformed();
  PARLEY_TRY(identities, crypto::Agree(keys.own_identity->private_key, keys.their_identity));
  std::string secrets =
      std::string(shared.view()) + std::string(identities.view()) + std::string(opened.substr(64));
  const auto adv = crypto::Hkdf<32>(secrets, "", "adv_secret");
  crypto::Wipe(secrets);
  crypto::Wipe(plain);
  return adv;
}

}  // namespace parley::sim::wire
