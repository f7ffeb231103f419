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
  std::optional<std::string> name = news.name;
  bool appears = false, vanishes = false;  // in this channel's book, of what others have, too
  if (name && channel == nullptr) {
    // The account's own word: no phone's book hides it, or keeps it.
    PARLEY_CHECK(tx.contacts().LeaveBooks(person.row));
  } else if (name) {
    PARLEY_TRY(was_hidden, tx.contacts().IsNameOfOthers(channel->row, person.row));
    PARLEY_CHECK(tx.contacts().SetInBook(channel->row, person.row, !name->empty()));
    appears = was_hidden && !name->empty();
    // Who is struck out here may stand in the book of another. Where that is a channel's that is
    // gone nobody else will strike him out.
    PARLEY_TRY(is_hidden, tx.contacts().IsNameOfOthers(channel->row, person.row));
    PARLEY_TRY(is_in_books, tx.contacts().IsInBooks(person.row));
    vanishes = is_hidden && !was_hidden;
    if (is_hidden && (is_in_books || was_hidden))
      name.reset();
    else if (is_hidden)
      PARLEY_CHECK(tx.contacts().LeaveBooks(person.row));
  }
  if (name && *name != person.peer.name) {
    person.peer.name = *name;
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
  if (before && before->peer == person.peer && blocked == was_blocked && !news.picture_changed &&
      !appears && !vanishes)
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
  if (channel != nullptr) {
    PARLEY_TRY(is_hidden, tx.contacts().IsNameOfOthers(channel->row, person.row));
    if (is_hidden) changed.peer.name.clear();
  }
  changed.blocked = blocked;
  const bool was_contact = before && !before->peer.name.empty() && !appears;
  changed.is_new = !was_contact && !changed.peer.name.empty();
  event.body = std::move(changed);
  PARLEY_CHECK(tx.events().Append(event));
  return person;
}

}  // namespace parley::core
