// The form in which records are stored: a protobuf of our own. Field numbers never change.
#include <array>

#include "wire/binary/protobuf.h"
#include "wire/signal/record.h"
#include "wire/signal/sender_key.h"

namespace parley::wire::signal {
namespace {

using binary::FieldReader;
using binary::FieldWriter;

constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kSeedEntry = 4 + Seed::kSize;  // index, little-endian, and seed

enum : std::uint32_t { kRecordVersion = 1, kCurrent = 2, kArchived = 3 };
enum : std::uint32_t {
  kOwnIdentity = 1,
  kTheirIdentity = 2,
  kTheirRegistrationId = 3,
  kBaseKey = 4,
  kRoot = 5,
  kRatchet = 6,
  kSendingKey = 7,
  kSendingIndex = 8,
  kPreviousCounter = 9,
  kReceiving = 10,
  kPending = 11,
  kRatchetPublic = 12,
};
enum : std::uint32_t {
  kRatchetKey = 1,
  kChainKey = 2,
  kChainIndex = 3,
  kMissing = 4,
  kChainFirst = 5,
};
enum : std::uint32_t { kSignedId = 1, kOneTimeId = 2, kStarted = 3 };
enum : std::uint32_t { kSenderKey = 2 };  // of a record of sender keys
enum : std::uint32_t {
  kId = 1,
  kSenderChainKey = 2,
  kSenderChainIndex = 3,
  kSigningPublic = 4,
  kSigningPrivate = 5,
  kSenderMissing = 6,
  kSenderFirst = 7,
};

const Fault kBroken{FaultCode::kMalformed, "not a record of sessions"};

std::string EncodeMissing(const std::vector<MissingSeed>& list) {
  std::string missing;
  missing.reserve(list.size() * kSeedEntry);
  for (const MissingSeed& one : list) {
    for (int shift = 0; shift < 32; shift += 8) missing += static_cast<char>(one.index >> shift);
    missing += one.seed.view();
  }
  return missing;
}

std::string EncodeChain(const ReceivingChain& chain) {
  std::string missing = EncodeMissing(chain.keys.missing);
  FieldWriter writer;
  writer.Bytes(kRatchetKey, chain.ratchet_key.bytes())
      .Bytes(kChainKey, chain.keys.chain.key.view())
      .Number(kChainIndex, chain.keys.chain.index)
      .Bytes(kMissing, missing)
      .Number(kChainFirst, chain.keys.first);
  crypto::Wipe(missing);
  return writer.Take();
}

std::string EncodeSession(const Session& session) {
  FieldWriter writer;
  writer.Bytes(kOwnIdentity, session.own_identity.bytes())
      .Bytes(kTheirIdentity, session.their_identity.bytes())
      .Number(kTheirRegistrationId, session.their_registration_id)
      .Bytes(kBaseKey, session.base_key.bytes())
      .Bytes(kRoot, session.root.view())
      .Bytes(kRatchet, session.ratchet.private_key.bytes())
      .Bytes(kRatchetPublic, session.ratchet.public_key.bytes())
      .Bytes(kSendingKey, session.sending.key.view())
      .Number(kSendingIndex, session.sending.index)
      .Number(kPreviousCounter, session.previous_counter);
  for (const ReceivingChain& chain : session.receiving) {
    std::string bytes = EncodeChain(chain);
    writer.Bytes(kReceiving, bytes);
    crypto::Wipe(bytes);
  }
  if (session.pending) {
    FieldWriter pending;
    pending.Number(kSignedId, session.pending->signed_id)
        .Number(kStarted, static_cast<std::uint64_t>(base::ToUnixMs(session.pending->started)));
    if (session.pending->one_time_id) pending.Number(kOneTimeId, *session.pending->one_time_id);
    writer.Bytes(kPending, pending.Take());
  }
  return writer.Take();
}

// Fields 1 to 12 of a message: the last number or bytes of each. Lists are read beside it.
struct Fields {
  std::array<std::optional<std::uint64_t>, 13> numbers;
  std::array<std::optional<std::string_view>, 13> bytes;
};

Result<Fields> ReadFields(std::string_view from) {
  Fields fields;
  FieldReader reader(from);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) return fields;
    if (field->number >= fields.numbers.size()) return kBroken;
    if (field->type == binary::WireType::kBytes) {
      fields.bytes[field->number] = field->bytes;
    } else {
      fields.numbers[field->number] = field->value;
    }
  }
}

