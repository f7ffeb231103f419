// Sessions: the live connections of devices. Gives them the items of their queues, takes what they
// send, and writes down what they acknowledge.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "base/result.h"
#include "sim/network/carrier.h"
#include "sim/network/device.h"
#include "sim/network/fault_draw.h"
#include "sim/network/ledger.h"
#include "sim/network/media_shelf.h"
#include "sim/network/options.h"
#include "sim/network/presence.h"
#include "sim/network/timeline.h"
#include "sim/network/watchers.h"

namespace parley::sim::network {

// Thread: that of the network.
class Sessions {
 public:
  Sessions(Ledger& ledger, Carrier& carrier, FaultDraw& faults, MediaShelf& media,
           Watchers& watchers, Presence& presence, Timeline& timeline,
           const NetworkOptions& options);
  ~Sessions();
  Sessions(const Sessions&) = delete;

  // Connects a linked device. One that it had before is closed as replaced.
  std::unique_ptr<Connection> Connect(DeviceRow device, DeviceListener& listener);
  bool IsConnected(DeviceRow device) const;
  // Nothing happens when the device is not connected.
  void Close(DeviceRow device, CloseReason reason);
  // The device's queue may have something to give.
  void Wake(DeviceRow device);

 private:
  struct Session;
  class SessionConnection;
  using SessionPtr = std::shared_ptr<Session>;

  void Forget(Session& session);
  void PostGive(const SessionPtr& session);
  void Give(Session& session);
  base::Result<Item> MakeItem(const Session& session, std::uint64_t seq);

  void Send(const SessionPtr& session, DeviceMessage message, SendCallback callback);
  // What is wrong with the message before the network's faults have their say. Completes the
  // record.
  std::optional<Refused> Refuse(const DeviceState& device, MessageRecord& record);
  // Puts what the recipient reads into the message of an approved template.
  std::optional<Refused> FillTemplate(const DeviceState& device, TemplateContent& content);
  void Carry(const SessionPtr& session, MessageRecord record, const MessageFaults& faults,
             SendCallback callback);
  void Answer(const SessionPtr& session, SendResult result, SendCallback callback);

  void Acknowledge(const Session& session, std::uint64_t seq);
  void WriteAcknowledged();
  void MarkRead(const Session& session, std::string_view message_id, bool played);

  Ledger& ledger_;
  Carrier& carrier_;
  FaultDraw& faults_;
  MediaShelf& media_;
  Watchers& watchers_;
  Presence& presence_;
  Timeline& timeline_;
  const NetworkOptions& options_;
  std::vector<SessionPtr> by_device_;                // indexed by DeviceRow; null: not connected
  std::map<DeviceRow, std::uint64_t> acknowledged_;  // and not yet written
};

}  // namespace parley::sim::network
