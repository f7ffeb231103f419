#include "link/multidevice/retry.h"

#include "base/log.h"
#include "core/messages/link_id.h"
#include "core/messages/outgoing.h"
#include "core/messages/receive.h"
#include "link/multidevice/bundles.h"
#include "link/multidevice/key_records.h"

namespace parley::link::multidevice {
namespace {

// From this attempt on keys go along, so that the sender can begin a new session.
constexpr std::uint32_t kAttemptWithKeys = 2;

// Faults that no further message of the session can mend.
bool NeedsNewSession(wire::FaultCode code) {
  return code == wire::FaultCode::kNoSession || code == wire::FaultCode::kUnknownPreKey ||
         code == wire::FaultCode::kChangedIdentity;
}

}  // namespace

std::uint32_t RecentCounts::Count(const std::string& name, std::uint32_t floor) {
  const auto [entry, is_new] = counts_.emplace(name, 0);
  if (is_new) order_.push_back(name);
  entry->second = std::max(entry->second + 1, floor);
  const std::uint32_t count = entry->second;
  if (order_.size() > kMax) {
    counts_.erase(order_.front());
    order_.pop_front();
  }
  return count;
}

Node RetryReceipt(const Node& message, std::uint32_t attempt, std::uint32_t registration_id,
                  std::optional<Node> keys) {
  Node receipt = ReceiptOf(message, "retry");
  if (message.Find("category") == "peer")
    receipt.attributes.push_back(Attribute{"category", "peer"});
  Node retry("retry", {{"count", std::to_string(attempt)},
                       {"id", std::string(message.Find("id").value_or(""))},
                       {"t", std::string(message.Find("t").value_or("0"))},
                       {"v", "1"}});
  Node::Children children;
  children.push_back(std::move(retry));
  children.push_back(Node("registration", {}, Bytes{BigEndian(registration_id, 4)}));
  if (keys) children.push_back(std::move(*keys));
  receipt.content = std::move(children);
  return receipt;
}

std::optional<std::uint32_t> AttemptIn(const Node& receipt) {
  const Node* retry = receipt.FindChild("retry");
  const auto count = retry == nullptr ? std::nullopt : NumberIn(*retry, "count");
  if (!count || *count == 0 || *count > kMaxRetriesAnswered) return std::nullopt;
  return static_cast<std::uint32_t>(*count);
}

// ----------------------------------------------------------------------------------------- asking

base::Task<bool> Retry::IsKept(Envelope envelope) {
  auto chat = co_await parts_.lids.Complete(envelope.chat);
  if (!chat) co_return false;
  auto look = [channel = channel_, peer = PeerOf(*chat), envelope](const core::Transaction& tx) {
    return core::IsThere(tx, channel, peer, envelope.from_me, envelope.id);
  };
  const auto there = co_await store_.Read(look);
  co_return there&&* there;
}

base::Task<> Retry::Ask(Online online, Node message, Envelope envelope, wire::Fault fault) {
  std::uint32_t before = 0;
  for (const SealedPart& part : envelope.parts) before = std::max(before, part.attempt);
  const std::string name = envelope.from.Text() + " " + envelope.id;
  const std::uint32_t attempt = asked_.Count(name, before + 1);
  if (attempt > kMaxRetriesAsked) {
    base::LogWarning("A message could not be opened, and is given up", {{"reason", fault.what}});
    co_return;
  }
  std::optional<Node> keys;
  if (attempt >= kAttemptWithKeys || NeedsNewSession(fault.code)) {
    auto made = co_await MakeKeys(online);
    if (made) keys = std::move(*made);
  }
  base::LogInfo("A message could not be opened, and is asked for again",
                {{"reason", fault.what}, {"attempt", attempt}});
  Node receipt =
      RetryReceipt(message, attempt, online.device->identity.registration_id, std::move(keys));
  ++parts_.counters.retries_asked;
  (void)co_await online.port->Send(std::move(receipt));
}

base::Task<base::Result<Node>> Retry::MakeKeys(Online online) {
  const auto pair = wire::crypto::KeyPair::Generate(parts_.random);
  const auto id = static_cast<std::uint32_t>(kFirstRetryKey + parts_.random.Below(kRetryKeys));
  Unit unit;
  unit.Put(OneTimeKeyName(id), EncodeKeyPair(pair));
  Ledger::Turn turn = co_await parts_.ledger.Enter();
  const StagedPtr staged = parts_.ledger.Stage(turn, std::move(unit));
  turn.End();
  PARLEY_CO_CHECK(co_await parts_.ledger.Durable(staged));
  const Device& own = *online.device;
  Node::Children children;
  children.push_back(Node("type", {}, Bytes{std::string(1, '\x05')}));
  children.push_back(
      Node("identity", {}, Bytes{std::string(own.identity.keys.public_key.bytes())}));
  children.push_back(KeyNode(id, pair.public_key));
  children.push_back(KeyNode(own.signed_key));
  children.push_back(Node("device-identity", {}, Bytes{online.own().signed_identity}));
  co_return Node("keys", {}, std::move(children));
}

// -------------------------------------------------------------------------------------- answering

base::Task<> Retry::Answer(Online online, Node stanza, Receipt receipt) {
  const auto attempt = AttemptIn(stanza);
  const auto id = core::MessageIdFrom(receipt.ids.front());
  if (!attempt || !id || IsOwnDevice(online.own(), receipt.from)) co_return;
  const std::string name = receipt.from.Text() + " " + receipt.ids.front();
  if (answered_.Count(name) > kMaxRetriesAnswered) {
    base::LogWarning("A device asks for a message again and again", {});
    co_return;
  }
  auto read = [channel = channel_, id = *id](const core::Transaction& tx) {
    return core::FindOutgoing(tx, channel, id);
  };
  auto found = co_await store_.Read(read);
  if (!found || !*found) {
    base::LogInfo("A message that is asked for again is not there", {});
    co_return;
  }
  // Whoever asks must be who it was for: anybody may know the id.
  auto to = co_await parts_.lids.Complete(WhoIs((*found)->to));
  auto asking = co_await parts_.lids.Complete(WhoIs(AccountOf(receipt.from)));
  if (!to || !asking || to->empty()) co_return;
  const bool is_own = IsOwn(online.own(), *asking);
  const bool same = (!to->lid.empty() && to->lid == asking->lid) ||
                    (!to->number.empty() && to->number == asking->number);
  if (!same && !is_own) {
    base::LogWarning("Somebody asks for a message that was not for them", {});
    co_return;
  }
  auto written = co_await sending_.Write(online, std::move(**found), *to);
  if (!written) co_return;
  const auto refreshed = co_await Refresh(online, stanza, receipt.from, *attempt);
  if (!refreshed || !*refreshed) co_return;
  const auto plain = std::make_shared<const std::string>(
      is_own ? CopyFor(written->message, to->jid()).SerializeAsString()
             : written->message.SerializeAsString());
  std::vector<Addressee> one;
  one.emplace_back(receipt.from, plain);
  auto sealed = co_await parts_.sessions.Seal(online.port, online.device, std::move(one));
  if (!sealed || sealed->devices.empty()) co_return;
  const auto durable = co_await parts_.ledger.Durable(sealed->staged);
  if (!durable) co_return;
  Node::Children children;
  children.push_back(EncOf(sealed->devices.front().sealed, *written, *attempt));
  Node again("message",
             {{"id", receipt.ids.front()},
              {"to", std::string(stanza.Find("from").value_or(""))},
              {"type", written->type},
              {"device_fanout", "false"}},
             std::move(children));
  if (const auto recipient = stanza.Find("recipient"))
    again.attributes.push_back(Attribute{"recipient", std::string(*recipient)});
  if (!written->edit.empty()) again.attributes.push_back(Attribute{"edit", written->edit});
  AddCompanions(again, *written, sealed->starts_session, online.own());
  ++parts_.counters.retries_answered;
  (void)co_await online.port->Send(std::move(again));
}

// Sees to a session in which the device can open what follows. False when its keys are not its own.
base::Task<base::Result<bool>> Retry::Refresh(Online online, Node stanza, Jid device,
                                              std::uint32_t attempt) {
  const Node* registration = stanza.FindChild("registration");
  Ledger::Turn turn = co_await parts_.ledger.Enter();
  Unit unit;
  if (const Node* keys = stanza.FindChild("keys")) {
    const auto bundle = ReadBundle(*keys, registration);
    if (!bundle) co_return false;
    PARLEY_CO_TRY(started, co_await parts_.sessions.Start(unit, online.device, device, *bundle));
    if (!started) {
      base::LogWarning("Keys of a device that asks again are not its own",
                       {{"reason", started.error().what}});
      co_return false;
    }
  } else {
    PARLEY_CO_TRY(known, co_await parts_.sessions.RegistrationOf(online.device, device));
    const auto told = registration == nullptr ? std::nullopt : BigEndianIn(*registration, 4);
    // It was set up anew, or could not read what was sent in this session before.
    if (attempt >= kAttemptWithKeys || (known && told && *known != *told)) {
      std::vector<Jid> devices(1, device);
      PARLEY_CO_CHECK(co_await parts_.sessions.End(unit, std::move(devices)));
    }
  }
  if (!unit.records.empty()) (void)parts_.ledger.Stage(turn, std::move(unit));
  co_return true;
}

}  // namespace parley::link::multidevice
