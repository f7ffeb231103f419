// What is asked of the link and answered at once (core/channels/requests.h), as far as this link
// can do it yet.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/task.h"
#include "core/channels/channel.h"
#include "core/channels/requests.h"
#include "core/store.h"
#include "link/multidevice/calls.h"
#include "link/multidevice/profiles.h"
#include "link/multidevice/sending.h"

namespace parley::link::multidevice {

// Thread: the channel's.
class Requests {
 public:
  // `files` may be null (profiles.h).
  Requests(const MessageParts& parts, Calls& calls, Files* files, core::Store& store,
           const core::Channel& channel)
      : parts_(parts),
        calls_(calls),
        profiles_(parts, files, channel),
        store_(store),
        channel_(channel) {}

  // kNotSupported for what this link does not do, kChannelNotConnected without a connection.
  base::Task<base::Result<core::LinkAnswer>> Answer(Online online, core::LinkRequest request,
                                                    base::Duration limit);

 private:
  using Result = base::Result<core::LinkAnswer>;
  base::Task<Result> Check(Online online, core::CheckNumbers request, base::Duration limit);
  base::Task<Result> Show(Online online, core::ShowPresence request);
  base::Task<Result> Mark(Online online, core::MarkRead request);
  base::Task<Result> Tell(Online online, std::map<core::Address, std::vector<std::string>> by_chat,
                          bool played);
  base::Task<Result> Block(Online online, core::SetBlocked request, base::Duration limit);
  base::Task<Result> ReadAll(Online online, core::ReadChat request);

  const MessageParts& parts_;
  Calls& calls_;
  Profiles profiles_;
  core::Store& store_;
  const core::Channel& channel_;
};

}  // namespace parley::link::multidevice
