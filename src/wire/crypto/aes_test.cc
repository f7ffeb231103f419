#include "wire/crypto/aes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/encoding.h"

namespace parley::wire::crypto {
namespace {

std::string Hex(std::string_view text) { return base::FromHexText(text).value(); }

template <class Array>
Array ArrayOf(std::string_view hex) {
  const std::string bytes = Hex(hex);
  Array array{};
  EXPECT_EQ(bytes.size(), array.size());
  std::copy(bytes.begin(), bytes.end(), array.begin());
  return array;
}

const AesKey kNistKey =
    *AesKey::From(Hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"));
const std::string kNistPlain =
    Hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
        "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");

// NIST SP 800-38A, F.2.5. Its text ends with a block, so that padding is one more behind it.
TEST(Aes, Cbc) {
  const auto iv = ArrayOf<AesIv>("000102030405060708090a0b0c0d0e0f");
  const std::string encrypted = CbcEncrypt(kNistKey, iv, kNistPlain);
  EXPECT_EQ(encrypted.size(), 80u);
  EXPECT_EQ(base::ToHexText(encrypted.substr(0, 64)),
            "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
            "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b");
  EXPECT_EQ(CbcDecrypt(kNistKey, iv, encrypted).value(), kNistPlain);
}

TEST(Aes, CbcOfEveryLength) {
  const AesIv iv{};
  for (std::size_t size = 0; size <= 48; ++size) {
    const std::string plain(size, 'x');
    const std::string encrypted = CbcEncrypt(kNistKey, iv, plain);
    EXPECT_EQ(encrypted.size(), size / 16 * 16 + 16);
    EXPECT_EQ(CbcDecrypt(kNistKey, iv, encrypted).value(), plain);
  }
}

// With a first block that is all zeros before it is decrypted, the IV is xor-ed into what comes
// out, so that any last byte can be made.
TEST(Aes, CbcRefusesEveryWrongPadding) {
  const std::string encrypted = CbcEncrypt(kNistKey, AesIv{}, std::string(12, 'x'));  // padding 4
  for (int last = 0; last < 256; ++last) {
    AesIv iv{};
    iv[15] = static_cast<std::uint8_t>(last ^ 4);
    const auto plain = CbcDecrypt(kNistKey, iv, encrypted);
    ASSERT_EQ(plain.has_value(), last == 4 || last == 1) << last;
    if (plain) {
      EXPECT_EQ(plain->size(), 16u - last);
    } else {
      EXPECT_EQ(plain.error().code, FaultCode::kMalformed);
    }
  }
  for (int i = 12; i < 15; ++i) {  // any byte of the padding counts
    AesIv iv{};
    iv[i] = 1;
    EXPECT_FALSE(CbcDecrypt(kNistKey, iv, encrypted));
  }
  for (int i = 0; i < 12; ++i) {  // and no other one
    AesIv iv{};
    iv[i] = 1;
    EXPECT_TRUE(CbcDecrypt(kNistKey, iv, encrypted));
  }
}

TEST(Aes, CbcRefusesWhatIsNoBlocks) {
  const std::string encrypted = CbcEncrypt(kNistKey, AesIv{}, "text");
  for (std::size_t size = 0; size < encrypted.size(); ++size)
    EXPECT_FALSE(CbcDecrypt(kNistKey, AesIv{}, encrypted.substr(0, size)));
}

// NIST SP 800-38A, F.5.5.
TEST(Aes, Ctr) {
  const auto iv = ArrayOf<AesIv>("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
  const std::string encrypted = CtrApply(kNistKey, iv, kNistPlain);
  EXPECT_EQ(base::ToHexText(encrypted),
            "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
            "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6");
  EXPECT_EQ(CtrApply(kNistKey, iv, encrypted), kNistPlain);
  EXPECT_EQ(CtrApply(kNistKey, iv, kNistPlain.substr(0, 5)), encrypted.substr(0, 5));
}

// Test case 16 of the paper that specifies GCM (McGrew and Viega).
class Gcm : public testing::Test {
 protected:
  const AesKey key_ =
      *AesKey::From(Hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
  const GcmNonce nonce_ = ArrayOf<GcmNonce>("cafebabefacedbaddecaf888");
  const std::string associated_ = Hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const std::string plain_ =
      Hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
          "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
  const std::string sealed_ =
      Hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
          "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
          "76fc6ece0f4e1768cddf8853bb2d551b");
};

TEST_F(Gcm, Seals) { EXPECT_EQ(GcmSeal(key_, nonce_, associated_, plain_), sealed_); }

TEST_F(Gcm, Opens) { EXPECT_EQ(GcmOpen(key_, nonce_, associated_, sealed_).value(), plain_); }

TEST_F(Gcm, SealsNothing) {
  const std::string sealed = GcmSeal(key_, nonce_, "", "");
  EXPECT_EQ(sealed.size(), kGcmTag);
  EXPECT_EQ(GcmOpen(key_, nonce_, "", sealed).value(), "");
}

TEST_F(Gcm, RefusesEveryChange) {
  for (std::size_t i = 0; i < sealed_.size(); ++i) {
    std::string changed = sealed_;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    const auto opened = GcmOpen(key_, nonce_, associated_, changed);
    ASSERT_FALSE(opened) << i;
    EXPECT_EQ(opened.error().code, FaultCode::kWrongMac);
  }
  for (std::size_t size = 0; size < sealed_.size(); ++size)
    EXPECT_FALSE(GcmOpen(key_, nonce_, associated_, sealed_.substr(0, size)));
  EXPECT_FALSE(GcmOpen(key_, nonce_, associated_ + "x", sealed_));
  EXPECT_FALSE(GcmOpen(key_, GcmNonce{}, associated_, sealed_));
  EXPECT_FALSE(GcmOpen(AesKey(), nonce_, associated_, sealed_));
}

}  // namespace
}  // namespace parley::wire::crypto
