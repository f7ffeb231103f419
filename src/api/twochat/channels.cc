// The account and its numbers.
#include "core/channels/channels.h"

#include <algorithm>
#include <charconv>

#include "api/twochat/addresses.h"
#include "api/twochat/channel_schema.h"
#include "api/twochat/handlers.h"
#include "api/twochat/payload.h"
#include "api/twochat/schema.h"
#include "base/text.h"
#include "core/accounts/trial.h"
#include "core/numbers.h"

namespace parley::api::twochat {
namespace {

using core::ChannelState;

constexpr std::int64_t kDefaultPageSize = 50, kMaxPageSize = 200, kLastChannelsPage = 100'000;

std::string Blank(base::Time time) { return base::FormatTime(time, base::TimeStyle::kBlank); }

base::Result<std::int64_t> QueryNumber(const http::Request& request, std::string_view name,
                                       std::int64_t otherwise, std::int64_t max) {
  const std::string text = request.Query(name).value_or("");
  if (text.empty()) return otherwise;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0 || number > max)
    return base::FieldError(std::string(name), "Must be from 0 to " + std::to_string(max));
  return number;
}

// The filter's words; "all" and none are everything that is not deleted.
struct StatusFilter {
  std::string_view word;
  std::vector<ChannelState> states;
};
base::Result<std::vector<ChannelState>> StatesOf(const http::Request& request) {
  static const StatusFilter kFilters[] = {
      {"", {}},
      {"all", {}},
      {"connected", {ChannelState::kConnected}},
      {"disconnected",
       {ChannelState::kPending, ChannelState::kPairing, ChannelState::kConnecting,
        ChannelState::kDisconnected, ChannelState::kLoggedOut}},
  };
  const std::string word = request.Query("status").value_or("");
  for (const StatusFilter& filter : kFilters)
    if (filter.word == word) return filter.states;
  return base::FieldError("status", "Must be connected, disconnected or all");
}

}  // namespace

Number NumberOf(const core::Channel& channel, const core::NumberFacts& facts) {
  Number number;
  number.uuid = Spell(channel.id);
  number.friendly_name = channel.label;
  number.pushname = base::NonEmpty(channel.profile.push_name);
  number.platform = base::NonEmpty(channel.profile.platform);
  number.connection_status = ConnectionStatus(channel.state);
  number.enabled = channel.enabled;
  number.is_business_profile = channel.profile.is_business;
  // As the keys of the vendor's Cloud API sessions begin; the collection names WhatsApp Web only.
  if (channel.link == core::LinkKind::kCloud) number.channel_type = "WA";
  number.created_at = Blank(channel.created_at);
  number.updated_at = Blank(channel.updated_at);
  if (channel.phone.empty()) return number;
  number.phone_number = "+" + channel.phone;
  number.iso_country_code = facts.CountryOf(channel.phone);
  number.server = channel.phone + "@c.us";
  number.formatted_phone_number = facts.FormatInternational(channel.phone);
  return number;
}

HandlerResult Ping(Call&) { co_return http::Response::Json(200, base::EncodeText(Success())); }

HandlerResult GetInfo(Call& call) {
  const core::Account& account = call.caller->account;
  Info info;
  info.account.name = account.name;
  info.account.uuid = Spell(account.id);
  info.account.on_trial = account.on_trial;
  info.account.blocked = account.blocked;
  info.account.block_reason = base::NonEmpty(account.block_reason);
  info.account.created_at = Iso(account.created_at);
  if (account.expires_at) info.account.expires_at = Iso(*account.expires_at);
  if (const auto limit = core::RateLimitOf(account, core::Dialect::kTwoChat); limit > 0)
    info.limits.requests_per_minute = limit;
  co_return http::Response::Json(200, base::EncodeText(info));
}

HandlerResult ListUsers(Call& call) {
  const core::Account& account = call.caller->account;
  User user;
  user.uuid = user.account_uuid = Spell(account.id);
  user.name = account.name;
  user.created_at = Iso(account.created_at);
  UserList list;
  list.users.push_back(std::move(user));
  co_return http::Response::Json(200, base::EncodeText(list));
}

HandlerResult GetNumbers(Call& call) {
  const auto page_number = QueryNumber(call.request, "page_number", 0, kLastChannelsPage);
  const auto per_page =
      QueryNumber(call.request, "results_per_page", kDefaultPageSize, kMaxPageSize);
  auto states = StatesOf(call.request);
  base::Error faults(base::ErrorCode::kInvalidFields);
  if (!page_number) faults.Absorb(page_number.error());
  if (!per_page) faults.Absorb(per_page.error());
  if (!states) faults.Absorb(states.error());
  if (!faults.faults.empty()) co_return faults;
  const std::int64_t page = *page_number, size = *per_page;
  core::ChannelStore::Filter filter;
  filter.states = std::move(*states);
  filter.limit = static_cast<int>(kMaxPageSize);
  NumberList list;
  std::int64_t to_skip = page * size;
  bool more = true;
  while (more && static_cast<std::int64_t>(list.numbers.size()) < size) {
    PARLEY_CO_TRY(channels, co_await call.core.channels.List(call.caller->account.row, filter));
    for (const core::Channel& channel : channels) {
      filter.before = channel.row;
      // A channel that was never paired has no number.
      if (channel.phone.empty() || to_skip-- > 0) continue;
      if (static_cast<std::int64_t>(list.numbers.size()) == size) break;
      list.numbers.push_back(NumberOf(channel, call.core.numbers));
    }
    more = static_cast<int>(channels.size()) == filter.limit;
  }
  co_return http::Response::Json(200, base::EncodeText(list));
}

}  // namespace parley::api::twochat
