#include "media/worker/waveform.h"

#include <algorithm>
#include <cmath>

#include "base/encoding.h"
#include "core/media/media.h"

namespace parley::media::worker {

void Waveform::Add(std::span<const float> samples) {
  for (const float sample : samples) {
    // A file may hold what is no number at all.
    sum_ += std::isfinite(sample) ? std::min(std::abs(sample), 1.0F) : 0.0F;
    if (++in_piece_ < piece_) continue;
    levels_.push_back(static_cast<float>(sum_ / static_cast<double>(piece_)));
    in_piece_ = 0;
    sum_ = 0;
  }
}

std::string Waveform::Bars() const {
  constexpr std::size_t kBars = core::MediaFacts::kWaveformBars;
  std::vector<float> levels = levels_;
  if (in_piece_ > 0) levels.push_back(static_cast<float>(sum_ / static_cast<double>(in_piece_)));
  float bars[kBars] = {};
  for (std::size_t i = 0; i < kBars && !levels.empty(); ++i) {
    const std::size_t begin = i * levels.size() / kBars;
    const std::size_t end = std::max(begin + 1, (i + 1) * levels.size() / kBars);
    double sum = 0;
    for (std::size_t at = begin; at < end; ++at) sum += levels[at];
    bars[i] = static_cast<float>(sum / static_cast<double>(end - begin));
  }
  const float loudest = *std::max_element(std::begin(bars), std::end(bars));
  std::string bytes;
  for (const float bar : bars)
    bytes += static_cast<char>(loudest > 0 ? std::lround(100 * bar / loudest) : 0);
  return base::ToHexText(bytes);
}

}  // namespace parley::media::worker
