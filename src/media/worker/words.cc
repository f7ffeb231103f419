#include "media/worker/words.h"

#include "base/encoding.h"

namespace parley::media::worker {

std::string OneLine(std::string_view text, std::size_t limit) {
  if (!base::IsUtf8(text)) return "";
  std::string line;
  std::size_t characters = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool begins = (byte & 0xc0) != 0x80;
    if (begins && characters++ == limit) break;
    line += byte < 0x20 || byte == 0x7f ? ' ' : c;
  }
  const std::size_t first = line.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return line.substr(first, line.find_last_not_of(' ') + 1 - first);
}

}  // namespace parley::media::worker
