#include "sim/network/state.h"

#include <fmt/format.h>

#include <algorithm>

namespace parley::sim::network {
namespace {

base::Error Misfit(std::string text) {
  return base::Error(base::ErrorCode::kInvalidState, std::move(text));
}

std::uint64_t PairKey(PersonRow from, PersonRow to) {
  return static_cast<std::uint64_t>(from.value) << 32 | to.value;
}

}  // namespace

// Applies one record; one overload per kind.
struct State::Step {
  State& state;
  std::uint64_t offset;
  Touched& touched;

  base::Result<void> operator()(const PersonRecord& record);
  base::Result<void> operator()(const DeviceRecord& record);
  base::Result<void> operator()(const UnlinkedRecord& record);
  base::Result<void> operator()(const MessageRecord& record);
  base::Result<void> operator()(const ArrivedRecord& record);
  base::Result<void> operator()(const ReadRecord& record);
  base::Result<void> operator()(const ReceiptRecord& record);
  base::Result<void> operator()(const NoticeRecord& record);
  base::Result<void> operator()(const AcknowledgedRecord& record);
  base::Result<void> operator()(const FaultRecord& record);
  base::Result<void> operator()(const FaultUsedRecord& record);
  base::Result<void> operator()(const FaultRemovedRecord& record);

  // What a notice changes, besides the queues that it goes into; one overload per kind.
  base::Result<void> Happened(base::Time at, const GroupChanged& notice);
  base::Result<void> Happened(base::Time at, const GroupParticipantsChanged& notice);

