// What a message can be: a closed variant of kinds. std::visit without a default, so that a new
// kind makes the compiler list the places that must know it.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/fields.h"
#include "base/names.h"
#include "core/media/media.h"

namespace parley::core {

enum class ContentKind : std::uint8_t {  // stored; never renumber
  kText = 1,
  kImage = 2,
  kVideo = 3,
  kAudio = 4,
  kDocument = 5,
  kSticker = 6,
};
inline constexpr base::EnumNames<ContentKind, 6> kContentKindNames({
    {ContentKind::kText, "text"},
    {ContentKind::kImage, "image"},
    {ContentKind::kVideo, "video"},
    {ContentKind::kAudio, "audio"},
    {ContentKind::kDocument, "document"},
    {ContentKind::kSticker, "sticker"},
});
PARLEY_ENUM_NAMES(ContentKind, kContentKindNames)

struct TextContent {
  std::string body;
  static constexpr ContentKind kKind = ContentKind::kText;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("body", &TextContent::body));
  }
};

struct ImageContent {
  MediaRef media;
  std::string caption;
  static constexpr ContentKind kKind = ContentKind::kImage;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("media", &ImageContent::media),
                           base::Optional("caption", &ImageContent::caption));
  }
};

struct VideoContent {
  MediaRef media;
  std::string caption;
  static constexpr ContentKind kKind = ContentKind::kVideo;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("media", &VideoContent::media),
                           base::Optional("caption", &VideoContent::caption));
  }
};

struct AudioContent {
  MediaRef media;
  bool voice = false;  // shown as a voice message instead of a file
  static constexpr ContentKind kKind = ContentKind::kAudio;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("media", &AudioContent::media),
                           base::Optional("voice", &AudioContent::voice));
  }
};

struct DocumentContent {
  MediaRef media;
  std::string file_name;
  std::string caption;
  static constexpr ContentKind kKind = ContentKind::kDocument;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("media", &DocumentContent::media),
                           base::Optional("file_name", &DocumentContent::file_name),
                           base::Optional("caption", &DocumentContent::caption));
  }
};

struct StickerContent {
  MediaRef media;
  static constexpr ContentKind kKind = ContentKind::kSticker;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("media", &StickerContent::media));
  }
};

using Content = std::variant<TextContent, ImageContent, VideoContent, AudioContent, DocumentContent,
                             StickerContent>;

ContentKind KindOf(const Content& content);

// The media of a kind that has one, else nullptr.
const MediaRef* MediaOf(const Content& content);
// The text a person reads: body or caption; empty when the kind has none.
const std::string& TextOf(const Content& content);

// Stored form: {"kind": "image", ...the fields of the kind}. These make Content a member type of
// base/fields.h.
void AppendJsonForm(std::string& out, const Content& content);
bool ReadJsonForm(const base::json::value& value, Content& out);

// Makes the kind that `media`'s type belongs to: image/*, video/*, audio/*; anything else is a
// document. `caption` and `file_name` go where the kind has a place for them.
Content ContentForMedia(const MediaRef& media, std::string caption, std::string file_name);

}  // namespace parley::core
