// Network: people.
#include "sim/network/network.h"
#include "sim/network/parts.h"

namespace parley::sim::network {
namespace {

std::optional<Person> PersonAt(const People& people, std::optional<PersonRow> row) {
  if (!row) return std::nullopt;
  return people.at(*row).person;
}

base::Result<void> CheckPicture(const Person& person, const MediaShelf& media) {
  if (person.picture.empty() || media.Open(person.picture)) return {};
  return base::FieldError("picture", "Nothing with this digest is stored");
}

}  // namespace

base::Result<Person> Network::AddPerson(Person person) {
  const People& people = parts_->ledger.state().people;
  for (int attempt = 0; person.lid.empty(); ++attempt) {
    std::string lid = DeriveLid(person.number, attempt);
    if (!people.FindByLid(lid)) person.lid = std::move(lid);
  }
  PARLEY_CHECK(Check(person));
  PARLEY_CHECK(CheckPicture(person, media_));
  if (people.Find(person.number))
    return base::Error(base::ErrorCode::kAlreadyExists, "The number belongs to somebody else");
  PARLEY_CHECK(people.CheckUnique(person));
  PARLEY_CHECK(parts_->ledger.Commit(PersonRecord{person}));
  return person;
}

base::Result<Person> Network::UpdatePerson(std::string_view number, const PersonChange& change) {
  PARLEY_TRY(row, parts_->PersonOf(number));
  const Person& known = parts_->ledger.state().people.at(row).person;
  const bool was_online = known.online;
  Person person = known;
  change.ApplyTo(person);
  if (person == known) return person;
  PARLEY_CHECK(Check(person));
  PARLEY_CHECK(CheckPicture(person, media_));
  PARLEY_CHECK(parts_->ledger.state().people.CheckUnique(person));
  PARLEY_CHECK(parts_->ledger.Commit(PersonRecord{person}));
  if (person.online && !was_online) parts_->carrier.PhoneCameOnline(row);
  return person;
}

base::Result<Person> Network::FindPerson(std::string_view number) const {
  PARLEY_TRY(row, parts_->PersonOf(number));
  return parts_->ledger.state().people.at(row).person;
}

std::optional<Person> Network::FindPersonByLid(std::string_view lid) const {
  const People& people = parts_->ledger.state().people;
  return PersonAt(people, people.FindByLid(lid));
}

std::optional<Person> Network::FindPersonByUsername(std::string_view username) const {
  const People& people = parts_->ledger.state().people;
  return PersonAt(people, people.FindByUsername(username));
}

base::Result<std::vector<Person>> Network::ListPeople(std::string_view after,
                                                      std::size_t limit) const {
  const People& people = parts_->ledger.state().people;
  std::uint32_t next = 0;
  if (!after.empty()) {
    PARLEY_TRY(row, parts_->PersonOf(after));
    next = row.value + 1;
  }
  std::vector<Person> page;
  for (; next < people.size() && page.size() < std::min(limit, kMaxPage); ++next)
    page.push_back(people.at(PersonRow(next)).person);
  return page;
}

bool Network::IsOnNetwork(std::string_view number) const {
  return parts_->ledger.state().people.Find(number).has_value();
}

base::Result<void> Network::CheckOnline(std::string_view number) const {
  PARLEY_CHECK(parts_->PhoneOf(number));
  return {};
}

base::Result<std::string> Network::PictureFor(std::string_view number,
                                              std::string_view viewer) const {
  PARLEY_TRY(shown, parts_->PersonOf(number));
  PARLEY_TRY(onlooker, parts_->PersonOf(viewer));
  const State& state = parts_->ledger.state();
  const Person& person = state.people.at(shown).person;
  if (!person.picture_hidden || shown == onlooker || state.LastArrival(shown, onlooker))
    return person.picture;
  return std::string();
}

base::Result<void> Network::SetOnline(std::string_view number, bool online) {
  PersonChange change;
  change.online = online;
  PARLEY_TRY(person, UpdatePerson(number, change));
  return {};
}

}  // namespace parley::sim::network
