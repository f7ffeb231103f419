// Keys on Curve25519 and the agreement X25519 (RFC 7748), by libsodium.
//
// The same keys also sign (xeddsa.h). docs/protocol/wire-crypto.md has the formats.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"
#include "wire/crypto/fault.h"
#include "wire/crypto/secret.h"

namespace parley::wire::crypto {

// A value: any 32 bytes. Whether it is good for anything shows when it is used.
class PublicKey {
 public:
  static constexpr std::size_t kSize = 32;
  // In Signal's formats a byte in front tells the kind of curve; there has only ever been one.
  static constexpr std::uint8_t kType = 5;
  static constexpr std::size_t kTypedSize = kSize + 1;

  PublicKey() = default;
  explicit PublicKey(const std::array<std::uint8_t, kSize>& bytes) : bytes_(bytes) {}
  static Result<PublicKey> FromBytes(std::string_view bytes);  // exactly 32
  static Result<PublicKey> FromTyped(std::string_view bytes);  // exactly 33, the first of them 05

  std::string_view bytes() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }
  const std::uint8_t* data() const { return bytes_.data(); }
  std::string Typed() const;

  auto operator<=>(const PublicKey&) const = default;

 private:
  std::array<std::uint8_t, kSize> bytes_{};
};

// Always clamped as RFC 7748 asks: three low bits and the highest cleared, the second highest set.
class PrivateKey {
 public:
  static constexpr std::size_t kSize = 32;

  static PrivateKey Generate(base::Random& random);
  static Result<PrivateKey> FromBytes(std::string_view bytes);  // exactly 32

  PublicKey Public() const;
  std::string_view bytes() const { return scalar_.view(); }
  const std::uint8_t* data() const { return scalar_.bytes().data(); }
  bool operator==(const PrivateKey&) const = default;

 private:
  explicit PrivateKey(const Secret<kSize>& bytes);

  Secret<kSize> scalar_;
};

struct KeyPair {
  explicit KeyPair(const PrivateKey& key) : private_key(key), public_key(key.Public()) {}
  // As stored: saves the multiplication, and does not check that the two belong together.
  KeyPair(const PrivateKey& private_key, const PublicKey& public_key)
      : private_key(private_key), public_key(public_key) {}
  static KeyPair Generate(base::Random& random) { return KeyPair(PrivateKey::Generate(random)); }

  PrivateKey private_key;
  PublicKey public_key;
};

using SharedSecret = Secret<32>;

// kInvalidKey for the few public keys (points of small order) with which the secret would be zero
// whatever the private key: whoever sends one of them wants to know the secret.
Result<SharedSecret> Agree(const PrivateKey& own, const PublicKey& theirs);

}  // namespace parley::wire::crypto
