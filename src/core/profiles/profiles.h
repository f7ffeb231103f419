// The profile of a channel's own number, as dialects read and change it. The network keeps it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/channels/channel_port.h"
#include "core/media/media_source.h"
#include "core/profiles/requests.h"
#include "core/store.h"

namespace parley::core {

// What a program changes; what is absent stays.
struct ProfileCommand {
  std::optional<std::string> push_name, about, address, description, email, vertical;
  std::optional<std::vector<std::string>> websites;
  std::optional<MediaDraft> picture;
};

// Thread: its store's scheduler.
class Profiles {
 public:
  Profiles(Store& store, MediaSource& media, ChannelPort& port)
      : store_(store), media_(media), port_(port) {}

  // Errors of both: those of Ask. The picture's row is stored for the account.
  base::Task<base::Result<OwnProfile>> Get(ChannelPtr channel);
  // And those of MediaSource; kInvalidFields with the network's names of the members.
  base::Task<base::Result<void>> Change(ChannelPtr channel, ProfileCommand command);

 private:
  Store& store_;
  MediaSource& media_;
  ChannelPort& port_;
};

}  // namespace parley::core
