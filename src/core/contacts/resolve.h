// From addresses to persons and chats, making them when they are new.
#pragma once

#include "base/result.h"
#include "core/channels/channel.h"
#include "core/contacts/person.h"
#include "core/stamp.h"
#include "core/store.h"

namespace parley::core {

// The chat of `channel` with the person, group or newsletter at `to`; these are made when they are
// new.
base::Result<Chat> ChatWith(Transaction& tx, const Channel& channel, const Address& to,
                            Stamp& stamp);

// That chat, if it is there.
base::Result<std::optional<Chat>> FindChatWith(const Transaction& tx, const Channel& channel,
                                               const Address& to);

// The same for someone the network told about: what it says of addresses and names is learned. When
// two persons turn out to be one they are merged, with an event.
base::Result<Chat> ChatWithPeer(Transaction& tx, const Channel& channel, const Peer& peer,
                                Stamp& stamp);

}  // namespace parley::core
