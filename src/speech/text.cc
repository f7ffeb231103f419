#include "speech/text.h"

namespace parley::speech {
namespace {

constexpr std::string_view kNotes[] = {"\u266a", "\u266b", "\u266c", "\u2669"};

bool IsBlank(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; }

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

char ClosingOf(char c) {
  switch (c) {
    case '[':
      return ']';
    case '(':
      return ')';
    case '<':
      return '>';
    case '*':
      return '*';
    default:
      return '\0';
  }
}

// How much of the start of `text` says nothing; 0: it says something.
std::size_t LengthOfRemark(std::string_view text) {
  if (IsBlank(text[0]) || text[0] == '.' || text[0] == '-') return 1;
  for (const std::string_view note : kNotes)
    if (text.starts_with(note)) return note.size();
  const char closing = ClosingOf(text[0]);
  if (closing == '\0') return 0;
  const std::size_t end = text.find(closing, 1);
  return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

std::string Spoken(std::string_view said, std::size_t max) {
  std::string line;
  for (const char c : said) {
    if (!IsBlank(c))
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (line.size() > max) {
    std::size_t end = max;
    while (end > 0 && IsContinuation(line[end])) --end;
    line.resize(end);
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

bool IsRemark(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = LengthOfRemark(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace parley::speech
