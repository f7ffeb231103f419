// The admin API's spelling of ids and times, and the things that paths name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "admin/service.h"
#include "core/accounts/account.h"
#include "core/addresses.h"
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

// `what` is a literal.
base::Result<core::EventPosition> PositionInPath(const Call& call, std::string_view what);
base::Result<core::MessageId> MessageInPath(const Call& call);
base::Result<core::Address> ChatInPath(const Call& call);
// An account and a channel of it.
struct Owned {
  core::Account account;
  core::ChannelPtr channel;
};
base::Task<base::Result<Owned>> ChannelAndAccount(Call& call);

// "Unknown message" instead of a bare "Not found". `what` is a literal.
base::Error Unknown(std::string_view what);
template <class T>
base::Result<T> Named(base::Result<T> found, std::string_view what) {
  if (!found && found.error().code == base::ErrorCode::kNotFound) return Unknown(what);
  return found;
}

// Chats are named by what is written to: "15550100@s.whatsapp.net", "123@lid", "ann@username",
// "123-456@g.us", "123@newsletter". A bare phone number is read, too. A fault on `field` otherwise.
std::string SpellChat(const core::Address& address);
base::Result<core::Address> ParseChat(std::string_view text, std::string_view field);

// The ids of channels, for views of what names their rows.
using ChannelIds = std::map<core::ChannelRow, core::ChannelId>;
base::Task<base::Result<ChannelIds>> ChannelIdsOf(Call& call, core::AccountRow account,
                                                  std::vector<core::ChannelRow> rows);
std::optional<std::string> SpellChannel(const ChannelIds& ids, std::optional<core::ChannelRow> row);

}  // namespace parley::admin
