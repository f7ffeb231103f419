// Delivery: what the network gives a device, as a stanza for the client.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/wire/companions.h"
#include "sim/wire/layers.h"
#include "sim/wire/parts.h"
#include "wire/binary/node.h"

namespace parley::sim::wire {

// nullopt for what a client of the wire does not hear of (yet).
std::optional<binary::Node> StanzaOf(Parts& parts, const Session& session, const Companion& own,
                                     const net::Item& item);

// A message of `from` in the chat with `to`, both numbers, for a companion of either.
struct Route {
  std::string from, to;
  std::string id;
  std::int64_t at = 0;  // seconds
};
// The stanza of a message with what was sealed for the companion in it.
binary::Node MessageStanza(Parts& parts, const Companion& own, bool by_lid, const Route& route,
                           const Parcel& parcel);

// Seals what the phone of `from` says for the companion, in a copy for the sender's own devices
// when that is what it is. `count` is of a retry, 0 at first. nullopt when it cannot be sealed.
std::optional<Parcel> SealByPhone(Parts& parts, const Companion& own, const net::Message& message,
                                  int count = 0);

// Random padding, and back; nullopt when it is wrong.
std::string Pad(std::string plain, base::Random& random);
std::optional<std::string_view> Unpad(std::string_view padded);

}  // namespace parley::sim::wire
