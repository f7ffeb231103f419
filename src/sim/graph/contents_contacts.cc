#include <fmt/format.h>

#include <algorithm>

#include "sim/graph/content_readers.h"

namespace parley::sim::graph {
namespace {

template <class T>
Outcome<std::vector<T>> ReadList(const base::json::object& card, const std::string& name,
                                 const std::string& path) {
  std::vector<T> items;
  const base::json::value* member = base::Find(card, name);
  if (member == nullptr) return items;
  const base::json::array* list = member->if_array();
  if (list == nullptr)
    return InvalidParameter("Param " + PathInBrackets(path) + " must be an array.");
  for (std::size_t i = 0; i < list->size(); ++i) {
    const std::string place = fmt::format("{}[{}]", path, i);
    const base::json::object* object = (*list)[i].if_object();
    if (object == nullptr)
      return InvalidParameter("Param " + PathInBrackets(place) + " must be a JSON object.");
    PARLEY_TRY(item, Read<T>(*object, place));
    items.push_back(std::move(item));
  }
  return items;
}

constexpr std::string_view kCardMembers[] = {"name",   "birthday", "org",   "addresses",
                                             "emails", "urls",     "phones"};

Outcome<net::ContactCard> ReadCard(const base::json::object& object, const std::string& path) {
  for (const auto& member : object) {
    const std::string_view name(member.key().data(), member.key().size());
    if (std::find(std::begin(kCardMembers), std::end(kCardMembers), name) == std::end(kCardMembers))
      return InvalidParameter(
          fmt::format("Unexpected key \"{}\" on param \"{}\".", name, PathInBrackets(path)));
  }
  const base::json::value* name_member = base::Find(object, "name");
  const base::json::object* name_object = name_member ? name_member->if_object() : nullptr;
  if (name_object == nullptr)
    return InvalidParameter("The parameter " + PathInBrackets(path + ".name") + " is required.");
  PARLEY_TRY(name, Read<CardName>(*name_object, path + ".name"));
  if (name.first_name.empty() && name.last_name.empty() && name.middle_name.empty() &&
      name.prefix.empty() && name.suffix.empty())
    return WrongValue(PathInBrackets(path + ".name") +
                      " needs at least one more member beside formatted_name");
  net::ContactCard card;
  card.formatted_name = std::move(name.formatted_name);
  card.first_name = std::move(name.first_name);
  card.last_name = std::move(name.last_name);
  card.middle_name = std::move(name.middle_name);
  card.prefix = std::move(name.prefix);
  card.suffix = std::move(name.suffix);
  card.birthday = base::FindText(object, "birthday");
  if (const base::json::value* org = base::Find(object, "org")) {
    if (!org->is_object())
      return InvalidParameter("Param " + PathInBrackets(path + ".org") + " must be a JSON object.");
    PARLEY_TRY(read, Read<net::CardOrganization>(org->get_object(), path + ".org"));
    card.org = std::move(read);
  }
  PARLEY_TRY(addresses, ReadList<net::CardAddress>(object, "addresses", path + ".addresses"));
  card.addresses = std::move(addresses);
  PARLEY_TRY(emails, ReadList<net::CardEmail>(object, "emails", path + ".emails"));
  card.emails = std::move(emails);
  PARLEY_TRY(urls, ReadList<net::CardUrl>(object, "urls", path + ".urls"));
  card.urls = std::move(urls);
  PARLEY_TRY(phones, ReadList<net::CardPhone>(object, "phones", path + ".phones"));
  card.phones = std::move(phones);
  return card;
}

}  // namespace

Outcome<SendDraft> ReadContacts(const SendBody& body, std::string_view) {
  if (!body.contacts) return InvalidParameter("The parameter contacts is required.");
  const base::json::array* list = body.contacts->if_array();
  if (list == nullptr || list->empty())
    return InvalidParameter("Param contacts must be an array of at least one contact.");
  net::ContactsContent contacts;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const base::json::object* object = (*list)[i].if_object();
    const std::string path = fmt::format("contacts[{}]", i);
    if (object == nullptr) return InvalidParameter("Param " + path + " must be a JSON object.");
    PARLEY_TRY(card, ReadCard(*object, path));
    contacts.cards.push_back(std::move(card));
  }
  return SendDraft{std::move(contacts), {}};
}

}  // namespace parley::sim::graph
