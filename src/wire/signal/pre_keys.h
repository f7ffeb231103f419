// The keys by which a device can be written to while it is away.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/random.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"

namespace parley::wire::signal {

// The device itself.
struct Identity {
  Identity(const crypto::KeyPair& keys, std::uint32_t registration_id)
      : keys(keys), registration_id(registration_id) {}

  crypto::KeyPair keys;
  std::uint32_t registration_id;
};

struct SignedPreKey {
  std::uint32_t id;
  crypto::KeyPair keys;
  std::string signature;
};
SignedPreKey MakeSignedPreKey(const Identity& identity, std::uint32_t id, base::Random& random);

struct OneTimeKey {
  std::uint32_t id = 0;
  crypto::PublicKey key;
};

// What the server gives out of a device.
struct Bundle {
  std::uint32_t registration_id = 0;
  crypto::PublicKey identity;
  std::uint32_t signed_id = 0;
  crypto::PublicKey signed_key;
  std::string signature;
  std::optional<OneTimeKey> one_time;
};
// kWrongSignature or kInvalidKey.
Result<void> CheckBundle(const Bundle& bundle);

// Where our own pre-keys are looked up by number when a session is started by somebody else.
class PreKeys {
 public:
  virtual ~PreKeys() = default;
  // nullopt when there is none of that number, or not any more.
  virtual std::optional<crypto::KeyPair> FindOneTime(std::uint32_t id) const = 0;
  virtual std::optional<crypto::KeyPair> FindSigned(std::uint32_t id) const = 0;
};

}  // namespace parley::wire::signal
