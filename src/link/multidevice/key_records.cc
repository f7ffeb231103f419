#include "link/multidevice/key_records.h"

namespace parley::link::multidevice {

using wire::crypto::KeyPair;
using wire::crypto::PrivateKey;
using wire::crypto::PublicKey;

RecordName OneTimeKeyName(std::uint32_t id) {
  return RecordName(kOneTimeKeySpace, std::to_string(id));
}
RecordName SignedKeyName(std::uint32_t id) {
  return RecordName(kSignedKeySpace, std::to_string(id));
}

std::string EncodeKeyPair(const KeyPair& keys) {
  std::string bytes(keys.private_key.bytes());
  bytes.append(keys.public_key.bytes());
  return bytes;
}

std::optional<KeyPair> DecodeKeyPair(std::string_view bytes) {
  if (bytes.size() != PrivateKey::kSize + PublicKey::kSize) return std::nullopt;
  const auto private_key = PrivateKey::FromBytes(bytes.substr(0, PrivateKey::kSize));
  const auto public_key = PublicKey::FromBytes(bytes.substr(PrivateKey::kSize));
  if (!private_key || !public_key) return std::nullopt;
  return KeyPair(*private_key, *public_key);
}

}  // namespace parley::link::multidevice
