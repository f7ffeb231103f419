// The device that a channel is: its keys and, once it is paired, whose device it is.
//
// It is one record of the link state (device_record.h); everything that changes often (sessions,
// one-time keys, the lists of devices) has records of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "wire/binary/jid.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/secret.h"
#include "wire/signal/pre_keys.h"

namespace parley::link::multidevice {

// What pairing gives.
struct Pairing {
  wire::binary::Jid number;  // user, device and s.whatsapp.net
  wire::binary::Jid lid;     // the same device by its hidden number
  // ADVSignedDeviceIdentity as a whole, encoded: goes along with messages that start a session.
  std::string signed_identity;
  wire::crypto::PublicKey account_key;  // identity of the phone, which is device 0
  std::string push_name;                // empty: not known
  std::string platform;                 // of the phone, as the network calls it
};

struct Device {
  Device(const wire::crypto::KeyPair& noise, const wire::signal::Identity& identity,
         const wire::signal::SignedPreKey& signed_key, const wire::crypto::Secret<32>& adv_secret)
      : noise(noise), identity(identity), signed_key(signed_key), adv_secret(adv_secret) {}

  wire::crypto::KeyPair noise;      // of the connection
  wire::signal::Identity identity;  // of the sessions
  wire::signal::SignedPreKey signed_key;
  wire::crypto::Secret<32> adv_secret;  // shared with the phone by the QR code, or by the code
  std::optional<Pairing> pairing;       // nullopt: offers pairing
  std::string routing;                  // of the last connection: wire::noise::MakeOpening
};

}  // namespace parley::link::multidevice
