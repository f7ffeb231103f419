#include "wire/signal/cipher.h"

#include <utility>

namespace parley::wire::signal {
namespace {

const Fault kTooLong{FaultCode::kTooLarge, "a message longer than a frame"};
const Fault kNobody{FaultCode::kNoSession, "no session with this device"};

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
  Fault fault = kNobody;
  if (record.current) {
    auto plain = OpenIn(*record.current, message, bytes, random);
    if (plain || plain.error().code == FaultCode::kDuplicate) return plain;
    fault = plain.error();
  }
  for (std::size_t i = 0; i < record.archived.size(); ++i) {
    auto plain = OpenIn(record.archived[i], message, bytes, random);
    if (plain) record.Promote(i);
    if (plain || plain.error().code == FaultCode::kDuplicate) return plain;
  }
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
