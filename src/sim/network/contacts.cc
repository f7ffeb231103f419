#include "sim/network/contacts.h"

namespace parley::sim::network {

bool Contacts::Put(PersonRow owner, std::string_view number, std::string_view name) {
  auto& book = books_[owner];
  const auto known = book.find(number);
  if (name.empty()) {
    if (known == book.end()) return false;
    book.erase(known);
    return true;
  }
  if (known == book.end()) return book.emplace(number, name).second;
  if (known->second == name) return false;
  known->second = name;
  return true;
}

const std::string* Contacts::Find(PersonRow owner, std::string_view number) const {
  const auto book = books_.find(owner);
  if (book == books_.end()) return nullptr;
  const auto found = book->second.find(number);
  return found == book->second.end() ? nullptr : &found->second;
}

std::vector<Contact> Contacts::List(PersonRow owner, std::string_view after,
                                    std::size_t limit) const {
  std::vector<Contact> page;
  const auto book = books_.find(owner);
  if (book == books_.end()) return page;
  for (auto row = book->second.upper_bound(after); row != book->second.end() && page.size() < limit;
       ++row)
    page.push_back(Contact{row->first, row->second});
  return page;
}

std::size_t Contacts::Count(PersonRow owner) const {
  const auto book = books_.find(owner);
  return book == books_.end() ? 0 : book->second.size();
}

bool Contacts::Block(PersonRow owner, PersonRow other, bool blocked) {
  return blocked ? blocks_.emplace(owner, other).second : blocks_.erase({owner, other}) > 0;
}

std::vector<PersonRow> Contacts::BlockedBy(PersonRow owner) const {
  std::vector<PersonRow> others;
  for (auto row = blocks_.lower_bound({owner, PersonRow(0)});
       row != blocks_.end() && row->first == owner; ++row)
    others.push_back(row->second);
  return others;
}

}  // namespace parley::sim::network
