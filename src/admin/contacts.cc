// The contacts of a channel.
#include "core/contacts/contacts.h"

#include "admin/addresses.h"
#include "admin/handlers.h"
#include "admin/people_schema.h"
#include "admin/query.h"
#include "base/text.h"

namespace parley::admin {
namespace {

ContactView ViewOf(const core::Person& person) {
  const core::Peer& peer = person.peer;
  ContactView view;
  view.contact_id = Spell(person.id);
  view.chat = SpellChat(peer.address());
  view.name = peer.name;
  if (!peer.phone.empty()) view.phone = "+" + peer.phone;
  view.push_name = base::NonEmpty(peer.push_name);
  view.verified_name = base::NonEmpty(peer.verified_name);
  view.is_business = peer.is_business;
  view.created_at = Spell(person.created_at);
  return view;
}

}  // namespace

HandlerResult ListContacts(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  PARLEY_CO_TRY(after, QueryId<core::PersonId>(call.request, "after"));
  PARLEY_CO_TRY(text, QueryText(call.request));
  core::ContactStore::ContactPage page;
  page.search = std::move(text);
  page.of = owned.channel->row;
  page.limit = limit + 1;
  if (after) {
    auto last = co_await call.core.contacts.Get(owned.account.row, *after);
    if (!last && last.error().code == base::ErrorCode::kNotFound)
      co_return base::FieldError("after", "Unknown contact");
    if (!last) co_return last.error();
    page.after = last->row;
  }
  PARLEY_CO_TRY(persons, co_await call.core.contacts.List(owned.account.row, std::move(page)));
  const bool more = persons.size() > static_cast<std::size_t>(limit);
  if (more) persons.pop_back();
  ContactList list;
  for (const core::Person& person : persons) list.contacts.push_back(ViewOf(person));
  if (more) list.next = list.contacts.back().contact_id;
  co_return Reply(200, list);
}

}  // namespace parley::admin
