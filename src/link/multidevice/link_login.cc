// MultideviceLink: what follows a login.
#include "base/log.h"
#include "link/multidevice/device_record.h"
#include "link/multidevice/link.h"
#include "link/multidevice/queries.h"

namespace parley::link::multidevice {
namespace {

using wire::binary::Attribute;
using wire::binary::Node;

constexpr base::Duration kKeysRetry = std::chrono::minutes(1);
// The network's web client counts its sessions by the week, from three days on.
constexpr std::int64_t kWeekMs = 7LL * 24 * 3600 * 1000, kThreeDaysMs = 3LL * 24 * 3600 * 1000;

Node UnifiedSession(base::Time now) {
  Node info("ib");
  Node::Children children;
  children.emplace_back("unified_session");
  const std::int64_t id = (base::ToUnixMs(now) + kThreeDaysMs) % kWeekMs;
  children.back().attributes.push_back(Attribute{"id", std::to_string(id)});
  info.content = std::move(children);
  return info;
}

}  // namespace

base::Task<> MultideviceLink::OnSuccess(Node stanza) {
  if (logged_in_ || !device_->pairing) co_return;
  if (logging_out_) {
    // Not ready for anything else: what waits for the device stays where it is.
    place_.Leave();
    may_log_out_ = true;
    log_out_changed_.Notify();
    co_return;
  }
  const auto lid = stanza.FindJid("lid");
  if (lid && lid->server == wire::binary::JidServer::kLid && *lid != device_->pairing->lid) {
    Device device = *device_;
    device.pairing->lid = *lid;
    core::LinkWrites writes;
    writes.push_back(records_.Put(RecordName(kDeviceSpace, ""), EncodeDevice(device)));
    if (co_await Save(std::move(writes)))
      device_ = std::make_shared<const Device>(std::move(device));
  }
  if (stopping_ || connection_->end()) co_return;
  place_.Leave();
  logged_in_ = true;
  logged_in_at_ = scheduler_.Monotonic();
  messaging_->OnOpen(connection_, device_);
  co_await ReportState(core::ChannelState::kConnected, "");
  Spawn("multidevice login", AfterLogin(connection_));
}

base::Task<> MultideviceLink::AfterLogin(std::shared_ptr<Connection> connection) {
  (void)co_await connection->Send(UnifiedSession(scheduler_.Now()));
  co_await ReplenishKeys(connection);
  Node query = MakeQuery(QueryKind::kSet, "passive", Node("active"));
  const auto answer = co_await connection->Ask(std::move(query), kConnectQueryLimit);
  if (!answer && !connection->end()) connection->Close("no_answer", "to passive");
  Device device = *device_;
  const auto renewed = co_await stock_.Renew(std::move(device));
  if (renewed && *renewed) device_ = std::make_shared<const Device>(**renewed);
  if (connection->end()) co_return;
  const auto rotated = co_await stock_.Rotate(connection, device_);
  if (!rotated)
    base::LogInfo("The signed pre-key could not be replaced",
                  {{"channel", channel_.id.value.ToText()}, {"reason", rotated.error().detail}});
}

// Without keys nobody new can write: it is tried until it works.
base::Task<> MultideviceLink::ReplenishKeys(std::shared_ptr<Connection> connection) {
  if (replenishing_) co_return;
  replenishing_ = true;
  while (!connection->end()) {
    const auto done = co_await stock_.Replenish(connection, device_);
    if (done || connection->end()) break;
    base::LogInfo("One-time keys could not be uploaded", {{"channel", channel_.id.value.ToText()},
                                                          {"reason", done.error().public_text()},
                                                          {"detail", done.error().detail}});
    if (co_await connection->WaitForEnd(kKeysRetry)) break;
  }
  replenishing_ = false;
}

base::Task<> MultideviceLink::OnKeysLow(Node stanza) {
  if (stanza.FindChild("count") == nullptr) {
    co_await GiveToMessaging(std::move(stanza));
    co_return;
  }
  co_await Acknowledge(std::move(stanza));
  if (logged_in_) Spawn("multidevice keys", ReplenishKeys(connection_));
}

base::Task<> MultideviceLink::OnRouting(Node info) {
  const Node* routing = info.FindChild("routing_info");
  if (routing == nullptr || routing->data().size() > wire::noise::kMaxRouting) co_return;
  Device device = *device_;
  device.routing = routing->data();
  core::LinkWrites writes;
  writes.push_back(records_.Put(RecordName(kDeviceSpace, "routing"), device.routing));
  // Only of a device that is kept itself.
  if (device.pairing && co_await Save(std::move(writes)))
    device_ = std::make_shared<const Device>(std::move(device));
}

base::Task<> MultideviceLink::OnDirty(Node info) {
  Node clean("clean");
  for (const char* name : {"type", "timestamp"})
    if (const auto value = info.Find(name))
      clean.attributes.push_back(Attribute{name, std::string(*value)});
  // Nobody waits for the answer.
  Node query = MakeQuery(QueryKind::kSet, "urn:xmpp:whatsapp:dirty", std::move(clean));
  query.attributes.push_back(Attribute{"id", connection_->NextId()});
  (void)co_await connection_->Send(std::move(query));
}

}  // namespace parley::link::multidevice
