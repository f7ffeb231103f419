#include "link/multidevice/device_record.h"

#include <array>
#include <utility>

#include "wire/binary/protobuf.h"

namespace parley::link::multidevice {
namespace {

using wire::binary::FieldReader;
using wire::binary::FieldWriter;

constexpr std::uint64_t kRecordVersion = 1;
// Registration ids have 14 bits and are not 0.
constexpr std::uint64_t kRegistrationIds = 16380;

// Field numbers; never renumber.
enum : std::uint32_t {
  kFormat = 1,
  kNoisePrivate = 2,
  kNoisePublic = 3,
  kIdentityPrivate = 4,
  kIdentityPublic = 5,
  kRegistrationId = 6,
  kSignedId = 7,
  kSignedPrivate = 8,
  kSignedPublic = 9,
  kSignature = 10,
  kAdvSecret = 11,
  kNumber = 12,  // from here on only of a paired device
  kLid = 13,
  kSignedIdentity = 14,
  kAccountKey = 15,
  kPushName = 16,
  kPlatform = 17,
  kFields = 18,
};

// The fields of a record by number; what is not there is empty.
struct Fields {
  std::array<std::string_view, kFields> bytes;
  std::array<std::uint64_t, kFields> numbers{};
};

std::optional<Fields> ReadNumbered(std::string_view bytes) {
  Fields fields;
  FieldReader reader(bytes);
  while (true) {
    auto field = reader.Next();
    if (!field) return std::nullopt;
    if (!*field) return fields;
    if ((*field)->number >= kFields) return std::nullopt;
    fields.bytes[(*field)->number] = (*field)->bytes;
    fields.numbers[(*field)->number] = (*field)->value;
  }
}

std::optional<wire::crypto::KeyPair> PairOf(std::string_view private_bytes,
                                            std::string_view public_bytes) {
  auto private_key = wire::crypto::PrivateKey::FromBytes(private_bytes);
  auto public_key = wire::crypto::PublicKey::FromBytes(public_bytes);
  if (!private_key || !public_key) return std::nullopt;
  return wire::crypto::KeyPair(*private_key, *public_key);
}

std::optional<Pairing> PairingOf(const Fields& fields) {
  auto number = wire::binary::ParseJid(fields.bytes[kNumber]);
  auto account_key = wire::crypto::PublicKey::FromBytes(fields.bytes[kAccountKey]);
  if (!number || !account_key) return std::nullopt;
  Pairing pairing;
  pairing.number = std::move(*number);
  if (!fields.bytes[kLid].empty()) {
    auto lid = wire::binary::ParseJid(fields.bytes[kLid]);
    if (!lid) return std::nullopt;
    pairing.lid = std::move(*lid);
  }
  pairing.signed_identity = fields.bytes[kSignedIdentity];
  pairing.account_key = *account_key;
  pairing.push_name = fields.bytes[kPushName];
  pairing.platform = fields.bytes[kPlatform];
  return pairing;
}

}  // namespace

Device MakeDevice(base::Random& random) {
  const auto noise = wire::crypto::KeyPair::Generate(random);
  const auto registration_id = static_cast<std::uint32_t>(random.Below(kRegistrationIds) + 1);
  const wire::signal::Identity identity(wire::crypto::KeyPair::Generate(random), registration_id);
  const wire::signal::SignedPreKey signed_key = wire::signal::MakeSignedPreKey(identity, 1, random);
  wire::crypto::Secret<32> adv_secret;
  random.Fill(adv_secret.bytes());
  return Device(noise, identity, signed_key, adv_secret);
}

std::string EncodeDevice(const Device& device) {
  FieldWriter out;
  out.Number(kFormat, kRecordVersion)
      .Bytes(kNoisePrivate, device.noise.private_key.bytes())
      .Bytes(kNoisePublic, device.noise.public_key.bytes())
      .Bytes(kIdentityPrivate, device.identity.keys.private_key.bytes())
      .Bytes(kIdentityPublic, device.identity.keys.public_key.bytes())
      .Number(kRegistrationId, device.identity.registration_id)
      .Number(kSignedId, device.signed_key.id)
      .Bytes(kSignedPrivate, device.signed_key.keys.private_key.bytes())
      .Bytes(kSignedPublic, device.signed_key.keys.public_key.bytes())
      .Bytes(kSignature, device.signed_key.signature)
      .Bytes(kAdvSecret, device.adv_secret.view());
  if (device.pairing) {
    const Pairing& pairing = *device.pairing;
    out.Bytes(kNumber, pairing.number.Text())
        .Bytes(kLid, pairing.lid.user.empty() ? std::string() : pairing.lid.Text())
        .Bytes(kSignedIdentity, pairing.signed_identity)
        .Bytes(kAccountKey, pairing.account_key.bytes())
        .Bytes(kPushName, pairing.push_name)
        .Bytes(kPlatform, pairing.platform);
  }
  return out.Take();
}

std::optional<Device> DecodeDevice(std::string_view bytes) {
  const auto fields = ReadNumbered(bytes);
  if (!fields || fields->numbers[kFormat] != kRecordVersion) return std::nullopt;
  const auto noise = PairOf(fields->bytes[kNoisePrivate], fields->bytes[kNoisePublic]);
  const auto identity = PairOf(fields->bytes[kIdentityPrivate], fields->bytes[kIdentityPublic]);
  const auto signed_pair = PairOf(fields->bytes[kSignedPrivate], fields->bytes[kSignedPublic]);
  const auto adv_secret = wire::crypto::Secret<32>::From(fields->bytes[kAdvSecret]);
  if (!noise || !identity || !signed_pair || !adv_secret) return std::nullopt;
  const wire::signal::Identity own(*identity,
                                   static_cast<std::uint32_t>(fields->numbers[kRegistrationId]));
  const wire::signal::SignedPreKey signed_key{
      static_cast<std::uint32_t>(fields->numbers[kSignedId]), *signed_pair,
      std::string(fields->bytes[kSignature])};
  Device device(*noise, own, signed_key, *adv_secret);
  if (!fields->bytes[kNumber].empty()) {
    device.pairing = PairingOf(*fields);
    if (!device.pairing) return std::nullopt;
  }
  return device;
}

}  // namespace parley::link::multidevice
