#include "speech/sound.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "base/random.h"
#include "core/media/media_care.h"

namespace parley::speech {
namespace {

// So many seconds of a sound, given at each moment.
std::string Samples(double seconds, const std::function<double(double at)>& sound) {
  std::string samples;
  for (int i = 0; i < static_cast<int>(seconds * core::kSpeechRate); ++i) {
    const auto value = static_cast<std::int16_t>(sound(static_cast<double>(i) / core::kSpeechRate));
    samples += static_cast<char>(value & 0xff);
    samples += static_cast<char>(value >> 8);
  }
  return samples;
}

double Sine(double hertz, double at) { return std::sin(2 * M_PI * hertz * at); }
double Tone(double at) { return 3000 * Sine(440, at); }

// A pitch with its overtones.
double Buzz(double hertz, double at) {
  double sum = 0;
  for (int k = 1; k <= 8; ++k) sum += Sine(hertz * k, at) / k;
  return 3000 * sum;
}

class Noise {
 public:
  double operator()() { return static_cast<double>(random_->Below(6000)) - 3000; }

 private:
  std::unique_ptr<base::Random> random_ = base::MakeSeededRandom(1);
};

TEST(IsSilent, HoldsForNothingAndForHum) {
  EXPECT_TRUE(IsSilent(""));
  EXPECT_TRUE(IsSilent("x"));
  EXPECT_TRUE(IsSilent(Samples(3, [](double) { return 0; })));
  EXPECT_TRUE(IsSilent(Samples(3, [](double at) { return Tone(at) / 30; })));
  EXPECT_TRUE(IsSilent(Samples(3, [](double at) { return at < 0.01 ? Tone(at) : 0; })));  // a click
}

TEST(IsSilent, IsNotForWhatSoundsSomewhere) {
  EXPECT_FALSE(IsSilent(Samples(1, Tone)));
  EXPECT_FALSE(IsSilent(Samples(60, [](double at) { return at > 59.5 ? Tone(at) : 0; })));
}

TEST(MayBeVoice, IsNotForWhatHasNoWords) {
  Noise noise;
  EXPECT_FALSE(MayBeVoice(""));
  EXPECT_FALSE(MayBeVoice(Samples(0.01, Tone)));
  EXPECT_FALSE(MayBeVoice(Samples(5, [](double) { return 0; })));
  EXPECT_FALSE(MayBeVoice(Samples(5, Tone)));
  EXPECT_FALSE(MayBeVoice(Samples(5, [](double at) { return Buzz(100, at); })));
  EXPECT_FALSE(MayBeVoice(Samples(5, [&](double) { return noise(); })));
  // Noise in puffs, at the pace of syllables.
  EXPECT_FALSE(MayBeVoice(Samples(5, [&](double at) { return noise() * (1 + Sine(4, at)) / 2; })));
  // A tone that rises through all that is to be heard, and one that comes and goes.
  EXPECT_FALSE(MayBeVoice(Samples(6, [](double at) { return 8000 * Sine(100 + 600 * at, at); })));
  EXPECT_FALSE(MayBeVoice(
      Samples(6, [](double at) { return std::fmod(at, 1) < 0.5 ? 8000 * Sine(1000, at) : 0; })));
  // Notes that fade and go over into each other.
  EXPECT_FALSE(MayBeVoice(Samples(6, [](double at) {
    constexpr double kNotes[] = {262, 330, 392, 330};
    return Buzz(kNotes[static_cast<int>(at * 4) % 4], at) * std::exp(-6 * std::fmod(at, 0.25));
  })));
}

// What speech is like: syllables with a pitch, hisses between them, pauses.
TEST(MayBeVoice, HoldsForWhatComesAndGoesLikeAVoice) {
  Noise noise;
  const auto syllables = [&](double at) {
    const double place = std::fmod(at, 0.3);
    if (std::fmod(at, 2.4) > 2) return 0.0;
    if (place < 0.06) return noise() * 0.3;
    return Buzz(120 + 20 * Sine(1, at), at) * std::sin(M_PI * (place - 0.06) / 0.24);
  };
  EXPECT_TRUE(MayBeVoice(Samples(6, syllables)));
  EXPECT_TRUE(MayBeVoice(Samples(0.6, syllables)));
  // In a long message that is silent otherwise, and in a noisy room.
  EXPECT_TRUE(
      MayBeVoice(Samples(30, [&](double at) { return at < 6 ? syllables(at) : noise() / 100; })));
  EXPECT_TRUE(MayBeVoice(Samples(6, [&](double at) { return syllables(at) + noise() / 10; })));
}

}  // namespace
}  // namespace parley::speech
