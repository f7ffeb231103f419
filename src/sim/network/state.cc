#include "sim/network/state.h"

#include <fmt/format.h>

#include "sim/network/state_step.h"

namespace parley::sim::network {

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
  for (const std::int64_t earlier : record.history) {
    PARLEY_TRY(serial, MessageOf(earlier));
    const MessageEntry& message = state.messages.at(serial);
    if (message.from != person && message.to != person) return Misfit("the history is not theirs");
    state.devices.at(*row).queue.AddHistory(message.offset);
  }
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
    Touch(person, ChangeKind::kGroups);
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

bool State::HasChat(std::string_view address) const {
  const Chat chat = ChatOf(address);
  switch (chat.kind) {
    case ChatKind::kPerson:
      return people.Find(chat.id).has_value();
    case ChatKind::kGroup:
      return groups.contains(chat.id);
    case ChatKind::kNewsletter:
      return newsletters.contains(chat.id);
    case ChatKind::kStatus:
      break;  // nobody opens, mutes or types in it
  }
  return false;
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
