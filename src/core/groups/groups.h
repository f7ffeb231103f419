// Operations on groups, as dialects call them. What a group is like is asked of the network each
// time, so that a channel must be connected, unless what it said last will do; its row here gives
// it an id.
#pragma once

#include <utility>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "core/accounts/directory.h"
#include "core/channels/ask.h"
#include "core/channels/link.h"
#include "core/groups/group_store.h"
#include "core/media/media_source.h"
#include "core/store.h"

namespace parley::core {

// Thread: its store's scheduler. Errors: those of Ask (channels/ask.h) and of the request,
// kNotSupported when the channel's link has no groups.
class Groups {
 public:
  Groups(Store& store, base::Random& random, const LinkFactories& links, MediaSource& media,
         ChannelPort& channels)
      : store_(store), random_(random), links_(links), media_(media), channels_(channels) {}

  // People whom the account has given a name have it.
  base::Task<base::Result<std::vector<KnownGroup>>> List(ChannelPtr channel);
  base::Task<base::Result<KnownGroup>> Get(ChannelPtr channel, Address group);
  // The same; while the channel is not connected, what the network said last.
  base::Task<base::Result<std::vector<KnownGroup>>> ListKnown(ChannelPtr channel);
  base::Task<base::Result<KnownGroup>> GetKnown(ChannelPtr channel, Address group);

  struct Created {
    KnownGroup known;
    std::vector<ParticipantResult> results;
  };
  base::Task<base::Result<Created>> Create(ChannelPtr channel, CreateGroup wanted);

  // Fetches an image, which the group is shown with from now on. The errors of MediaSource, too.
  base::Task<base::Result<void>> SetPicture(ChannelPtr channel, Address group, MediaDraft picture);

  // The channel and address of a group or newsletter; kNotFound when the caller does not see it.
  struct Found {
    ChannelPtr channel;
    Group group;
    Address address() const;
  };
  base::Task<base::Result<Found>> Find(CallerPtr caller, GroupId id);

  // Any other request about a group.
  template <class Request>
  base::Task<base::Result<typename Request::Answer>> Ask(ChannelPtr channel, Request request) {
    auto supported = CheckSupported(*channel);
    if (!supported) co_return supported.error();
    co_return co_await core::Ask(channels_, channel->row, std::move(request));
  }

 private:
  base::Result<void> CheckSupported(const Channel& channel) const;
  // With `all`, the channel is in no other group.
  base::Task<base::Result<std::vector<KnownGroup>>> Learn(ChannelPtr channel, bool all,
                                                          std::vector<GroupInfo> infos);

  Store& store_;
  base::Random& random_;
  const LinkFactories& links_;
  MediaSource& media_;
  ChannelPort& channels_;
};

}  // namespace parley::core
