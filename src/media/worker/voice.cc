#include "media/worker/av.h"
#include "media/worker/opus_writer.h"
#include "media/worker/waveform.h"

namespace parley::media::worker {
namespace {

constexpr std::int64_t kLongest = std::int64_t{kOpusRate} * 2 * 3600;  // samples

Made CannotRead() { return Refuse(Refusal::kUnreadable, "The audio cannot be read"); }

bool IsRightForm(std::string_view file) {
  return file.starts_with("OggS") && file.substr(0, 64).find("OpusHead") != std::string_view::npos;
}

// What phones record already.
bool IsVoice(AvFile& file) {
  const AVStream* stream = file.Choose(AVMEDIA_TYPE_AUDIO);
  return stream != nullptr && file.IsOgg() && stream->codecpar->codec_id == AV_CODEC_ID_OPUS &&
         stream->codecpar->ch_layout.nb_channels == 1;
}

}  // namespace

Made MakeVoice(const Job& job) {
  AvFile file;
  if (!file.Open(job.file)) return IsRightForm(job.file) ? Made() : CannotRead();
  const bool stays = job.request.only_look || IsVoice(file);
  OpusWriter writer(static_cast<std::size_t>(job.request.max_output));
  if (!stays && !writer.Begin()) return Refuse(Refusal::kUnreadable, "Voice cannot be encoded");
  Waveform waveform(kOpusRate);
  std::int64_t samples = 0;
  bool written = true;
  const Hearing hearing = Listen(file, kOpusRate, [&](std::span<const float> piece) {
    waveform.Add(piece);
    samples += static_cast<std::int64_t>(piece.size());
    written = stays || writer.Add(piece);
    return written && samples <= kLongest;
  });
  if (hearing != Hearing::kHeard && IsRightForm(job.file)) return Made();
  if (hearing == Hearing::kUnreadable) return CannotRead();
  if (hearing == Hearing::kNoSound) return Refuse(Refusal::kEmpty, "There is no sound in the file");
  if (samples > kLongest) return Refuse(Refusal::kTooLarge, "The audio is longer than 2 hours");
  if (!stays) written = written && writer.End();
  if (writer.is_full())
    return Refuse(Refusal::kTooLarge, "The audio is too long for a voice message");
  if (!written) return Refuse(Refusal::kUnreadable, "Voice cannot be encoded");
  Made made;
  made.answer.facts.duration_ms = samples * 1000 / kOpusRate;
  made.answer.facts.waveform = waveform.Bars();
  if (stays) return made;
  made.answer.output = Output::kOpus;
  made.output = std::move(writer.file());
  return made;
}

Made ReadAudio(const Job& job) {
  Made made;
  AvFile file;
  if (!file.Open(job.file)) return made;
  if (const AVStream* stream = file.Choose(AVMEDIA_TYPE_AUDIO))
    made.answer.facts.duration_ms = file.DurationMs(*stream);
  return made;
}

}  // namespace parley::media::worker
