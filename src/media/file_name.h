// Names of files that follow their types.
#pragma once

#include <string>
#include <string_view>

#include "core/media/media.h"

namespace parley::core {
enum class ContentKind : std::uint8_t;
}

namespace parley::media {

// The name with another ending: "note.mp3" and ".ogg" are "note.ogg". What stands behind a dot is
// an ending when it is up to five letters and digits.
std::string WithEnding(std::string name, std::string_view ending);

// A voice message is of one type, and so is a sticker: a name that ends like another type's gets
// the ending of its own. An empty name stays.
void NameAfterType(core::MediaRef& media, core::ContentKind kind, bool voice);

}  // namespace parley::media
