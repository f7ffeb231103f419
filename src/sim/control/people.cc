#include "sim/control/handlers.h"
#include "sim/control/shown.h"

namespace parley::sim::control {
namespace {

// The network calls it push_name, as WhatsApp does; here it is a name.
base::Error InTheseTerms(base::Error error) {
  for (base::FieldFault& fault : error.faults)
    if (fault.path == "push_name") fault.path = "name";
  return error;
}

// The members that both bodies have.
template <class Body>
network::PersonChange ChangeOf(const Body& body) {
  network::PersonChange change;
  change.username = body.username;
  change.verified_name = body.verified_name;
  change.description = body.description;
  change.about = body.about;
  change.about_hidden = body.about_hidden;
  change.address = body.address;
  change.email = body.email;
  change.websites = body.websites;
  change.vertical = body.vertical;
  change.picture_hidden = body.picture_hidden;
  change.is_business = body.is_business;
  change.business_hidden = body.business_hidden;
  change.online = body.online;
  change.platform = body.platform;
  change.group_add = body.group_add;
  change.verified_level = body.verified_level;
  return change;
}

}  // namespace

Answer ListPeople(const Call& call) {
  PARLEY_TRY(limit, call.QueryInteger("limit", 100, 1, network::kMaxPage));
  std::string after;
  if (const auto text = call.request.Query("after"); text && !text->empty()) {
    PARLEY_TRY(number, ParseNumber(*text, "after"));
    after = number;
  }
  PARLEY_TRY(people, call.network.ListPeople(after, static_cast<std::size_t>(limit)));
  ShownPeople shown;
  for (const network::Person& person : people) shown.people.push_back(Show(person, call));
  return Reply(200, shown);
}

Answer CreatePerson(const Call& call) {
  PARLEY_TRY(body, call.Body<NewPerson>());
  PARLEY_TRY(number, ParseNumber(body.number, "number"));
  network::Person person;
  ChangeOf(body).ApplyTo(person);
  person.number = number;
  person.push_name = body.name;
  person.lid = body.lid.value_or("");
  PARLEY_TRY(picture, StorePicture(body.picture.value_or(""), call));
  person.picture = picture;
  auto added = call.network.AddPerson(std::move(person));
  if (!added) return InTheseTerms(added.error());
  return Reply(201, Show(*added, call));
}

Answer GetPerson(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(person, call.network.FindPerson(number));
  return Reply(200, Show(person, call));
}

Answer ChangePerson(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(known, call.network.FindPerson(number));
  PARLEY_TRY(body, call.Body<ChangedPerson>());
  network::PersonChange change = ChangeOf(body);
  change.push_name = body.name;
  if (body.picture) {
    PARLEY_TRY(picture, StorePicture(*body.picture, call));
    change.picture = picture;
  }
  auto person = call.network.UpdatePerson(number, change);
  if (!person) return InTheseTerms(person.error());
  return Reply(200, Show(*person, call));
}

Answer SetOnline(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(known, call.network.FindPerson(number));
  PARLEY_TRY(body, call.Body<OnlineBody>());
  PARLEY_CHECK(call.network.SetOnline(number, body.online));
  return GetPerson(call);
}

}  // namespace parley::sim::control
