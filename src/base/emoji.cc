#include "base/emoji.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

#include "base/encoding.h"

namespace parley::base {
namespace {

struct Range {
  char32_t first, last;
};
constexpr Range kPictographs[] = {
    {0xA9, 0xA9},       {0xAE, 0xAE},       {0x203C, 0x203C},   {0x2049, 0x2049},
    {0x2122, 0x2122},   {0x2139, 0x2139},   {0x2194, 0x2199},   {0x21A9, 0x21AA},
    {0x231A, 0x231B},   {0x2328, 0x2328},   {0x2388, 0x2388},   {0x23CF, 0x23CF},
    {0x23E9, 0x23F3},   {0x23F8, 0x23FA},   {0x24C2, 0x24C2},   {0x25AA, 0x25AB},
    {0x25B6, 0x25B6},   {0x25C0, 0x25C0},   {0x25FB, 0x25FE},   {0x2600, 0x2605},
    {0x2607, 0x2612},   {0x2614, 0x2685},   {0x2690, 0x2705},   {0x2708, 0x2712},
    {0x2714, 0x2714},   {0x2716, 0x2716},   {0x271D, 0x271D},   {0x2721, 0x2721},
    {0x2728, 0x2728},   {0x2733, 0x2734},   {0x2744, 0x2744},   {0x2747, 0x2747},
    {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},   {0x2757, 0x2757},
    {0x2763, 0x2767},   {0x2795, 0x2797},   {0x27A1, 0x27A1},   {0x27B0, 0x27B0},
    {0x27BF, 0x27BF},   {0x2934, 0x2935},   {0x2B05, 0x2B07},   {0x2B1B, 0x2B1C},
    {0x2B50, 0x2B50},   {0x2B55, 0x2B55},   {0x3030, 0x3030},   {0x303D, 0x303D},
    {0x3297, 0x3297},   {0x3299, 0x3299},   {0x1F000, 0x1F0FF}, {0x1F10D, 0x1F10F},
    {0x1F12F, 0x1F12F}, {0x1F16C, 0x1F171}, {0x1F17E, 0x1F17F}, {0x1F18E, 0x1F18E},
    {0x1F191, 0x1F19A}, {0x1F1AD, 0x1F1E5}, {0x1F201, 0x1F20F}, {0x1F21A, 0x1F21A},
    {0x1F22F, 0x1F22F}, {0x1F232, 0x1F23A}, {0x1F23C, 0x1F23F}, {0x1F249, 0x1F3FA},
    {0x1F400, 0x1F53D}, {0x1F546, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F774, 0x1F77F},
    {0x1F7D5, 0x1F7FF}, {0x1F80C, 0x1F80F}, {0x1F848, 0x1F84F}, {0x1F85A, 0x1F85F},
    {0x1F888, 0x1F88F}, {0x1F8AE, 0x1F8FF}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945},
    {0x1F947, 0x1FAFF}, {0x1FC00, 0x1FFFD},
};
constexpr Range kFlagLetters{0x1F1E6, 0x1F1FF}, kSkinTones{0x1F3FB, 0x1F3FF},
    kTags{0xE0020, 0xE007E};
constexpr char32_t kTextForm = 0xFE0E, kEmojiForm = 0xFE0F, kJoiner = 0x200D, kKeycap = 0x20E3,
                   kLastTag = 0xE007F;
constexpr std::size_t kMaxBytes = 256;  // the longest there are have 60

constexpr bool IsIn(char32_t c, Range range) { return c >= range.first && c <= range.last; }

bool IsPictograph(char32_t c) {
  const auto* const range = std::lower_bound(
      std::begin(kPictographs), std::end(kPictographs), c,
      [](const Range& candidate, char32_t wanted) { return candidate.last < wanted; });
  return range != std::end(kPictographs) && IsIn(c, *range);
}

// Of valid UTF-8.
std::vector<char32_t> CodePointsOf(std::string_view utf8) {
  std::vector<char32_t> points;
  for (const char c : utf8) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte < 0x80)
      points.push_back(byte);
    else if (byte >= 0xC0)
      points.push_back(byte >= 0xF0 ? byte & 0x07 : byte >= 0xE0 ? byte & 0x0F : byte & 0x1F);
    else
      points.back() = points.back() << 6 | (byte & 0x3F);
  }
  return points;
}

// A pictograph with its selector, skin tone and tags; where it ends, or `at` when there is none.
std::size_t SkipElement(const std::vector<char32_t>& points, std::size_t at) {
  const auto next_is = [&](auto is) { return at < points.size() && is(points[at]); };
  if (!next_is(&IsPictograph)) return at;
  ++at;
  at += next_is([](char32_t c) { return c == kTextForm || c == kEmojiForm; });
  at += next_is([](char32_t c) { return IsIn(c, kSkinTones); });
  if (!next_is([](char32_t c) { return IsIn(c, kTags); })) return at;
  while (next_is([](char32_t c) { return IsIn(c, kTags); })) ++at;
  return at + next_is([](char32_t c) { return c == kLastTag; });
}

bool IsKeycap(const std::vector<char32_t>& points) {
  const char32_t key = points.front();
  if (!IsIn(key, {'0', '9'}) && key != '#' && key != '*') return false;
  return points.back() == kKeycap &&
         (points.size() == 2 || (points.size() == 3 && points[1] == kEmojiForm));
}

}  // namespace

bool IsOneEmoji(std::string_view utf8) {
  if (utf8.empty() || utf8.size() > kMaxBytes || !IsUtf8(utf8)) return false;
  const std::vector<char32_t> points = CodePointsOf(utf8);
  if (IsIn(points[0], kFlagLetters)) return points.size() == 2 && IsIn(points[1], kFlagLetters);
  if (IsKeycap(points)) return true;
  std::size_t at = 0;
  while (true) {
    const std::size_t end = SkipElement(points, at);
    if (end == at) return false;
    if (end == points.size()) return true;
    if (points[end] != kJoiner) return false;
    at = end + 1;
  }
}

}  // namespace parley::base
