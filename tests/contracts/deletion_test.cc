#include "core/channels/deletion.h"

#include <gtest/gtest.h>

#include "core/channels/channel_store.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

class Deletion : public ::testing::Test {
 protected:
  Operation Request() {
    auto requested =
        world_.Write([account = account_, row = channel_.row, stamp = world_.NewStamp()](
                         Transaction& tx) { return RequestDeletion(tx, account, row, stamp); });
    EXPECT_TRUE(requested.has_value());
    return requested ? *requested : Operation();
  }
  bool Step() {
    auto done = world_.Write([account = account_, row = channel_.row,
                              stamp = world_.NewStamp()](Transaction& tx) -> base::Result<bool> {
      PARLEY_TRY(channel, tx.channels().Find(account, row));
      return DeleteStep(tx, *channel, stamp);
    });
    EXPECT_TRUE(done.has_value());
    return done && *done;
  }
  Operation Find(OperationId id) {
    return **world_.Read([account = account_, id](const Transaction& tx) {
      return tx.operations().Find(account, id);
    });
  }
  ChannelState State() {
    return (*world_.Read([account = account_, row = channel_.row](const Transaction& tx) {
             return tx.channels().Find(account, row);
           }))
        ->state;
  }

  testing::StoreWorld world_;
  AccountRow account_ = world_.AddAccount("alice");
  Channel channel_ = world_.AddChannel(account_, ChannelState::kDisconnected);
};

TEST_F(Deletion, IsSeenAtEveryStep) {
  const Operation asked = Request();
  EXPECT_EQ(asked.state, OperationState::kQueued);
  EXPECT_FALSE(asked.started_at);
  EXPECT_EQ(State(), ChannelState::kDeleting);

  world_.scheduler.RunFor(std::chrono::seconds(2));
  EXPECT_FALSE(Step());
  const Operation under_way = Find(asked.id);
  EXPECT_EQ(under_way.state, OperationState::kRunning);
  EXPECT_EQ(under_way.started_at, asked.enqueued_at + std::chrono::seconds(2));
  EXPECT_FALSE(under_way.finished_at);
  EXPECT_EQ(State(), ChannelState::kDeleting);
  EXPECT_EQ(Request().id, asked.id) << "asked for again, it is the same one";

  world_.scheduler.RunFor(std::chrono::seconds(3));
  EXPECT_TRUE(Step());
  const Operation over = Find(asked.id);
  EXPECT_EQ(over.state, OperationState::kSucceeded);
  EXPECT_EQ(over.started_at, under_way.started_at);
  EXPECT_EQ(over.finished_at, asked.enqueued_at + std::chrono::seconds(5));
  EXPECT_EQ(State(), ChannelState::kDeleted);
}

TEST_F(Deletion, OfWhatIsGoneIsRefused) {
  Request();
  while (!Step()) {
  }
  auto again =
      world_.Write([account = account_, row = channel_.row, stamp = world_.NewStamp()](
                       Transaction& tx) { return RequestDeletion(tx, account, row, stamp); });
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, base::ErrorCode::kNotFound);
}

}  // namespace
}  // namespace parley::core
