// How loud a voice message is from its beginning to its end, as the phones draw it: 64 bars, the
// loudest of which is 100.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace parley::media::worker {

class Waveform {
 public:
  explicit Waveform(int rate) : piece_(static_cast<std::size_t>(rate / 50)) {}

  void Add(std::span<const float> samples);
  // Two hexadecimal digits a bar.
  std::string Bars() const;

 private:
  const std::size_t piece_;    // samples in 20 ms
  std::vector<float> levels_;  // mean of each piece
  std::size_t in_piece_ = 0;
  double sum_ = 0;
};

}  // namespace parley::media::worker
