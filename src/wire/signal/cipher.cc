#include "wire/signal/cipher.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace parley::wire::signal {
namespace {

const Fault kTooLong{FaultCode::kTooLarge, "a message longer than a frame"};
const Fault kNobody{FaultCode::kNoSession, "no session with this device"};

// How many archived sessions are tried with a message under a ratchet key that none of them knows.
// Each try takes as many steps of a chain as messages may be missing, which the sender chooses: all
// tries together take no more than the longest one.
std::size_t MaxTries(const Message& message) {
  if (message.counter == 0) return kMaxArchived;
  return std::max<std::size_t>(1, kMaxMissing / message.counter);
}

}  // namespace

Result<void> StartSession(Record& record, const Identity& own, const Bundle& bundle,
                          base::Random& random) {
  PARLEY_TRY(session, Initiate(own, bundle, random));
  record.Begin(std::move(session));
  return {};
}

Result<Sealed> Seal(Record& record, const Identity& own, std::string_view plain) {
  if (!record.current) return kNobody;
  if (plain.size() > kMaxMessage) return kTooLong;
  Session& session = *record.current;
  PARLEY_TRY(bytes, SealIn(session, plain));
  if (!session.pending) return Sealed{MessageType::kMessage, std::move(bytes)};
  PreKeyMessage message;
  message.one_time_id = session.pending->one_time_id;
  message.signed_id = session.pending->signed_id;
  message.registration_id = own.registration_id;
  message.base_key = session.base_key;
  message.identity = session.own_identity;
  message.message = std::move(bytes);
  return Sealed{MessageType::kPreKeyMessage, Encode(message)};
}

Result<std::string> Open(Record& record, std::string_view bytes, base::Random& random) {
  if (bytes.size() > kMaxMessage) return kTooLong;
  PARLEY_TRY(message, ReadMessage(bytes));
  std::vector<Session>& archived = record.archived;
  const auto open_archived = [&](std::size_t index) {
    auto plain = OpenIn(archived[index], message, bytes, random);
    if (plain) record.Promote(index);
    return plain;
  };
  for (std::size_t i = 0; i < archived.size(); ++i)
    if (archived[i].Receives(message.ratchet_key)) return open_archived(i);

  Fault fault = kNobody;
  if (record.current) {
    const bool is_known = record.current->Receives(message.ratchet_key);
    auto plain = OpenIn(*record.current, message, bytes, random);
    if (plain || is_known) return plain;
    fault = plain.error();
  }
  const std::size_t tries = std::min(archived.size(), MaxTries(message));
  for (std::size_t i = 0; i < tries; ++i)
    if (auto plain = open_archived(i)) return plain;
  return fault;
}

Result<Opened> OpenPreKeyMessage(Record& record, const Identity& own, const PreKeys& pre_keys,
                                 const std::optional<crypto::PublicKey>& trusted,
                                 std::string_view bytes, base::Random& random) {
  if (bytes.size() > kMaxMessage) return kTooLong;
  PARLEY_TRY(message, ReadPreKeyMessage(bytes));
  if (trusted && *trusted != message.identity)
    return Fault{FaultCode::kChangedIdentity, "another identity than the one that is trusted"};
  if (record.Knows(message.base_key, message.identity)) {
    PARLEY_TRY(plain, Open(record, message.message, random));
    return Opened{std::move(plain), message.identity, std::nullopt};
  }

  PARLEY_TRY(inside, ReadMessage(message.message));
  const auto signed_key = pre_keys.FindSigned(message.signed_id);
  if (!signed_key) return Fault{FaultCode::kUnknownPreKey, "no signed pre-key of that number"};
  std::optional<crypto::KeyPair> one_time;
  if (message.one_time_id) {
    one_time = pre_keys.FindOneTime(*message.one_time_id);
    if (!one_time) return Fault{FaultCode::kUnknownPreKey, "no one-time pre-key of that number"};
  }
  PARLEY_TRY(session, Respond(own, message, *signed_key, one_time));
  PARLEY_TRY(plain, OpenIn(session, inside, message.message, random));
  record.Begin(std::move(session));
  return Opened{std::move(plain), message.identity, message.one_time_id};
}

}  // namespace parley::wire::signal
