// Changing what is known of a person on purpose: the name that the account gives, and whether the
// channel's number blocks them. With what the network tells by the way, see learn.h.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "core/channels/channel.h"
#include "core/contacts/person.h"
#include "core/stamp.h"
#include "core/store.h"

namespace parley::core {

struct ContactNews {
  Peer peer;
  std::optional<std::string> name;  // empty: not a contact any more
  std::optional<bool> blocked;      // by the channel's number
  bool picture_changed = false;     // or the line about them, which Parley does not keep
};

// Learns the peer, applies the news, and writes ContactChanged when anything is different. Without
// a channel it happens in the account alone, and `blocked` is not looked at. A channel's event has
// no name that stands in other channels' address books alone.
base::Result<Person> ChangeContact(Transaction& tx, AccountRow account, const Channel* channel,
                                   const ContactNews& news, Stamp& stamp);

}  // namespace parley::core
