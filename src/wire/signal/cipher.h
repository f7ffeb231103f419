// Messages between two devices: what an engine calls. docs/protocol/wire-signal.md.
//
// Each call takes the record of the other device and changes it only when it succeeds. The caller
// stores the record before a sealed message leaves, and together with what was opened before that
// is acknowledged. Thread: a record belongs to one caller at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"
#include "wire/signal/messages.h"
#include "wire/signal/pre_keys.h"
#include "wire/signal/record.h"

namespace parley::wire::signal {

inline constexpr std::size_t kMaxMessage = std::size_t{16} << 20;

// Starts a session with what the server gave out of a device. kWrongSignature or kInvalidKey for a
// bundle that is not that device's.
Result<void> StartSession(Record& record, const Identity& own, const Bundle& bundle,
                          base::Random& random);

struct Sealed {
  MessageType type;
  std::string bytes;
};
// kNoSession when none was started; kTooLarge.
Result<Sealed> Seal(Record& record, const Identity& own, std::string_view plain);

// A message of a session that is there. kNoSession when there is none at all; when no session reads
// it, what the current one says against it.
Result<std::string> Open(Record& record, std::string_view bytes, base::Random& random);

struct Opened {
  std::string plain;
  crypto::PublicKey identity;                  // the sender's
  std::optional<std::uint32_t> used_one_time;  // to be removed in the same transaction
};
// A message that may start a session. `trusted` is the sender's identity as far as it is known;
// with another one it is kChangedIdentity. kUnknownPreKey when it was made for a pre-key that
// `pre_keys` does not have.
Result<Opened> OpenPreKeyMessage(Record& record, const Identity& own, const PreKeys& pre_keys,
                                 const std::optional<crypto::PublicKey>& trusted,
                                 std::string_view bytes, base::Random& random);

}  // namespace parley::wire::signal
