// Making channels: what a repeated command answers.
#include "core/channels/channels.h"

#include <gtest/gtest.h>

#include "tests/support/store_world.h"

namespace parley::core {
namespace {

class NoPort final : public ChannelPort {
 public:
  void Wake(ChannelRow) override {}
  void Refresh(ChannelRow) override {}
  base::Task<base::Result<Pairing>> OfferPairing(ChannelRow, std::string, base::Duration) override {
    co_return base::ErrorCode::kNotSupported;
  }
  base::Task<base::Result<LinkAnswer>> Request(ChannelRow, LinkRequest, base::Duration) override {
    co_return base::ErrorCode::kNotSupported;
  }
};

class RepeatedCreation : public ::testing::Test {
 protected:
  RepeatedCreation()
      : secrets_(base::SealKey{}, *world_.random),
        channels_(world_.store, *world_.random, secrets_, port_) {}

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

}  // namespace
}  // namespace parley::core
