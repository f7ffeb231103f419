#include "wire/crypto/edwards.h"

#include <openssl/bn.h>
#include <sodium.h>

#include <cstdlib>
#include <memory>

namespace parley::wire::crypto {
namespace {

struct FreeNumber {
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(BN_CTX* room) const { BN_CTX_free(room); }
};
using Number = std::unique_ptr<BIGNUM, FreeNumber>;

template <class T>
T* OrDie(T* made) {
  if (made == nullptr) std::abort();  // only for want of memory
  return made;
}

Number NewNumber() { return Number(OrDie(BN_new())); }

// p = 2^255 - 19, the size of the field.
const BIGNUM* FieldSize() {
  static const BIGNUM* const size = [] {
    BIGNUM* const number = OrDie(BN_new());
    BN_one(number);
    BN_lshift(number, number, 255);
    BN_sub_word(number, 19);
    return number;
  }();
  return size;
}

}  // namespace

std::optional<EdwardsPoint> EdwardsFromMontgomery(const PublicKey& key) {
  const Number u(OrDie(BN_lebin2bn(key.data(), PublicKey::kSize, nullptr)));
  if (BN_cmp(u.get(), FieldSize()) >= 0) return std::nullopt;  // one key, one spelling
  const std::unique_ptr<BN_CTX, FreeNumber> room(OrDie(BN_CTX_new()));
  const Number below = NewNumber(), above = NewNumber(), y = NewNumber();
  BN_mod_sub(above.get(), u.get(), BN_value_one(), FieldSize(), room.get());
  BN_mod_add(below.get(), u.get(), BN_value_one(), FieldSize(), room.get());
  if (BN_is_zero(below.get())) return std::nullopt;
  OrDie(BN_mod_inverse(below.get(), below.get(), FieldSize(), room.get()));
  BN_mod_mul(y.get(), above.get(), below.get(), FieldSize(), room.get());
  EdwardsPoint bytes;
  BN_bn2lebinpad(y.get(), bytes.data(), bytes.size());
  return bytes;
}

Result<void> CheckMadeOfPrivate(const PublicKey& key) {
  const std::optional<EdwardsPoint> point = EdwardsFromMontgomery(key);
  // Either sign will do: a point and its negative are of one order.
  if (!point || crypto_core_ed25519_is_valid_point(point->data()) != 1)
    return Fault{FaultCode::kInvalidKey, "a public key that no private key has"};
  return {};
}

}  // namespace parley::wire::crypto
