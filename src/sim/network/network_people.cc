// Network: people.
#include <set>

#include "sim/network/network.h"
#include "sim/network/parts.h"
#include "sim/network/spelling.h"

namespace parley::sim::network {
namespace {

std::optional<Person> PersonAt(const People& people, std::optional<PersonRow> row) {
  if (!row) return std::nullopt;
  return people.at(*row).person;
}

// The person, and those with devices who have the number in their address books.
std::vector<std::string> OnlookersOf(const State& state, PersonRow person) {
  const std::string& number = state.people.at(person).person.number;
  std::vector<std::string> onlookers = {number};
  std::set<PersonRow> seen = {person};
  for (std::uint32_t i = 0; i < state.devices.size(); ++i) {
    const DeviceState& device = state.devices.at(DeviceRow(i));
    if (!device.linked || onlookers.size() >= kMaxNoticeRecipients) continue;
    if (state.contacts.Find(device.person, number) == nullptr) continue;
    if (seen.insert(device.person).second)
      onlookers.push_back(state.people.at(device.person).person.number);
  }
  return onlookers;
}

// Whether `viewer` may see what `person` hides from strangers.
bool IsKnownTo(const State& state, PersonRow person, PersonRow viewer) {
  return person == viewer || state.LastArrival(person, viewer) ||
         state.contacts.Find(person, state.people.at(viewer).person.number) != nullptr;
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
  return parts_->Change(row, change, {});
}

base::Result<Person> Network::ChangeProfile(const Actor& by, const PersonChange& change) {
  PARLEY_TRY(row, parts_->ActorOf(by));
  return parts_->Change(row, change, by);
}

base::Result<Person> Network::Parts::Change(PersonRow row, const PersonChange& change,
                                            const Actor& by) {
  const State& state = ledger.state();
  const Person known = state.people.at(row).person;
  Person person = known;
  change.ApplyTo(person);
  if (person == known) return person;
  PARLEY_CHECK(Check(person));
  PARLEY_CHECK(CheckPicture(person, media));
  PARLEY_CHECK(state.people.CheckUnique(person));
  if (LooksTheSame(known, person)) {
    PARLEY_CHECK(ledger.Commit(PersonRecord{person}));
  } else {
    const ProfileChanged changed{person, person.picture != known.picture,
                                 person.about != known.about};
    PARLEY_CHECK(Announce(changed, OnlookersOf(state, row), by));
  }
  if (known.online && !person.online)
    presence.SetAvailable(row, std::nullopt, false, timeline.Now());
  if (person.online && !known.online) {
    carrier.PhoneCameOnline(row);
    ringing.PhoneCameOnline(row);
  }
  return person;
}

base::Result<Person> Network::FindPerson(std::string_view number) const {
  const People& people = parts_->ledger.state().people;
  if (const auto other = people.Find(OtherSpelling(number)); other && !people.Find(number))
    return people.at(*other).person;
  PARLEY_TRY(row, parts_->PersonOf(number));
  return people.at(row).person;
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
  if (state.contacts.Blocks(shown, onlooker)) return std::string();
  if (!person.picture_hidden || IsKnownTo(state, shown, onlooker)) return person.picture;
  return std::string();
}

base::Result<NumberFacts> Network::CheckNumber(std::string_view asker,
                                               std::string_view number) const {
  PARLEY_TRY(onlooker, parts_->PersonOf(asker));
  const State& state = parts_->ledger.state();
  NumberFacts facts;
  facts.number = number;
  const std::optional<PersonRow> row = state.people.Find(number);
  if (!row) return facts;
  const Person& person = state.people.at(*row).person;
  facts.exists = true;
  facts.lid = person.lid;
  facts.push_name = person.push_name;
  facts.username = person.username;
  facts.is_enterprise = person.is_business && person.verified_level > 0;
  facts.verified_name = person.verified_name;
  facts.verified_level = person.verified_level;
  const bool is_known = !state.contacts.Blocks(*row, onlooker) && IsKnownTo(state, *row, onlooker);
  if (!person.business_hidden || is_known) {
    facts.is_business = person.is_business;
    facts.description = person.description;
    facts.address = person.address;
    facts.email = person.email;
    facts.vertical = person.vertical;
    facts.websites = person.websites;
  }
  if (state.contacts.Blocks(*row, onlooker)) return facts;
  if (!person.picture_hidden || is_known) facts.picture = person.picture;
  if (!person.about_hidden || is_known) facts.about = person.about;
  return facts;
}

base::Result<void> Network::SetOnline(std::string_view number, bool online) {
  PersonChange change;
  change.online = online;
  PARLEY_TRY(person, UpdatePerson(number, change));
  return {};
}

}  // namespace parley::sim::network
