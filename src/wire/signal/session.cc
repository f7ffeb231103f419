#include "wire/signal/session.h"

#include <algorithm>
#include <limits>

namespace parley::wire::signal {
namespace {

// What reading a message would change, while it is not known whether it is real.
struct Reading {
  std::optional<RootStep> step;  // for a ratchet key that was not known
  ReceivingChain* chain = nullptr;
  ChainKey next;                     // the chain behind this message
  std::vector<MissingSeed> skipped;  // of messages between the last one and this one
  std::size_t taken = 0;             // which of chain->missing this is, when it is one of them
  bool is_late = false;
  Seed seed;
};

Result<void> FindSeed(Reading& reading, const ReceivingChain& chain, std::uint32_t counter) {
  if (counter < chain.chain.index) {
    const auto found =
        std::find_if(chain.missing.begin(), chain.missing.end(),
                     [&](const MissingSeed& missing) { return missing.index == counter; });
    if (found == chain.missing.end())
      return Fault{FaultCode::kDuplicate, "the key of this message was used before"};
    reading.is_late = true;
    reading.taken = static_cast<std::size_t>(found - chain.missing.begin());
    reading.seed = found->seed;
    return {};
  }
  if (counter - chain.chain.index > kMaxMissing)
    return Fault{FaultCode::kTooFarAhead, "too many messages before this one are missing"};
  if (counter == std::numeric_limits<std::uint32_t>::max())
    return Fault{FaultCode::kTooFarAhead, "a chain that has counted to its end"};
  ChainKey at = chain.chain;
  for (; at.index < counter; at = at.Next())
    reading.skipped.push_back({at.index, at.MessageSeed()});
  reading.seed = at.MessageSeed();
  reading.next = at.Next();
  return {};
}

void DropOldestSeeds(Session& session) {
  std::size_t over = session.missing_seeds();
  over = over > kMaxSeeds ? over - kMaxSeeds : 0;
  for (ReceivingChain& chain : session.receiving) {
    const std::size_t count = std::min(over, chain.missing.size());
    chain.missing.erase(chain.missing.begin(), chain.missing.begin() + count);
    over -= count;
  }
}

// The message is real: its chain goes on behind it.
void Advance(ReceivingChain& chain, Reading& reading) {
  if (reading.is_late) {
    chain.missing.erase(chain.missing.begin() + reading.taken);
    return;
  }
  chain.chain = reading.next;
  chain.missing.insert(chain.missing.end(), reading.skipped.begin(), reading.skipped.end());
}

}  // namespace

std::size_t Session::missing_seeds() const {
  std::size_t count = 0;
  for (const ReceivingChain& chain : receiving) count += chain.missing.size();
  return count;
}

bool Session::Receives(const crypto::PublicKey& ratchet_key) const {
  return std::any_of(receiving.begin(), receiving.end(),
                     [&](const ReceivingChain& chain) { return chain.ratchet_key == ratchet_key; });
}

Result<Session> Initiate(const Identity& own, const Bundle& bundle, base::Random& random) {
  PARLEY_CHECK(CheckBundle(bundle));
  const auto base = crypto::KeyPair::Generate(random);
  const auto ratchet = crypto::KeyPair::Generate(random);
  std::optional<crypto::PublicKey> one_time;
  if (bundle.one_time) one_time = bundle.one_time->key;
  PARLEY_TRY(first, AgreeAsInitiator(own.keys.private_key, base.private_key, bundle.identity,
                                     bundle.signed_key, one_time));
  PARLEY_TRY(step, StepRoot(first.root, ratchet.private_key, bundle.signed_key));
  Session session(own.keys.public_key, bundle.identity, bundle.registration_id, base.public_key,
                  ratchet);
  session.root = step.root;
  session.sending = step.chain;
  session.pending.emplace();
  session.pending->signed_id = bundle.signed_id;
  if (bundle.one_time) session.pending->one_time_id = bundle.one_time->id;
  return session;
}

Result<Session> Respond(const Identity& own, const PreKeyMessage& message,
                        const crypto::KeyPair& signed_key,
                        const std::optional<crypto::KeyPair>& one_time) {
  std::optional<crypto::PrivateKey> one_time_key;
  if (one_time) one_time_key = one_time->private_key;
  PARLEY_TRY(first, AgreeAsResponder(own.keys.private_key, signed_key.private_key, one_time_key,
                                     message.identity, message.base_key));
  Session session(own.keys.public_key, message.identity, message.registration_id, message.base_key,
                  signed_key);
  session.root = first.root;
  session.sending = first.chain;
  return session;
}

Result<std::string> SealIn(Session& session, std::string_view plain) {
  if (session.sending.index == std::numeric_limits<std::uint32_t>::max())
    return Fault{FaultCode::kInvalidState, "a chain that has counted to its end"};
  const MessageKeys keys = KeysOf(session.sending.MessageSeed());
  Message message;
  message.ratchet_key = session.ratchet.public_key;
  message.counter = session.sending.index;
  message.previous_counter = session.previous_counter;
  message.ciphertext = crypto::CbcEncrypt(keys.cipher_key, keys.iv, plain);
  session.sending = session.sending.Next();
  return Encode(message, keys.mac_key, {session.own_identity, session.their_identity});
}

Result<std::string> OpenIn(Session& session, const Message& message, std::string_view bytes,
                           base::Random& random) {
  Reading reading;
  ReceivingChain fresh;
  const auto known = std::find_if(
      session.receiving.begin(), session.receiving.end(),
      [&](const ReceivingChain& chain) { return chain.ratchet_key == message.ratchet_key; });
  if (known == session.receiving.end()) {
    PARLEY_TRY(step, StepRoot(session.root, session.ratchet.private_key, message.ratchet_key));
    reading.step = step;
    fresh.ratchet_key = message.ratchet_key;
    fresh.chain = step.chain;
  }
  ReceivingChain& chain = reading.step ? fresh : *known;
  PARLEY_CHECK(FindSeed(reading, chain, message.counter));
  const MessageKeys keys = KeysOf(reading.seed);
  if (!HasRightMac(bytes, keys.mac_key, {session.their_identity, session.own_identity}))
    return Fault{FaultCode::kWrongMac, "a message of another session, or changed"};
  PARLEY_TRY(plain, crypto::CbcDecrypt(keys.cipher_key, keys.iv, message.ciphertext));

  if (reading.step) {
    const auto ratchet = crypto::KeyPair::Generate(random);
    PARLEY_TRY(step, StepRoot(reading.step->root, ratchet.private_key, message.ratchet_key));
    session.root = step.root;
    session.previous_counter = session.sending.index == 0 ? 0 : session.sending.index - 1;
    session.ratchet = ratchet;
    session.sending = step.chain;
    Advance(fresh, reading);
    if (session.receiving.size() == kMaxReceivingChains)
      session.receiving.erase(session.receiving.begin());
    session.receiving.push_back(std::move(fresh));
  } else {
    Advance(chain, reading);
  }
  DropOldestSeeds(session);
  session.pending.reset();
  return std::move(plain);
}

}  // namespace parley::wire::signal
