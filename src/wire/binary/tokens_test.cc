#include "wire/binary/tokens.h"

#include <gtest/gtest.h>

namespace parley::wire::binary {
namespace {

TEST(Tokens, EveryOneIsFound) {
  for (std::size_t i = 1; i < kSingleTokens; ++i)
    EXPECT_EQ(FindToken(kSingleTokenTable[i]), (Token{std::nullopt, static_cast<std::uint8_t>(i)}));
  for (std::size_t dictionary = 0; dictionary < kDictionaries; ++dictionary)
    for (std::size_t i = 0; i < kDictionarySize; ++i)
      EXPECT_EQ(FindToken(kDictionaryTable[dictionary][i]),
                (Token{static_cast<std::uint8_t>(dictionary), static_cast<std::uint8_t>(i)}));
}

TEST(Tokens, NothingElseIs) {
  EXPECT_EQ(FindToken(""), std::nullopt);
  EXPECT_EQ(FindToken("S.WHATSAPP.NET"), std::nullopt);
  EXPECT_EQ(FindToken("read-self "), std::nullopt);
}

}  // namespace
}  // namespace parley::wire::binary
