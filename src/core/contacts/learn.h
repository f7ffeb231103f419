// What the network tells about people becomes knowledge: addresses, names, and that two persons are
// one.
#pragma once

#include "base/result.h"
#include "core/contacts/person.h"
#include "core/stamp.h"
#include "core/store.h"

namespace parley::core {

base::Result<Person> InsertPerson(Transaction& tx, AccountRow account, const Peer& peer,
                                  Stamp& stamp);

// The person with any of the addresses in `peer`, brought up to date with it; made when there is
// none. Its number leads to them in
// either spelling and is kept as it is here. When its addresses point at different persons they are
// merged into the older one: chats, messages and contacts follow, a redirect stays, and
// PersonsMerged is written.
base::Result<Person> LearnPeer(Transaction& tx, AccountRow account, const Peer& peer, Stamp& stamp);

}  // namespace parley::core
