#include "wire/crypto/curve.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace parley::wire::crypto {
namespace {

std::string Hex(std::string_view text) { return base::FromHexText(text).value(); }

PrivateKey Private(std::string_view hex) { return PrivateKey::FromBytes(Hex(hex)).value(); }
PublicKey Public(std::string_view hex) { return PublicKey::FromBytes(Hex(hex)).value(); }

std::string AgreedHex(std::string_view own, std::string_view theirs) {
  return base::ToHexText(Agree(Private(own), Public(theirs)).value().view());
}

// RFC 7748, 5.2.
TEST(Curve, Agrees) {
  EXPECT_EQ(AgreedHex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                      "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
  EXPECT_EQ(AgreedHex("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                      "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"),
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
}

// RFC 7748, 5.2: a thousand times over.
TEST(Curve, AgreesAgainAndAgain) {
  std::string scalar = Hex("0900000000000000000000000000000000000000000000000000000000000000");
  std::string point = scalar;
  for (int i = 0; i < 1000; ++i) {
    const auto agreed =
        Agree(PrivateKey::FromBytes(scalar).value(), PublicKey::FromBytes(point).value());
    point = scalar;
    scalar = agreed.value().view();
  }
  EXPECT_EQ(base::ToHexText(scalar),
            "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
}

// RFC 7748, 6.1.
TEST(Curve, MakesPublicKeys) {
  const KeyPair alice(Private("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
  EXPECT_EQ(base::ToHexText(alice.public_key.bytes()),
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
}

TEST(Curve, BothSidesAgree) {
  const auto random = base::MakeSeededRandom(1);
  for (int i = 0; i < 20; ++i) {
    const KeyPair a = KeyPair::Generate(*random), b = KeyPair::Generate(*random);
    EXPECT_EQ(Agree(a.private_key, b.public_key).value(),
              Agree(b.private_key, a.public_key).value());
    EXPECT_NE(a.public_key, b.public_key);
  }
}

// The points of order 1, 2, 4 and 8 (https://cr.yp.to/ecdh.html, "validate"), also spelled with
// the top bit set and above the size of the field.
TEST(Curve, RefusesPointsOfSmallOrder) {
  const auto random = base::MakeSeededRandom(1);
  for (const char* point : {
           "0000000000000000000000000000000000000000000000000000000000000000",
           "0000000000000000000000000000000000000000000000000000000000000080",
           "0100000000000000000000000000000000000000000000000000000000000000",
           "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
           "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
           "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
           "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
           "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
       }) {
    const auto agreed = Agree(PrivateKey::Generate(*random), Public(point));
    ASSERT_FALSE(agreed) << point;
    EXPECT_EQ(agreed.error().code, FaultCode::kInvalidKey);
  }
}

TEST(Curve, PrivateKeysAreClamped) {
  const PrivateKey key = PrivateKey::FromBytes(std::string(32, '\xff')).value();
  EXPECT_EQ(key.bytes(), "\xf8" + std::string(30, '\xff') + "\x7f");
  const PrivateKey zero = PrivateKey::FromBytes(std::string(32, '\0')).value();
  EXPECT_EQ(zero.bytes(), std::string(31, '\0') + "\x40");
}

TEST(Curve, KeysHaveTheirLength) {
  EXPECT_FALSE(PublicKey::FromBytes(std::string(31, 'x')));
  EXPECT_FALSE(PublicKey::FromBytes(std::string(33, '\5')));
  EXPECT_FALSE(PrivateKey::FromBytes(std::string(33, 'x')));
  EXPECT_FALSE(PrivateKey::FromBytes(""));
}

TEST(Curve, TypedKeys) {
  const PublicKey key = Public("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  EXPECT_EQ(key.Typed(), "\x05" + std::string(key.bytes()));
  EXPECT_EQ(PublicKey::FromTyped(key.Typed()).value(), key);
  EXPECT_FALSE(PublicKey::FromTyped(key.bytes()));
  EXPECT_FALSE(PublicKey::FromTyped("\x06" + std::string(key.bytes())));
  EXPECT_FALSE(PublicKey::FromTyped(key.Typed() + "x"));
  EXPECT_FALSE(PublicKey::FromTyped(""));
}

}  // namespace
}  // namespace parley::wire::crypto
