#include "wire/crypto/secret.h"

#include <gtest/gtest.h>

#include <new>

namespace parley::wire::crypto {
namespace {

TEST(Secret, IsOverwrittenWhenItGoes) {
  alignas(Secret<32>) std::uint8_t room[sizeof(Secret<32>)];
  auto* secret = new (room) Secret<32>(*Secret<32>::From(std::string(32, 'x')));
  EXPECT_EQ(room[0], 'x');
  secret->~Secret();
  for (const volatile std::uint8_t& byte : room) EXPECT_EQ(byte, 0);
}

TEST(Secret, HasItsLength) {
  EXPECT_FALSE(Secret<4>::From("abc"));
  EXPECT_FALSE(Secret<4>::From("abcde"));
  EXPECT_EQ(Secret<4>::From("abcd")->view(), "abcd");
}

TEST(Secret, IsCutIntoParts) {
  const auto secret = *Secret<6>::From("abcdef");
  EXPECT_EQ((secret.Part<0, 2>().view()), "ab");
  EXPECT_EQ((secret.Part<2, 4>().view()), "cdef");
}

TEST(Secret, Compares) {
  EXPECT_EQ(*Secret<2>::From("ab"), *Secret<2>::From("ab"));
  EXPECT_FALSE(*Secret<2>::From("ab") == *Secret<2>::From("ac"));
}

}  // namespace
}  // namespace parley::wire::crypto
