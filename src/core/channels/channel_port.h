// ChannelPort: how the rest of the gateway reaches the live object of a channel, wherever it runs.
// Thread: any; implementations post to the channel's thread.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/task.h"
#include "core/channels/channel.h"
#include "core/channels/requests.h"
#include "core/ids.h"

namespace parley::core {

class ChannelPort {
 public:
  virtual ~ChannelPort() = default;

  // New queued messages may be in the store.
  virtual void Wake(ChannelRow channel) = 0;
  // The channel was made or its wanted state changed: look at the row again.
  virtual void Refresh(ChannelRow channel) = 0;
  // Ends the live object, if there is one, and looks at the row as Refresh does.
  virtual void Restart(ChannelRow channel) = 0;

  struct Pairing {
    std::string qr, code;
    std::optional<base::Time> expires_at = {};  // if the link knows; another QR text comes by then
  };
  // The code on offer now; starts pairing when none is. Waits at most `limit` for the first one.
  // kInvalidState when the channel is paired already, kInvalidFields when `phone` is not the number
  // that the channel belongs to, kTimeout when the network offers none.
  virtual base::Task<base::Result<Pairing>> OfferPairing(ChannelRow channel, std::string phone,
                                                         base::Duration limit) = 0;

  // See core/channels/ask.h, which also says the errors.
  virtual base::Task<base::Result<LinkAnswer>> Request(ChannelRow channel, LinkRequest request,
                                                       base::Duration limit) = 0;
};

}  // namespace parley::core
