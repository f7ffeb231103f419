// Messages to a group: encrypted once, for everybody who has the sender's key
// (docs/protocol/wire-signal.md, "Sender keys").
//
// One record per group and sender. The sender hands its key out in a distribution message, which
// travels in a session to each device. As in cipher.h a call changes its record only when it
// succeeds, and the record is stored before a message leaves or discarded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"
#include "wire/signal/key_chain.h"

namespace parley::wire::signal {

inline constexpr std::size_t kMaxSenderKeys = 5;
// Kept in a record of messages that are missing. A sender that leaves numbers out, as Baileys does,
// fills this whatever it is, and the record is stored with each message.
inline constexpr std::size_t kMaxGroupSeeds = 500;

struct SenderKey {
  std::uint32_t id = 0;
  KeyChain keys;  // of a sender's own key nothing is ever missing
  crypto::PublicKey signing_key;
  std::optional<crypto::PrivateKey> private_key;  // the sender itself has it
};

struct SenderKeys {
  std::vector<SenderKey> states;  // newest first

  // A new key of one's own: for a new group, and when somebody has left it.
  void Begin(base::Random& random);
  std::size_t missing_seeds() const;
};

// For whoever does not have our key yet: reads what is sealed from now on. (For a message that is
// sealed now, SealForGroup gives it.) kNoSession without a key of one's own.
Result<std::string> MakeDistribution(const SenderKeys& record);
// Somebody else's distribution message. The same one again changes nothing, nor does a later one of
// the same key, unless the messages between are more than may be missing.
Result<void> LearnDistribution(SenderKeys& record, std::string_view bytes);

struct SealedForGroup {
  std::string bytes;
  std::string distribution;  // for whoever does not have our key yet: reads this message and later
};
// kNoSession without a key of one's own, kTooLarge over kMaxPlain, kInvalidState when the chain is
// used up.
Result<SealedForGroup> SealForGroup(SenderKeys& record, std::string_view plain,
                                    base::Random& random);
// kNoSession when the key is not known, or not from so early on, kWrongSignature, kDuplicate,
// kTooFarAhead.
Result<std::string> OpenFromGroup(SenderKeys& record, std::string_view bytes);

// As bytes, and back: see EncodeRecord.
std::string EncodeSenderKeys(const SenderKeys& record);
Result<SenderKeys> DecodeSenderKeys(std::string_view bytes);

}  // namespace parley::wire::signal
