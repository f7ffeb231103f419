// Phones: device 0 of everybody on the network, as a device that other devices have sessions with.
// It opens what companions send to it and seals what it sends to them.
//
// Its keys follow from one secret that is kept, so that everybody has some without a byte stored.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/time.h"
#include "sim/network/keep.h"
#include "sim/wire/companions.h"
#include "sim/wire/layers.h"
#include "wire/signal/address.h"
#include "wire/signal/cipher.h"

namespace parley::sim::wire {

// Thread: that of the network.
class Phones {
 public:
  Phones(net::Keep& keep, Companions& companions, base::Random& random);

  const signal::Identity& IdentityOf(std::string_view number);
  // What others are given to write to the phone; its one-time keys never run out unless they are
  // left out.
  signal::Bundle MakeBundle(std::string_view number, bool with_one_time = true);

  // `peer` is the companion's address: its LID and device.
  parley::wire::Result<std::string> Open(std::string_view number, const Companion& from,
                                         const signal::Address& peer, signal::MessageType type,
                                         std::string_view bytes);
  // Starts a session where there is none, or always, with the companion's keys.
  parley::wire::Result<signal::Sealed> Seal(std::string_view number, const Companion& to,
                                            const signal::Address& peer, std::string_view plain,
                                            base::Time now, bool fresh_session = false);
  // Of what Seal and Open refuse: the person has a new phone, with other keys and no sessions.
  void ChangeIdentity(std::string_view number);

 private:
  struct Keys {
    Keys(const signal::Identity& identity, const signal::SignedPreKey& signed_key)
        : identity(identity), signed_key(signed_key) {}
    signal::Identity identity;
    signal::SignedPreKey signed_key;
  };
  class OwnPreKeys;

  const Keys& KeysOf(std::string_view number);
  crypto::KeyPair Derive(std::string_view number, std::string_view what, std::uint32_t id) const;
  std::uint32_t GenerationOf(std::string_view number) const;
  std::uint32_t LastOneTime(std::string_view number) const;
  signal::Record Load(std::string_view number, const signal::Address& peer) const;
  void Store(std::string_view number, const signal::Address& peer, const signal::Record& record);

  net::Keep& keep_;
  Companions& companions_;
  base::Random& random_;
  crypto::Secret<32> secret_;
  std::map<std::string, Keys, std::less<>> keys_;
};

}  // namespace parley::sim::wire
