#include "core/contacts/change.h"

#include "core/contacts/contact_store.h"
#include "core/contacts/learn.h"
#include "core/contacts/spelling.h"
#include "core/event_store.h"

namespace parley::core {

base::Result<Person> ChangeContact(Transaction& tx, AccountRow account, const Channel* channel,
                                   const ContactNews& news, Stamp& stamp) {
  PARLEY_TRY(before, FindPersonAt(tx, account, news.peer.address()));
  PARLEY_TRY(person, LearnPeer(tx, account, news.peer, stamp));
  if (news.name && *news.name != person.peer.name) {
    person.peer.name = *news.name;
    PARLEY_CHECK(tx.contacts().UpdatePerson(person));
  }
  bool blocked = false, was_blocked = false;
  if (channel != nullptr) {
    PARLEY_TRY(known, tx.contacts().IsBlocked(channel->row, person.row));
    was_blocked = known;
    blocked = news.blocked.value_or(known);
  }
  if (blocked != was_blocked)
    PARLEY_CHECK(tx.contacts().SetBlocked(channel->row, person.row, blocked));
  if (before && before->peer == person.peer && blocked == was_blocked && !news.picture_changed)
    return person;

  Event event;
  event.id = stamp.Next<EventId>();
  event.account = account;
  event.at = stamp.now();
  ContactChanged changed;
  if (channel != nullptr) {
    event.channel = channel->row;
    changed.channel = SnapshotOf(*channel);
  }
  changed.peer = person.peer;
  changed.blocked = blocked;
  const bool was_contact = before && !before->peer.name.empty();
  changed.is_new = !was_contact && !person.peer.name.empty();
  event.body = std::move(changed);
  PARLEY_CHECK(tx.events().Append(event));
  return person;
}

}  // namespace parley::core
