#include "media/worker/av.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace parley::media::worker {
namespace {

constexpr int kBuffer = 64 * 1024;

// Containers that hold what they play. Others only name further files.
constexpr char kFormats[] =
    "aac,ac3,aiff,amr,amrnb,amrwb,asf,au,avi,caf,flac,flv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,"
    "mp3,mpeg,mpegts,ogg,wav,w64";

}  // namespace

void StartAv() { av_log_set_level(AV_LOG_QUIET); }

int AvFile::Read(void* self, std::uint8_t* buffer, int size) {
  auto& file = *static_cast<AvFile*>(self);
  const std::size_t left = file.file_.size() - file.at_;
  const std::size_t taken = std::min(left, static_cast<std::size_t>(std::max(size, 0)));
  if (taken == 0) return AVERROR_EOF;
  std::memcpy(buffer, file.file_.data() + file.at_, taken);
  file.at_ += taken;
  return static_cast<int>(taken);
}

std::int64_t AvFile::Seek(void* self, std::int64_t offset, int whence) {
  auto& file = *static_cast<AvFile*>(self);
  const auto size = static_cast<std::int64_t>(file.file_.size());
  whence &= ~AVSEEK_FORCE;
  if (whence == AVSEEK_SIZE) return size;
  if (whence == SEEK_CUR) offset += static_cast<std::int64_t>(file.at_);
  if (whence == SEEK_END) offset += size;
  if (offset < 0 || offset > size) return AVERROR(EINVAL);
  file.at_ = static_cast<std::size_t>(offset);
  return offset;
}

bool AvFile::Open(std::string_view file) {
  file_ = file;
  auto* buffer = static_cast<std::uint8_t*>(av_malloc(kBuffer));
  if (buffer == nullptr) return false;
  io_.reset(avio_alloc_context(buffer, kBuffer, 0, this, Read, nullptr, Seek));
  format_ = avformat_alloc_context();
  if (io_ == nullptr || format_ == nullptr) return false;
  format_->pb = io_.get();
  AVDictionary* options = nullptr;
  av_dict_set(&options, "format_whitelist", kFormats, 0);
  av_dict_set(&options, "protocol_whitelist", "none", 0);
  const int opened = avformat_open_input(&format_, nullptr, nullptr, &options);
  av_dict_free(&options);
  return opened >= 0 && avformat_find_stream_info(format_, nullptr) >= 0;
}

AVStream* AvFile::Choose(AVMediaType type) {
  const AVCodec* codec = nullptr;
  stream_ = av_find_best_stream(format_, type, -1, -1, &codec, 0);
  if (stream_ < 0) return nullptr;
  AVStream* stream = format_->streams[stream_];
  decoder_.reset(avcodec_alloc_context3(codec));
  if (decoder_ == nullptr || avcodec_parameters_to_context(decoder_.get(), stream->codecpar) < 0)
    return nullptr;
  decoder_->thread_count = 1;
  decoder_->pkt_timebase = stream->time_base;
  return avcodec_open2(decoder_.get(), codec, nullptr) < 0 ? nullptr : stream;
}

std::optional<std::int64_t> AvFile::DurationMs(const AVStream& stream) const {
  std::int64_t ms = -1;
  if (stream.duration != AV_NOPTS_VALUE)
    ms = av_rescale_q(stream.duration, stream.time_base, AVRational{1, 1000});
  else if (format_->duration != AV_NOPTS_VALUE)
    ms = format_->duration / (AV_TIME_BASE / 1000);
  if (ms < 0 || ms > core::MediaFacts::kMaxDurationMs) return std::nullopt;
  return ms;
}

bool AvFile::IsOgg() const { return std::strcmp(format_->iformat->name, "ogg") == 0; }

