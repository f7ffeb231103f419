#include "core/contacts/learn.h"

#include "core/contacts/contact_store.h"
#include "core/contacts/spelling.h"
#include "core/event_store.h"

namespace parley::core {
namespace {

// `newer` wins where it says something; the account's own name for the person stays.
Peer Combine(const Peer& known, const Peer& newer) {
  Peer peer = known;
  const auto take = [](std::string& into, const std::string& from) {
    if (!from.empty()) into = from;
  };
  take(peer.phone, newer.phone);
  take(peer.lid, newer.lid);
  take(peer.username, newer.username);
  take(peer.push_name, newer.push_name);
  take(peer.verified_name, newer.verified_name);
  if (peer.name.empty()) peer.name = newer.name;
  peer.is_business = known.is_business || newer.is_business;
  return peer;
}

base::Result<Person> Merge(Transaction& tx, const Person& kept, const Person& dropped,
                           Stamp& stamp) {
  Person merged = kept;
  merged.peer = Combine(dropped.peer, kept.peer);
  PARLEY_CHECK(tx.contacts().MergePersons(kept.row, dropped.row));
  PARLEY_CHECK(tx.contacts().UpdatePerson(merged));
  Event event;
  event.id = stamp.Next<EventId>();
  event.account = kept.account;
  event.at = stamp.now();
  event.body = PersonsMerged{kept.id, dropped.id, merged.peer};
  PARLEY_CHECK(tx.events().Append(event));
  return merged;
}

}  // namespace

base::Result<Person> InsertPerson(Transaction& tx, AccountRow account, const Peer& peer,
                                  Stamp& stamp) {
  Person person;
  person.id = stamp.Next<PersonId>();
  person.account = account;
  person.peer = peer;
  person.created_at = stamp.now();
  PARLEY_TRY(row, tx.contacts().InsertPerson(person));
  person.row = row;
  return person;
}

base::Result<Person> LearnPeer(Transaction& tx, AccountRow account, const Peer& peer,
                               Stamp& stamp) {
  std::optional<Person> known;
  const Address addresses[] = {{AddressKind::kPhone, peer.phone},
                               {AddressKind::kPhone, OtherSpelling(peer.phone)},
                               {AddressKind::kLid, peer.lid},
                               {AddressKind::kUsername, peer.username}};
  for (const Address& address : addresses) {
    if (address.value.empty()) continue;
    PARLEY_TRY(found, tx.contacts().FindPerson(account, address));
    if (!found || (known && known->row == found->row)) continue;
    if (!known) {
      known = std::move(found);
      continue;
    }
    const bool found_is_older = found->row < known->row;
    PARLEY_TRY(merged, Merge(tx, found_is_older ? *found : *known, found_is_older ? *known : *found,
                             stamp));
    known = std::move(merged);
  }
  if (!known) return InsertPerson(tx, account, peer, stamp);
  Peer combined = Combine(known->peer, peer);
  if (combined != known->peer) {
    known->peer = std::move(combined);
    PARLEY_CHECK(tx.contacts().UpdatePerson(*known));
  }
  return std::move(*known);
}

}  // namespace parley::core
