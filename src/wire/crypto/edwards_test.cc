#include "wire/crypto/edwards.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace parley::wire::crypto {
namespace {

PublicKey KeyOf(std::string_view hex) {
  return PublicKey::FromBytes(base::FromHexText(hex).value()).value();
}

PublicKey WithTopBit(const PublicKey& key) {
  std::string bytes(key.bytes());
  bytes.back() = static_cast<char>(bytes.back() ^ 0x80);
  return PublicKey::FromBytes(bytes).value();
}

TEST(MadeOfPrivate, EveryKeyOfOurs) {
  const auto random = base::MakeSeededRandom(1);
  for (int i = 0; i < 20; ++i) {
    const PublicKey key = KeyPair::Generate(*random).public_key;
    EXPECT_TRUE(CheckMadeOfPrivate(key));
    EXPECT_EQ(CheckMadeOfPrivate(WithTopBit(key)).error().code, FaultCode::kInvalidKey);
  }
}

// 9, and what becomes of it when a point of small order is added: 1/9 with the one of order 2.
// X25519 does not tell them apart.
TEST(MadeOfPrivate, NotWithAPointOfSmallOrder) {
  const PublicKey base = KeyOf("09" + std::string(62, '0'));
  const PublicKey other = KeyOf("12c7711cc7711cc7711cc7711cc7711cc7711cc7711cc7711cc7711cc7711c47");
  EXPECT_TRUE(CheckMadeOfPrivate(base));
  EXPECT_EQ(CheckMadeOfPrivate(other).error().code, FaultCode::kInvalidKey);
  const auto random = base::MakeSeededRandom(1);
  const PrivateKey own = PrivateKey::Generate(*random);
  EXPECT_EQ(Agree(own, base).value(), Agree(own, other).value());
}

TEST(MadeOfPrivate, NotOtherwise) {
  for (const char* hex : {
           "0000000000000000000000000000000000000000000000000000000000000000",
           "0100000000000000000000000000000000000000000000000000000000000000",
           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  // p - 1
           "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  // p
           "f6ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",  // p + 9
           "0200000000000000000000000000000000000000000000000000000000000000",  // not on the curve
           "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",  // of order 8
       })
    EXPECT_EQ(CheckMadeOfPrivate(KeyOf(hex)).error().code, FaultCode::kInvalidKey) << hex;
}

}  // namespace
}  // namespace parley::wire::crypto
