// Operations on people, as dialects call them: what the network says about a number, the account's
// contacts, and blocks.
//
// A contact is a person whom the account has given a name. Where the channel's link has an address
// book (a phone's), names are written there, too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "core/channels/channel_port.h"
#include "core/contacts/contact_store.h"
#include "core/contacts/requests.h"
#include "core/store.h"

namespace parley::core {

// Thread: its store's scheduler.
class Contacts {
 public:
  Contacts(Store& store, base::Random& random, ChannelPort& port)
      : store_(store), random_(random), port_(port) {}

  // Asks the network; `peer` has the number as the network spells it. Errors: those of Ask.
  base::Task<base::Result<NumberFound>> Check(ChannelPtr channel, Address number);
  // The picture that the channel may see, stored for the account; none when it may see none.
  // Errors: those of Ask, kNotFound for somebody who is not on the network.
  base::Task<base::Result<std::optional<MediaRef>>> Picture(ChannelPtr channel, Address who);

  // kNotFound.
  base::Task<base::Result<Person>> Find(AccountRow account, Address who);
  // The same, as one channel may know the person: without a name that stands in other phones' books
  // alone, and such persons only when the channel has a chat with them.
  base::Task<base::Result<Person>> FindFor(ChannelPtr channel, Address who);
  base::Task<base::Result<Person>> Get(AccountRow account, PersonId id);
  base::Task<base::Result<std::vector<Person>>> List(AccountRow account,
                                                     ContactStore::ContactPage page);
  // Names the person, who is made when new; an empty name makes a contact no contact any more. With
  // a channel the name is also written into its phone's address book, if that can be reached;
  // without one it is the account's, whoever's book had the person.
  base::Task<base::Result<Person>> Name(AccountRow account, ChannelPtr channel, Address who,
                                        std::string name);

  // Errors: those of Ask, kNotOnNetwork.
  base::Task<base::Result<void>> SetBlocked(ChannelPtr channel, Address who, bool blocked);
  // Errors: those of Ask; kInvalidFields ("to") when a chat is needed and none is given.
  base::Task<base::Result<void>> ShowPresence(ChannelPtr channel, PresenceKind kind,
                                              std::optional<Address> chat);

 private:
  Store& store_;
  base::Random& random_;
  ChannelPort& port_;
};

}  // namespace parley::core
