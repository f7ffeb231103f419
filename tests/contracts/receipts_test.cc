// Receipts of a group's participants: who has a message, what all of them have reached, and the
// events that tell.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/channels/reports.h"
#include "core/contacts/learn.h"
#include "core/messages/link_id.h"
#include "core/messages/message_store.h"
#include "core/messages/receipt_store.h"
#include "core/messages/receive.h"
#include "core/messages/send.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

using ::testing::ElementsAre;
using enum MessageStatus;

const Address kReceiptGroup{AddressKind::kGroup, "120363000000000001"};
const Address kBob{AddressKind::kPhone, "15550100"};

Peer Phone(std::string phone) {
  Peer peer;
  peer.phone = std::move(phone);
  return peer;
}

class ReceiptsInGroups : public ::testing::Test {
 protected:
  ReceiptsInGroups() : account_(world_.AddAccount("ours")) {
    channel_ = world_.AddChannel(account_, ChannelState::kConnected);
  }

  MessageId Send(const Address& to = kReceiptGroup, Content content = TextContent{"hi"}) {
    SendWrite write;
    write.account = account_;
    write.channel = channel_.row;
    write.to = to;
    write.content = std::move(content);
    write.edit_window = std::chrono::minutes(15);
    const auto queued = world_.Write([write, stamp = world_.NewStamp()](Transaction& tx) {
      return core::Send(tx, write, stamp);
    });
    return queued.value().id;
  }
  // What the network answers to the sending.
  void Accepted(MessageId id, int recipients) {
    StatusNews news;
    news.status = kSent;
    news.at = world_.scheduler.Now();
    news.recipients = recipients;
    ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) mutable {
      return ApplyStatus(tx, channel_, *tx.messages().FindById(account_, id).value(), news, stamp);
    }));
  }
  void Receipt(MessageId id, const Peer& participant, MessageStatus status) {
    world_.scheduler.RunFor(std::chrono::seconds(1));
    ReceiptReport report;
    report.link_id = LinkIdOf(id);
    report.participant = participant;
    report.status = status;
    report.at = world_.scheduler.Now();
    std::vector<LinkReport> reports;
    reports.emplace_back(std::move(report));
    ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
      return ApplyReports(tx, account_, channel_.row, reports, {}, stamp);
    }));
  }
  Message Get(MessageId id) {
    return world_.Read([&](const Transaction& tx) { return tx.messages().FindById(account_, id); })
        .value()
        ->message;
  }
  std::vector<core::Receipt> Kept(MessageId id) {
    const MessageRow row = Get(id).row;
    return *world_.Read([&](const Transaction& tx) { return tx.receipts().List(row); });
  }

  testing::StoreWorld world_;
  const AccountRow account_;
  Channel channel_;
};

TEST_F(ReceiptsInGroups, TheMessageHasReachedWhatAllHave) {
  const MessageId id = Send();
  Accepted(id, 3);
  Receipt(id, Phone("15550100"), kDelivered);
  Receipt(id, Phone("15550101"), kRead);  // its other receipt is late
  EXPECT_EQ(Get(id).status, kSent);
  Receipt(id, Phone("15550102"), kDelivered);
  EXPECT_EQ(Get(id).status, kDelivered);
  EXPECT_EQ(Get(id).FirstAt(kDelivered), world_.scheduler.Now());
  Receipt(id, Phone("15550100"), kRead);
  EXPECT_EQ(Get(id).status, kDelivered);
  Receipt(id, Phone("15550102"), kPlayed);
  EXPECT_EQ(Get(id).status, kRead);
  EXPECT_THAT(world_.EventNames(), ElementsAre("message.accepted", "message.status",   // sent
                                               "message.receipt", "message.receipt",   //
                                               "message.receipt", "message.status",    // delivered
                                               "message.receipt",                      //
                                               "message.receipt", "message.status"));  // read
  const auto told = std::get<ParticipantReceipt>(world_.Events()[3].body);
  EXPECT_EQ(told.message, id);
  EXPECT_EQ(told.participant.phone, "15550101");
  EXPECT_EQ(told.status, kRead);
  EXPECT_EQ(told.chat.kind, ChatKind::kGroup);
}

TEST_F(ReceiptsInGroups, EachIsKeptWithItsTimes) {
  const MessageId id = Send();
  Accepted(id, 2);
  Receipt(id, Phone("15550100"), kDelivered);
  const base::Time first = world_.scheduler.Now();
  Receipt(id, Phone("15550100"), kDelivered);  // once more, as after a crash
  Receipt(id, Phone("15550100"), kRead);
  const auto kept = Kept(id);
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].peer.phone, "15550100");
  EXPECT_EQ(kept[0].delivered_at, first);
  EXPECT_EQ(kept[0].read_at, world_.scheduler.Now());
  EXPECT_FALSE(kept[0].played_at);
  EXPECT_EQ(world_.EventNames().size(), 4u);  // the repeat was no news
  EXPECT_TRUE(Kept(Send()).empty());          // they are of one message
}