template <class Visit>
Result<void> ForEach(std::string_view from, std::uint32_t number, Visit visit) {
  FieldReader reader(from);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) return {};
    if (field->number != number) continue;
    PARLEY_TRY(bytes, field->Bytes());
    PARLEY_CHECK(visit(bytes));
  }
}

Result<std::uint32_t> NumberOf(const Fields& fields, std::uint32_t field) {
  const auto& number = fields.numbers[field];
  if (!number || *number > 0xffffffff) return kBroken;
  return static_cast<std::uint32_t>(*number);
}

Result<crypto::PublicKey> KeyOf(const Fields& fields, std::uint32_t field) {
  if (!fields.bytes[field]) return kBroken;
  return crypto::PublicKey::FromBytes(*fields.bytes[field]);
}

Result<crypto::Secret<32>> SecretOf(const Fields& fields, std::uint32_t field) {
  if (!fields.bytes[field]) return kBroken;
  const auto secret = crypto::Secret<32>::From(*fields.bytes[field]);
  if (!secret) return kBroken;
  return *secret;
}

Result<std::vector<MissingSeed>> DecodeMissing(std::string_view missing) {
  if (missing.size() % kSeedEntry != 0 || missing.size() / kSeedEntry > kMaxSeeds) return kBroken;
  std::vector<MissingSeed> list;
  for (; !missing.empty(); missing.remove_prefix(kSeedEntry)) {
    std::uint32_t at = 0;
    for (int i = 3; i >= 0; --i) at = at << 8 | static_cast<std::uint8_t>(missing[i]);
    list.push_back({at, *Seed::From(missing.substr(4, Seed::kSize))});
  }
  return list;
}

Result<ReceivingChain> DecodeChain(std::string_view from) {
  PARLEY_TRY(fields, ReadFields(from));
  ReceivingChain chain;
  PARLEY_TRY(ratchet_key, KeyOf(fields, kRatchetKey));
  PARLEY_TRY(key, SecretOf(fields, kChainKey));
  PARLEY_TRY(index, NumberOf(fields, kChainIndex));
  PARLEY_TRY(first, NumberOf(fields, kChainFirst));
  PARLEY_TRY(missing, DecodeMissing(fields.bytes[kMissing].value_or("")));
  chain.ratchet_key = ratchet_key;
  chain.keys.chain = {key, index};
  chain.keys.first = first;
  chain.keys.missing = std::move(missing);
  return chain;
}

Result<PendingPreKey> DecodePending(std::string_view from) {
  PARLEY_TRY(fields, ReadFields(from));
  PendingPreKey pending;
  PARLEY_TRY(signed_id, NumberOf(fields, kSignedId));
  pending.signed_id = signed_id;
  if (!fields.numbers[kStarted]) return kBroken;
  pending.started = base::FromUnixMs(static_cast<std::int64_t>(*fields.numbers[kStarted]));
  if (fields.numbers[kOneTimeId]) {
    PARLEY_TRY(one_time_id, NumberOf(fields, kOneTimeId));
    pending.one_time_id = one_time_id;
  }
  return pending;
}

Result<Session> DecodeSession(std::string_view from) {
  PARLEY_TRY(fields, ReadFields(from));
  PARLEY_TRY(own_identity, KeyOf(fields, kOwnIdentity));
  PARLEY_TRY(their_identity, KeyOf(fields, kTheirIdentity));
  PARLEY_TRY(registration_id, NumberOf(fields, kTheirRegistrationId));
  PARLEY_TRY(base_key, KeyOf(fields, kBaseKey));
  PARLEY_TRY(root, SecretOf(fields, kRoot));
  PARLEY_TRY(ratchet_bytes, SecretOf(fields, kRatchet));
  PARLEY_TRY(ratchet, crypto::PrivateKey::FromBytes(ratchet_bytes.view()));
  PARLEY_TRY(ratchet_public, KeyOf(fields, kRatchetPublic));
  PARLEY_TRY(sending_key, SecretOf(fields, kSendingKey));
  PARLEY_TRY(sending_index, NumberOf(fields, kSendingIndex));
  PARLEY_TRY(previous_counter, NumberOf(fields, kPreviousCounter));
  Session session(own_identity, their_identity, registration_id, base_key,
                  crypto::KeyPair(ratchet, ratchet_public));
  session.root = root;
  session.sending = {sending_key, sending_index};
  session.previous_counter = previous_counter;
  PARLEY_CHECK(ForEach(from, kReceiving, [&](std::string_view bytes) -> Result<void> {
    if (session.receiving.size() == kMaxReceivingChains) return kBroken;
    PARLEY_TRY(chain, DecodeChain(bytes));
    session.receiving.push_back(std::move(chain));
    return {};
  }));
  if (session.missing_seeds() > kMaxSeeds) return kBroken;
  if (fields.bytes[kPending]) {
    PARLEY_TRY(pending, DecodePending(*fields.bytes[kPending]));
    session.pending = pending;
  }
  return session;
}

