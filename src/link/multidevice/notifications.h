// What the network tells of people by itself: their devices, their identity, the tokens they give,
// and that they look different now.
// docs/protocol/addresses.md, "Notifications".
#pragma once

#include "base/task.h"
#include "link/multidevice/sending.h"

namespace parley::link::multidevice {

// Thread: the channel's.
class Notifications {
 public:
  explicit Notifications(const MessageParts& parts) : parts_(parts) {}

  // A <notification>; acknowledged when what it tells is durable.
  base::Task<> OnNotification(Online online, wire::binary::Node stanza);

 private:
  base::Task<base::Result<void>> Take(Unit& unit, Online online, wire::binary::Node stanza,
                                      Who who);
  base::Task<base::Result<void>> TakeDevices(Unit& unit, wire::binary::Node stanza, Who who);
  base::Task<base::Result<void>> TakeIdentity(Unit& unit, Who who);

  const MessageParts& parts_;
};

}  // namespace parley::link::multidevice
