#include <algorithm>
#include <cmath>

#include "core/media/media_care.h"
#include "media/worker/av.h"

namespace parley::media::worker {
namespace {

void Append(std::string& out, float sample) {
  const float bounded = std::isfinite(sample) ? std::clamp(sample, -1.0F, 1.0F) : 0.0F;
  const auto number = static_cast<std::int16_t>(std::lround(bounded * 32767));
  const auto bits = static_cast<std::uint16_t>(number);
  out += static_cast<char>(bits & 0xff);
  out += static_cast<char>(bits >> 8);
}

}  // namespace

Made MakeSpeech(const Job& job) {
  AvFile file;
  if (!file.Open(job.file)) return Refuse(Refusal::kUnreadable, "The audio cannot be read");
  const auto longest =
      std::min(static_cast<std::size_t>(job.request.longest_ms) * core::kSpeechRate / 1000 * 2,
               static_cast<std::size_t>(job.request.max_output) & ~std::size_t{1});
  Made made;
  const Hearing hearing = Listen(file, core::kSpeechRate, [&](std::span<const float> piece) {
    const std::size_t room = (longest - made.output.size()) / 2;
    for (const float sample : piece.first(std::min(room, piece.size())))
      Append(made.output, sample);
    made.answer.is_cut = made.answer.is_cut || piece.size() > room;
    return !made.answer.is_cut;
  });
  if (hearing == Hearing::kUnreadable)
    return Refuse(Refusal::kUnreadable, "The audio cannot be read");
  if (hearing == Hearing::kNoSound) return Refuse(Refusal::kEmpty, "There is no sound in the file");
  made.answer.output = Output::kSamples;
  return made;
}

}  // namespace parley::media::worker
