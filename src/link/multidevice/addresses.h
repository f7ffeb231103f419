// Who is who: JIDs of the network, and the core's addresses and peers.
//
// A person has two JIDs, one by number and one by LID (docs/protocol/addresses.md). Whatever is
// kept of somebody is kept under the LID as soon as it is known.
#pragma once

#include <optional>
#include <string>

#include "core/addresses.h"
#include "core/contacts/person.h"
#include "link/multidevice/device.h"
#include "wire/binary/jid.h"

namespace parley::link::multidevice {

using wire::binary::Jid;
using wire::binary::JidServer;

// By number or LID, also a device, also of a business whose keys Meta holds.
bool IsPerson(const Jid& jid);
bool IsLid(const Jid& jid);
// The person that a device belongs to. A hosted business, and the older spelling of a number, are
// the same person as without.
Jid AccountOf(const Jid& jid);
// The same with the device left as it is.
Jid Plain(const Jid& jid);

// A person by what is known of them; digits, empty while unknown.
struct Who {
  std::string number, lid;

  bool empty() const { return number.empty() && lid.empty(); }
  bool complete() const { return !number.empty() && !lid.empty(); }
  bool operator==(const Who&) const = default;
  // How the network is told of them: the LID when it is known.
  Jid jid() const;
};
// Of anybody who is no person: empty.
Who WhoIs(const Jid& jid);
Who WhoIs(const core::Address& address);
Who WhoIs(const core::Peer& peer);
// What is empty in one is taken from the other.
Who Both(Who one, const Who& other);
core::Peer PeerOf(const Who& who);

// The account that the channel is.
bool IsOwn(const Pairing& own, const Jid& jid);
bool IsOwn(const Pairing& own, const Who& who);
// The device that the channel is, by either of its JIDs.
bool IsOwnDevice(const Pairing& own, const Jid& jid);

}  // namespace parley::link::multidevice
