// Making channels: what a repeated command answers. And what is kept sealed of them.
#include "core/channels/channels.h"

#include <gtest/gtest.h>

#include "core/link_state.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

class NoPort final : public ChannelPort {
 public:
  void Wake(ChannelRow) override {}
  void Refresh(ChannelRow) override {}
  void Restart(ChannelRow) override {}
  base::Task<base::Result<Pairing>> OfferPairing(ChannelRow, std::string, base::Duration) override {
    co_return base::ErrorCode::kNotSupported;
  }
  base::Task<base::Result<LinkAnswer>> Request(ChannelRow, LinkRequest, base::Duration) override {
    co_return base::ErrorCode::kNotSupported;
  }
};

class NoDeliverer final : public DeliveryPort {
 public:
  void Refresh(SubscriptionRow row) override { refreshed.push_back(row); }
  std::vector<SubscriptionRow> refreshed;
};

class RepeatedCreation : public ::testing::Test {
 protected:
  RepeatedCreation()
      : secrets_(base::SealKey{}, *world_.random),
        channels_(world_.store, *world_.random, secrets_, port_, deliverer_) {}

  static IdempotencyKey KeyOf(AccountRow account) {
    return MakeIdempotencyKey(account, CredentialRow(1), "POST /sessions", "key", "command");
  }
  base::Result<CreatedChannel> Create(AccountRow account) {
    NewChannel wanted;
    wanted.key = Dialect::kWapio;
    wanted.once = KeyOf(account);
    return world_.Await(channels_.Create(account, std::move(wanted)));
  }
  std::string RecordOf(AccountRow account) {
    return (*world_.Read([scope = KeyOf(account).scope, now = world_.scheduler.Now()](
                             const Transaction& tx) { return tx.idempotency().Find(scope, now); }))
        ->result;
  }

  testing::StoreWorld world_;
  NoPort port_;
  NoDeliverer deliverer_;
  Secrets secrets_;
  Channels channels_;
};

TEST_F(RepeatedCreation, AnswersTheSameKey) {
  const AccountRow account = world_.AddAccount("ours");
  const auto first = Create(account), second = Create(account);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(second->channel.row, first->channel.row);
  EXPECT_EQ(second->key->raw, first->key->raw);
  EXPECT_EQ(RecordOf(account).find(first->key->raw), std::string::npos) << "it is sealed";
}

// Whoever can write to the store, but has not the key file, must not come by another's key.
TEST_F(RepeatedCreation, DoesNotOpenTheKeyOfAnotherAccount) {
  const AccountRow ours = world_.AddAccount("ours"), theirs = world_.AddAccount("theirs");
  ASSERT_TRUE(Create(theirs));
  const Channel channel = world_.AddChannel(ours, ChannelState::kPending);
  const std::string moved = std::string(channel.id.value.AsBytes()) + RecordOf(theirs).substr(16);
  const IdempotencyRecord record{KeyOf(ours).command, moved,
                                 world_.scheduler.Now() + kIdempotencyLifetime};
  ASSERT_TRUE(world_.Write(
      [&](Transaction& tx) { return tx.idempotency().Insert(KeyOf(ours).scope, record); }));
  const auto repeated = Create(ours);
  ASSERT_FALSE(repeated);
  EXPECT_EQ(repeated.error().code, base::ErrorCode::kInternal);
}

// What belongs to a channel is made with it. A repeat makes nothing again that was removed since.
TEST_F(RepeatedCreation, MakesWebhookAndProxyOnce) {
  const AccountRow account = world_.AddAccount("ours");
  NewChannel wanted;
  wanted.key = Dialect::kWapio;
  wanted.once = KeyOf(account);
  wanted.webhook.emplace().url = "https://hooks.test/a";
  wanted.proxy.emplace().host = "proxy.test";
  const auto created = world_.Await(channels_.Create(account, wanted));
  ASSERT_TRUE(created);
  const ChannelRow row = created->channel.row;
  const auto webhooks = [&] {
    return *world_.Read([account, row](const Transaction& tx) {
      SubscriptionStore::Filter filter;
      filter.channel = row;
      filter.dialect = Dialect::kWapio;
      return tx.subscriptions().List(account, filter);
    });
  };
  ASSERT_EQ(webhooks().size(), 1u);
  EXPECT_EQ(webhooks()[0].url, "https://hooks.test/a");
  EXPECT_TRUE(webhooks()[0].behind);
  EXPECT_EQ(deliverer_.refreshed, std::vector<SubscriptionRow>{webhooks()[0].row});
  EXPECT_EQ((*world_.Await(channels_.GetProxy(account, row)))->host, "proxy.test");

  ASSERT_TRUE(world_.Await(channels_.RemoveProxy(account, row)));
  ASSERT_TRUE(world_.Write(
      [hook = webhooks()[0].row](Transaction& tx) { return tx.subscriptions().Delete(hook); }));
  const auto repeated = world_.Await(channels_.Create(account, wanted));
  ASSERT_TRUE(repeated);
  EXPECT_EQ(repeated->channel.row, row);
  EXPECT_TRUE(webhooks().empty());
  EXPECT_FALSE(*world_.Await(channels_.GetProxy(account, row)));
  EXPECT_EQ(deliverer_.refreshed.size(), 1u);
}

