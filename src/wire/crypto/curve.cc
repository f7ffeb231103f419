#include "wire/crypto/curve.h"

#include <sodium.h>

namespace parley::wire::crypto {

Result<PublicKey> PublicKey::FromBytes(std::string_view bytes) {
  if (bytes.size() != kSize) return Fault{FaultCode::kMalformed, "a public key has 32 bytes"};
  PublicKey key;
  std::memcpy(key.bytes_.data(), bytes.data(), kSize);
  return key;
}

Result<PublicKey> PublicKey::FromTyped(std::string_view bytes) {
  if (bytes.size() != kTypedSize || static_cast<std::uint8_t>(bytes[0]) != kType)
    return Fault{FaultCode::kMalformed, "a public key has the byte 05 and 32 more"};
  return FromBytes(bytes.substr(1));
}

std::string PublicKey::Typed() const {
  std::string typed(1, static_cast<char>(kType));
  typed += bytes();
  return typed;
}

PrivateKey::PrivateKey(const Secret<kSize>& bytes) : scalar_(bytes) {
  scalar_.bytes()[0] &= 0xf8;
  scalar_.bytes()[31] &= 0x7f;
  scalar_.bytes()[31] |= 0x40;
}

PrivateKey PrivateKey::Generate(base::Random& random) {
  Secret<kSize> bytes;
  random.Fill(bytes.bytes());
  return PrivateKey(bytes);
}

Result<PrivateKey> PrivateKey::FromBytes(std::string_view bytes) {
  const auto secret = Secret<kSize>::From(bytes);
  if (!secret) return Fault{FaultCode::kMalformed, "a private key has 32 bytes"};
  return PrivateKey(*secret);
}

PublicKey PrivateKey::Public() const {
  std::array<std::uint8_t, PublicKey::kSize> bytes;
  crypto_scalarmult_curve25519_base(bytes.data(), data());
  return PublicKey(bytes);
}

Result<SharedSecret> Agree(const PrivateKey& own, const PublicKey& theirs) {
  SharedSecret secret;
  if (crypto_scalarmult_curve25519(secret.bytes().data(), own.data(), theirs.data()) != 0)
    return Fault{FaultCode::kInvalidKey, "a public key of small order"};
  return secret;
}

}  // namespace parley::wire::crypto
