// When something was written in a chat, which outlives its messages.
#include "core/chats/activity.h"

#include <gtest/gtest.h>

#include "core/contacts/contact_store.h"
#include "core/messages/message_store.h"
#include "core/messages/receive.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

class Activity : public ::testing::Test {
 protected:
  Activity() : channel_(world_.AddChannel(world_.AddAccount("ours"), ChannelState::kConnected)) {}

  void Receive(bool history = false) {
    IncomingMessage incoming;
    incoming.link_id = "in" + std::to_string(++received_);
    incoming.from.phone = "15550100";
    incoming.at = world_.scheduler.Now();
    incoming.content = TextContent{"hi"};
    incoming.history = history;
    ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
      Stamp ids = stamp;
      return core::Receive(tx, channel_, incoming, ids);
    }));
  }
  void PruneEverything() {
    ASSERT_TRUE(world_.Write([&](Transaction& tx) -> base::Result<void> {
      PARLEY_CHECK(tx.messages().Prune(base::FromUnixMs(INT64_MAX), MessageRow(), 1000));
      return {};
    }));
  }
  std::vector<Chat> Listed(bool with_history) {
    ContactStore::ChatPage page;
    page.with_history = with_history;
    return *world_.Read(
        [&](const Transaction& tx) { return tx.contacts().ListChats(channel_.row, page); });
  }
  std::optional<base::Time> Before(ChatRow chat) {
    return *world_.Read([&](const Transaction& tx) { return WrittenBefore(tx, chat); });
  }

  testing::StoreWorld world_;
  const Channel channel_;
  int received_ = 0;
};

TEST_F(Activity, IsKnownWhenTheMessagesAreGone) {
  Receive();
  const base::Time first = world_.scheduler.Now();
  const ChatRow chat = Listed(false).at(0).row;
  EXPECT_EQ(Before(chat), first);
  PruneEverything();
  EXPECT_EQ(Before(chat), first);
  // To a minute: what follows within it need not be noted.
  for (int i = 0; i < 5; ++i) {
    world_.scheduler.RunFor(kActivityStep / 2);
    Receive();
    PruneEverything();
    EXPECT_LE(Before(chat), world_.scheduler.Now());
    EXPECT_GT(Before(chat), world_.scheduler.Now() - kActivityStep);
  }
}

TEST_F(Activity, OfHistoryIsNoNews) {
  Receive(true);
  EXPECT_TRUE(Listed(false).empty());
  ASSERT_EQ(Listed(true).size(), 1u);
  EXPECT_EQ(Before(Listed(true).at(0).row), world_.scheduler.Now());
  Receive();
  EXPECT_EQ(Listed(false).size(), 1u);
}

TEST_F(Activity, BringsADeletedChatBackAndHistoryDoesNot) {
  Receive();
  const ChatRow chat = Listed(false).at(0).row;
  ASSERT_TRUE(world_.Write([&](Transaction& tx) { return tx.contacts().HideChat(chat); }));
  EXPECT_TRUE(Listed(true).empty());
  Receive(true);
  EXPECT_TRUE(Listed(true).empty());
  Receive();
  EXPECT_EQ(Listed(false).size(), 1u);
}

}  // namespace
}  // namespace parley::core
