// The one source of randomness, passed to whoever needs it, so that a seed can replay a whole run.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace parley::base {

// Thread: an instance belongs to one thread.
class Random {
 public:
  virtual ~Random() = default;
  virtual void Fill(std::span<std::uint8_t> out) = 0;

  std::uint64_t Next64();
  // Uniform in [0, bound); bound > 0.
  std::uint64_t Below(std::uint64_t bound);
  // `count` random bytes as text of [0-9A-Za-z], about 5.95 bits each.
  std::string Token(std::size_t count);
};

// From the operating system's generator; fit for keys.
std::unique_ptr<Random> MakeSystemRandom();
// Repeatable; for scenarios and tests, never for keys of a real server.
std::unique_ptr<Random> MakeSeededRandom(std::uint64_t seed);

}  // namespace parley::base