bool AvFile::Decode(const std::function<bool(const AVFrame& frame)>& take) {
  const Av<AVPacket> packet(av_packet_alloc());
  const Av<AVFrame> frame(av_frame_alloc());
  bool any = false, ended = false;
  while (packet != nullptr && frame != nullptr) {
    const int received = avcodec_receive_frame(decoder_.get(), frame.get());
    if (received >= 0) {
      any = true;
      const bool more = take(*frame);
      av_frame_unref(frame.get());
      if (!more) break;
      continue;
    }
    if (received != AVERROR(EAGAIN) || ended) break;
    // A file that breaks off, or a packet that makes no sense: what was there before counts.
    ended = av_read_frame(format_, packet.get()) < 0;
    if (ended) {
      avcodec_send_packet(decoder_.get(), nullptr);
    } else {
      if (packet->stream_index == stream_) avcodec_send_packet(decoder_.get(), packet.get());
      av_packet_unref(packet.get());
    }
  }
  return any;
}

namespace {

// Makes one channel of whatever a frame has. A stream may change its form on the way.
class Mixer {
 public:
  explicit Mixer(int rate) : rate_(rate) {}

  // Nothing when the frame cannot be mixed.
  std::span<const float> Mix(const AVFrame& frame) {
    if (!Prepare(frame)) return {};
    const int room = swr_get_out_samples(swr_.get(), frame.nb_samples);
    return Convert(frame.extended_data, frame.nb_samples, room);
  }
  // What is still held back.
  std::span<const float> Rest() {
    if (swr_ == nullptr) return {};
    return Convert(nullptr, 0, swr_get_out_samples(swr_.get(), 0));
  }

 private:
  bool Prepare(const AVFrame& frame) {
    const int channels = frame.ch_layout.nb_channels;
    if (swr_ != nullptr && frame.format == format_ && channels == channels_ &&
        frame.sample_rate == source_rate_)
      return true;
    AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
    AVChannelLayout from{};
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
      av_channel_layout_default(&from, channels);
    else
      av_channel_layout_copy(&from, &frame.ch_layout);
    SwrContext* swr = nullptr;
    const int made = swr_alloc_set_opts2(&swr, &mono, AV_SAMPLE_FMT_FLT, rate_, &from,
                                         static_cast<AVSampleFormat>(frame.format),
                                         frame.sample_rate, 0, nullptr);
    swr_.reset(swr);
    av_channel_layout_uninit(&from);
    format_ = frame.format;
    channels_ = channels;
    source_rate_ = frame.sample_rate;
    if (made >= 0 && swr_init(swr_.get()) >= 0) return true;
    swr_.reset();
    return false;
  }

  std::span<const float> Convert(std::uint8_t** data, int count, int room) {
    if (room <= 0) return {};
    samples_.resize(static_cast<std::size_t>(room));
    auto* out = reinterpret_cast<std::uint8_t*>(samples_.data());
    const int made =
        swr_convert(swr_.get(), &out, room, const_cast<const std::uint8_t**>(data), count);
    if (made <= 0) return {};
    return std::span<const float>(samples_).first(static_cast<std::size_t>(made));
  }

  const int rate_;
  int format_ = -1, channels_ = 0, source_rate_ = 0;
  Av<SwrContext> swr_;
  std::vector<float> samples_;
};

}  // namespace

Hearing Listen(AvFile& file, int rate,
               const std::function<bool(std::span<const float> samples)>& take) {
  if (file.Choose(AVMEDIA_TYPE_AUDIO) == nullptr) return Hearing::kNoSound;
  Mixer mixer(rate);
  bool heard = false, more = true;
  const bool decoded = file.Decode([&](const AVFrame& frame) {
    const std::span<const float> samples = mixer.Mix(frame);
    if (samples.empty()) return true;
    heard = true;
    more = take(samples);
    return more;
  });
  if (decoded && more) {
    const std::span<const float> rest = mixer.Rest();
    if (!rest.empty()) take(rest);
  }
  if (heard) return Hearing::kHeard;
  return decoded ? Hearing::kNoSound : Hearing::kUnreadable;
}

}  // namespace parley::media::worker
