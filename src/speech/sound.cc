#include "speech/sound.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/media/media_care.h"

namespace parley::speech {
namespace {

// Speech into a telephone peaks at thousands; the noise of a still room stays below this.
constexpr int kAudible = 200;
// So many samples of a second must be audible somewhere.
constexpr std::size_t kAudibleSamples = 400;

// Pitch is looked for at half the rate, in frames of 32 ms, each 16 ms after the one before.
constexpr int kRate = core::kSpeechRate / 2;
constexpr std::size_t kFrame = 256, kStep = 128;
constexpr std::size_t kShortest = kRate / 400, kLongest = kRate / 70;
constexpr double kStepSeconds = static_cast<double>(kStep) / kRate;

constexpr double kBelowTop = 25;   // dB: what is quieter is a pause
constexpr double kVoiced = 0.7;    // of 1, how much a voiced frame is like itself a period later
constexpr double kUnvoiced = 0.5;  // under it, a stretch of voice has ended
constexpr double kLeastVoiced = 0.25;    // of the frames that are no pauses
constexpr double kLeastSpread = 2.5;     // dB, standard deviation of their levels
constexpr double kLongestStretch = 2.5;  // seconds of voice without a break, on average

std::int16_t SampleAt(const std::string& samples, std::size_t at) {
  const auto low = static_cast<std::uint8_t>(samples[at]);
  return static_cast<std::int16_t>(low | samples[at + 1] << 8);
}

std::vector<float> Halved(const std::string& samples) {
  std::vector<float> halved;
  halved.reserve(samples.size() / 4);
  for (std::size_t at = 0; at + 3 < samples.size(); at += 4)
    halved.push_back(0.5F * static_cast<float>(SampleAt(samples, at) + SampleAt(samples, at + 2)));
  return halved;
}

float Product(const float* a, const float* b) {
  float sum = 0;
  for (std::size_t i = 0; i < kFrame; ++i) sum += a[i] * b[i];
  return sum;
}

struct Frame {
  double level = 0;     // dB
  double likeness = 0;  // with itself, one period of the best pitch later
};

Frame FrameAt(const float* sound) {
  Frame frame;
  const float energy = Product(sound, sound);
  frame.level = 10 * std::log10(energy / kFrame + 1);
  float later = Product(sound + kShortest, sound + kShortest);
  for (std::size_t lag = kShortest; lag <= kLongest; ++lag) {
    const double like = Product(sound, sound + lag) / std::sqrt(double{energy} * later + 1);
    frame.likeness = std::max(frame.likeness, like);
    later += sound[lag + kFrame] * sound[lag + kFrame] - sound[lag] * sound[lag];
    later = std::max(later, 0.0F);
  }
  return frame;
}

std::vector<Frame> FramesOf(const std::vector<float>& sound) {
  std::vector<Frame> frames;
  for (std::size_t at = 0; at + kFrame + kLongest < sound.size(); at += kStep)
    frames.push_back(FrameAt(sound.data() + at));
  return frames;
}

// The level that one frame in twenty is above.
double TopOf(const std::vector<Frame>& frames) {
  std::vector<double> levels;
  for (const Frame& frame : frames) levels.push_back(frame.level);
  const auto top = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() * 95 / 100);
  std::nth_element(levels.begin(), top, levels.end());
  return *top;
}

}  // namespace

bool IsSilent(const std::string& samples) {
  constexpr std::size_t kSecond = 2 * core::kSpeechRate;
  for (std::size_t second = 0; second < samples.size(); second += kSecond) {
    const std::size_t end = std::min(second + kSecond, samples.size());
    std::size_t audible = 0;
    for (std::size_t at = second; at + 1 < end; at += 2)
      if (std::abs(int{SampleAt(samples, at)}) > kAudible) ++audible;
    if (audible >= kAudibleSamples) return false;
  }
  return true;
}

bool MayBeVoice(const std::string& samples) {
  const std::vector<Frame> frames = FramesOf(Halved(samples));
  if (frames.empty()) return false;
  const double pause = TopOf(frames) - kBelowTop;
  double loud = 0, voiced = 0, stretches = 0, sum = 0, squares = 0;
  bool in_stretch = false;
  for (const Frame& frame : frames) {
    const bool is_loud = frame.level >= pause;
    const bool is_voiced = is_loud && frame.likeness > kVoiced;
    if (is_voiced && !in_stretch) ++stretches;
    if (is_voiced) in_stretch = true;
    if (!is_loud || frame.likeness < kUnvoiced) in_stretch = false;
    if (is_voiced) ++voiced;
    if (!is_loud) continue;
    ++loud;
    sum += frame.level;
    squares += frame.level * frame.level;
  }
  const double mean = sum / loud;
  const double spread = std::sqrt(std::max(squares / loud - mean * mean, 0.0));
  return spread >= kLeastSpread && voiced >= kLeastVoiced * loud &&
         voiced * kStepSeconds <= kLongestStretch * stretches;
}

}  // namespace parley::speech
