#include "link/multidevice/sessions.h"

#include <algorithm>

#include "base/log.h"
#include "link/multidevice/bundles.h"
#include "link/multidevice/device_lists.h"
#include "link/multidevice/key_records.h"
#include "link/multidevice/own_keys.h"
#include "link/multidevice/padding.h"
#include "link/multidevice/stanzas.h"
#include "wire/signal/address.h"

namespace parley::link::multidevice {
namespace {

using wire::signal::MessageType;

// Of a person's device, whatever server it is told under: hosted devices have no other sessions.
RecordName NameOf(const Jid& device) {
  const auto address = wire::signal::AddressOf(Plain(device));
  return RecordName(kSessionSpace, address ? address->Text() : device.Text());
}

// Begins a session by a bundle. What the server gives out of a device is the device, so that
// another identity than before takes the place of that one.
wire::Result<void> StartWith(DeviceSession& session, const Device& own,
                             const wire::signal::Bundle& bundle, base::Time now,
                             base::Random& random) {
  wire::signal::Record record = session.record;
  PARLEY_CHECK(wire::signal::StartSession(record, own.identity, std::nullopt, bundle, now, random));
  session.record = std::move(record);
  session.Replace(bundle.identity);
  return {};
}

wire::Result<wire::signal::Opened> OpenIn(DeviceSession& session, const Device& own,
                                          const OwnKeys& keys, const Sealed& sealed,
                                          base::Random& random) {
  if (sealed.type == MessageType::kMessage) {
    if (!session.identity)
      return wire::Fault{wire::FaultCode::kNoSession, "no session with this device"};
    return wire::signal::Open(session.record, own.identity, *session.identity, sealed.bytes,
                              random);
  }
  auto opened = wire::signal::OpenPreKeyMessage(session.record, own.identity, keys,
                                                session.identity, sealed.bytes, random);
  if (opened || opened.error().code != wire::FaultCode::kChangedIdentity) return opened;
  return wire::signal::OpenPreKeyMessage(session.record, own.identity, keys, std::nullopt,
                                         sealed.bytes, random);
}

}  // namespace

base::Task<base::Result<std::vector<Sessions::Loaded>>> Sessions::Load(std::vector<Jid> devices) {
  std::vector<Who> people;
  for (const Jid& device : devices) people.push_back(WhoIs(device));
  PARLEY_CO_TRY(completed, co_await lids_.CompleteAll(std::move(people)));
  // Two names each: that under which it is kept, and that under which it may have been before.
  std::vector<RecordName> names;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    names.push_back(NameOf(completed[i].jid().WithDevice(devices[i].device)));
    const bool both = completed[i].complete();
    names.push_back(NameOf(both ? Jid(completed[i].number, JidServer::kUser, devices[i].device)
                                : completed[i].jid().WithDevice(devices[i].device)));
  }
  PARLEY_CO_TRY(found, co_await ledger_.Read(names));
  std::vector<Loaded> loaded;
  for (std::size_t i = 0; i < devices.size(); ++i) {
    Loaded one{names[2 * i], DeviceSession(), std::nullopt};
    for (const std::size_t at : {2 * i, 2 * i + 1}) {
      const bool is_other = names[at].key != one.name.key;
      if (!found[at] || (at == 2 * i + 1 && !is_other)) continue;
      auto session = DecodeSession(*found[at]);
      wire::crypto::Wipe(*found[at]);
      if (!session) {
        // Begun anew: the other side is asked to send again what cannot be opened.
        base::LogWarning("A session record cannot be read", {{"reason", session.error().what}});
        continue;
      }
      one.session.Adopt(std::move(*session));
      if (is_other) one.moved_from = names[at];
    }
    loaded.push_back(std::move(one));
  }
  co_return std::move(loaded);
}

void Sessions::Keep(Unit& unit, const Loaded& loaded) {
  unit.Put(loaded.name, EncodeSession(loaded.session));
  if (loaded.moved_from) unit.Drop(*loaded.moved_from);
}

base::Task<base::Result<std::vector<DeviceKeys>>> Sessions::AskKeys(
    std::shared_ptr<StanzaPort> port, std::vector<Jid> devices) {
  std::vector<DeviceKeys> keys;
  for (std::size_t at = 0; at < devices.size(); at += kMaxKeysAsked) {
    const auto begin = devices.begin() + static_cast<std::ptrdiff_t>(at);
    const auto left = std::min(kMaxKeysAsked, devices.size() - at);
    const std::vector<Jid> some(begin, begin + static_cast<std::ptrdiff_t>(left));
    Node query = AskForKeys(some, false);
    PARLEY_CO_TRY(answer, co_await port->Ask(std::move(query), kQueryLimit));
    PARLEY_CO_TRY(read, ReadKeys(answer));
    for (DeviceKeys& one : read) keys.push_back(std::move(one));
  }
  co_return std::move(keys);
}

