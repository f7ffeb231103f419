// From addresses to persons and chats, making them when they are new.
#pragma once

#include "base/result.h"
#include "core/channels/channel.h"
#include "core/contacts/person.h"
#include "core/stamp.h"
#include "core/store.h"

namespace parley::core {

// kNotSupported for an address that is not a person's.
base::Result<void> CheckIsPerson(const Address& to);

// The chat of `channel` with the person at `to`; person and chat are made when they are new.
// kNotSupported for an address that is not a person's.
base::Result<Chat> ChatWith(Transaction& tx, const Channel& channel, const Address& to,
                            Stamp& stamp);

// The same for someone the network told about: what it says of addresses and names is learned. When
// two persons turn out to be one they are merged, with an event.
base::Result<Chat> ChatWithPeer(Transaction& tx, const Channel& channel, const Peer& peer,
                                Stamp& stamp);

}  // namespace parley::core
