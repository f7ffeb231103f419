// What is asked of the link and answered at once (core/channels/requests.h), as far as this link
// can do it yet.
#pragma once

#include "base/task.h"
#include "core/channels/requests.h"
#include "link/multidevice/sending.h"

namespace parley::link::multidevice {

// Thread: the channel's.
class Requests {
 public:
  explicit Requests(const MessageParts& parts) : parts_(parts) {}

  // kNotSupported for what this link does not do, kChannelNotConnected without a connection.
  base::Task<base::Result<core::LinkAnswer>> Answer(Online online, core::LinkRequest request,
                                                    base::Duration limit);

 private:
  using Result = base::Result<core::LinkAnswer>;
  base::Task<Result> Check(Online online, core::CheckNumbers request, base::Duration limit);
  base::Task<Result> Show(Online online, core::ShowPresence request);

  const MessageParts& parts_;
};

}  // namespace parley::link::multidevice
