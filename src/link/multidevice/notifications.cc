#include "link/multidevice/notifications.h"

#include "base/log.h"
#include "link/multidevice/stanzas.h"

namespace parley::link::multidevice {
namespace {

// Devices that one notification may take away.
constexpr std::size_t kMaxRemoved = 64;

}  // namespace

base::Task<> Notifications::OnNotification(Online online, Node stanza) {
  Who who;
  if (const auto from = stanza.FindJid("from"); from && IsPerson(*from))
    who = WhoIs(AccountOf(*from));
  for (const std::string_view name : {"lid", "sender_lid", "sender_pn"})
    if (const auto other = stanza.FindJid(name); other && !who.empty())
      who = Both(who, WhoIs(AccountOf(*other)));
  if (!who.empty()) {
    Ledger::Turn turn = co_await parts_.ledger.Enter();
    Unit unit;
    const auto taken = co_await Take(unit, online, stanza, who);
    if (!taken) {
      base::LogWarning("A notification could not be taken", {{"reason", taken.error().detail}});
      co_return;
    }
    if (!unit.records.empty() || !unit.reports.empty()) {
      const StagedPtr staged = parts_.ledger.Stage(turn, std::move(unit));
      turn.End();
      const auto durable = co_await parts_.ledger.Durable(staged);
      if (!durable && base::IsTransient(durable.error().code)) co_return;
    }
  }
  Node ack = AckOf(stanza);
  (void)co_await online.port->Send(std::move(ack));
}

base::Task<base::Result<void>> Notifications::Take(Unit& unit, Online online, Node stanza,
                                                   Who who) {
  PARLEY_CO_CHECK(co_await parts_.lids.Learn(unit, who));
  PARLEY_CO_TRY(completed, co_await parts_.lids.Complete(who));
  who = completed;
  const std::string_view type = stanza.Find("type").value_or("");
  if (type == "devices") co_return co_await TakeDevices(unit, std::move(stanza), who);
  if (type == "encrypt" && stanza.FindChild("identity") != nullptr)
    co_return co_await TakeIdentity(unit, who);
  if (type == "privacy_token") {
    // The last one of them counts.
    std::vector<Token> tokens = TokensIn(stanza, parts_.scheduler.Now());
    if (!tokens.empty())
      PARLEY_CO_CHECK(co_await parts_.tokens.Keep(unit, who, std::move(tokens.back())));
    co_return base::Result<void>();
  }
  // What they look like now is asked for by whoever wants to know.
  if (type == "picture" || type == "status") {
    if (!IsOwn(online.own(), who)) {
      core::ContactReport report;
      report.news.peer = PeerOf(who);
      report.news.picture_changed = true;
      unit.reports.emplace_back(std::move(report));
    }
    co_return base::Result<void>();
  }
  base::LogDebug("A notification is not looked at", {{"type", type}});
  co_return base::Result<void>();
}

// What is there now is asked for when it is needed. A device that is gone gets nothing more, and
// when one of that number comes back it is another one.
base::Task<base::Result<void>> Notifications::TakeDevices(Unit& unit, Node stanza, Who who) {
  DeviceLists::Forget(unit, who);
  std::vector<Jid> removed;
  for (const Node& change : stanza.children())
    if (change.tag == "remove")
      for (const Node& device : change.children()) {
        const auto jid = device.FindJid("jid");
        if (device.tag == "device" && jid && jid->device != 0 && removed.size() < kMaxRemoved)
          removed.push_back(who.jid().WithDevice(jid->device));
      }
  if (removed.empty()) co_return base::Result<void>();
  co_return co_await parts_.sessions.End(unit, std::move(removed));
}

// They set up their phone anew. Its other devices are gone with it: they are told of by
// notifications of their own.
base::Task<base::Result<void>> Notifications::TakeIdentity(Unit& unit, Who who) {
  base::LogInfo("Somebody has set up their phone anew", {});
  DeviceLists::Forget(unit, who);
  std::vector<Jid> phone(1, who.jid());
  co_return co_await parts_.sessions.End(unit, std::move(phone));
}

}  // namespace parley::link::multidevice
