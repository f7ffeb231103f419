// Images by libvips, as the jobs use it.
#pragma once

#include <vips/vips.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "media/worker/job.h"

namespace parley::media::worker {

// More pixels than the largest cameras make, over all pages of an animation.
inline constexpr std::int64_t kMaxPixels = 100'000'000;

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

// Before the first job: loads what libvips loads late, and blocks the readers of formats that no
// messenger sends.
bool StartPixels();

// What a file says of itself before it is unfolded.
struct Header {
  std::string loader;                             // "jpegload", ...
  std::int64_t width = 0, height = 0, pages = 1;  // of one page, as it lies in the file
  bool is_turned = false;                         // shown with width and height exchanged
  bool has_alpha = false;
};
// The refusal when it is no image of a known format, or has too many pixels.
std::optional<Made> ReadHeader(std::string_view file, Header& header);
void PutSize(const Header& header, core::MediaFacts& facts);

// A JPEG of at most 96 pixels each way, in Base64; empty when there are no readable pixels.
std::string ThumbnailOf(std::string_view file);
std::string ThumbnailOf(Image image);

// The image on white where it was transparent.
Image OnWhite(Image image);
// What an operation of libvips gave by pointer; zero is success. By reference, as it is read after
// the operation was called.
Image Take(int failed, VipsImage*& image);
std::string TakeBytes(int failed, void* bytes, std::size_t size);

}  // namespace parley::media::worker
