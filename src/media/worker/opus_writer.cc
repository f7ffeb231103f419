#include "media/worker/opus_writer.h"

#include <algorithm>

namespace parley::media::worker {
namespace {

constexpr int kBuffer = 16 * 1024;
constexpr int kBitRate = 24'000;  // a second; what phones use for voice
constexpr char kEffort[] = "5";   // of 10: a quarter of the time, and hardly to be heard

}  // namespace

OpusWriter::~OpusWriter() { avformat_free_context(format_); }

int OpusWriter::Write(void* self, std::uint8_t* bytes, int size) {
  auto& writer = *static_cast<OpusWriter*>(self);
  if (size < 0 || writer.file_.size() + static_cast<std::size_t>(size) > writer.max_size_) {
    writer.is_full_ = true;
    return AVERROR(ENOSPC);
  }
  writer.file_.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  return size;
}

bool OpusWriter::Begin() {
  const AVCodec* codec = avcodec_find_encoder_by_name("libopus");
  encoder_.reset(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
  if (encoder_ == nullptr) return false;
  encoder_->sample_rate = kOpusRate;
  encoder_->sample_fmt = AV_SAMPLE_FMT_FLT;
  encoder_->bit_rate = kBitRate;
  encoder_->thread_count = 1;
  encoder_->flags |= AV_CODEC_FLAG_BITEXACT;  // the same file again for the same sound
  const AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
  av_channel_layout_copy(&encoder_->ch_layout, &mono);
  AVDictionary* options = nullptr;
  av_dict_set(&options, "application", "voip", 0);
  av_dict_set(&options, "compression_level", kEffort, 0);
  const int opened = avcodec_open2(encoder_.get(), codec, &options);
  av_dict_free(&options);
  if (opened < 0) return false;

  auto* buffer = static_cast<std::uint8_t*>(av_malloc(kBuffer));
  if (buffer == nullptr) return false;
  io_.reset(avio_alloc_context(buffer, kBuffer, 1, this, nullptr, Write, nullptr));
  if (io_ == nullptr || avformat_alloc_output_context2(&format_, nullptr, "ogg", nullptr) < 0)
    return false;
  format_->pb = io_.get();
  format_->flags |= AVFMT_FLAG_BITEXACT;
  stream_ = avformat_new_stream(format_, nullptr);
  waiting_.reset(av_audio_fifo_alloc(AV_SAMPLE_FMT_FLT, 1, encoder_->frame_size));
  frame_.reset(av_frame_alloc());
  packet_.reset(av_packet_alloc());
  if (stream_ == nullptr || waiting_ == nullptr || frame_ == nullptr || packet_ == nullptr ||
      avcodec_parameters_from_context(stream_->codecpar, encoder_.get()) < 0)
    return false;
  stream_->time_base = AVRational{1, kOpusRate};
  return avformat_write_header(format_, nullptr) >= 0;
}

bool OpusWriter::Add(std::span<const float> samples) {
  void* data = const_cast<float*>(samples.data());
  const int count = static_cast<int>(samples.size());
  if (av_audio_fifo_write(waiting_.get(), &data, count) < count) return false;
  while (av_audio_fifo_size(waiting_.get()) >= encoder_->frame_size)
    if (!Encode(encoder_->frame_size)) return false;
  return !is_full_;
}

bool OpusWriter::End() {
  const int rest = av_audio_fifo_size(waiting_.get());
  if (rest > 0 && !Encode(rest)) return false;
  if (avcodec_send_frame(encoder_.get(), nullptr) < 0 || !Drain()) return false;
  const bool written = av_write_trailer(format_) >= 0;
  avio_flush(io_.get());
  return written && !is_full_;
}

bool OpusWriter::Encode(int samples) {
  frame_->nb_samples = samples;
  frame_->format = AV_SAMPLE_FMT_FLT;
  frame_->sample_rate = kOpusRate;
  av_channel_layout_copy(&frame_->ch_layout, &encoder_->ch_layout);
  if (av_frame_get_buffer(frame_.get(), 0) < 0) return false;
  void* data = frame_->data[0];
  av_audio_fifo_read(waiting_.get(), &data, samples);
  frame_->pts = next_;
  next_ += samples;
  const int sent = avcodec_send_frame(encoder_.get(), frame_.get());
  av_frame_unref(frame_.get());
  return sent >= 0 && Drain();
}

bool OpusWriter::Drain() {
  while (true) {
    const int received = avcodec_receive_packet(encoder_.get(), packet_.get());
    if (received == AVERROR(EAGAIN) || received == AVERROR_EOF) return true;
    if (received < 0) return false;
    av_packet_rescale_ts(packet_.get(), AVRational{1, kOpusRate}, stream_->time_base);
    packet_->stream_index = stream_->index;
    if (av_write_frame(format_, packet_.get()) < 0) return false;
    av_packet_unref(packet_.get());
  }
}

}  // namespace parley::media::worker