std::string EncodeState(const SenderKey& state) {
  std::string missing = EncodeMissing(state.keys.missing);
  FieldWriter writer;
  writer.Number(kId, state.id)
      .Bytes(kSenderChainKey, state.keys.chain.key.view())
      .Number(kSenderChainIndex, state.keys.chain.index)
      .Bytes(kSigningPublic, state.signing_key.bytes());
  if (state.private_key) writer.Bytes(kSigningPrivate, state.private_key->bytes());
  writer.Bytes(kSenderMissing, missing).Number(kSenderFirst, state.keys.first);
  crypto::Wipe(missing);
  return writer.Take();
}

Result<SenderKey> DecodeState(std::string_view from) {
  PARLEY_TRY(fields, ReadFields(from));
  SenderKey state;
  PARLEY_TRY(id, NumberOf(fields, kId));
  PARLEY_TRY(key, SecretOf(fields, kSenderChainKey));
  PARLEY_TRY(index, NumberOf(fields, kSenderChainIndex));
  PARLEY_TRY(signing_key, KeyOf(fields, kSigningPublic));
  PARLEY_TRY(first, NumberOf(fields, kSenderFirst));
  PARLEY_TRY(missing, DecodeMissing(fields.bytes[kSenderMissing].value_or("")));
  state.id = id;
  state.keys.chain = {key, index};
  state.keys.first = first;
  state.keys.missing = std::move(missing);
  state.signing_key = signing_key;
  if (fields.bytes[kSigningPrivate]) {
    PARLEY_TRY(private_key, crypto::PrivateKey::FromBytes(*fields.bytes[kSigningPrivate]));
    state.private_key = private_key;
  }
  return state;
}

}  // namespace

std::string EncodeRecord(const Record& record) {
  FieldWriter writer;
  writer.Number(kRecordVersion, kVersion);
  const auto write = [&](std::uint32_t field, const Session& session) {
    std::string bytes = EncodeSession(session);
    writer.Bytes(field, bytes);
    crypto::Wipe(bytes);
  };
  if (record.current) write(kCurrent, *record.current);
  for (const Session& session : record.archived) write(kArchived, session);
  return writer.Take();
}

Result<Record> DecodeRecord(std::string_view bytes) {
  PARLEY_TRY(fields, ReadFields(bytes));
  PARLEY_TRY(version, NumberOf(fields, kRecordVersion));
  if (version != kVersion) return Fault{FaultCode::kOldVersion, "a record of another version"};
  Record record;
  if (fields.bytes[kCurrent]) {
    PARLEY_TRY(session, DecodeSession(*fields.bytes[kCurrent]));
    record.current = std::move(session);
  }
  PARLEY_CHECK(ForEach(bytes, kArchived, [&](std::string_view one) -> Result<void> {
    if (record.archived.size() == kMaxArchived) return kBroken;
    PARLEY_TRY(session, DecodeSession(one));
    record.archived.push_back(std::move(session));
    return {};
  }));
  return record;
}

std::string EncodeSenderKeys(const SenderKeys& record) {
  FieldWriter writer;
  writer.Number(kRecordVersion, kVersion);
  for (const SenderKey& state : record.states) {
    std::string bytes = EncodeState(state);
    writer.Bytes(kSenderKey, bytes);
    crypto::Wipe(bytes);
  }
  return writer.Take();
}

Result<SenderKeys> DecodeSenderKeys(std::string_view bytes) {
  PARLEY_TRY(fields, ReadFields(bytes));
  PARLEY_TRY(version, NumberOf(fields, kRecordVersion));
  if (version != kVersion) return Fault{FaultCode::kOldVersion, "a record of another version"};
  SenderKeys record;
  PARLEY_CHECK(ForEach(bytes, kSenderKey, [&](std::string_view one) -> Result<void> {
    if (record.states.size() == kMaxSenderKeys) return kBroken;
    PARLEY_TRY(state, DecodeState(one));
    record.states.push_back(std::move(state));
    return {};
  }));
  if (record.missing_seeds() > kMaxGroupSeeds) return kBroken;
  return record;
}

}  // namespace parley::wire::signal