  base::Result<PersonRow> PersonOf(const std::string& number) const;
  base::Result<DeviceRow> LinkedDevice(const std::string& id) const;
  base::Result<Serial> MessageOf(std::int64_t serial) const;
  // Adds an item that is this record to the queues of the person's devices, but for `except`.
  void Queue(PersonRow person, std::uint64_t item, std::optional<DeviceRow> except = {});
  void Touch(PersonRow person, ChangeKind kind) { touched.people.emplace_back(person, kind); }
};

base::Result<PersonRow> State::Step::PersonOf(const std::string& number) const {
  const std::optional<PersonRow> row = state.people.Find(number);
  if (row) return *row;
  return Misfit("it names a person who was not added");
}

base::Result<DeviceRow> State::Step::LinkedDevice(const std::string& id) const {
  const std::optional<DeviceRow> row = state.devices.Find(id);
  if (row && state.devices.at(*row).linked) return *row;
  return Misfit("it names a device that is not linked");
}

base::Result<Serial> State::Step::MessageOf(std::int64_t serial) const {
  if (serial > 0 && serial <= static_cast<std::int64_t>(state.messages.size()))
    return Serial(static_cast<std::uint32_t>(serial));
  return Misfit("it names a message that was not accepted");
}

void State::Step::Queue(PersonRow person, std::uint64_t item, std::optional<DeviceRow> except) {
  for (const DeviceRow row : state.people.at(person).devices) {
    if (row == except) continue;
    state.devices.at(row).queue.Add(item);
    touched.devices.push_back(row);
  }
}

base::Result<void> State::Step::operator()(const PersonRecord& record) {
  PARLEY_CHECK(Check(record.person));
  PARLEY_TRY(row, state.people.Put(record.person));
  Touch(row, ChangeKind::kPerson);
  return {};
}

base::Result<void> State::Step::operator()(const DeviceRecord& record) {
  PARLEY_TRY(person, PersonOf(record.number));
  PersonState& owner = state.people.at(person);
  DeviceState device;
  device.id = record.id;
  device.person = person;
  device.profile = record.profile;
  device.linked_at = record.at;
  const std::optional<DeviceRow> row =
      record.id == MakeDeviceId(record.number, owner.devices_linked + 1)
          ? state.devices.Add(std::move(device))
          : std::nullopt;
  if (!row) return Misfit("the device's id is not the next one");
  ++owner.devices_linked;
  owner.devices.push_back(*row);
  Touch(person, ChangeKind::kDevices);
  return {};
}

base::Result<void> State::Step::operator()(const UnlinkedRecord& record) {
  PARLEY_TRY(row, LinkedDevice(record.device));
  DeviceState& device = state.devices.at(row);
  device.linked = false;
  device.queue.Clear();
  std::erase(state.people.at(device.person).devices, row);
  touched.devices.push_back(row);
  Touch(device.person, ChangeKind::kDevices);
  return {};
}

base::Result<void> State::Step::operator()(const MessageRecord& record) {
  PARLEY_TRY(from, PersonOf(record.message.from));
  PARLEY_TRY(to, PersonOf(record.message.to));
  std::optional<DeviceRow> sender;
  if (record.device) {
    PARLEY_TRY(device, LinkedDevice(*record.device));
    if (state.devices.at(device).person != from) return Misfit("the device is somebody else's");
    sender = device;
  }
  if (record.serial != static_cast<std::int64_t>(state.messages.size()) + 1)
    return Misfit("the serial is not the next one");
  const std::optional<Serial> serial = state.messages.Add(record.message.id, offset, from, to);
  if (!serial) return Misfit("there are too many messages");
  if (!sender || state.devices.at(*sender).profile == Profile::kPhone)
    state.people.at(from).outbox.push_back(*serial);
  for (std::uint32_t copy = 0; copy < record.arrivals.size(); ++copy)
    state.copies.emplace(CopyKey{*serial, copy}, PendingCopy{record.arrivals[copy]});
  Queue(from, offset, sender);
  Touch(from, ChangeKind::kOutbox);
  return {};
}

base::Result<void> State::Step::operator()(const ArrivedRecord& record) {
  PARLEY_TRY(serial, MessageOf(record.message));
  const auto copy =
      record.copy < 0 || record.copy >= static_cast<std::int64_t>(kMaxCopies)
          ? state.copies.end()
          : state.copies.find(CopyKey{serial, static_cast<std::uint32_t>(record.copy)});
  if (copy == state.copies.end()) return Misfit("the copy is not under way");
  MessageEntry& message = state.messages.at(serial);
  if (record.devices) {
    if (copy->second.devices_have_it) return Misfit("the devices have the copy already");
    copy->second.devices_have_it = true;
    if (message.from != message.to) Queue(message.to, message.offset);
  }
  state.last_arrivals_[PairKey(message.from, message.to)] = record.at;
  if (!record.phone) return {};
  state.copies.erase(copy);
  message.delivered = true;
  PersonState& recipient = state.people.at(message.to);
  recipient.inbox.push_back(InboxEntry{serial});
  if (record.receipt_due) {
    const auto row = static_cast<std::uint32_t>(recipient.inbox.size());
    state.receipts.emplace(ReceiptKey{serial, row, ReceiptStatus::kDelivered},
                           PendingReceipt{*record.receipt_due, record.at});
  }
  Touch(message.to, ChangeKind::kInbox);
  Touch(message.from, ChangeKind::kOutbox);
  return {};
}

base::Result<void> State::Step::operator()(const ReadRecord& record) {
  PARLEY_TRY(serial, MessageOf(record.message));
  MessageEntry& message = state.messages.at(serial);
  PersonState& reader = state.people.at(message.to);
  const bool played = record.status == ReceiptStatus::kPlayed;
  if (!played && record.status != ReceiptStatus::kRead) return Misfit("nobody reads like that");
  if (record.row < 1 || record.row > static_cast<std::int64_t>(reader.inbox.size()) ||
      reader.inbox[static_cast<std::size_t>(record.row) - 1].message != serial)
    return Misfit("the message is not in that row of the inbox");
  InboxEntry& entry = reader.inbox[static_cast<std::size_t>(record.row) - 1];
  if (played)
    entry.played = message.played = true;
  else
    entry.read = message.read = true;
  while (reader.first_unread < reader.inbox.size() && reader.inbox[reader.first_unread].read)
    ++reader.first_unread;
  if (record.receipt_due)
    state.receipts.emplace(
        ReceiptKey{serial, static_cast<std::uint32_t>(record.row), record.status},
        PendingReceipt{*record.receipt_due, record.at});
  Touch(message.to, ChangeKind::kInbox);
  Touch(message.from, ChangeKind::kOutbox);
  return {};
}

base::Result<void> State::Step::operator()(const ReceiptRecord& record) {
  PARLEY_TRY(serial, MessageOf(record.message));
  MessageEntry& message = state.messages.at(serial);
  if (record.status == ReceiptStatus::kFailed) {
    message.failed = true;
    state.copies.erase(state.copies.lower_bound(CopyKey{serial, 0}),
                       state.copies.upper_bound(CopyKey{serial, UINT32_MAX}));
  } else {
    const bool fits = record.row > 0 && record.row <= UINT32_MAX;
    const ReceiptKey key{serial, static_cast<std::uint32_t>(record.row), record.status};
    if (!fits || state.receipts.erase(key) == 0) return Misfit("the receipt is not under way");
  }
  Queue(message.from, offset);
  Touch(message.from, ChangeKind::kOutbox);
  return {};
}

base::Result<void> State::Step::operator()(const NoticeRecord& record) {
  std::optional<DeviceRow> except;
  if (record.except) {
    PARLEY_TRY(device, LinkedDevice(*record.except));
    except = device;
  }
  const auto happened = [this, &record](const auto& kind) { return Happened(record.at, kind); };
  PARLEY_CHECK(std::visit(happened, record.notice));
  for (const std::string& number : record.to) {
    PARLEY_TRY(person, PersonOf(number));
    Queue(person, offset, except);
  }
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const GroupChanged& notice) {
  PARLEY_CHECK(Check(notice.group));
  for (const GroupParticipant& participant : notice.group.participants)
    PARLEY_CHECK(PersonOf(participant.number));
  const bool is_new = notice.changed.size() == 1 && notice.changed.front() == GroupAspect::kCreated;
  if (is_new == state.groups.contains(notice.group.id))
    return Misfit("the group was created twice, or never");
  state.groups[notice.group.id] = notice.group;
  return {};
}

base::Result<void> State::Step::Happened(base::Time at, const GroupParticipantsChanged& notice) {
  const auto group = state.groups.find(notice.group);
  if (group == state.groups.end()) return Misfit("it names a group that was not created");
  for (const std::string& number : notice.participants) {
    PARLEY_CHECK(PersonOf(number));
    if (!ApplyTo(group->second, notice.action, number, at))
      return Misfit("the action does not fit the group");
  }
  return {};
}

base::Result<void> State::Step::operator()(const AcknowledgedRecord& record) {
  for (const AcknowledgedDevice& acknowledged : record.devices) {
    PARLEY_TRY(row, LinkedDevice(acknowledged.id));
    ItemQueue& queue = state.devices.at(row).queue;
    if (acknowledged.up_to < 0 || static_cast<std::uint64_t>(acknowledged.up_to) > queue.last())
      return Misfit("the item was never given");
    queue.AcknowledgeUpTo(static_cast<std::uint64_t>(acknowledged.up_to));
    touched.devices.push_back(row);
  }
  return {};
}

base::Result<void> State::Step::operator()(const FaultRecord& record) {
  if (record.id <= state.last_fault) return Misfit("the rule's id is not the next one");
  PARLEY_TRY(rule, FromForm(record.rule));
  state.faults.emplace(record.id, Fault{record.id, rule});
  state.last_fault = record.id;
  touched.faults = true;
  return {};
}

base::Result<void> State::Step::operator()(const FaultUsedRecord& record) {
  const auto fault = state.faults.find(record.id);
  if (fault == state.faults.end() || !fault->second.rule.count)
    return Misfit("there is no such rule with a count");
  if (--*fault->second.rule.count <= 0) state.faults.erase(fault);
  touched.faults = true;
  return {};
}

base::Result<void> State::Step::operator()(const FaultRemovedRecord& record) {
  if (state.faults.erase(record.id) == 0) return Misfit("there is no such rule");
  touched.faults = true;
  return {};
}

void Touched::Clear() {
  devices.clear();
  people.clear();
  faults = false;
}

base::Result<void> State::Apply(std::uint64_t offset, const Record& record, Touched& touched) {
  return std::visit(Step{*this, offset, touched}, record);
}

std::optional<base::Time> State::LastArrival(PersonRow from, PersonRow to) const {
  const auto found = last_arrivals_.find(PairKey(from, to));
  if (found == last_arrivals_.end()) return std::nullopt;
  return found->second;
}

std::string MakeDeviceId(std::string_view number, std::uint32_t n) {
  return fmt::format("{}:{}", number, n);
}

}  // namespace parley::sim::network
