// Messages between two devices: what an engine calls. docs/protocol/wire-signal.md.
//
// Each call takes the record of the other device and changes it only when it succeeds. The caller
// stores the record before a sealed message leaves, and together with what was opened before that
// is acknowledged. When storing fails it discards the record, and the message with it, and reads
// the stored one again. Thread: a record belongs to one caller at a time.
//
// `trusted` is the other device's identity as the caller knows it. Sessions with another one, and
// sessions of an identity that was ours before, are passed over: they neither send nor read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/time.h"
#include "wire/binary/codec.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"
#include "wire/signal/messages.h"
#include "wire/signal/pre_keys.h"
#include "wire/signal/record.h"

namespace parley::wire::signal {

// What is read at most: all that a node can hold. And what is sealed at most, also for a group:
// with all that comes around it, it still is a node of one frame.
inline constexpr std::size_t kMaxMessage = binary::kMaxNodeBytes;
inline constexpr std::size_t kMaxPlain = std::size_t{15} << 20;

// Starts a session with what the server gave out of a device. kWrongSignature or kInvalidKey for a
// bundle that is not that device's; kChangedIdentity when the device is known, and is another one
// in the bundle. With nullopt the caller takes the bundle's identity as the trusted one.
Result<void> StartSession(Record& record, const Identity& own,
                          const std::optional<crypto::PublicKey>& trusted, const Bundle& bundle,
                          base::Time now, base::Random& random);

struct Sealed {
  MessageType type;
  std::string bytes;
};
// kNoSession when none was started with the trusted identity; kTooLarge over kMaxPlain.
Result<Sealed> Seal(Record& record, const Identity& own, const crypto::PublicKey& trusted,
                    std::string_view plain);

struct Opened {
  std::string plain;
  crypto::PublicKey identity;                  // the sender's
  std::optional<std::uint32_t> used_one_time;  // to be removed in the same transaction
};
// A message of a session that is there. kNoSession when there is none at all; kChangedIdentity when
// it belongs to one with another identity; when no session reads it, what the current one says
// against it.
Result<Opened> Open(Record& record, const Identity& own, const crypto::PublicKey& trusted,
                    std::string_view bytes, base::Random& random);

// A message that may start a session. kChangedIdentity when the sender is known, and is another one
// in the message; with nullopt the caller takes Opened::identity as the trusted one. kUnknownPreKey
// when it was made for a pre-key that `pre_keys` does not have.
Result<Opened> OpenPreKeyMessage(Record& record, const Identity& own, const PreKeys& pre_keys,
                                 const std::optional<crypto::PublicKey>& trusted,
                                 std::string_view bytes, base::Random& random);

}  // namespace parley::wire::signal
