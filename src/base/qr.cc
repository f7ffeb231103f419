#include "base/qr.h"

#include <png.h>
#include <qrencode.h>

#include <memory>
#include <vector>

#include "base/encoding.h"

namespace parley::base {
namespace {

constexpr int kScale = 8;
constexpr int kQuiet = 4;
constexpr int kLinesQuiet = 2;  // enough on a screen, and leaves room on small ones

using Code = std::unique_ptr<QRcode, decltype(&QRcode_free)>;

Code Encode(std::string_view text) {
  return Code(
      QRcode_encodeData(static_cast<int>(text.size()),
                        reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_L),
      &QRcode_free);
}

// One byte per pixel, 0 black, 255 white.
std::vector<unsigned char> Pixels(const QRcode& code, int side) {
  std::vector<unsigned char> pixels(static_cast<std::size_t>(side) * side, 255);
  for (int y = kQuiet * kScale; y < side - kQuiet * kScale; ++y)
    for (int x = kQuiet * kScale; x < side - kQuiet * kScale; ++x)
      if (code.data[(y / kScale - kQuiet) * code.width + (x / kScale - kQuiet)] & 1)
        pixels[static_cast<std::size_t>(y) * side + x] = 0;
  return pixels;
}

}  // namespace

Result<std::string> QrPng(std::string_view text) {
  const Code code = Encode(text);
  if (!code) return Error(ErrorCode::kInternal, "", "text does not fit into a QR code");
  const int side = (code->width + 2 * kQuiet) * kScale;
  const std::vector<unsigned char> pixels = Pixels(*code, side);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = static_cast<png_uint_32>(side);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  if (!png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr))
    return Error(ErrorCode::kInternal, "", image.message);
  std::string png(size, '\0');
  if (!png_image_write_to_memory(&image, png.data(), &size, 0, pixels.data(), 0, nullptr))
    return Error(ErrorCode::kInternal, "", image.message);
  png.resize(size);
  return png;
}

Result<std::string> QrLines(std::string_view text) {
  const Code code = Encode(text);
  if (!code) return Error(ErrorCode::kInternal, "", "text does not fit into a QR code");
  const auto is_dark = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < code->width && y < code->width &&
           (code->data[y * code->width + x] & 1) != 0;
  };
  std::string lines;
  for (int y = -kLinesQuiet; y < code->width + kLinesQuiet; y += 2) {
    lines += "\x1b[30;107m";
    for (int x = -kLinesQuiet; x < code->width + kLinesQuiet; ++x) {
      const bool upper = is_dark(x, y), lower = is_dark(x, y + 1);
      lines += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
    }
    lines += "\x1b[0m\n";
  }
  return lines;
}

Result<std::string> QrDataUri(std::string_view text) {
  PARLEY_TRY(png, QrPng(text));
  return "data:image/png;base64," + ToBase64(png);
}

}  // namespace parley::base
