// Groups and newsletters in the store: their rows, their chats, who wrote in them, and their
// events.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/channels/reports.h"
#include "core/contacts/contact_store.h"
#include "core/contacts/learn.h"
#include "core/groups/group_store.h"
#include "core/groups/learn.h"
#include "core/messages/message_store.h"
#include "core/messages/receive.h"
#include "core/messages/send.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

using ::testing::ElementsAre;

const Address kFriends{AddressKind::kGroup, "120363000000000001"};
const Address kNews{AddressKind::kNewsletter, "120363000000000001"};

class GroupRows : public ::testing::Test {
 protected:
  GroupRows() : account_(world_.AddAccount("ours")) {
    channel_ = world_.AddChannel(account_, ChannelState::kConnected);
  }

  void Report(LinkReport report) {
    std::vector<LinkReport> reports;
    reports.push_back(std::move(report));
    ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
      return ApplyReports(tx, account_, channel_.row, reports, {}, stamp);
    }));
  }
  void Receive(std::string link_id, const Address& in, Peer from, std::string body,
               std::string subject = "Friends") {
    IncomingMessage incoming;
    incoming.link_id = std::move(link_id);
    incoming.from = std::move(from);
    incoming.group = IncomingGroup{in, std::move(subject)};
    incoming.at = world_.scheduler.Now();
    incoming.content = TextContent{std::move(body)};
    Report(incoming);
  }
  static Peer Phone(std::string phone) {
    Peer peer;
    peer.phone = std::move(phone);
    return peer;
  }
  std::vector<MessageInChat> Listed() {
    MessageStore::Page page;
    page.channel = channel_.row;
    page.newest_first = false;
    return *world_.Read([&](const Transaction& tx) { return tx.messages().List(account_, page); });
  }
  base::Result<Queued> Send(const Address& to) {
    SendWrite write;
    write.account = account_;
    write.channel = channel_.row;
    write.to = to;
    write.content = TextContent{"hi"};
    return world_.Write([write, stamp = world_.NewStamp()](Transaction& tx) {
      return core::Send(tx, write, stamp);
    });
  }
  std::optional<Group> Find(const Address& address, ChannelRow channel) {
    return *world_.Read([&](const Transaction& tx) { return tx.groups().Find(channel, address); });
  }

  testing::StoreWorld world_;
  const AccountRow account_;
  Channel channel_;
};

TEST_F(GroupRows, AMessageInAGroupNamesItsSender) {
  Receive("n1", kFriends, Phone("15550100"), "hello");
  Receive("n2", kFriends, Phone("15550101"), "hello too");
  Receive("n1", kFriends, Phone("15550100"), "hello");  // once more, as after a crash
  const auto listed = Listed();
  ASSERT_EQ(listed.size(), 2u);
  EXPECT_EQ(listed[0].chat.kind, ChatKind::kGroup);
  EXPECT_EQ(listed[0].chat.address(), kFriends);
  EXPECT_EQ(listed[0].chat.group->subject, "Friends");
  EXPECT_EQ(listed[0].chat.peer, Peer());
  EXPECT_EQ(listed[0].message.sender_peer.phone, "15550100");
  EXPECT_EQ(listed[1].message.sender_peer.phone, "15550101");
  EXPECT_EQ(listed[0].chat.row, listed[1].chat.row);
  const auto received = std::get<MessageReceived>(world_.Events().front().body);
  EXPECT_EQ(received.chat.kind, ChatKind::kGroup);
  EXPECT_EQ(received.chat.group->id, Find(kFriends, channel_.row)->id);
  EXPECT_EQ(received.message.sender->phone, "15550100");
  EXPECT_FALSE(received.is_first);
}

TEST_F(GroupRows, AGroupAndANewsletterMayHaveTheSameNumber) {
  Receive("n1", kFriends, Phone("15550100"), "in the group");
  Receive("n1", kNews, Peer(), "in the newsletter", "News");
  const auto listed = Listed();
  ASSERT_EQ(listed.size(), 2u);
  EXPECT_EQ(listed[1].chat.kind, ChatKind::kNewsletter);
  EXPECT_EQ(listed[1].chat.address(), kNews);
  EXPECT_FALSE(listed[1].message.sender);
  EXPECT_NE(Find(kFriends, channel_.row)->id, Find(kNews, channel_.row)->id);
}

TEST_F(GroupRows, AGroupIsARowPerChannel) {
  const Channel other = world_.AddChannel(account_, ChannelState::kConnected);
  const AccountRow stranger = world_.AddAccount("theirs");
  Receive("n1", kFriends, Phone("15550100"), "hello");
  const Group group = *Find(kFriends, channel_.row);
  EXPECT_FALSE(Find(kFriends, other.row));
  const auto by_id = [&](AccountRow account) {
    return *world_.Read(
        [&](const Transaction& tx) { return tx.groups().FindById(account, group.id); });
  };
  EXPECT_EQ(by_id(account_)->row, group.row);
  EXPECT_FALSE(by_id(stranger));
}

