#include "base/digest.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace parley::base {
namespace {

std::string Hex(const Digest& digest) { return ToHexText(AsText(digest)); }

// FIPS 180-2, appendix B.
TEST(Digest, Sha256) {
  const char* const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  EXPECT_EQ(Hex(Sha256("abc")), abc);
  EXPECT_EQ(Hex(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hex(Sha256("abc")), abc);  // nothing is left of what was before
}

TEST(Digest, InPieces) {
  Sha256Stream stream;
  stream.Add("a");
  stream.Add("bc");
  EXPECT_EQ(stream.Finish(), Sha256("abc"));
  stream.Add("xyz");
  EXPECT_EQ(stream.Finish(), Sha256("xyz"));
}

// RFC 4231, test cases 2 and 6 (a key longer than a block).
TEST(Digest, HmacSha256) {
  EXPECT_EQ(Hex(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(Hex(HmacSha256(std::string(131, '\xaa'),
                           "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Digest, AnEmptyKeyIsNotTheOneBefore) {
  HmacSha256("Jefe", "text");
  EXPECT_EQ(Hex(HmacSha256(std::string_view(), "")),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Digest, Compares) {
  EXPECT_TRUE(EqualInConstantTime("abc", "abc"));
  EXPECT_FALSE(EqualInConstantTime("abc", "abd"));
  EXPECT_FALSE(EqualInConstantTime("abc", "ab"));
  EXPECT_TRUE(EqualInConstantTime("", ""));
}

}  // namespace
}  // namespace parley::base
