// Pages of messages: how far they look.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/contacts/learn.h"
#include "core/contacts/resolve.h"
#include "core/messages/message_store.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

class Pages : public ::testing::Test {
 protected:
  Pages() : channel_(world_.AddChannel(world_.AddAccount("ours"), ChannelState::kConnected)) {}

  void Insert(base::Time at, base::Time accepted_at) {
    ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) -> base::Result<void> {
      Stamp ids = stamp;
      Address bob{AddressKind::kPhone, "15550100"};
      PARLEY_TRY(chat, ChatWith(tx, channel_, bob, ids));
      Message message;
      message.id = ids.Next<MessageId>();
      message.account = channel_.account;
      message.channel = channel_.row;
      message.chat = chat.row;
      message.content = TextContent{"hi"};
      message.at = at;
      message.accepted_at = accepted_at;
      PARLEY_CHECK(tx.messages().Insert(message));
      return {};
    }));
  }
  // The rows of a page of the chat, by row.
  std::vector<std::int64_t> RowsOf(MessageStore::Page page) {
    page.channel = channel_.row;
    page.by_row = true;
    page.limit = 5;
    auto read = [&](const Transaction& tx) -> base::Result<std::vector<MessageInChat>> {
      Address bob{AddressKind::kPhone, "15550100"};
      PARLEY_TRY(chat, FindChatWith(tx, channel_, bob));
      page.chat = chat->row;
      return tx.messages().List(channel_.account, page);
    };
    std::vector<std::int64_t> rows;
    for (const MessageInChat& found : *world_.Read(read)) rows.push_back(found.message.row.value);
    return rows;
  }
  std::size_t CountFrom(base::Time from) {
    MessageStore::Page page;
    page.channel = channel_.row;
    page.from = from;
    page.limit = 5;
    return world_
        .Read([&](const Transaction& tx) { return tx.messages().List(channel_.account, page); })
        ->size();
  }

  testing::StoreWorld world_;
  const Channel channel_;
};

// A message from before the rows that it stands among cannot be; here it shows how far was looked.
TEST_F(Pages, EndWithWhatWasAcceptedLongBefore) {
  const base::Time from = world_.scheduler.Now();
  const base::Time before = from - std::chrono::hours(3);
  Insert(from, before);
  for (int i = 0; i < 20; ++i) Insert(before, before);
  Insert(from, from);
  EXPECT_EQ(CountFrom(from), 1u);
}

// History arrives late: it is older than the connection, and what is behind it may not be.
TEST_F(Pages, GoOnBehindWhatArrivedLate) {
  const base::Time from = world_.scheduler.Now();
  const base::Time before = from - std::chrono::hours(3);
  Insert(from, from);
  for (int i = 0; i < 20; ++i) Insert(before, from);
  Insert(from, from);
  EXPECT_EQ(CountFrom(from), 2u);
}

// A clock may be set back a little.
TEST_F(Pages, GoOnBehindALittleEarlierRow) {
  const base::Time from = world_.scheduler.Now();
  const base::Time earlier = from - std::chrono::minutes(5);
  Insert(from, from);
  for (int i = 0; i < 20; ++i) Insert(earlier, earlier);
  EXPECT_EQ(CountFrom(from), 1u);
}

// Row n was written in minute n; the last one cannot be, and shows how far was looked.
TEST_F(Pages, OfAChatByRowEndWithWhatNoLaterKeyCanChange) {
  const base::Time start = world_.scheduler.Now();
  for (int i = 1; i <= 300; ++i)
    Insert(start + std::chrono::minutes(i), start + std::chrono::minutes(i));
  Insert(start - std::chrono::hours(10), start - std::chrono::hours(10));
  EXPECT_THAT(RowsOf({}), ::testing::ElementsAre(300, 299, 298, 297, 296));
  MessageStore::Page before;
  before.before = MessageRow(200);
  EXPECT_THAT(RowsOf(before), ::testing::ElementsAre(199, 198, 197, 196, 195));
  MessageStore::Page after;
  after.after = MessageRow(100);
  after.newest_first = false;
  EXPECT_THAT(RowsOf(after), ::testing::ElementsAre(101, 102, 103, 104, 105));
}

TEST_F(Pages, OfAChatByRowKnowHowLateSomethingCame) {
  const base::Time start = world_.scheduler.Now();
  for (int i = 1; i <= 300; ++i)
    Insert(start + std::chrono::minutes(i), start + std::chrono::minutes(i));
  Insert(start - std::chrono::hours(10), start + std::chrono::minutes(301));
  EXPECT_THAT(RowsOf({}), ::testing::ElementsAre(301, 300, 299, 298, 297));
  MessageStore::Page after;
  after.after = MessageRow(298);
  after.newest_first = false;
  EXPECT_THAT(RowsOf(after), ::testing::ElementsAre(299, 300, 301));
}

}  // namespace
}  // namespace parley::core
