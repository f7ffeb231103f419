#include "core/channels/proxy.h"

#include <algorithm>

#include "core/channels/channel_store.h"
#include "core/channels/channels.h"
#include "core/channels/load_proxy.h"
#include "core/link_state.h"

namespace parley::core {
namespace {

constexpr const char* kSpace = "proxy";

std::string PurposeOf(ChannelId channel) { return "proxy/" + channel.value.ToHex(); }
// Until decision 19.
std::string FormerPurposeOf(ChannelRow channel) { return "proxy/" + std::to_string(channel.value); }

base::Result<ChannelId> IdOf(const Transaction& tx, AccountRow account, ChannelRow row) {
  PARLEY_TRY(channel, tx.channels().Find(account, row));
  if (!channel || channel->state == ChannelState::kDeleted) return base::ErrorCode::kNotFound;
  return channel->id;
}

}  // namespace

LinkWrite SealedProxy(Secrets& secrets, ChannelId channel, const Proxy& proxy) {
  LinkWrite write;
  write.space = kSpace;
  write.value = secrets.Seal(PurposeOf(channel), base::EncodeText(proxy));
  return write;
}

bool IsHost(std::string_view host) {
  const bool is_ipv6 = host.find(':') != std::string_view::npos;
  const std::string_view more = is_ipv6 ? ":." : ".-_";
  return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           more.find(c) != std::string_view::npos;
  });
}

base::Task<base::Result<std::optional<Proxy>>> LoadProxy(Store& store, Secrets& secrets,
                                                         ChannelRow row, ChannelId channel) {
  auto read = [row](const Transaction& tx) { return tx.link_state().Get(row, kSpace, ""); };
  PARLEY_CO_TRY(sealed, co_await store.Read(read));
  if (!sealed) co_return std::optional<Proxy>();
  auto text = secrets.Open(PurposeOf(channel), *sealed);
  if (!text) text = secrets.Open(FormerPurposeOf(row), *sealed);
  if (!text) co_return text.error();
  PARLEY_CO_TRY(proxy, base::DecodeText<Proxy>(*text));
  co_return std::optional(std::move(proxy));
}

base::Task<base::Result<std::optional<Proxy>>> Channels::GetProxy(AccountRow account,
                                                                  ChannelRow row) {
  auto read = [account, row](const Transaction& tx) { return IdOf(tx, account, row); };
  PARLEY_CO_TRY(channel, co_await store_.Read(read));
  co_return co_await LoadProxy(store_, secrets_, row, channel);
}

base::Task<base::Result<void>> Channels::SetProxy(AccountRow account, ChannelRow row, Proxy proxy) {
  PARLEY_CO_TRY(channel, co_await Get(account, row));
  co_return co_await WriteProxy(account, row, SealedProxy(secrets_, channel.id, proxy));
}

base::Task<base::Result<void>> Channels::RemoveProxy(AccountRow account, ChannelRow row) {
  LinkWrite nothing;
  nothing.space = kSpace;
  return WriteProxy(account, row, std::move(nothing));
}

base::Task<base::Result<void>> Channels::WriteProxy(AccountRow account, ChannelRow row,
                                                    LinkWrite proxy) {
  auto write = [account, row, proxy](Transaction& tx) -> base::Result<void> {
    PARLEY_CHECK(IdOf(tx, account, row));
    return tx.link_state().Apply(row, {proxy});
  };
  co_return co_await store_.Write(std::move(write));
}

}  // namespace parley::core
