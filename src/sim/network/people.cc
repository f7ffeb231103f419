#include "sim/network/people.h"

namespace parley::sim::network {

std::optional<PersonRow> People::FindIn(const Index& index, std::string_view key) {
  const auto found = index.find(absl::string_view(key.data(), key.size()));
  if (found == index.end()) return std::nullopt;
  return PersonRow(found->second);
}

std::optional<PersonRow> People::Find(std::string_view number) const {
  return FindIn(by_number_, number);
}

std::optional<PersonRow> People::FindByLid(std::string_view lid) const {
  return FindIn(by_lid_, lid);
}

std::optional<PersonRow> People::FindByUsername(std::string_view username) const {
  return FindIn(by_username_, username);
}

base::Result<void> People::CheckUnique(const Person& person) const {
  const std::optional<PersonRow> same = Find(person.number);
  const std::optional<PersonRow> lid = FindByLid(person.lid);
  if (lid != same)
    return base::Error(base::ErrorCode::kAlreadyExists, lid ? "The LID belongs to somebody else"
                                                            : "The LID of a person never changes");
  if (person.username.empty()) return {};
  const std::optional<PersonRow> username = FindByUsername(person.username);
  if (username && username != same)
    return base::Error(base::ErrorCode::kAlreadyExists, "The username belongs to somebody else");
  return {};
}

base::Result<PersonRow> People::Put(const Person& person) {
  PARLEY_CHECK(CheckUnique(person));
  std::optional<PersonRow> row = Find(person.number);
  if (!row) {
    row = PersonRow(static_cast<std::uint32_t>(people_.size()));
    people_.emplace_back();
    by_number_.emplace(person.number, row->value);
    by_lid_.emplace(person.lid, row->value);
  }
  Person& known = at(*row).person;
  if (!known.username.empty()) by_username_.erase(known.username);
  if (!person.username.empty()) by_username_.emplace(person.username, row->value);
  known = person;
  return *row;
}

}  // namespace parley::sim::network
