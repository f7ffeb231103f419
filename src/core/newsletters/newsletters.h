// Operations on newsletters, as the admin API calls them. As with groups, what a newsletter is like
// is asked of the network each time, so that a channel must be connected; its row here gives it an
// id and its chat a name.
#pragma once

#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "core/channels/ask.h"
#include "core/channels/link.h"
#include "core/groups/group.h"
#include "core/newsletters/requests.h"
#include "core/store.h"

namespace parley::core {

// A newsletter, and what the network says of it now.
struct KnownNewsletter {
  Group group;
  NewsletterInfo info;
};

// Thread: its store's scheduler. Errors: those of Ask (channels/ask.h) and of the request,
// kNotSupported when the channel's link has no newsletters.
class Newsletters {
 public:
  Newsletters(Store& store, base::Random& random, const LinkFactories& links, ChannelPort& channels)
      : store_(store), random_(random), links_(links), channels_(channels) {}

  base::Task<base::Result<std::vector<KnownNewsletter>>> List(ChannelPtr channel);

  // GetNewsletter, FindInvitedNewsletter, CreateNewsletter, FollowNewsletter or MuteNewsletter.
  template <class Request>
  base::Task<base::Result<KnownNewsletter>> Ask(ChannelPtr channel, Request request) {
    auto supported = CheckSupported(*channel);
    if (!supported) co_return supported.error();
    PARLEY_CO_TRY(info, co_await core::Ask(channels_, channel->row, std::move(request)));
    std::vector<NewsletterInfo> infos;
    infos.push_back(std::move(info));
    PARLEY_CO_TRY(known, co_await Learn(channel, std::move(infos)));
    co_return std::move(known.front());
  }

 private:
  base::Result<void> CheckSupported(const Channel& channel) const;
  base::Task<base::Result<std::vector<KnownNewsletter>>> Learn(ChannelPtr channel,
                                                               std::vector<NewsletterInfo> infos);

  Store& store_;
  base::Random& random_;
  const LinkFactories& links_;
  ChannelPort& channels_;
};

}  // namespace parley::core
