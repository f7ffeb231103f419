#include "core/channels/proxy.h"

#include <algorithm>

#include "core/channels/channel_store.h"
#include "core/channels/channels.h"
#include "core/link_state.h"

namespace parley::core {
namespace {

constexpr const char* kSpace = "proxy";

std::string PurposeOf(ChannelRow channel) { return "proxy/" + std::to_string(channel.value); }

base::Result<void> CheckIsThere(const Transaction& tx, AccountRow account, ChannelRow row) {
  PARLEY_TRY(channel, tx.channels().Find(account, row));
  if (!channel || channel->state == ChannelState::kDeleted) return base::ErrorCode::kNotFound;
  return {};
}

}  // namespace

bool IsHost(std::string_view host) {
  const bool is_ipv6 = host.find(':') != std::string_view::npos;
  const std::string_view more = is_ipv6 ? ":." : ".-_";
  return !host.empty() && host.size() <= 253 && std::all_of(host.begin(), host.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           more.find(c) != std::string_view::npos;
  });
}

base::Task<base::Result<std::optional<Proxy>>> Channels::GetProxy(AccountRow account,
                                                                  ChannelRow row) {
  using Sealed = std::optional<std::string>;
  auto read = [account, row](const Transaction& tx) -> base::Result<Sealed> {
    PARLEY_CHECK(CheckIsThere(tx, account, row));
    return tx.link_state().Get(row, kSpace, "");
  };
  PARLEY_CO_TRY(sealed, co_await store_.Read(read));
  if (!sealed) co_return std::optional<Proxy>();
  PARLEY_CO_TRY(text, secrets_.Open(PurposeOf(row), *sealed));
  PARLEY_CO_TRY(proxy, base::DecodeText<Proxy>(text));
  co_return std::optional(std::move(proxy));
}

base::Task<base::Result<void>> Channels::SetProxy(AccountRow account, ChannelRow row, Proxy proxy) {
  return WriteProxy(account, row, secrets_.Seal(PurposeOf(row), base::EncodeText(proxy)));
}

base::Task<base::Result<void>> Channels::RemoveProxy(AccountRow account, ChannelRow row) {
  return WriteProxy(account, row, std::nullopt);
}

base::Task<base::Result<void>> Channels::WriteProxy(AccountRow account, ChannelRow row,
                                                    std::optional<std::string> sealed) {
  LinkWrite proxy;
  proxy.space = kSpace;
  proxy.value = std::move(sealed);
  auto write = [account, row, proxy](Transaction& tx) -> base::Result<void> {
    PARLEY_CHECK(CheckIsThere(tx, account, row));
    return tx.link_state().Apply(row, {proxy});
  };
  co_return co_await store_.Write(std::move(write));
}

}  // namespace parley::core
