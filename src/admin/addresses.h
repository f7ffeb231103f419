// The admin API's spelling of ids and times, and the things that paths name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "admin/service.h"
#include "core/accounts/account.h"
#include "core/channels/channel.h"
#include "core/webhooks/subscription.h"

namespace parley::admin {

template <class Tag>
std::string Spell(core::Id<Tag> id) {
  return id.value.ToText();
}
std::string Spell(base::Time time);
std::optional<std::string> Spell(std::optional<base::Time> time);

// What the path names; kNotFound, saying what, when there is no such thing.
base::Task<base::Result<core::Account>> AccountInPath(Call& call);
base::Task<base::Result<core::Channel>> ChannelInPath(Call& call, core::AccountRow account);
base::Result<core::SubscriptionId> SubscriptionInPath(const Call& call);

// The ids of channels, for views of what names their rows.
using ChannelIds = std::map<core::ChannelRow, core::ChannelId>;
base::Task<base::Result<ChannelIds>> ChannelIdsOf(Call& call, core::AccountRow account,
                                                  std::vector<core::ChannelRow> rows);
std::optional<std::string> SpellChannel(const ChannelIds& ids, std::optional<core::ChannelRow> row);

}  // namespace parley::admin
