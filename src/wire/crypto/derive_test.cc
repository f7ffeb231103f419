#include "wire/crypto/derive.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace parley::wire::crypto {
namespace {

std::string Hex(std::string_view text) { return base::FromHexText(text).value(); }

// The bytes from `first` to `last`, one after the other.
std::string Range(int first, int last) {
  std::string bytes;
  for (int i = first; i <= last; ++i) bytes += static_cast<char>(i);
  return bytes;
}

// RFC 5869, A.1 to A.3.
TEST(Hkdf, KnownAnswers) {
  const std::string secret(22, '\x0b');
  EXPECT_EQ(Hkdf<42>(secret, Range(0, 0x0c), Range(0xf0, 0xf9)).view(),
            Hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                "34007208d5b887185865"));
  EXPECT_EQ(Hkdf<82>(Range(0, 0x4f), Range(0x60, 0xaf), Range(0xb0, 0xff)).view(),
            Hex("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                "cc30c58179ec3e87c14c01d5c1f3434f1d87"));
  EXPECT_EQ(Hkdf<42>(secret, "", "").view(),
            Hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                "9d201395faa4b61a96c8"));
}

TEST(Hkdf, LongerOnesBeginAsShorterOnes) {
  const auto longest = Hkdf<255 * 32>("secret", "salt", "info");
  EXPECT_EQ(longest.view().substr(0, 33), Hkdf<33>("secret", "salt", "info").view());
  EXPECT_NE(longest.view().substr(32, 32), longest.view().substr(64, 32));
}

TEST(Hkdf, NoSaltIsOneOfZeros) {
  EXPECT_EQ(Hkdf<32>("secret", "", "info"), Hkdf<32>("secret", std::string(32, '\0'), "info"));
}

// RFC 4231, test cases 2 and 6 (a key longer than a block).
TEST(HmacSha512, KnownAnswers) {
  const auto text = [](const std::array<std::uint8_t, 64>& mac) {
    return base::ToHexText({reinterpret_cast<const char*>(mac.data()), mac.size()});
  };
  EXPECT_EQ(text(HmacSha512("Jefe", "what do ya want for nothing?")),
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
            "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
  EXPECT_EQ(text(HmacSha512(std::string(131, '\xaa'),
                            "Test Using Larger Than Block-Size Key - Hash Key First")),
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
            "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
}

// RFC 7914, section 11.
TEST(Pbkdf2, KnownAnswers) {
  Secret<64> out;
  Pbkdf2Sha256("passwd", "salt", 1, out.bytes());
  EXPECT_EQ(out.view(), Hex("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
                            "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"));
  Pbkdf2Sha256("Password", "NaCl", 80000, out.bytes());
  EXPECT_EQ(out.view(), Hex("4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
                            "a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d"));
}

// RFC 1321, A.5.
TEST(Md5, KnownAnswers) {
  const auto text = [](const std::array<std::uint8_t, 16>& digest) {
    return base::ToHexText({reinterpret_cast<const char*>(digest.data()), digest.size()});
  };
  EXPECT_EQ(text(Md5("")), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(text(Md5("message digest")), "f96b697d7cb7938d525a2f31aaf161d0");
}

}  // namespace
}  // namespace parley::wire::crypto
