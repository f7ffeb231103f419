#include "base/emoji.h"

#include <gtest/gtest.h>

#include <string>

namespace parley::base {
namespace {

TEST(Emoji, OneIsWhateverLooksLikeOne) {
  for (const char* emoji :
       {"👍", "👍🏽", "❤", "❤️", "❤️‍🔥", "👨‍👩‍👧‍👦", "🇩🇪",
        "1️⃣", "#⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳️‍🌈", "©️", "😂", "🫠"})
    EXPECT_TRUE(IsOneEmoji(emoji)) << emoji;
}

TEST(Emoji, NothingSeveralAndTextAreNot) {
  for (const char* text : {"", "👍👍", "👍 ", "👍a", "a", "ok", "7", "#", "ü", "中", "🇩", "🇩🇪🇫",
                           "👍‍", "‍👍", "️", "\xf0\x9f\x91", "❤️❤️"})
    EXPECT_FALSE(IsOneEmoji(text)) << text;
  EXPECT_FALSE(IsOneEmoji(std::string(5000, '1')));
}

}  // namespace
}  // namespace parley::base
