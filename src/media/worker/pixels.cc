#include "media/worker/pixels.h"

#include <fmt/format.h>
#include <vips/vector.h>

#include <algorithm>

#include "base/encoding.h"

namespace parley::media::worker {
namespace {

constexpr int kThumbnailSide = 96;

// The formats that people send as pictures. libvips knows many more, some by libraries that are
// not made for hostile files.
constexpr std::string_view kLoaders[] = {"jpegload", "pngload",  "webpload",
                                         "gifload",  "tiffload", "heifload"};

// "jpegload_buffer" is "jpegload".
std::string_view FamilyOf(std::string_view nickname) {
  return nickname.substr(0, nickname.find('_'));
}

int Number(VipsImage* image, const char* name, int otherwise) {
  int value = 0;
  if (vips_image_get_typeof(image, name) == 0 || vips_image_get_int(image, name, &value) != 0)
    return otherwise;
  return value;
}

}  // namespace

bool StartPixels() {
  g_log_set_default_handler([](const gchar*, GLogLevelFlags, const gchar*, gpointer) {}, nullptr);
  if (vips_init("parley-media-worker") != 0) return false;
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  vips_vector_set_enabled(FALSE);  // it writes code at run time, into files
  vips_block_untrusted_set(TRUE);
  vips_operation_block_set("VipsForeignLoadMagick", TRUE);
  // Trusted no further than its page count and its title, in a process without anything.
  vips_operation_block_set("VipsForeignLoadPdf", FALSE);
  return true;
}

Image Take(int failed, VipsImage*& image) { return Image(failed == 0 ? image : nullptr); }

std::string TakeBytes(int failed, void* bytes, std::size_t size) {
  std::string taken;
  if (failed == 0) taken.assign(static_cast<const char*>(bytes), size);
  if (failed == 0) g_free(bytes);
  return taken;
}

std::optional<Made> ReadHeader(std::string_view file, Header& header) {
  const char* loader = vips_foreign_find_load_buffer(file.data(), file.size());
  const char* nickname = loader != nullptr ? vips_nickname_find(g_type_from_name(loader)) : nullptr;
  const std::string_view family = nickname != nullptr ? FamilyOf(nickname) : "";
  if (std::find(std::begin(kLoaders), std::end(kLoaders), family) == std::end(kLoaders))
    return Refuse(Refusal::kUnreadable, "The image is of a format that cannot be read");
  header.loader = family;
  const Image image(vips_image_new_from_buffer(file.data(), file.size(), "", "access",
                                               VIPS_ACCESS_SEQUENTIAL, nullptr));
  if (image == nullptr) return Refuse(Refusal::kUnreadable, "The image cannot be read");
  header.width = vips_image_get_width(image.get());
  header.height = vips_image_get_height(image.get());
  header.pages = std::max(1, vips_image_get_n_pages(image.get()));
  header.is_turned = Number(image.get(), VIPS_META_ORIENTATION, 1) >= 5;
  header.has_alpha = vips_image_hasalpha(image.get()) != 0;
  if (header.width * header.height > kMaxPixels / header.pages)
    return Refuse(Refusal::kTooLarge,
                  fmt::format("The image has more than {} million pixels", kMaxPixels / 1'000'000));
  return std::nullopt;
}

void PutSize(const Header& header, core::MediaFacts& facts) {
  facts.width = header.is_turned ? header.height : header.width;
  facts.height = header.is_turned ? header.width : header.height;
}

Image OnWhite(Image image) {
  if (image == nullptr || vips_image_hasalpha(image.get()) == 0) return image;
  const double white[] = {255, 255, 255};
  VipsArrayDouble* background = vips_array_double_new(white, 3);
  VipsImage* flat = nullptr;
  const int failed = vips_flatten(image.get(), &flat, "background", background, nullptr);
  vips_area_unref(VIPS_AREA(background));
  return Take(failed, flat);
}

std::string ThumbnailOf(Image image) {
  image = OnWhite(std::move(image));
  if (image == nullptr) return "";
  void* bytes = nullptr;
  std::size_t size = 0;
  const int failed =
      vips_jpegsave_buffer(image.get(), &bytes, &size, "Q", 60, "strip", TRUE, nullptr);
  std::string text = base::ToBase64(TakeBytes(failed, bytes, size));
  return text.size() <= kMaxThumbnail ? text : "";
}

std::string ThumbnailOf(std::string_view file) {
  VipsImage* small = nullptr;
  const int failed =
      vips_thumbnail_buffer(const_cast<char*>(file.data()), file.size(), &small, kThumbnailSide,
                            "height", kThumbnailSide, "size", VIPS_SIZE_DOWN, nullptr);
  return ThumbnailOf(Take(failed, small));
}

}  // namespace parley::media::worker
