#include "base/random.h"

#include <sodium.h>

#include <array>
#include <cstring>
#include <random>

namespace parley::base {
namespace {

// Ids are made for every request, so bytes are drawn in blocks: one call into the generator per
// 512 bytes instead of per id.
class SystemRandom final : public Random {
 public:
  void Fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) {
      if (used_ == block_.size()) {
        randombytes_buf(block_.data(), block_.size());
        used_ = 0;
      }
      byte = block_[used_];
      block_[used_++] = 0;  // a byte given out once is not kept in memory
    }
  }

 private:
  std::array<std::uint8_t, 512> block_{};
  std::size_t used_ = block_.size();
};

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  void Fill(std::span<std::uint8_t> out) override {
    for (std::size_t i = 0; i < out.size(); i += 8) {
      const std::uint64_t word = engine_();
      std::memcpy(out.data() + i, &word, std::min<std::size_t>(8, out.size() - i));
    }
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace

std::uint64_t Random::Next64() {
  std::array<std::uint8_t, 8> bytes;
  Fill(bytes);
  std::uint64_t word;
  std::memcpy(&word, bytes.data(), 8);
  return word;
}

std::uint64_t Random::Below(std::uint64_t bound) {
  // Values at the very top would favour small results; draw again (bounds here are small, so the
  // loop practically never repeats).
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
  std::uint64_t word = Next64();
  while (word >= limit) word = Next64();
  return word % bound;
}

std::string Random::Token(std::size_t count) {
  static constexpr char kAlphabet[] =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string token(count, '0');
  for (char& c : token) c = kAlphabet[Below(62)];
  return token;
}

std::unique_ptr<Random> MakeSystemRandom() {
  if (sodium_init() < 0) std::abort();
  return std::make_unique<SystemRandom>();
}

std::unique_ptr<Random> MakeSeededRandom(std::uint64_t seed) {
  return std::make_unique<SeededRandom>(seed);
}

}  // namespace parley::base
