#include "wire/signal/session.h"

#include <algorithm>
#include <limits>

#include "wire/crypto/edwards.h"

namespace parley::wire::signal {
namespace {

void DropOldestSeeds(Session& session) {
  std::size_t over = session.missing_seeds();
  over = over > kMaxSeeds ? over - kMaxSeeds : 0;
  for (ReceivingChain& chain : session.receiving) {
    const std::size_t count = std::min(over, chain.keys.missing.size());
    chain.keys.DropOldest(count);
    over -= count;
  }
}

}  // namespace

std::size_t Session::missing_seeds() const {
  std::size_t count = 0;
  for (const ReceivingChain& chain : receiving) count += chain.keys.missing.size();
  return count;
}

bool Session::Receives(const crypto::PublicKey& ratchet_key) const {
  return std::any_of(receiving.begin(), receiving.end(),
                     [&](const ReceivingChain& chain) { return chain.ratchet_key == ratchet_key; });
}

Result<Session> Initiate(const Identity& own, const Bundle& bundle, base::Time now,
                         base::Random& random) {
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
  session.pending->started = now;
  if (bundle.one_time) session.pending->one_time_id = bundle.one_time->id;
  return session;
}

Result<Session> Respond(const Identity& own, const PreKeyMessage& message,
                        const crypto::KeyPair& signed_key,
                        const std::optional<crypto::KeyPair>& one_time) {
  // A session is known by its base key. With another spelling of it the secrets are the same: the
  // message could be read again.
  PARLEY_CHECK(crypto::CheckMadeOfPrivate(message.base_key));
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
  std::optional<RootStep> step;  // for a ratchet key that was not known
  ReceivingChain fresh;
  const auto known = std::find_if(
      session.receiving.begin(), session.receiving.end(),
      [&](const ReceivingChain& chain) { return chain.ratchet_key == message.ratchet_key; });
  if (known == session.receiving.end()) {
    PARLEY_TRY(made, StepRoot(session.root, session.ratchet.private_key, message.ratchet_key));
    step = made;
    fresh.ratchet_key = message.ratchet_key;
    fresh.keys.chain = made.chain;
  }
  ReceivingChain& chain = step ? fresh : *known;
  PARLEY_TRY(reading, chain.keys.Find(message.counter));
  const MessageKeys keys = KeysOf(reading.seed);
  if (!HasRightMac(bytes, keys.mac_key, {session.their_identity, session.own_identity}))
    return Fault{FaultCode::kWrongMac, "a message of another session, or changed"};
  PARLEY_TRY(plain, crypto::CbcDecrypt(keys.cipher_key, keys.iv, message.ciphertext));

  if (step) {
    const auto ratchet = crypto::KeyPair::Generate(random);
    PARLEY_TRY(sending, StepRoot(step->root, ratchet.private_key, message.ratchet_key));
    session.root = sending.root;
    session.previous_counter = session.sending.index == 0 ? 0 : session.sending.index - 1;
    session.ratchet = ratchet;
    session.sending = sending.chain;
    if (session.receiving.size() == kMaxReceivingChains)
      session.receiving.erase(session.receiving.begin());
    session.receiving.push_back(std::move(fresh));
    session.receiving.back().keys.Advance(reading);
  } else {
    chain.keys.Advance(reading);
  }
  DropOldestSeeds(session);
  session.pending.reset();
  return std::move(plain);
}

}  // namespace parley::wire::signal