TEST_F(ReceiptsInGroups, TheyMayOvertakeTheNetworksAnswer) {
  const MessageId id = Send();
  Receipt(id, Phone("15550100"), kDelivered);
  EXPECT_EQ(Get(id).status, kSent);  // queued, it would be sent again after a crash
  Accepted(id, 2);
  EXPECT_EQ(Get(id).status, kSent);
  Receipt(id, Phone("15550101"), kDelivered);
  EXPECT_EQ(Get(id).status, kDelivered);
  EXPECT_THAT(world_.EventNames(),
              ElementsAre("message.accepted", "message.receipt", "message.status",
                          "message.receipt", "message.status"));
}

TEST_F(ReceiptsInGroups, WithoutANumberOfPeopleTheFirstCounts) {
  const MessageId id = Send();
  Accepted(id, 0);
  Receipt(id, Phone("15550100"), kDelivered);
  EXPECT_EQ(Get(id).status, kDelivered);
}

// By number and by LID: two persons, until it turns out that they are one.
TEST_F(ReceiptsInGroups, WhoWasMergedCountsOnce) {
  Peer lid;
  lid.lid = "777000111";
  const MessageId id = Send();
  Accepted(id, 2);
  Receipt(id, Phone("15550100"), kDelivered);
  ASSERT_EQ(Get(id).status, kSent);
  Receipt(id, lid, kRead);
  ASSERT_EQ(Get(id).status, kDelivered);
  Peer both = Phone("15550100");
  both.lid = lid.lid;
  Receipt(id, both, kRead);
  EXPECT_EQ(Get(id).status, kDelivered);  // one person, whose receipts stand in two rows
  const auto kept = Kept(id);
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].peer, both);
  EXPECT_EQ(kept[0].status(), kRead);
  Receipt(id, Phone("15550101"), kRead);
  EXPECT_EQ(Get(id).status, kRead);
}

TEST_F(ReceiptsInGroups, AreBounded) {
  const MessageId id = Send();
  Accepted(id, kMaxReceipts + 1);
  const MessageRow row = Get(id).row;
  const auto put = [&](std::int64_t person, base::Time at) {
    core::Receipt receipt;
    receipt.person = PersonRow(person);
    receipt.delivered_at = at;
    return *world_.Write([&](Transaction& tx) { return tx.receipts().Put(row, receipt); });
  };
  for (std::int64_t person = 1; person <= kMaxReceipts; ++person)
    ASSERT_TRUE(put(person, world_.scheduler.Now()));
  EXPECT_FALSE(put(kMaxReceipts + 1, world_.scheduler.Now()));
  EXPECT_TRUE(put(kMaxReceipts, world_.scheduler.Now()));  // one that is there already
}

TEST_F(ReceiptsInGroups, AFailureIsOfAll) {
  const MessageId id = Send();
  Accepted(id, 2);
  ReceiptReport report;
  report.link_id = LinkIdOf(id);
  report.status = kFailed;
  report.at = world_.scheduler.Now();
  report.failure = Failure{"x", "It came back"};
  std::vector<LinkReport> reports{report};
  ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
    return ApplyReports(tx, account_, channel_.row, reports, {}, stamp);
  }));
  EXPECT_EQ(Get(id).status, kFailed);
}

TEST_F(ReceiptsInGroups, GoWithTheirMessage) {
  const MessageId id = Send();
  Accepted(id, 2);
  Receipt(id, Phone("15550100"), kDelivered);
  const MessageRow row = Get(id).row;
  Send();  // the newest stays
  ASSERT_TRUE(world_.Write([&](Transaction& tx) {
    return tx.messages().Prune(world_.scheduler.Now() + std::chrono::hours(1), MessageRow(), 10);
  }));
  EXPECT_TRUE(world_.Read([&](const Transaction& tx) { return tx.receipts().List(row); })->empty());
}

TEST_F(ReceiptsInGroups, OfAnEditAreNobodysNews) {
  const MessageId id = Send();
  Accepted(id, 1);
  EditContent edit;
  edit.target = id;
  edit.body = "hello";
  const MessageId edited = Send(kReceiptGroup, edit);
  Accepted(edited, 1);
  const std::size_t before = world_.EventNames().size();
  Receipt(edited, Phone("15550100"), kDelivered);
  EXPECT_TRUE(Kept(edited).empty());
  EXPECT_EQ(world_.EventNames().size(), before);
}

TEST_F(ReceiptsInGroups, ChatsWithOnePersonHaveNone) {
  const MessageId id = Send(kBob);
  Accepted(id, 0);
  ReceiptReport report;
  report.link_id = LinkIdOf(id);
  report.status = kRead;
  report.at = world_.scheduler.Now();
  std::vector<LinkReport> reports{report};
  ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
    return ApplyReports(tx, account_, channel_.row, reports, {}, stamp);
  }));
  EXPECT_EQ(Get(id).status, kRead);
  EXPECT_TRUE(Kept(id).empty());
  EXPECT_THAT(world_.EventNames(),
              ElementsAre("message.accepted", "message.status", "message.status"));
}

}  // namespace
}  // namespace parley::core
