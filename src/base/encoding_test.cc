#include "base/encoding.h"

#include <gtest/gtest.h>

namespace parley::base {
namespace {

// RFC 4648, section 10.
TEST(Encoding, Base64OfTheRfc) {
  EXPECT_EQ(ToBase64(""), "");
  EXPECT_EQ(ToBase64("f"), "Zg==");
  EXPECT_EQ(ToBase64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(ToBase64Url("\xFB\xFF"), "-_8");
  EXPECT_EQ(FromBase64("Zm9vYmE="), "fooba");
  EXPECT_EQ(FromBase64("Zm9vYmE"), "fooba");
  EXPECT_EQ(FromBase64("Zm9v\r\nYmE=\r\n"), "fooba");
  EXPECT_EQ(FromBase64("-_8"), "\xFB\xFF");
  EXPECT_EQ(FromBase64("+/8="), "\xFB\xFF");
}

TEST(Encoding, RefusesWhatIsNotBase64) {
  EXPECT_FALSE(FromBase64("Zm9v*mE="));
  EXPECT_FALSE(FromBase64("Z"));
  EXPECT_FALSE(FromBase64("Zm=9vYmE"));
}

TEST(Encoding, Hex) {
  EXPECT_EQ(ToHexText(std::string_view("\x00\xAB\x7F", 3)), "00ab7f");
  EXPECT_EQ(FromHexText("00aB7f"), std::string("\x00\xAB\x7F", 3));
  EXPECT_FALSE(FromHexText("0"));
  EXPECT_FALSE(FromHexText("0g"));
}

TEST(Encoding, Utf8) {
  EXPECT_TRUE(IsUtf8("plain, \xC3\xA9, \xE2\x82\xAC, \xF0\x9F\x91\x8D"));
  EXPECT_FALSE(IsUtf8("\xC0\xAF"));          // overlong
  EXPECT_FALSE(IsUtf8("\xED\xA0\x80"));      // surrogate
  EXPECT_FALSE(IsUtf8("\xF4\x90\x80\x80"));  // over U+10FFFF
  EXPECT_FALSE(IsUtf8("\xE2\x82"));          // cut off
  EXPECT_FALSE(IsUtf8("\x80"));
  EXPECT_EQ(CountCodePoints("a\xC3\xA9\xF0\x9F\x91\x8D"), 3u);
}

}  // namespace
}  // namespace parley::base
