#include "wire/noise/transport.h"

#include <limits>
#include <utility>

#include "wire/binary/codec.h"

namespace parley::wire::noise {
namespace {

constexpr std::uint32_t kLastCounter = std::numeric_limits<std::uint32_t>::max();

const Fault kUsedUp{FaultCode::kInvalidState, "a connection that has counted to its end"};

static_assert(1 + binary::kMaxNodeBytes <= kMaxPlain, "a node has one byte of flags in front");

}  // namespace

crypto::GcmNonce NonceOf(std::uint32_t counter) {
  crypto::GcmNonce nonce{};
  for (int i = 0; i < 4; ++i) nonce[8 + i] = static_cast<std::uint8_t>(counter >> (24 - 8 * i));
  return nonce;
}

Transport::Transport(Transport&& from) noexcept
    : sending_(std::exchange(from.sending_, {})),
      receiving_(std::exchange(from.receiving_, {})),
      sent_(std::exchange(from.sent_, kLastCounter)),
      received_(std::exchange(from.received_, kLastCounter)) {}

Transport& Transport::operator=(Transport&& from) noexcept {
  if (this == &from) return *this;
  sending_ = std::exchange(from.sending_, {});
  receiving_ = std::exchange(from.receiving_, {});
  sent_ = std::exchange(from.sent_, kLastCounter);
  received_ = std::exchange(from.received_, kLastCounter);
  return *this;
}

Result<std::string> Transport::Seal(std::string_view plain) {
  if (sent_ == kLastCounter) return kUsedUp;
  if (plain.size() > kMaxPlain) return Fault{FaultCode::kTooLarge, "longer than a frame can be"};
  return crypto::GcmSeal(sending_, NonceOf(sent_++), "", plain);
}

Result<std::string> Transport::Open(std::string_view sealed) {
  if (received_ == kLastCounter) return kUsedUp;
  PARLEY_TRY(plain, crypto::GcmOpen(receiving_, NonceOf(received_), "", sealed));
  ++received_;
  return std::move(plain);
}

}  // namespace parley::wire::noise
