#include "core/channels/cloud.h"

#include <algorithm>

#include "core/channels/channel_store.h"
#include "core/channels/channels.h"

namespace parley::core {
namespace {

constexpr const char* kCloudSpace = "cloud";
constexpr std::size_t kVerifyTokenLength = 32;
constexpr std::size_t kMaxGraphId = 32;

std::string CloudPurposeOf(ChannelId channel) { return "cloud/" + channel.value.ToHex(); }

}  // namespace

std::string DrawVerifyToken(base::Random& random) { return random.Token(kVerifyTokenLength); }

bool IsGraphId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxGraphId &&
         std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

LinkWrite SealedCloud(Secrets& secrets, ChannelId channel, const CloudCredentials& credentials) {
  LinkWrite write;
  write.space = kCloudSpace;
  write.value = secrets.Seal(CloudPurposeOf(channel), base::EncodeText(credentials));
  return write;
}

base::Task<base::Result<std::optional<CloudCredentials>>> LoadCloud(Store& store, Secrets& secrets,
                                                                    ChannelRow row,
                                                                    ChannelId channel) {
  auto read = [row](const Transaction& tx) { return tx.link_state().Get(row, kCloudSpace, ""); };
  PARLEY_CO_TRY(sealed, co_await store.Read(read));
  if (!sealed) co_return std::optional<CloudCredentials>();
  PARLEY_CO_TRY(text, secrets.Open(CloudPurposeOf(channel), *sealed));
  PARLEY_CO_TRY(credentials, base::DecodeText<CloudCredentials>(text));
  co_return std::optional(std::move(credentials));
}

base::Task<base::Result<std::optional<CloudCredentials>>> Channels::GetCloud(AccountRow account,
                                                                             ChannelRow row) {
  PARLEY_CO_TRY(channel, co_await Get(account, row));
  co_return co_await LoadCloud(store_, secrets_, row, channel.id);
}

base::Task<base::Result<void>> Channels::SetCloud(AccountRow account, ChannelRow row,
                                                  CloudCredentials credentials) {
  PARLEY_CO_TRY(channel, co_await Get(account, row));
  if (channel.link != LinkKind::kCloud)
    co_return base::Error(base::ErrorCode::kNotSupported,
                          "The channel is not connected by the Cloud API");
  if (credentials.verify_token.empty()) {
    PARLEY_CO_TRY(former, co_await LoadCloud(store_, secrets_, row, channel.id));
    credentials.verify_token = former ? former->verify_token : DrawVerifyToken(random_);
  }
  const LinkWrite sealed = SealedCloud(secrets_, channel.id, credentials);
  auto write = [account, row, sealed](Transaction& tx) -> base::Result<void> {
    PARLEY_TRY(found, tx.channels().Find(account, row));
    if (!found || found->state == ChannelState::kDeleted) return base::ErrorCode::kNotFound;
    return tx.link_state().Apply(row, {sealed});
  };
  PARLEY_CO_CHECK(co_await store_.Write(std::move(write)));
  if (channel.enabled) port_.Restart(row);
  co_return base::Result<void>();
}

}  // namespace parley::core
