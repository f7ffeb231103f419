// Telling an emoji from other text.
#pragma once

#include <string_view>

namespace parley::base {

// Whether the text is exactly one emoji, as a reader sees it: a pictograph with what belongs to it
// (skin tone, variation selector, tags, others joined to it), a flag, or a keycap. Source:
// unicode.org/reports/tr51, and the Extended_Pictographic ranges of its emoji-data.txt (15.0).
bool IsOneEmoji(std::string_view utf8);

}  // namespace parley::base
