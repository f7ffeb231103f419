// One session: what two devices have in common, and the two ratchets. docs/protocol/wire-signal.md.
//
// Its members are the whole state and are stored as they are (record.h); the functions are the
// steps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"
#include "wire/signal/key_chain.h"
#include "wire/signal/key_schedule.h"
#include "wire/signal/messages.h"
#include "wire/signal/pre_keys.h"

namespace parley::wire::signal {

inline constexpr std::size_t kMaxSeeds = 2000;  // kept of messages that are missing
inline constexpr std::size_t kMaxReceivingChains = 5;

struct ReceivingChain {
  crypto::PublicKey ratchet_key;
  KeyChain keys;
};

// What the other side needs in each message of a session that we started, until it has answered.
struct PendingPreKey {
  std::optional<std::uint32_t> one_time_id;
  std::uint32_t signed_id = 0;
  base::Time started;  // how long it has been waiting for an answer is for the caller to judge
};

struct Session {
  Session(const crypto::PublicKey& own_identity, const crypto::PublicKey& their_identity,
          std::uint32_t their_registration_id, const crypto::PublicKey& base_key,
          const crypto::KeyPair& ratchet)
      : own_identity(own_identity),
        their_identity(their_identity),
        their_registration_id(their_registration_id),
        base_key(base_key),
        ratchet(ratchet) {}

  crypto::PublicKey own_identity, their_identity;
  std::uint32_t their_registration_id;
  crypto::PublicKey base_key;  // the initiator's, by which the session is known
  RootKey root;
  crypto::KeyPair ratchet;  // our own
  ChainKey sending;
  std::uint32_t previous_counter = 0;
  std::vector<ReceivingChain> receiving;  // oldest first
  std::optional<PendingPreKey> pending;

  bool IsBetween(const crypto::PublicKey& own, const crypto::PublicKey& theirs) const {
    return own_identity == own && their_identity == theirs;
  }
  std::size_t missing_seeds() const;
  // Whether there is a receiving chain under that key of theirs. Then no other session has one.
  bool Receives(const crypto::PublicKey& ratchet_key) const;
};

// Draws two keys. Checks the bundle.
Result<Session> Initiate(const Identity& own, const Bundle& bundle, base::Time now,
                         base::Random& random);
// Without the message itself, which is to be read at once: only then can the session send.
Result<Session> Respond(const Identity& own, const PreKeyMessage& message,
                        const crypto::KeyPair& signed_key,
                        const std::optional<crypto::KeyPair>& one_time);

// An encoded Message. kInvalidState when the chain is used up.
Result<std::string> SealIn(Session& session, std::string_view plain);
// `bytes` is the encoded form of `message`. A session that cannot read it is unchanged, and nothing
// was drawn.
Result<std::string> OpenIn(Session& session, const Message& message, std::string_view bytes,
                           base::Random& random);

}  // namespace parley::wire::signal
