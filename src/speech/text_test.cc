#include "speech/text.h"

#include <gtest/gtest.h>

namespace parley::speech {
namespace {

TEST(Spoken, IsOneTrimmedLine) {
  EXPECT_EQ(Spoken(" Hello,\r\n\tthere  you \x01", 100), "Hello, there you");
  EXPECT_EQ(Spoken(" \n ", 100), "");
}

TEST(Spoken, IsCutBetweenCharacters) {
  EXPECT_EQ(Spoken("ab\u00e9", 3), "ab");
  EXPECT_EQ(Spoken("ab\u00e9", 4), "ab\u00e9");
  EXPECT_EQ(Spoken("\U0001F600", 3), "");
  EXPECT_EQ(Spoken("one two", 4), "one");
}

TEST(IsRemark, HoldsForWhatNobodySaid) {
  for (const char* text :
       {"", "[BLANK_AUDIO]", " (music) [NOISE]", "\u266a \u266a", "*sighs*", "..."})
    EXPECT_TRUE(IsRemark(text)) << text;
  for (const char* text : {"Hello", "[NOISE] yes", "(well) then", "[unclosed", "3*4"})
    EXPECT_FALSE(IsRemark(text)) << text;
}

}  // namespace
}  // namespace parley::speech
