#include "wire/signal/cipher.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace parley::wire::signal {
namespace {

const Fault kTooLong{FaultCode::kTooLarge, "a message longer than a frame"};
const Fault kNobody{FaultCode::kNoSession, "no session with this device"};
const Fault kAnotherIdentity{FaultCode::kChangedIdentity,
                             "another identity than the one that is trusted"};

// How many archived sessions are tried with a message under a ratchet key that none of them knows.
// Each try takes as many steps of a chain as messages may be missing, which the sender chooses: all
// tries together take no more than the longest one.
std::size_t MaxTries(const Message& message) {
  if (message.counter == 0) return kMaxArchived;
  return std::max<std::size_t>(1, kMaxMissing / message.counter);
}

// With this session and no other. When it reads the message it becomes the current one.
Result<Opened> OpenWith(Record& record, Session& session, const Message& message,
                        std::string_view bytes, base::Random& random) {
  PARLEY_TRY(plain, OpenIn(session, message, bytes, random));
  Opened opened{std::move(plain), session.their_identity, std::nullopt};
  record.Promote(session);
  return opened;
}

}  // namespace

Result<void> StartSession(Record& record, const Identity& own,
                          const std::optional<crypto::PublicKey>& trusted, const Bundle& bundle,
                          base::Time now, base::Random& random) {
  if (trusted && *trusted != bundle.identity) return kAnotherIdentity;
  PARLEY_TRY(session, Initiate(own, bundle, now, random));
  record.Begin(std::move(session));
  return {};
}

Result<Sealed> Seal(Record& record, const Identity& own, const crypto::PublicKey& trusted,
                    std::string_view plain) {
  if (!record.current || !record.current->IsBetween(own.keys.public_key, trusted)) return kNobody;
  if (plain.size() > kMaxPlain) return kTooLong;
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

Result<Opened> Open(Record& record, const Identity& own, const crypto::PublicKey& trusted,
                    std::string_view bytes, base::Random& random) {
  if (bytes.size() > kMaxMessage) return kTooLong;
  PARLEY_TRY(message, ReadMessage(bytes));
  std::vector<Session*> sessions;  // those that may read it, the current one first
  const auto consider = [&](Session& session) {
    if (session.own_identity == own.keys.public_key) sessions.push_back(&session);
  };
  if (record.current) consider(*record.current);
  for (Session& session : record.archived) consider(session);
  const auto knowing = std::find_if(sessions.begin(), sessions.end(), [&](const Session* one) {
    return one->Receives(message.ratchet_key);
  });
  if (knowing != sessions.end()) {
    if ((*knowing)->their_identity != trusted) return kAnotherIdentity;
    return OpenWith(record, **knowing, message, bytes, random);
  }

  std::erase_if(sessions, [&](const Session* one) { return one->their_identity != trusted; });
  Fault fault = kNobody;
  std::size_t tries = MaxTries(message);
  for (Session* session : sessions) {
    const bool is_current = record.current && session == &*record.current;
    if (!is_current && tries-- == 0) break;
    auto opened = OpenWith(record, *session, message, bytes, random);
    if (opened) return opened;
    if (is_current) fault = opened.error();
  }
  return fault;
}

Result<Opened> OpenPreKeyMessage(Record& record, const Identity& own, const PreKeys& pre_keys,
                                 const std::optional<crypto::PublicKey>& trusted,
                                 std::string_view bytes, base::Random& random) {
  if (bytes.size() > kMaxMessage) return kTooLong;
  PARLEY_TRY(message, ReadPreKeyMessage(bytes));
  if (trusted && *trusted != message.identity) return kAnotherIdentity;
  PARLEY_TRY(inside, ReadMessage(message.message));
  // It speaks of one session. That another one reads what is in it proves nothing of who it is
  // from: what is around the message is not under its MAC.
  if (Session* known = record.Find(message.base_key, message.identity, own.keys.public_key))
    return OpenWith(record, *known, inside, message.message, random);

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
