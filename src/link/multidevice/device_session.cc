#include "link/multidevice/device_session.h"

#include <algorithm>
#include <cstring>

#include "base/digest.h"
#include "wire/binary/protobuf.h"

namespace parley::link::multidevice {
namespace {

constexpr std::uint64_t kSessionVersion = 1;
constexpr std::uint32_t kSessionVersionField = 1, kIdentityField = 2, kRecordField = 3,
                        kRecentField = 4;
constexpr std::size_t kHashSize = 8;

std::uint64_t HashOf(std::string_view message_id) {
  const base::Digest digest = base::Sha256(message_id);
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < kHashSize; ++i) hash = hash << 8 | digest[i];
  return hash;
}

}  // namespace

bool DeviceSession::CanSend(const wire::crypto::PublicKey& own) const {
  return identity && record.current && record.current->IsBetween(own, *identity);
}

bool DeviceSession::Has(std::string_view message_id) const {
  return std::find(recent.begin(), recent.end(), HashOf(message_id)) != recent.end();
}

void DeviceSession::Note(std::string_view message_id) {
  if (recent.size() >= kRecentMessages) recent.erase(recent.begin());
  recent.push_back(HashOf(message_id));
}

void DeviceSession::Replace(const wire::crypto::PublicKey& other) {
  if (identity && *identity != other) record.Forget(*identity);
  identity = other;
}

void DeviceSession::Adopt(DeviceSession other) {
  if (!identity) {
    *this = std::move(other);
    return;
  }
  auto& archived = record.archived;
  const auto take = [&](wire::signal::Session session) {
    if (archived.size() < wire::signal::kMaxArchived) archived.push_back(std::move(session));
  };
  if (other.record.current) take(std::move(*other.record.current));
  for (auto& session : other.record.archived) take(std::move(session));
  recent.insert(recent.begin(), other.recent.begin(), other.recent.end());
  if (recent.size() > kRecentMessages)
    recent.erase(recent.begin(), recent.end() - static_cast<std::ptrdiff_t>(kRecentMessages));
}

std::string EncodeSession(const DeviceSession& session) {
  wire::binary::FieldWriter writer;
  writer.Number(kSessionVersionField, kSessionVersion);
  if (session.identity) writer.Bytes(kIdentityField, session.identity->bytes());
  std::string record = wire::signal::EncodeRecord(session.record);
  writer.Bytes(kRecordField, record);
  wire::crypto::Wipe(record);
  std::string recent;
  for (const std::uint64_t hash : session.recent)
    for (int shift = 56; shift >= 0; shift -= 8) recent += static_cast<char>(hash >> shift & 0xff);
  writer.Bytes(kRecentField, recent);
  return writer.Take();
}

wire::Result<DeviceSession> DecodeSession(std::string_view bytes) {
  DeviceSession session;
  bool known = false;
  wire::binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) break;
    if (field->number == kSessionVersionField) {
      PARLEY_TRY(version, field->Number());
      known = version == kSessionVersion;
    } else if (field->number == kIdentityField) {
      PARLEY_TRY(identity, field->Bytes());
      PARLEY_TRY(key, wire::crypto::PublicKey::FromBytes(identity));
      session.identity = key;
    } else if (field->number == kRecordField) {
      PARLEY_TRY(record, field->Bytes());
      PARLEY_TRY(decoded, wire::signal::DecodeRecord(record));
      session.record = std::move(decoded);
    } else if (field->number == kRecentField) {
      PARLEY_TRY(recent, field->Bytes());
      for (std::size_t at = 0; at + kHashSize <= recent.size(); at += kHashSize) {
        std::uint64_t hash = 0;
        for (std::size_t i = 0; i < kHashSize; ++i)
          hash = hash << 8 | static_cast<std::uint8_t>(recent[at + i]);
        session.recent.push_back(hash);
      }
    }
  }
  if (!known)
    return wire::Fault{wire::FaultCode::kOldVersion, "A session record of another version"};
  return session;
}

}  // namespace parley::link::multidevice
