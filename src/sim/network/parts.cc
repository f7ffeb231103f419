#include "sim/network/parts.h"

#include <algorithm>

#include "base/encoding.h"
#include "sim/network/conversation.h"
#include "sim/network/recipients.h"
#include "sim/network/rules.h"

namespace parley::sim::network {
namespace {

// The form of ids that phones choose.
std::string MakePhoneMessageId(base::Random& random) {
  std::string bytes(10, '\0');
  random.Fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
  std::string id = "3EB0" + base::ToHexText(bytes);
  for (char& c : id)
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
  return id;
}

// A phone is told in an error what a device is told in an answer.
base::Error ErrorOf(const Refused& refused) {
  if (refused.retryable) return base::Error(base::ErrorCode::kUnavailable, refused.text);
  const bool missing = refused.code == "message-not-found";
  return base::Error(missing ? base::ErrorCode::kNotFound : base::ErrorCode::kInvalidState,
                     refused.text);
}

}  // namespace

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

base::Result<MessageRecord> Network::Parts::Compose(std::string_view number, Draft draft) {
  PARLEY_CHECK(Check(draft.content));
  if (!draft.quoted.empty() && !IsMessageId(draft.quoted))
    return base::FieldError("quoted", "Must be the id of a message");
  PARLEY_CHECK(CheckMayWrite(ledger.state(), number, draft.to));
  if (Media* content = MediaOf(draft.content)) {
    const auto stored = media.Open(content->sha256);
    if (!stored) return base::FieldError("media.sha256", "Nothing with this digest is stored");
    content->size = stored->size;
  }
  MessageRecord record;
  record.message.id = MakePhoneMessageId(timeline.random());
  record.message.from = number;
  record.message.to = std::move(draft.to);
  record.message.content = std::move(draft.content);
  record.message.quoted = std::move(draft.quoted);
  record.message.broadcast = std::move(draft.broadcast);
  const Verdict verdict = Judge(ledger, timeline.Now(), record.message, std::nullopt);
  if (verdict.refused) return ErrorOf(*verdict.refused);
  record.target = verdict.target.value;
  return record;
}

base::Result<Typed> Network::Parts::Carry(PersonRow person, MessageRecord record) {
  const MessageFaults drawn = faults.ForMessage(FaultSubject(record));
  PARLEY_TRY(accepted, carrier.Accept(std::move(record), drawn));
  Typed typed;
  typed.id = accepted.message.id;
  typed.seq = ledger.state().people.at(person).outbox.size();
  typed.at = accepted.message.at;
  return typed;
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