base::Task<base::Result<SealedMessage>> Sessions::Seal(std::shared_ptr<StanzaPort> port,
                                                       DevicePtr own,
                                                       std::vector<Addressee> addressees) {
  std::vector<Jid> devices;
  for (const Addressee& addressee : addressees) devices.push_back(addressee.device);
  const wire::crypto::PublicKey& identity = own->identity.keys.public_key;
  std::vector<DeviceKeys> keys;
  bool asked = false;
  while (true) {
    Ledger::Turn turn = co_await ledger_.Enter();
    PARLEY_CO_TRY(loaded, co_await Load(devices));
    std::vector<Jid> without;
    for (std::size_t i = 0; i < loaded.size(); ++i)
      if (!loaded[i].session.CanSend(identity)) without.push_back(devices[i]);
    if (!without.empty() && !asked) {
      turn.End();
      asked = true;
      PARLEY_CO_TRY(given, co_await AskKeys(port, std::move(without)));
      keys = std::move(given);
      continue;
    }
    SealedMessage message;
    Unit unit;
    for (std::size_t i = 0; i < loaded.size(); ++i) {
      DeviceSession& session = loaded[i].session;
      if (!session.CanSend(identity)) {
        const auto given = std::find_if(keys.begin(), keys.end(), [&](const DeviceKeys& one) {
          return Plain(one.device) == Plain(devices[i]);
        });
        if (given == keys.end() || !given->bundle) continue;
        const auto started = StartWith(session, *own, *given->bundle, scheduler_.Now(), random_);
        if (!started) {
          base::LogWarning("A device's keys are not its own", {{"reason", started.error().what}});
          continue;
        }
      }
      std::string padded = Pad(*addressees[i].plain, random_);
      auto sealed = wire::signal::Seal(session.record, own->identity, *session.identity, padded);
      wire::crypto::Wipe(padded);
      if (!sealed) {
        base::LogWarning("A message could not be sealed", {{"reason", sealed.error().what}});
        continue;
      }
      message.starts_session |= sealed->type == MessageType::kPreKeyMessage;
      message.devices.push_back(SealedFor{devices[i], std::move(*sealed)});
      Keep(unit, loaded[i]);
    }
    message.staged = ledger_.Stage(turn, std::move(unit));
    co_return std::move(message);
  }
}

base::Task<base::Result<OpenedMessage>> Sessions::Open(Unit& unit, DevicePtr own, Sealed sealed) {
  std::vector<Jid> devices(1, sealed.from);
  PARLEY_CO_TRY(all, co_await Load(std::move(devices)));
  Loaded& loaded = all.front();
  OpenedMessage result;
  if (loaded.session.Has(sealed.id)) {
    result.known = true;
    result.plain = std::string();
    co_return std::move(result);
  }
  OwnKeys keys;
  if (sealed.type == MessageType::kPreKeyMessage) {
    PARLEY_CO_TRY(found, co_await FindOwnKeys(ledger_, own, sealed.bytes));
    keys = std::move(found);
  }
  auto opened = OpenIn(loaded.session, *own, keys, sealed, random_);
  if (!opened) {
    result.plain = opened.error();
    co_return std::move(result);
  }
  result.changed_identity = loaded.session.identity && *loaded.session.identity != opened->identity;
  loaded.session.Replace(opened->identity);
  loaded.session.Note(sealed.id);
  if (opened->used_one_time) unit.Drop(OneTimeKeyName(*opened->used_one_time));
  Keep(unit, loaded);
  const auto plain = Unpad(opened->plain);
  if (plain)
    result.plain = std::string(*plain);
  else
    result.plain = plain.error();
  co_return std::move(result);
}

base::Task<base::Result<wire::Result<void>>> Sessions::Start(Unit& unit, DevicePtr own, Jid device,
                                                             wire::signal::Bundle bundle) {
  std::vector<Jid> devices(1, device);
  PARLEY_CO_TRY(all, co_await Load(std::move(devices)));
  auto started = StartWith(all.front().session, *own, bundle, scheduler_.Now(), random_);
  if (started) Keep(unit, all.front());
  co_return std::move(started);
}

base::Task<base::Result<void>> Sessions::End(Unit& unit, std::vector<Jid> devices) {
  PARLEY_CO_TRY(all, co_await Load(std::move(devices)));
  for (Loaded& loaded : all) {
    if (!loaded.session.record.current) continue;
    loaded.session.record.ArchiveCurrent();
    Keep(unit, loaded);
  }
  co_return base::Result<void>();
}

base::Task<base::Result<std::optional<std::uint32_t>>> Sessions::RegistrationOf(DevicePtr own,
                                                                                Jid device) {
  std::vector<Jid> devices(1, device);
  PARLEY_CO_TRY(all, co_await Load(std::move(devices)));
  const DeviceSession& session = all.front().session;
  if (!session.CanSend(own->identity.keys.public_key)) co_return std::optional<std::uint32_t>();
  co_return std::optional(session.record.current->their_registration_id);
}

}  // namespace parley::link::multidevice
