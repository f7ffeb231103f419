#include "media/file_name.h"

#include <algorithm>

#include "core/messages/content_kind.h"

namespace parley::media {
namespace {

constexpr std::size_t kLongestEnding = 5;  // without its dot

// The first is given, the others are right as well.
constexpr std::string_view kVoiceEndings[] = {".ogg", ".oga", ".opus"};
constexpr std::string_view kStickerEndings[] = {".webp"};

bool IsLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Empty when there is none.
std::string_view EndingOf(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return "";
  const std::string_view behind = name.substr(dot + 1);
  if (behind.empty() || behind.size() > kLongestEnding) return "";
  return std::all_of(behind.begin(), behind.end(), IsLetterOrDigit) ? name.substr(dot) : "";
}

bool IsSameEnding(std::string_view a, std::string_view b) {
  const auto same = [](char x, char y) { return (x | 0x20) == (y | 0x20); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

template <std::size_t kCount>
void EndWith(std::string& name, const std::string_view (&endings)[kCount]) {
  const std::string_view ending = EndingOf(name);
  const bool is_right = std::any_of(std::begin(endings), std::end(endings),
                                    [&](auto one) { return IsSameEnding(one, ending); });
  if (!is_right) name = WithEnding(std::move(name), endings[0]);
}

}  // namespace

std::string WithEnding(std::string name, std::string_view ending) {
  name.resize(name.size() - EndingOf(name).size());
  name += ending;
  return name;
}

void NameAfterType(core::MediaRef& media, core::ContentKind kind, bool voice) {
  if (media.file_name.empty()) return;
  if (voice && media.mime_type.starts_with("audio/ogg")) EndWith(media.file_name, kVoiceEndings);
  if (kind == core::ContentKind::kSticker && media.mime_type == "image/webp")
    EndWith(media.file_name, kStickerEndings);
}

}  // namespace parley::media
