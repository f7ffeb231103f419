// Sound and video by FFmpeg's libraries, as the jobs use them: RAII over their objects, and a file
// in memory as their input.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/audio_fifo.h>
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
}

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "media/worker/job.h"

namespace parley::media::worker {

struct AvFree {
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(SwrContext* resampler) const { swr_free(&resampler); }
  void operator()(AVAudioFifo* fifo) const { av_audio_fifo_free(fifo); }
  void operator()(AVIOContext* io) const {
    av_freep(&io->buffer);
    avio_context_free(&io);
  }
};
template <class T>
using Av = std::unique_ptr<T, AvFree>;

// Before the first job: FFmpeg's libraries say nothing.
void StartAv();

// A file being read.
class AvFile {
 public:
  AvFile() = default;
  AvFile(const AvFile&) = delete;
  ~AvFile() { avformat_close_input(&format_); }

  // False when it is in no known format.
  bool Open(std::string_view file);
  // The stream of that kind that counts, ready to be decoded; nullptr when there is none.
  AVStream* Choose(AVMediaType type);
  // What the stream or the file says; nullopt when neither does.
  std::optional<std::int64_t> DurationMs(const AVStream& stream) const;
  bool IsOgg() const;

  // Decodes the chosen stream until its end, or until `take` returns false. False when not one
  // frame could be decoded.
  bool Decode(const std::function<bool(const AVFrame& frame)>& take);

 private:
  static int Read(void* self, std::uint8_t* buffer, int size);
  static std::int64_t Seek(void* self, std::int64_t offset, int whence);

  std::string_view file_;
  std::size_t at_ = 0;
  Av<AVIOContext> io_;
  AVFormatContext* format_ = nullptr;
  Av<AVCodecContext> decoder_;
  int stream_ = -1;
};

// The sound of a file as one channel at `rate`, a piece at a time.
enum class Hearing { kHeard, kNoSound, kUnreadable };
Hearing Listen(AvFile& file, int rate,
               const std::function<bool(std::span<const float> samples)>& take);

}  // namespace parley::media::worker