// Both callers looked at the channel before either of them wrote.
TEST_F(RepeatedCreation, OfTwoChangesOfSettingsNeitherIsLost) {
  const Channel channel = world_.AddChannel(world_.AddAccount("ours"), ChannelState::kConnected);
  ChannelChange typing, protection;
  typing.settings = [](ChannelSettings& settings) { settings.typing = true; };
  protection.settings = [](ChannelSettings& settings) { settings.account_protection = true; };
  ASSERT_TRUE(world_.Await(channels_.Change(channel.account, channel.row, typing)));
  ASSERT_TRUE(world_.Await(channels_.Change(channel.account, channel.row, protection)));
  const auto now = world_.Await(channels_.Get(channel.account, channel.row));
  ASSERT_TRUE(now);
  EXPECT_TRUE(now->settings.typing);
  EXPECT_TRUE(now->settings.account_protection);
}

class SealedProxy : public RepeatedCreation {
 protected:
  static Proxy Wanted() {
    Proxy proxy;
    proxy.scheme = "socks5";
    proxy.host = "proxy.test";
    proxy.port = 1080;
    proxy.username = "alice";
    proxy.password = "a-proxy-password";
    return proxy;
  }
  std::optional<std::string> Kept(ChannelRow channel) {
    return *world_.Read(
        [channel](const Transaction& tx) { return tx.link_state().Get(channel, "proxy", ""); });
  }
};

// Sealed for the channel's row, as it was once.
TEST_F(SealedProxy, FromBeforeIsReadBack) {
  const Channel channel = world_.AddChannel(world_.AddAccount("ours"), ChannelState::kConnected);
  LinkWrite kept;
  kept.space = "proxy";
  kept.value =
      secrets_.Seal("proxy/" + std::to_string(channel.row.value), base::EncodeText(Wanted()));
  ASSERT_TRUE(
      world_.Write([&](Transaction& tx) { return tx.link_state().Apply(channel.row, {kept}); }));
  const auto read = world_.Await(channels_.GetProxy(channel.account, channel.row));
  ASSERT_TRUE(read && *read);
  EXPECT_EQ((*read)->password, "a-proxy-password");
}

TEST_F(SealedProxy, IsReadBackButNeverKeptInTheClear) {
  const Channel channel = world_.AddChannel(world_.AddAccount("ours"), ChannelState::kConnected);
  EXPECT_FALSE(*world_.Await(channels_.GetProxy(channel.account, channel.row)));
  ASSERT_TRUE(world_.Await(channels_.SetProxy(channel.account, channel.row, Wanted())));
  for (const char* secret : {"a-proxy-password", "proxy.test", "alice"})
    EXPECT_EQ(Kept(channel.row)->find(secret), std::string::npos);
  const auto read = world_.Await(channels_.GetProxy(channel.account, channel.row));
  ASSERT_TRUE(read && *read);
  EXPECT_EQ((*read)->password, "a-proxy-password");
  EXPECT_EQ((*read)->port, 1080);
  ASSERT_TRUE(world_.Await(channels_.RemoveProxy(channel.account, channel.row)));
  EXPECT_FALSE(Kept(channel.row));
}

TEST_F(SealedProxy, IsOneChannelsAlone) {
  const AccountRow ours = world_.AddAccount("ours"), theirs = world_.AddAccount("theirs");
  const Channel channel = world_.AddChannel(ours, ChannelState::kConnected);
  const Channel other = world_.AddChannel(ours, ChannelState::kConnected);
  ASSERT_TRUE(world_.Await(channels_.SetProxy(ours, channel.row, Wanted())));
  EXPECT_FALSE(*world_.Await(channels_.GetProxy(ours, other.row)));
  EXPECT_EQ(world_.Await(channels_.GetProxy(theirs, channel.row)).error().code,
            base::ErrorCode::kNotFound);
  EXPECT_EQ(world_.Await(channels_.SetProxy(theirs, channel.row, Wanted())).error().code,
            base::ErrorCode::kNotFound);
  // Moved to another channel by somebody who can write to the store, it does not open.
  LinkWrite moved;
  moved.space = "proxy";
  moved.value = Kept(channel.row);
  ASSERT_TRUE(
      world_.Write([&](Transaction& tx) { return tx.link_state().Apply(other.row, {moved}); }));
  EXPECT_EQ(world_.Await(channels_.GetProxy(ours, other.row)).error().code,
            base::ErrorCode::kInternal);
}

TEST(ProxyHost, IsANameOrAnAddress) {
  for (const char* host : {"proxy.test", "10.0.0.1", "2001:db8::1", "::1", "a-b_c.test"})
    EXPECT_TRUE(IsHost(host)) << host;
  for (const char* host : {"", "http://proxy.test", "proxy.test/x", "proxy test", "a@b",
                           "proxy.test\n", "2001:db8::1%eth0"})
    EXPECT_FALSE(IsHost(host)) << host;
  EXPECT_FALSE(IsHost(std::string(254, 'a')));
}

}  // namespace
}  // namespace parley::core
