#include "wire/crypto/xeddsa.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/encoding.h"
#include "tests/vectors/vectors.h"

namespace parley::wire::crypto {
namespace {

// Chance that gives what it is told.
class Told final : public base::Random {
 public:
  explicit Told(std::string bytes) : bytes_(std::move(bytes)) {}
  void Fill(std::span<std::uint8_t> out) override {
    ASSERT_EQ(out.size(), bytes_.size());
    std::copy(bytes_.begin(), bytes_.end(), out.begin());
  }

 private:
  std::string bytes_;
};

TEST(Xeddsa, SignsAsOthersDo) {
  int signs[2] = {0, 0};
  const auto vectors = vectors::Load("wire/signatures");
  for (const auto& one : vectors.as_array()) {
    const KeyPair pair(PrivateKey::FromBytes(vectors::Bytes(one, "private")).value());
    EXPECT_EQ(pair.public_key.bytes(), vectors::Bytes(one, "public"));
    const std::string message = vectors::Bytes(one, "message");
    const std::string signature = vectors::Bytes(one, "signature");
    Told random(vectors::Bytes(one, "random"));
    EXPECT_EQ(base::ToHexText(Sign(pair.private_key, message, random)), base::ToHexText(signature));
    EXPECT_TRUE(Verify(pair.public_key, message, signature));
    ++signs[static_cast<std::uint8_t>(signature[63]) >> 7];
  }
  EXPECT_GT(signs[0], 3);  // both signs of the Edwards key occur
  EXPECT_GT(signs[1], 3);
}

class Signed : public testing::Test {
 protected:
  const std::unique_ptr<base::Random> random_ = base::MakeSeededRandom(7);
  const KeyPair pair_ = KeyPair::Generate(*random_);
  const std::string message_ = "what is signed";
  const std::string signature_ = Sign(pair_.private_key, message_, *random_);

  void ExpectWrong(const Result<void>& verified, FaultCode code = FaultCode::kWrongSignature) {
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().code, code);
  }
};

TEST_F(Signed, Verifies) { EXPECT_TRUE(Verify(pair_.public_key, message_, signature_)); }

TEST_F(Signed, IsDifferentEachTime) {
  EXPECT_NE(Sign(pair_.private_key, message_, *random_), signature_);
}

TEST_F(Signed, RefusesEveryChangedBit) {
  for (std::size_t bit = 0; bit < 8 * signature_.size(); ++bit) {
    std::string changed = signature_;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    ExpectWrong(Verify(pair_.public_key, message_, changed));
  }
  for (std::size_t bit = 0; bit < 8 * message_.size(); ++bit) {
    std::string changed = message_;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    ExpectWrong(Verify(pair_.public_key, changed, signature_));
  }
}

TEST_F(Signed, RefusesOtherLengths) {
  for (std::size_t size = 0; size < signature_.size(); ++size)
    ExpectWrong(Verify(pair_.public_key, message_, signature_.substr(0, size)));
  ExpectWrong(Verify(pair_.public_key, message_, signature_ + '\0'));
}

TEST_F(Signed, RefusesAnotherKey) {
  ExpectWrong(Verify(KeyPair::Generate(*random_).public_key, message_, signature_));
}

TEST_F(Signed, RefusesKeysThatStandForNoPoint) {
  std::array<std::uint8_t, 32> bytes;
  bytes.fill(0xff);  // above the size of the field
  ExpectWrong(Verify(PublicKey(bytes), message_, signature_), FaultCode::kInvalidKey);
  bytes[0] = 0xec;  // minus one, which has no y
  bytes[31] = 0x7f;
  ExpectWrong(Verify(PublicKey(bytes), message_, signature_), FaultCode::kInvalidKey);
}

// With u = 0 and R and s of zero a verifier that does not look at the order takes any message.
TEST_F(Signed, RefusesKeysOfSmallOrder) {
  std::string forged(64, '\0');
  forged[0] = 1;
  ExpectWrong(Verify(PublicKey(), message_, forged));
  std::array<std::uint8_t, 32> one{1};
  ExpectWrong(Verify(PublicKey(one), message_, forged));
}

// s and s plus the order of the group are the same to a lax verifier.
TEST_F(Signed, RefusesAnotherSpellingOfTheSameNumber) {
  const std::string order =
      base::FromHexText("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").value();
  std::string other = signature_;
  int carry = 0;
  for (int i = 0; i < 32; ++i) {
    const bool top = i == 31;
    const int sign = top ? static_cast<std::uint8_t>(other[63]) & 0x80 : 0;
    const int sum = (static_cast<std::uint8_t>(other[32 + i]) & (top ? 0x7f : 0xff)) +
                    static_cast<std::uint8_t>(order[i]) + carry;
    other[32 + i] = static_cast<char>((sum & 0xff) | sign);
    carry = sum >> 8;
  }
  ExpectWrong(Verify(pair_.public_key, message_, other));
}

}  // namespace
}  // namespace parley::wire::crypto
