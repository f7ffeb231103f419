// A connection after its handshake: seals and opens what is in frames.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wire/crypto/aes.h"
#include "wire/crypto/fault.h"
#include "wire/noise/frame.h"

namespace parley::wire::noise {

// The nonce of a counter, in the handshake and after it.
crypto::GcmNonce NonceOf(std::uint32_t counter);

// What fits in a frame when it is sealed.
inline constexpr std::size_t kMaxPlain = kMaxFrame - crypto::kGcmTag;

// Both sides must seal and open in the same order. Thread: one at a time. It can be moved, and then
// is used up; not copied, because two with one key would use a nonce twice.
class Transport {
 public:
  // `first` is what both directions count from: 0, unless a test wants to see the end.
  Transport(const crypto::AesKey& sending, const crypto::AesKey& receiving, std::uint32_t first = 0)
      : sending_(sending), receiving_(receiving), sent_(first), received_(first) {}
  Transport(Transport&& from) noexcept;
  Transport& operator=(Transport&& from) noexcept;

  // kTooLarge over kMaxPlain, and nothing is counted; kInvalidState when the counter is used up: no
  // nonce is ever used twice.
  Result<std::string> Seal(std::string_view plain);
  // kWrongMac when it is not the next thing that the other side sealed. Then the connection is of
  // no use any more.
  Result<std::string> Open(std::string_view sealed);

 private:
  crypto::AesKey sending_, receiving_;
  std::uint32_t sent_, received_;
};

}  // namespace parley::wire::noise
