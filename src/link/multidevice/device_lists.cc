#include "link/multidevice/device_lists.h"

#include <algorithm>

#include "link/multidevice/stanzas.h"
#include "wire/binary/protobuf.h"

namespace parley::link::multidevice {
namespace {

constexpr std::uint64_t kListVersion = 1;
constexpr std::uint32_t kListVersionField = 1, kAskedField = 2, kDeviceField = 3;
constexpr std::uint32_t kDeviceIdField = 1, kKeyIndexField = 2, kHostedField = 3;

// Under the LID when it is known, as everything that is kept of somebody.
RecordName ListNameOf(const Who& who) { return RecordName(kDevicesSpace, who.jid().Text()); }

std::vector<Jid> JidsOf(const Who& who, const std::vector<UsyncDevice>& devices) {
  std::vector<Jid> jids;
  for (const UsyncDevice& device : devices) {
    Jid jid = who.jid().WithDevice(device.device);
    if (device.hosted) jid.server = IsLid(jid) ? JidServer::kHostedLid : JidServer::kHosted;
    jids.push_back(std::move(jid));
  }
  return jids;
}

bool IsSame(const Who& a, const Who& b) {
  return (!a.lid.empty() && a.lid == b.lid) || (!a.number.empty() && a.number == b.number);
}

wire::Result<UsyncDevice> ReadDevice(std::string_view bytes) {
  UsyncDevice device;
  wire::binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) break;
    PARLEY_TRY(number, field->Number32());
    if (field->number == kDeviceIdField) device.device = static_cast<std::uint16_t>(number);
    if (field->number == kKeyIndexField) device.key_index = number;
    if (field->number == kHostedField) device.hosted = number != 0;
  }
  return device;
}

wire::Result<DeviceList> Read(std::string_view bytes) {
  DeviceList list;
  bool known = false;
  wire::binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) break;
    if (field->number == kListVersionField) {
      known = field->value == kListVersion;
    } else if (field->number == kAskedField) {
      PARLEY_TRY(asked, field->Number());
      list.asked_at = base::FromUnixMs(static_cast<std::int64_t>(asked));
    } else if (field->number == kDeviceField) {
      PARLEY_TRY(inside, field->Bytes());
      PARLEY_TRY(device, ReadDevice(inside));
      list.devices.push_back(device);
    }
  }
  if (!known) return wire::Fault{wire::FaultCode::kOldVersion, "A device list of another version"};
  return list;
}

}  // namespace

std::string EncodeDeviceList(const DeviceList& list) {
  wire::binary::FieldWriter writer;
  writer.Number(kListVersionField, kListVersion);
  writer.Number(kAskedField, static_cast<std::uint64_t>(base::ToUnixMs(list.asked_at)));
  for (const UsyncDevice& device : list.devices) {
    wire::binary::FieldWriter inside;
    inside.Number(kDeviceIdField, device.device).Number(kKeyIndexField, device.key_index);
    inside.Number(kHostedField, device.hosted ? 1 : 0);
    writer.Bytes(kDeviceField, inside.Take());
  }
  return writer.Take();
}

std::optional<DeviceList> DecodeDeviceList(std::string_view bytes) {
  auto list = Read(bytes);
  if (!list) return std::nullopt;
  return std::move(*list);
}

void DeviceLists::Forget(Unit& unit, const Who& who) {
  if (!who.lid.empty()) unit.Drop(ListNameOf(Who{"", who.lid}));
  if (!who.number.empty()) unit.Drop(ListNameOf(Who{who.number, ""}));
}

base::Task<base::Result<std::vector<PersonDevices>>> DeviceLists::Of(
    std::shared_ptr<StanzaPort> port, std::vector<Who> people) {
  PARLEY_CO_TRY(completed, co_await lids_.CompleteAll(std::move(people)));
  std::vector<RecordName> names;
  for (const Who& who : completed) names.push_back(ListNameOf(who));
  PARLEY_CO_TRY(kept, co_await ledger_.Read(std::move(names)));
  std::vector<PersonDevices> found;
  std::vector<Who> unknown;
  for (std::size_t i = 0; i < completed.size(); ++i) {
    PersonDevices& person = found.emplace_back();
    person.who = completed[i];
    const auto list = kept[i] ? DecodeDeviceList(*kept[i]) : std::nullopt;
    if (list && scheduler_.Now() - list->asked_at < kListLifetime)
      person.devices = JidsOf(person.who, list->devices);
    else
      unknown.push_back(person.who);
  }
  if (unknown.empty()) co_return std::move(found);
  PARLEY_CO_TRY(users, co_await Ask(std::move(port), std::move(unknown)));
  for (const UsyncUser& user : users)
    for (PersonDevices& person : found) {
      if (!IsSame(person.who, user.who) || !person.devices.empty() || !user.devices) continue;
      person.who = Both(person.who, user.who);
      person.devices = JidsOf(person.who, *user.devices);
    }
  PARLEY_CO_CHECK(co_await Keep(std::move(users)));
  co_return std::move(found);
}

base::Task<base::Result<std::vector<UsyncUser>>> DeviceLists::Ask(std::shared_ptr<StanzaPort> port,
                                                                  std::vector<Who> people) {
  std::vector<Jid> jids;
  for (const Who& who : people) jids.push_back(who.jid());
  Node query = AskForDevices(jids, port->NextId());
  PARLEY_CO_TRY(answer, co_await port->Ask(std::move(query), kQueryLimit));
  co_return ReadUsync(answer);
}

base::Task<base::Result<void>> DeviceLists::Keep(std::vector<UsyncUser> users) {
  Ledger::Turn turn = co_await ledger_.Enter();
  Unit unit;
  for (const UsyncUser& user : users) {
    PARLEY_CO_TRY(who, co_await lids_.Complete(user.who));
    PARLEY_CO_CHECK(co_await lids_.Learn(unit, user.who));
    if (!user.devices || user.devices->empty()) continue;
    DeviceList list;
    list.asked_at = scheduler_.Now();
    list.devices = *user.devices;
    unit.Put(ListNameOf(who), EncodeDeviceList(list));
  }
  // Nobody waits for it: when it is lost the network is asked again.
  if (!unit.records.empty()) (void)ledger_.Stage(turn, std::move(unit));
  co_return base::Result<void>();
}

}  // namespace parley::link::multidevice