TEST_F(GroupRows, TheSubjectIsLearntAndNothingUnlearnsIt) {
  Receive("n1", kFriends, Phone("15550100"), "hello", "");
  EXPECT_EQ(Find(kFriends, channel_.row)->subject, "");
  Receive("n2", kFriends, Phone("15550100"), "hello", "Friends");
  Receive("n3", kFriends, Phone("15550100"), "hello", "");
  EXPECT_EQ(Find(kFriends, channel_.row)->subject, "Friends");
  EXPECT_EQ(Listed().front().chat.group->subject, "Friends");
}

TEST_F(GroupRows, WhoWasMergedIsStillTheSender) {
  Peer lid;
  lid.lid = "777000111";
  Receive("n1", kFriends, Phone("15550100"), "by number");
  Receive("n2", kFriends, lid, "by LID");
  Peer both = Phone("15550100");
  both.lid = lid.lid;
  ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
    Stamp ids = stamp;
    return LearnPeer(tx, account_, both, ids);
  }));
  for (const MessageInChat& found : Listed()) {
    EXPECT_EQ(found.message.sender_peer, both);
    EXPECT_EQ(found.message.sender, Listed().front().message.sender);
  }
}

// The chat of the person whose row has the same number as the group's must not be taken for it.
TEST_F(GroupRows, MergingPeopleLeavesGroupsAlone) {
  Receive("n1", kFriends, Phone("15550100"), "hello");  // group row 1, person row 1
  Peer lid;
  lid.lid = "777000111";
  Receive("n2", kNews, lid, "x");
  Peer both = Phone("15550100");
  both.lid = lid.lid;
  ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
    Stamp ids = stamp;
    return LearnPeer(tx, account_, both, ids);
  }));
  const auto listed = Listed();
  ASSERT_EQ(listed.size(), 2u);
  EXPECT_EQ(listed[0].chat.address(), kFriends);
  EXPECT_EQ(listed[1].chat.address(), kNews);
}

TEST_F(GroupRows, WhatIsSentToAGroupIsQueuedForIt) {
  const auto queued = Send(kFriends);
  ASSERT_TRUE(queued);
  EXPECT_EQ(queued->to, kFriends);
  const auto waiting = *world_.Read(
      [&](const Transaction& tx) { return tx.messages().Queued(channel_.row, MessageRow(), 10); });
  ASSERT_EQ(waiting.size(), 1u);
  EXPECT_EQ(waiting[0].chat.address(), kFriends);
  EXPECT_EQ(waiting[0].chat.group->subject, "");
  Receive("n1", kFriends, Phone("15550100"), "an answer");
  EXPECT_EQ(Listed()[1].chat.row, waiting[0].chat.row);
}

TEST_F(GroupRows, WhatTheOwnerIgnoresIsNotStored) {
  channel_.settings.ignore_groups = true;
  ASSERT_TRUE(world_.Write([&](Transaction& tx) { return tx.channels().Update(channel_); }));
  Receive("n1", kFriends, Phone("15550100"), "hello");
  Receive("n2", kNews, Peer(), "news");
  ASSERT_EQ(Listed().size(), 1u);
  EXPECT_EQ(Listed()[0].chat.address(), kNews);
  channel_.settings.ignore_groups = false;
  channel_.settings.ignore_channels = true;
  ASSERT_TRUE(world_.Write([&](Transaction& tx) { return tx.channels().Update(channel_); }));
  Receive("n3", kFriends, Phone("15550100"), "hello");
  Receive("n4", kNews, Peer(), "news");
  EXPECT_EQ(Listed().size(), 2u);
}

TEST_F(GroupRows, ChangesAreEvents) {
  GroupReport created;
  created.info.address = kFriends.value;
  created.info.subject = "Friends";
  created.info.created_at = created.at = world_.scheduler.Now();
  created.info.participants.emplace_back().peer.phone = "15550100";
  created.changed = {"created"};
  created.by = Phone("15550100");
  Report(created);
  ParticipantsReport left;
  left.group = kFriends;
  left.subject = "Friends";
  left.action = ParticipantAction::kLeave;
  left.participants = {Phone("15550100")};
  left.by = Phone("15550100");
  left.at = world_.scheduler.Now();
  Report(left);
  EXPECT_THAT(world_.EventNames(), ElementsAre("group.changed", "group.participants"));
  const auto events = world_.Events();
  EXPECT_EQ(events[0].chat, events[1].chat);  // told in this order
  const auto& changed = std::get<GroupChanged>(events[0].body);
  EXPECT_EQ(changed.group.subject, "Friends");
  EXPECT_EQ(changed.group.participants.at(0).peer.phone, "15550100");
  EXPECT_THAT(changed.changed, ElementsAre("created"));
  EXPECT_EQ(changed.chat.group->id, Find(kFriends, channel_.row)->id);
  const auto& gone = std::get<GroupParticipantsChanged>(events[1].body);
  EXPECT_EQ(gone.action, ParticipantAction::kLeave);
  EXPECT_EQ(gone.by.phone, "15550100");
  EXPECT_FALSE(gone.group);
}

}  // namespace
}  // namespace parley::core
