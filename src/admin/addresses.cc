#include "admin/addresses.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/accounts/accounts.h"
#include "core/channels/channels.h"

namespace parley::admin {
namespace {

constexpr std::size_t kMaxUsername = 64;

// Usernames have no server on the network; this one is ours, so that each chat has one form.
std::optional<core::Address> ParseUsername(std::string_view text) {
  const bool is_name =
      !text.empty() && text.size() <= kMaxUsername &&
      std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
      });
  if (!is_name) return std::nullopt;
  return core::Address{core::AddressKind::kUsername, std::string(text)};
}

struct ChatServer {
  std::string_view name;
  core::AddressKind kind;
  std::optional<core::Address> (*parse)(std::string_view user);
};
constexpr auto kChatServers = std::to_array<ChatServer>({
    {"s.whatsapp.net", core::AddressKind::kPhone, &core::ParsePhone},
    {"lid", core::AddressKind::kLid, &core::ParseLid},
    {"username", core::AddressKind::kUsername, &ParseUsername},
    {"g.us", core::AddressKind::kGroup, &core::ParseGroup},
    {"newsletter", core::AddressKind::kNewsletter, &core::ParseNewsletter},
});

std::optional<core::Address> ReadChat(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return core::ParsePhone(text);
  for (const ChatServer& server : kChatServers)
    if (server.name == text.substr(at + 1)) return server.parse(text.substr(0, at));
  return std::nullopt;
}

}  // namespace

base::Error Unknown(std::string_view what) {
  return base::Error(base::ErrorCode::kNotFound, "Unknown " + std::string(what));
}

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

base::Result<core::EventPosition> PositionInPath(const Call& call, std::string_view what) {
  const std::string& text = call.match["position"];
  std::int64_t position = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), position);
  if (error != std::errc() || end != text.data() + text.size() || position <= 0)
    return Unknown(what);
  return core::EventPosition(position);
}

base::Result<core::MessageId> MessageInPath(const Call& call) {
  const auto id = base::Uuid::Parse(call.match["message_id"]);
  if (!id) return Unknown("message");
  return core::MessageId(*id);
}

base::Result<core::Address> ChatInPath(const Call& call) {
  auto address = ReadChat(call.match["chat"]);
  if (!address) return Unknown("chat");
  return std::move(*address);
}

base::Task<base::Result<Owned>> ChannelAndAccount(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  Owned owned;
  owned.account = std::move(account);
  owned.channel = std::make_shared<const core::Channel>(std::move(channel));
  co_return owned;
}

std::string SpellChat(const core::Address& address) {
  for (const ChatServer& server : kChatServers)
    if (server.kind == address.kind) return address.value + "@" + std::string(server.name);
  return address.value;
}

base::Result<core::Address> ParseChat(std::string_view text, std::string_view field) {
  auto address = ReadChat(text);
  if (!address)
    return base::FieldError(std::string(field),
                            "Must be a phone number with country code, or a chat's id");
  return std::move(*address);
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
