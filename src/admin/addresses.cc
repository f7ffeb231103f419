#include "admin/addresses.h"

#include "core/accounts/accounts.h"
#include "core/channels/channels.h"

namespace parley::admin {
namespace {

base::Error Unknown(const char* what) {
  return base::Error(base::ErrorCode::kNotFound, std::string("Unknown ") + what);
}

// "Unknown account" instead of a bare "Not found".
template <class T>
base::Result<T> Named(base::Result<T> found, const char* what) {
  if (!found && found.error().code == base::ErrorCode::kNotFound) return Unknown(what);
  return found;
}

}  // namespace

std::string Spell(base::Time time) { return base::FormatTime(time, base::TimeStyle::kIsoMillisZ); }

std::optional<std::string> Spell(std::optional<base::Time> time) {
  if (!time) return std::nullopt;
  return Spell(*time);
}

base::Task<base::Result<core::Account>> AccountInPath(Call& call) {
  const auto id = base::Uuid::Parse(call.match["account_id"]);
  if (!id) co_return Unknown("account");
  auto account = co_await call.core.accounts.Get(core::AccountId(*id));
  co_return Named(std::move(account), "account");
}

base::Task<base::Result<core::Channel>> ChannelInPath(Call& call, core::AccountRow account) {
  const auto id = base::Uuid::Parse(call.match["channel_id"]);
  if (!id) co_return Unknown("channel");
  auto channel = co_await call.core.channels.GetById(account, core::ChannelId(*id));
  co_return Named(std::move(channel), "channel");
}

base::Result<core::SubscriptionId> SubscriptionInPath(const Call& call) {
  const auto id = base::Uuid::Parse(call.match["subscription_id"]);
  if (!id) return Unknown("subscription");
  return core::SubscriptionId(*id);
}

base::Task<base::Result<ChannelIds>> ChannelIdsOf(Call& call, core::AccountRow account,
                                                  std::vector<core::ChannelRow> rows) {
  if (rows.empty()) co_return ChannelIds();
  co_return co_await call.core.channels.IdsOf(account, std::move(rows));
}

std::optional<std::string> SpellChannel(const ChannelIds& ids,
                                        std::optional<core::ChannelRow> row) {
  if (!row) return std::nullopt;
  const auto id = ids.find(*row);
  if (id == ids.end()) return std::nullopt;
  return Spell(id->second);
}

}  // namespace parley::admin
