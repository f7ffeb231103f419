// Companions: the devices that were paired over the wire, as the network's server knows them: their
// public keys and the pre-keys that they left here. Each is a device of the network, too, by its
// id.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/keep.h"
#include "sim/network/network.h"
#include "sim/wire/layers.h"
#include "wire/binary/jid.h"
#include "wire/crypto/curve.h"
#include "wire/signal/pre_keys.h"

namespace parley::sim::wire {

inline constexpr std::size_t kMaxOneTimeKeys = 4096;  // of one device, at once

struct Companion {
  std::string id;      // of the network's device
  std::string number;  // the person's
  std::uint16_t device = 0;
  std::uint32_t key_index = 0;
  crypto::PublicKey noise, identity;
  std::uint32_t registration_id = 0;
  std::uint32_t signed_id = 0;
  crypto::PublicKey signed_key;
  std::string signed_key_signature;
  std::string signed_identity;  // an AdvSignedDeviceIdentity with everything in it
  bool is_introduced = false;   // the phone has given it keys and history
};

// Thread: that of the network.
class Companions {
 public:
  // Forgets those that the network has unlinked since.
  Companions(net::Keep& keep, const net::Network& network);

  const Companion* Find(std::string_view id) const;
  const Companion* Find(std::string_view number, std::uint16_t device) const;
  // Of one person, by device.
  std::vector<const Companion*> Of(std::string_view number) const;
  std::size_t size() const { return by_id_.size(); }

  // A number for one more device of that person; nullopt when all 255 are taken.
  std::optional<std::uint16_t> TakeDevice(std::string_view number);
  void Put(Companion companion);
  void Remove(std::string id);  // a copy: it may be the one that goes

  std::size_t CountOneTimeKeys(std::string_view id) const;
  // False when there would be more than kMaxOneTimeKeys.
  bool AddOneTimeKeys(std::string_view id, const std::vector<signal::OneTimeKey>& keys);
  std::vector<std::uint32_t> OneTimeKeyIds(std::string_view id) const;
  // As if others had used all of them.
  void DropOneTimeKeys(std::string_view id);
  // What somebody who wants to write to it is given: a one-time key is gone then.
  signal::Bundle TakeBundle(const Companion& companion);

 private:
  // One-time keys as they are kept: 3 bytes id and 32 bytes key each. Those before `used` are gone.
  struct Stock {
    std::string keys;
    std::size_t used = 0;
  };
  void KeepStock(std::string_view id, const Stock& stock, bool keys_too);

  net::Keep& keep_;
  std::map<std::string, Companion, std::less<>> by_id_;
  std::map<std::string, Stock, std::less<>> stocks_;
  std::map<std::pair<std::string, std::uint16_t>, std::string, std::less<>> ids_;
};

}  // namespace parley::sim::wire
