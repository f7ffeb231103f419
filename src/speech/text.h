// What a recogniser says, as text that may be shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parley::speech {

// In one line: control characters and blanks in a row become one blank, the ends are trimmed, and
// what is beyond `max` bytes is cut off between two characters. `said` is UTF-8.
std::string Spoken(std::string_view said, std::size_t max);

// Whether there is nothing but remarks in brackets or notes of music, as whisper says of silence.
bool IsRemark(std::string_view text);

}  // namespace parley::speech
