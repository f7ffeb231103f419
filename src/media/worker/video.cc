extern "C" {
#include <libavutil/display.h>
#include <libswscale/swscale.h>
}

#include <cmath>
#include <vector>

#include "media/worker/av.h"
#include "media/worker/pixels.h"

namespace parley::media::worker {
namespace {

constexpr int kThumbnailSide = 96;

// Quarter turns to the right that make the picture upright.
int TurnsOf(const AVStream& stream) {
  const auto* matrix = reinterpret_cast<const std::int32_t*>(
      av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr));
  if (matrix == nullptr) return 0;
  const double angle = -av_display_rotation_get(matrix);
  if (!std::isfinite(angle)) return 0;
  return static_cast<int>((std::lround(angle / 90) % 4 + 4) % 4);
}

std::string Picture(const AVFrame& frame, int turns) {
  const int longer = std::max(frame.width, frame.height);
  const int width =
      std::max(1, static_cast<int>(std::int64_t{frame.width} * kThumbnailSide / longer));
  const int height =
      std::max(1, static_cast<int>(std::int64_t{frame.height} * kThumbnailSide / longer));
  SwsContext* scaler =
      sws_getContext(frame.width, frame.height, static_cast<AVPixelFormat>(frame.format), width,
                     height, AV_PIX_FMT_RGB24, SWS_AREA, nullptr, nullptr, nullptr);
  if (scaler == nullptr) return "";
  // Room for the widest store that a scaler makes behind a row.
  const int stride = (3 * width + 63) / 64 * 64;
  std::vector<std::uint8_t> padded(static_cast<std::size_t>(stride) * height + 64);
  std::uint8_t* rows[] = {padded.data()};
  const int strides[] = {stride};
  sws_scale(scaler, frame.data, frame.linesize, 0, frame.height, rows, strides);
  sws_freeContext(scaler);
  std::vector<std::uint8_t> pixels;
  for (int y = 0; y < height; ++y)
    pixels.insert(pixels.end(), padded.begin() + y * stride,
                  padded.begin() + y * stride + 3 * width);
  Image image(vips_image_new_from_memory_copy(pixels.data(), pixels.size(), width, height, 3,
                                              VIPS_FORMAT_UCHAR));
  if (image == nullptr) return "";
  VipsImage* turned = nullptr;
  return ThumbnailOf(
      Take(vips_rot(image.get(), &turned, static_cast<VipsAngle>(turns), nullptr), turned));
}

}  // namespace

Made ReadVideo(const Job& job) {
  Made made;
  AvFile file;
  if (!file.Open(job.file)) return made;
  const AVStream* stream = file.Choose(AVMEDIA_TYPE_VIDEO);
  if (stream == nullptr) return made;
  const std::int64_t width = stream->codecpar->width, height = stream->codecpar->height;
  if (width < 1 || height < 1) return made;
  if (width * height > kMaxPixels)
    return Refuse(Refusal::kTooLarge, "The pictures of the video are too large");
  const int turns = TurnsOf(*stream);
  made.answer.facts.width = turns % 2 == 0 ? width : height;
  made.answer.facts.height = turns % 2 == 0 ? height : width;
  made.answer.facts.duration_ms = file.DurationMs(*stream);
  file.Decode([&](const AVFrame& frame) {
    if (frame.width > 0 && frame.height > 0) made.answer.thumbnail = Picture(frame, turns);
    return false;
  });
  return made;
}

}  // namespace parley::media::worker
