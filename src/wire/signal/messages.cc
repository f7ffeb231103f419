#include "wire/signal/messages.h"

#include "base/digest.h"
#include "wire/binary/protobuf.h"

namespace parley::wire::signal {
namespace {

constexpr char kVersionByte = 0x33;
constexpr int kVersion = 3;
constexpr std::size_t kMac = 8;

// Field numbers.
enum : std::uint32_t { kRatchetKey = 1, kCounter = 2, kPreviousCounter = 3, kCiphertext = 4 };
enum : std::uint32_t {
  kOneTimeId = 1,
  kBaseKey = 2,
  kIdentityKey = 3,
  kMessage = 4,
  kRegistrationId = 5,
  kSignedId = 6
};

const Fault kIncomplete{FaultCode::kMalformed, "a message without its fields"};

Result<std::string_view> CutVersion(std::string_view bytes) {
  if (bytes.empty()) return Fault{FaultCode::kMalformed, "a message of no bytes"};
  if (static_cast<std::uint8_t>(bytes[0]) >> 4 != kVersion)
    return Fault{FaultCode::kOldVersion, "a message of another version"};
  return bytes.substr(1);
}

Result<crypto::PublicKey> KeyOf(const binary::Field& field) {
  PARLEY_TRY(bytes, field.Bytes());
  return crypto::PublicKey::FromTyped(bytes);
}

std::string MacOf(std::string_view covered, const crypto::Secret<32>& mac_key,
                  const Parties& parties) {
  std::string input = parties.sender.Typed();
  input += parties.receiver.Typed();
  input += covered;
  const base::Digest mac = base::HmacSha256(mac_key.view(), input);
  return std::string(base::AsText(mac).substr(0, kMac));
}

}  // namespace

std::string Encode(const Message& message, const crypto::Secret<32>& mac_key,
                   const Parties& parties) {
  std::string bytes(1, kVersionByte);
  bytes += binary::FieldWriter()
               .Bytes(kRatchetKey, message.ratchet_key.Typed())
               .Number(kCounter, message.counter)
               .Number(kPreviousCounter, message.previous_counter)
               .Bytes(kCiphertext, message.ciphertext)
               .Take();
  return bytes + MacOf(bytes, mac_key, parties);
}

Result<Message> ReadMessage(std::string_view bytes) {
  PARLEY_TRY(rest, CutVersion(bytes));
  if (rest.size() < kMac) return Fault{FaultCode::kMalformed, "a message without a MAC"};
  std::optional<crypto::PublicKey> ratchet_key;
  std::optional<std::uint32_t> counter;
  bool has_ciphertext = false;
  Message message;
  binary::FieldReader reader(rest.substr(0, rest.size() - kMac));
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) break;
    switch (field->number) {
      case kRatchetKey: {
        PARLEY_TRY(key, KeyOf(*field));
        ratchet_key = key;
        break;
      }
      case kCounter: {
        PARLEY_TRY(number, field->Number32());
        counter = number;
        break;
      }
      case kPreviousCounter: {
        PARLEY_TRY(number, field->Number32());
        message.previous_counter = number;
        break;
      }
      case kCiphertext: {
        PARLEY_TRY(ciphertext, field->Bytes());
        message.ciphertext = ciphertext;
        has_ciphertext = true;
        break;
      }
    }
  }
  if (!ratchet_key || !counter || !has_ciphertext) return kIncomplete;
  message.ratchet_key = *ratchet_key;
  message.counter = *counter;
  return message;
}

bool HasRightMac(std::string_view bytes, const crypto::Secret<32>& mac_key,
                 const Parties& parties) {
  if (bytes.size() < kMac) return false;
  const std::string_view covered = bytes.substr(0, bytes.size() - kMac);
  return base::EqualInConstantTime(MacOf(covered, mac_key, parties), bytes.substr(covered.size()));
}

std::string Encode(const PreKeyMessage& message) {
  binary::FieldWriter writer;
  if (message.one_time_id) writer.Number(kOneTimeId, *message.one_time_id);
  writer.Bytes(kBaseKey, message.base_key.Typed())
      .Bytes(kIdentityKey, message.identity.Typed())
      .Bytes(kMessage, message.message)
      .Number(kRegistrationId, message.registration_id)
      .Number(kSignedId, message.signed_id);
  return kVersionByte + writer.Take();
}

Result<PreKeyMessage> ReadPreKeyMessage(std::string_view bytes) {
  PARLEY_TRY(rest, CutVersion(bytes));
  std::optional<crypto::PublicKey> base_key, identity;
  std::optional<std::uint32_t> signed_id;
  PreKeyMessage message;
  binary::FieldReader reader(rest);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) break;
    switch (field->number) {
      case kOneTimeId: {
        PARLEY_TRY(id, field->Number32());
        message.one_time_id = id;
        break;
      }
      case kBaseKey: {
        PARLEY_TRY(key, KeyOf(*field));
        base_key = key;
        break;
      }
      case kIdentityKey: {
        PARLEY_TRY(key, KeyOf(*field));
        identity = key;
        break;
      }
      case kMessage: {
        PARLEY_TRY(inside, field->Bytes());
        message.message = inside;
        break;
      }
      case kRegistrationId: {
        PARLEY_TRY(id, field->Number32());
        message.registration_id = id;
        break;
      }
      case kSignedId: {
        PARLEY_TRY(id, field->Number32());
        signed_id = id;
        break;
      }
    }
  }
  if (!base_key || !identity || !signed_id || message.message.empty()) return kIncomplete;
  message.base_key = *base_key;
  message.identity = *identity;
  message.signed_id = *signed_id;
  return message;
}

}  // namespace parley::wire::signal
