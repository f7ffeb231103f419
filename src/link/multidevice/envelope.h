// Envelope: what a <message> says of itself beside what is sealed in it. Pure.
#pragma once

#include <string>
#include <vector>

#include "link/multidevice/addresses.h"
#include "link/multidevice/stanzas.h"
#include "wire/binary/node.h"
#include "wire/signal/messages.h"

namespace parley::link::multidevice {

// Sealed parts of one message that are looked at.
inline constexpr std::size_t kMaxSealedParts = 4;

struct SealedPart {
  wire::signal::MessageType type;
  std::string bytes;
  std::uint32_t attempt = 0;  // of a message that was asked for again; 0: the first
};

struct Envelope {
  enum class Place { kPerson, kElsewhere };  // elsewhere: a group, list, status, newsletter, bot

  std::string id;
  Place place = Place::kPerson;
  Jid from;  // the device that wrote it
  Who sender;
  Who chat;  // the other side
  bool from_me = false;
  bool peer = false;  // from a device of one's own, and about the device itself
  base::Time at;
  std::string push_name, verified_name;  // may be empty
  std::vector<SealedPart> parts;
  bool unavailable = false;  // it is on the phone only
};
// kMalformedBody. `now` stands for a time that is missing.
base::Result<Envelope> ReadEnvelope(const wire::binary::Node& message, const Pairing& own,
                                    base::Time now);

}  // namespace parley::link::multidevice
