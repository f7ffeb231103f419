#include "sim/network/parts.h"

#include <algorithm>

#include "sim/network/conversation.h"

namespace parley::sim::network {

Network::Parts::Parts(base::Scheduler& scheduler, base::Random& random, Log& log, MediaShelf& shelf,
                      NetworkOptions chosen)
    : media(shelf),
      options(chosen),
      timeline(scheduler, random, options.jitter),
      ledger(log),
      faults(ledger, random),
      carrier(ledger, timeline, faults, options),
      groups(ledger, timeline, media),
      newsletters(ledger, timeline, media),
      watchers(timeline, ledger.state().people),
      pairings(timeline, options),
      ringing(ledger, timeline, options),
      reviews(ledger, timeline),
      sessions(ledger, carrier, faults, shelf, watchers, presence, timeline, options) {
  ledger.SetListener(this);
}

Network::Parts::~Parts() { ledger.SetListener(nullptr); }

void Network::Parts::OnTouched(const Touched& touched) {
  for (const DeviceRow row : touched.devices) {
    if (ledger.state().devices.at(row).linked)
      sessions.Wake(row);
    else
      sessions.Close(row, CloseReason::kLoggedOut);
  }
  for (const auto& [person, kind] : touched.people) watchers.Note(person, kind);
  if (touched.faults) watchers.NoteFaults();
}

base::Result<PersonRow> Network::Parts::PersonOf(std::string_view number) const {
  const std::optional<PersonRow> row = ledger.state().people.Find(number);
  if (row) return *row;
  return base::Error(base::ErrorCode::kNotFound, "Nobody with this number is on the network");
}

base::Result<PersonRow> Network::Parts::PhoneOf(std::string_view number) const {
  PARLEY_TRY(row, PersonOf(number));
  if (ledger.state().people.at(row).person.online) return row;
  return base::Error(base::ErrorCode::kInvalidState, "The phone is offline");
}

base::Result<PersonRow> Network::Parts::ActorOf(const Actor& by) const {
  if (by.device.empty()) return PhoneOf(by.number);
  PARLEY_TRY(person, PersonOf(by.number));
  PARLEY_TRY(row, DeviceOf(by.device));
  const DeviceState& device = ledger.state().devices.at(row);
  if (device.person != person)
    return base::Error(base::ErrorCode::kNotFound, "The device is somebody else's");
  if (!device.linked) return base::Error(base::ErrorCode::kGone, "The device was logged out");
  return person;
}

base::Result<PersonRow> Network::Parts::BusinessOf(const Actor& by) const {
  PARLEY_TRY(person, ActorOf(by));
  const PersonState& owner = ledger.state().people.at(person);
  const bool is_business =
      owner.person.is_business ||
      std::any_of(owner.devices.begin(), owner.devices.end(), [this](DeviceRow row) {
        return ledger.state().devices.at(row).profile == Profile::kBusiness;
      });
  if (is_business) return person;
  return base::Error(base::ErrorCode::kNotSupported, "Only businesses have that");
}

base::Result<void> Network::Parts::Announce(NoticeContent notice, std::vector<std::string> to,
                                            const Actor& by) {
  NoticeRecord record;
  record.at = timeline.Now();
  record.notice = std::move(notice);
  record.to = std::move(to);
  if (!by.device.empty()) record.except = by.device;
  return ledger.Commit(std::move(record));
}

base::Result<DeviceRow> Network::Parts::DeviceOf(std::string_view id) const {
  const std::optional<DeviceRow> row = ledger.state().devices.Find(id);
  if (row) return *row;
  return base::Error(base::ErrorCode::kNotFound, "There is no such device");
}

base::Result<DeviceInfo> Network::Parts::Link(PersonRow person, Profile profile) {
  const PersonState& owner = ledger.state().people.at(person);
  if (owner.devices.size() >= options.max_linked)
    return base::Error(base::ErrorCode::kInvalidState,
                       "The phone has as many linked devices as it can have; unlink one first");
  DeviceRecord record;
  record.id = MakeDeviceId(owner.person.number, owner.devices_linked + 1);
  record.number = owner.person.number;
  record.profile = profile;
  record.at = timeline.Now();
  if (profile == Profile::kPhone) {
    PARLEY_TRY(history, HistoryOf(ledger, person, options.history_per_chat, options.max_history));
    for (const Serial message : history) record.history.push_back(message.value);
  }
  PARLEY_CHECK(ledger.Commit(std::move(record)));
  return InfoOf(owner.devices.back());
}

DeviceInfo Network::Parts::InfoOf(DeviceRow device) const {
  const DeviceState& state = ledger.state().devices.at(device);
  DeviceInfo info;
  info.id = state.id;
  info.number = ledger.state().people.at(state.person).person.number;
  info.profile = state.profile;
  info.linked_at = state.linked_at;
  info.connected = sessions.IsConnected(device);
  info.queued = static_cast<std::int64_t>(state.queue.size());
  return info;
}

base::Result<std::vector<Serial>> Network::Parts::MessagesWithId(std::string_view id) {
  std::vector<Serial> found;
  for (const Serial serial : ledger.state().messages.Candidates(id, kMaxPage)) {
    PARLEY_TRY(record, ledger.Message(serial));
    if (record->message.id == id) found.push_back(serial);
  }
  std::reverse(found.begin(), found.end());
  if (found.empty()) return base::Error(base::ErrorCode::kNotFound, "There is no such message");
  return found;
}

}  // namespace parley::sim::network
