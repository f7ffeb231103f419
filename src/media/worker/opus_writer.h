// An Ogg file with Opus, one channel, as phones make voice messages.
#pragma once

#include <span>
#include <string>

#include "media/worker/av.h"

namespace parley::media::worker {

inline constexpr int kOpusRate = 48'000;

class OpusWriter {
 public:
  explicit OpusWriter(std::size_t max_size) : max_size_(max_size) {}
  OpusWriter(const OpusWriter&) = delete;
  ~OpusWriter();

  // Each is false when it could not be done, or the file is over its size.
  bool Begin();
  bool Add(std::span<const float> samples);
  bool End();

  bool is_full() const { return is_full_; }
  std::string& file() { return file_; }

 private:
  static int Write(void* self, std::uint8_t* bytes, int size);
  bool Encode(int samples);
  bool Drain();

  const std::size_t max_size_;
  std::string file_;
  bool is_full_ = false;
  Av<AVIOContext> io_;
  Av<AVCodecContext> encoder_;
  Av<AVAudioFifo> waiting_;
  Av<AVFrame> frame_;
  Av<AVPacket> packet_;
  AVFormatContext* format_ = nullptr;
  AVStream* stream_ = nullptr;
  std::int64_t next_ = 0;  // number of the next sample
};

}  // namespace parley::media::worker
