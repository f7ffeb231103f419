// What an image says of itself beside its pixels (Exif, XMP, IPTC) taken out of the file,
// without touching the pixels: among it is where the picture was taken.
//
// Sources: JPEG ITU-T T.81 annex B, Exif 2.32 section 4.5, CIPA DC-007 (MPF: more pictures after
// the end of the first), PNG 1.2 chapters 3 and 11.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley::media::worker {

struct Cleaned {
  bool is_sound = false;  // the file could be walked through up to its end
  bool is_changed = false;
  std::string bytes;  // when changed
};

// Colour profile, comments and orientation stay. With something else, what follows the end of the
// picture goes as well: more pictures, each with a place of its own.
Cleaned CleanJpeg(std::string_view file);
// Exif and XMP go, in chunks of their own or in those for text.
Cleaned CleanPng(std::string_view file);

}  // namespace parley::media::worker
