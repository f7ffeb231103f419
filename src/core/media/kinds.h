// Which kind of message a file belongs to by its type, and how large WhatsApp lets each kind be.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/messages/content.h"

namespace parley::core {

struct MediaLimit {
  ContentKind kind;
  std::int64_t bytes;
};

// Source: Cloud API reference, "Media", and the phone apps for video, audio and documents. A
// sticker is the animated one's; what a link or a dialect allows beside this counts too.
inline constexpr auto kMediaLimits = std::to_array<MediaLimit>({
    {ContentKind::kImage, 5 << 20},
    {ContentKind::kVideo, 16 << 20},
    {ContentKind::kAudio, 16 << 20},
    {ContentKind::kDocument, 100 << 20},
    {ContentKind::kSticker, 500 << 10},
});

// 0 for a kind without media.
constexpr std::int64_t MediaLimitOf(ContentKind kind) {
  for (const MediaLimit& limit : kMediaLimits)
    if (limit.kind == kind) return limit.bytes;
  return 0;
}

// A kind that is a file, with or without a caption.
constexpr bool IsPlainMedia(ContentKind kind) {
  return kind >= ContentKind::kImage && kind <= ContentKind::kSticker;
}
static_assert([] {
  for (const auto& [kind, name] : kContentKindNames.rows)
    if ((MediaLimitOf(kind) != 0) != IsPlainMedia(kind)) return false;
  return true;
}());

// image/*, video/*, audio/*; anything else is a document.
constexpr ContentKind KindForType(std::string_view mime_type) {
  if (mime_type.starts_with("image/")) return ContentKind::kImage;
  if (mime_type.starts_with("video/")) return ContentKind::kVideo;
  if (mime_type.starts_with("audio/")) return ContentKind::kAudio;
  return ContentKind::kDocument;
}

}  // namespace parley::core
