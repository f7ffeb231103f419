#include "wire/crypto/xeddsa.h"

#include <sodium.h>

#include <algorithm>
#include <optional>

#include "wire/crypto/edwards.h"
#include "wire/crypto/secret.h"

namespace parley::wire::crypto {
namespace {

constexpr std::uint8_t kSignBit = 0x80;

using Bytes32 = std::array<std::uint8_t, 32>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// SHA-512 of what is added, as a number modulo the order of the group.
class ScalarHash {
 public:
  ScalarHash() { crypto_hash_sha512_init(&state_); }
  ~ScalarHash() { sodium_memzero(&state_, sizeof state_); }
  ScalarHash& Add(std::span<const std::uint8_t> bytes) {
    crypto_hash_sha512_update(&state_, bytes.data(), bytes.size());
    return *this;
  }
  ScalarHash& Add(std::string_view text) { return Add(std::span(Bytes(text), text.size())); }
  Secret<32> Finish() {
    Secret<64> hash;
    crypto_hash_sha512_final(&state_, hash.bytes().data());
    Secret<32> scalar;
    crypto_core_ed25519_scalar_reduce(scalar.bytes().data(), hash.bytes().data());
    return scalar;
  }

 private:
  crypto_hash_sha512_state state_;
};

}  // namespace

std::string Sign(const PrivateKey& key, std::string_view message, base::Random& random) {
  Secret<64> fresh;
  random.Fill(fresh.bytes());

  Bytes32 public_point;
  crypto_scalarmult_ed25519_base_noclamp(public_point.data(), key.data());

  // A prefix that no encoded point begins with keeps this hash apart from the other one.
  Bytes32 prefix;
  prefix.fill(0xff);
  prefix[0] = 0xfe;
  const Secret<32> nonce = ScalarHash()
                               .Add(prefix)
                               .Add(key.bytes())
                               .Add(message)
                               .Add(std::span<const std::uint8_t>(fresh.bytes()))
                               .Finish();
  std::array<std::uint8_t, kSignatureSize> signature;
  crypto_scalarmult_ed25519_base_noclamp(signature.data(), nonce.bytes().data());

  const Secret<32> challenge =
      ScalarHash().Add(std::span(signature).first<32>()).Add(public_point).Add(message).Finish();
  Secret<32> product;
  crypto_core_ed25519_scalar_mul(product.bytes().data(), challenge.bytes().data(), key.data());
  crypto_core_ed25519_scalar_add(signature.data() + 32, nonce.bytes().data(),
                                 product.bytes().data());
  signature[63] |= public_point[31] & kSignBit;
  return {reinterpret_cast<const char*>(signature.data()), signature.size()};
}

Result<void> Verify(const PublicKey& key, std::string_view message, std::string_view signature) {
  const Fault wrong{FaultCode::kWrongSignature, "a signature that the key did not make"};
  if (signature.size() != kSignatureSize) return wrong;
  std::optional<EdwardsPoint> point = EdwardsFromMontgomery(key);
  if (!point) return Fault{FaultCode::kInvalidKey, "a public key that stands for no point"};
  std::array<std::uint8_t, kSignatureSize> plain;
  std::copy(signature.begin(), signature.end(), plain.begin());
  (*point)[31] |= plain[63] & kSignBit;
  plain[63] &= static_cast<std::uint8_t>(~kSignBit);
  // libsodium refuses points of small order, and numbers that are not the smallest of their class.
  if (crypto_sign_verify_detached(plain.data(), Bytes(message), message.size(), point->data()) != 0)
    return wrong;
  return {};
}

}  // namespace parley::wire::crypto
