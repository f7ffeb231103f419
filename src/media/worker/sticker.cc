#include <algorithm>
#include <vector>

#include "media/worker/pixels.h"

namespace parley::media::worker {
namespace {

constexpr int kSide = 512;
constexpr int kMaxFrames = 100;
constexpr std::size_t kMaxStill = 100 << 10;     // bytes; Cloud API reference, "Media"
constexpr std::size_t kMaxAnimated = 500 << 10;  // bytes
constexpr int kQualities[] = {85, 70, 50, 30, 10};

// In the middle of a transparent square.
Image Squared(Image image) {
  VipsImage* step = nullptr;
  if (image != nullptr && vips_image_hasalpha(image.get()) == 0)
    image = Take(vips_addalpha(image.get(), &step, nullptr), step);
  if (image == nullptr) return image;
  const int left = (kSide - vips_image_get_width(image.get())) / 2;
  const int top = (kSide - vips_image_get_height(image.get())) / 2;
  VipsImage* square = nullptr;
  return Take(vips_embed(image.get(), &square, left, top, kSide, kSide, "extend", VIPS_EXTEND_BLACK,
                         nullptr),
              square);
}

Image Scaled(std::string_view file, const char* options) {
  VipsImage* scaled = nullptr;
  return Take(vips_thumbnail_buffer(const_cast<char*>(file.data()), file.size(), &scaled, kSide,
                                    "height", kSide, "option_string", options, nullptr),
              scaled);
}

// All frames below each other, as libvips takes an animation.
Image Animated(std::string_view file) {
  const Image strip = Scaled(file, "n=-1");
  if (strip == nullptr) return nullptr;
  const int height = vips_image_get_page_height(strip.get());
  const int pages = vips_image_get_n_pages(strip.get());
  std::vector<Image> frames;
  std::vector<VipsImage*> list;
  const Image pixels(vips_image_copy_memory(strip.get()));
  for (int page = 0; pixels != nullptr && page < pages; ++page) {
    VipsImage* cut = nullptr;
    const int failed = vips_extract_area(pixels.get(), &cut, 0, page * height,
                                         vips_image_get_width(pixels.get()), height, nullptr);
    frames.push_back(Squared(Take(failed, cut)));
    if (frames.back() == nullptr) return nullptr;
    list.push_back(frames.back().get());
  }
  if (list.empty()) return nullptr;
  VipsImage* joined = nullptr;
  if (vips_arrayjoin(list.data(), &joined, static_cast<int>(list.size()), "across", 1, nullptr) !=
      0)
    return nullptr;
  VipsImage* own = nullptr;
  Image all = Take(vips_copy(joined, &own, nullptr), own);
  g_object_unref(joined);
  if (all == nullptr) return nullptr;
  vips_image_set_int(all.get(), VIPS_META_PAGE_HEIGHT, kSide);
  vips_image_set_int(all.get(), VIPS_META_N_PAGES, pages);
  return all;
}

bool IsRightForm(std::string_view file) {
  return file.starts_with("RIFF") &&
         file.substr(std::min<std::size_t>(8, file.size()), 4) == "WEBP" &&
         file.size() <= kMaxAnimated;
}

bool IsSticker(const Header& header, std::size_t size) {
  return header.loader == "webpload" && header.width == kSide && header.height == kSide &&
         size <= (header.pages > 1 ? kMaxAnimated : kMaxStill);
}

}  // namespace

Made MakeSticker(const Job& job) {
  Header header;
  if (auto refused = ReadHeader(job.file, header)) {
    const bool is_broken = refused->answer.refusal == Refusal::kUnreadable;
    return is_broken && IsRightForm(job.file) ? Made() : std::move(*refused);
  }
  Made made;
  made.answer.thumbnail = ThumbnailOf(job.file);
  if (made.answer.thumbnail.empty())
    return IsRightForm(job.file) ? Made()
                                 : Refuse(Refusal::kUnreadable, "The image cannot be read");
  made.answer.facts.width = made.answer.facts.height = kSide;
  if (IsSticker(header, job.file.size())) return made;
  const bool moves = header.pages > 1 && header.loader != "tiffload" && header.loader != "heifload";
  if (moves && header.pages > kMaxFrames)
    return Refuse(Refusal::kTooLarge, "The animation has more than 100 frames");
  Image image = moves ? Animated(job.file) : Squared(Scaled(job.file, ""));
  if (image != nullptr) image = Image(vips_image_copy_memory(image.get()));
  if (image == nullptr) return Refuse(Refusal::kUnreadable, "The image cannot be read");
  const std::size_t max_size = moves ? kMaxAnimated : kMaxStill;
  for (const int quality : kQualities) {
    void* bytes = nullptr;
    std::size_t size = 0;
    if (vips_webpsave_buffer(image.get(), &bytes, &size, "Q", quality, "strip", TRUE, nullptr) != 0)
      return Refuse(Refusal::kUnreadable, "The image cannot be made a sticker");
    made.output = TakeBytes(0, bytes, size);
    if (made.output.size() > max_size) continue;
    made.answer.output = Output::kWebp;
    return made;
  }
  return Refuse(Refusal::kTooLarge, moves ? "The animation does not fit into a sticker of 500 KB"
                                          : "The image does not fit into a sticker of 100 KB");
}

}  // namespace parley::media::worker
