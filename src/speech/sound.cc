#include "speech/sound.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
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

constexpr double kBelowTop = 25;  // dB: what is quieter is a pause
constexpr double kVoiced = 0.7;   // of 1, how much a voiced frame is like itself a period later
constexpr double kLeastVoiced = 0.25;  // of the frames that are no pauses
constexpr double kMostVoiced = 0.9;    // of all frames
constexpr double kLeastSpread = 2.5;   // dB, standard deviation of the levels that are no pauses
constexpr double kMostAlike = 0.995;   // the voiced frames' likeness, in the middle
constexpr double kLeastNews = 0.003;  // what two samples do not foretell of the next, in the middle

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
  double news = 0;      // energy that no combination of the two samples before foretells, of 1
};

double LikenessOf(const float* sound, float energy) {
  double best = 0;
  float later = Product(sound + kShortest, sound + kShortest);
  for (std::size_t lag = kShortest; lag <= kLongest; ++lag) {
    best = std::max(best, Product(sound, sound + lag) / std::sqrt(double{energy} * later + 1));
    later += sound[lag + kFrame] * sound[lag + kFrame] - sound[lag] * sound[lag];
    later = std::max(later, 0.0F);
  }
  return best;
}

// By least squares: a tone of any pitch, and nothing else, is foretold by two samples.
double NewsIn(const float* sound) {
  double all = 0, by_last = 0, by_second = 0, last = 0, second = 0, both = 0;
  for (std::size_t i = 2; i < kFrame; ++i) {
    const double now = sound[i], before = sound[i - 1], earlier = sound[i - 2];
    all += now * now;
    by_last += now * before;
    by_second += now * earlier;
    last += before * before;
    second += earlier * earlier;
    both += before * earlier;
  }
  const double determinant = last * second - both * both;
  if (determinant <= 0) return 0;
  const double a = (by_last * second - by_second * both) / determinant;
  const double b = (by_second * last - by_last * both) / determinant;
  return std::max(all - a * by_last - b * by_second, 0.0) / (all + 1);
}

Frame FrameAt(const float* sound) {
  Frame frame;
  const float energy = Product(sound, sound);
  frame.level = 10 * std::log10(energy / kFrame + 1);
  frame.likeness = LikenessOf(sound, energy);
  frame.news = NewsIn(sound);
  return frame;
}

std::vector<Frame> FramesOf(const std::vector<float>& sound) {
  std::vector<Frame> frames;
  for (std::size_t at = 0; at + kFrame + kLongest < sound.size(); at += kStep)
    frames.push_back(FrameAt(sound.data() + at));
  return frames;
}

// The value that such a share of them does not exceed; 0 when there is none.
double ValueAt(double share, std::vector<double> values) {
  if (values.empty()) return 0;
  const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + place, values.end());
  return values[static_cast<std::size_t>(place)];
}

double SpreadOf(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  for (const double value : values) {
    sum += value;
    squares += value * value;
  }
  const auto count = static_cast<double>(values.size());
  return std::sqrt(std::max(squares / count - sum / count * (sum / count), 0.0));
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
  std::vector<double> levels;
  for (const Frame& frame : frames) levels.push_back(frame.level);
  const double pause = ValueAt(0.95, levels) - kBelowTop;
  std::vector<double> loud, alike, news;
  for (const Frame& frame : frames) {
    if (frame.level < pause) continue;
    loud.push_back(frame.level);
    news.push_back(frame.news);
    if (frame.likeness > kVoiced) alike.push_back(frame.likeness);
  }
  const auto voiced = static_cast<double>(alike.size());
  return voiced >= kLeastVoiced * static_cast<double>(loud.size()) &&
         voiced <= kMostVoiced * static_cast<double>(frames.size()) &&
         SpreadOf(loud) >= kLeastSpread && ValueAt(0.5, std::move(alike)) <= kMostAlike &&
         ValueAt(0.5, std::move(news)) >= kLeastNews;
}

}  // namespace parley::speech
