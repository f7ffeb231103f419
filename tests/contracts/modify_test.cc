// Reactions, edits, deletions and votes: what may be sent, and what they do to their target.
#include "core/messages/modify.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/channels/reports.h"
#include "core/messages/link_id.h"
#include "core/messages/message_store.h"
#include "core/messages/receive.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

class Modifiers : public ::testing::Test {
 protected:
  Modifiers() : account_(world_.AddAccount("ours")) {
    channel_ = world_.AddChannel(account_, ChannelState::kConnected);
  }

  base::Result<Queued> Send(Content content, std::string to = "15550100") {
    SendWrite write;
    write.account = account_;
    write.channel = channel_.row;
    if (!to.empty()) write.to = Address{AddressKind::kPhone, std::move(to)};
    write.content = std::move(content);
    write.edit_window = std::chrono::minutes(15);
    return world_.Write([write, stamp = world_.NewStamp()](Transaction& tx) {
      return core::Send(tx, write, stamp);
    });
  }
  MessageId SendText(std::string to = "15550100") {
    return Send(TextContent{"hi"}, std::move(to))->id;
  }
  void Report(LinkReport report) {
    std::vector<LinkReport> reports;
    reports.push_back(std::move(report));
    ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
      return ApplyReports(tx, account_, channel_.row, reports, {}, stamp);
    }));
  }
  void Acknowledge(MessageId id, MessageStatus status = MessageStatus::kSent) {
    ReceiptReport receipt;
    receipt.link_id = LinkIdOf(id);
    receipt.status = status;
    receipt.at = world_.scheduler.Now();
    Report(receipt);
  }
  // From +1 555 0100.
  void Receive(std::string link_id, Content content, std::string target = "") {
    IncomingMessage incoming;
    incoming.link_id = std::move(link_id);
    incoming.from.phone = "15550100";
    incoming.at = world_.scheduler.Now();
    incoming.content = std::move(content);
    incoming.target_link_id = std::move(target);
    Report(incoming);
  }
  MessageInChat Stored(MessageId id) {
    return **world_.Read(
        [&](const Transaction& tx) { return tx.messages().FindById(account_, id); });
  }
  std::vector<MessageInChat> Listed() {
    MessageStore::Page page;
    page.channel = channel_.row;
    return *world_.Read([&](const Transaction& tx) { return tx.messages().List(account_, page); });
  }
  template <class Body>
  Body LastEvent() {
    return std::get<Body>(world_.Events().back().body);
  }

  testing::StoreWorld world_;
  const AccountRow account_;
  Channel channel_;
};

TEST_F(Modifiers, AnEditTakesEffectWhenTheNetworkHasIt) {
  const MessageId text = SendText();
  Acknowledge(text);
  const auto edit = Send(EditContent{text, "hello"}, "");
  ASSERT_TRUE(edit);
  EXPECT_EQ(edit->to, (Address{AddressKind::kPhone, "15550100"}));
  EXPECT_EQ(TextOf(Stored(text).message.content), "hi");

  Acknowledge(edit->id);
  const MessageInChat stored = Stored(text);
  EXPECT_EQ(TextOf(stored.message.content), "hello");
  EXPECT_EQ(stored.message.status, MessageStatus::kSent);
  EXPECT_TRUE(stored.message.FirstAt(MessageStatus::kEdited));
  const auto told = LastEvent<MessageEdited>();
  EXPECT_EQ(told.old_text, "hi");
  EXPECT_EQ(told.message.id, text);
  EXPECT_EQ(TextOf(told.message.content), "hello");
  EXPECT_EQ(told.modifier.id, edit->id);

  const std::size_t events = world_.Events().size();
  Acknowledge(edit->id, MessageStatus::kDelivered);
  EXPECT_EQ(world_.Events().size(), events) << "receipts of a modifier are no news";
}

TEST_F(Modifiers, AFailedEditChangesNothingAndIsTold) {
  const MessageId text = SendText();
  Acknowledge(text);
  const MessageId edit = Send(EditContent{text, "hello"})->id;
  Acknowledge(edit, MessageStatus::kFailed);
  EXPECT_EQ(TextOf(Stored(text).message.content), "hi");
  EXPECT_EQ(LastEvent<MessageStatusChanged>().message.id, edit);
}

TEST_F(Modifiers, StandInNoList) {
  const MessageId text = SendText();
  Acknowledge(text);
  world_.scheduler.RunFor(std::chrono::seconds(5));
  ASSERT_TRUE(Send(ReactionContent{text, "👍"}));
  ASSERT_EQ(Listed().size(), 1u);
  EXPECT_EQ(Listed()[0].message.id, text);
  // The time of the chat's newest message is not that of the reaction, either.
  SendText();
  EXPECT_EQ(LastEvent<MessageAccepted>().previous_at, testing::StoreWorld::kStart);
}

TEST_F(Modifiers, AreRefusedWhereTheyMakeNoSense) {
  const MessageId text = SendText(), other = SendText("15550111");
  Receive("in1", TextContent{"hello"});
  const MessageId incoming = LastEvent<MessageReceived>().message.id;
  const MessageId gone = SendText();
  Acknowledge(gone);
  Acknowledge(Send(DeleteContent{gone})->id);
  const MessageId edit = Send(EditContent{text, "new"})->id;

  const auto fault = [](const base::Result<Queued>& result) {
    if (result) return std::string();
    return result.error().faults.empty() ? "?" : result.error().faults[0].text;
  };
  EXPECT_EQ(fault(Send(EditContent{std::nullopt, "x"})), "Required");
  EXPECT_EQ(fault(Send(EditContent{MessageId(), "x"})), "Unknown message");
  EXPECT_EQ(fault(Send(EditContent{edit, "x"})), "Unknown message");
  EXPECT_EQ(fault(Send(ReactionContent{other, "x"})), "The message is of another chat");

  const auto why = [](const base::Result<Queued>& result) {
    return std::string(result ? "" : result.error().public_text());
  };
  EXPECT_EQ(why(Send(EditContent{incoming, "x"})), "Only own messages can be edited");
  EXPECT_EQ(why(Send(DeleteContent{incoming})), "Only own messages can be deleted");
  EXPECT_EQ(why(Send(ReactionContent{gone, "x"})), "The message was deleted");
  EXPECT_EQ(why(Send(VoteContent{text, {"a"}})), "The message is not a poll");
  EXPECT_EQ(why(Send(EditContent{Send(LocationContent())->id, "x"})),
            "A message of this kind has no text");
  world_.scheduler.RunFor(std::chrono::minutes(16));
  EXPECT_EQ(why(Send(EditContent{text, "x"})), "The message is too old to be edited");
}

TEST_F(Modifiers, ADeletedMessageStaysDeleted) {
  const MessageId text = SendText();
  Acknowledge(text);
  Acknowledge(Send(DeleteContent{text})->id);
  EXPECT_EQ(Stored(text).message.status, MessageStatus::kDeleted);
  EXPECT_EQ(LastEvent<MessageDeleted>().message.id, text);
  Acknowledge(text, MessageStatus::kRead);
  EXPECT_EQ(Stored(text).message.status, MessageStatus::kDeleted);
}

TEST_F(Modifiers, TheOtherSideReactsOncePerPerson) {
  const MessageId text = SendText();
  Acknowledge(text);
  Receive("r1", ReactionContent{std::nullopt, "👍"}, LinkIdOf(text));
  Receive("r1", ReactionContent{std::nullopt, "👍"}, LinkIdOf(text));  // told twice: once
  const auto told = LastEvent<MessageReacted>();
  ASSERT_TRUE(told.message);
  EXPECT_EQ(told.message->id, text);
  EXPECT_EQ(TextOf(told.modifier.content), "👍");
  Acknowledge(Send(ReactionContent{text, "🎉"})->id);
  const auto reactions = [&] {
    return *world_.Read([row = Stored(text).message.row](const Transaction& tx) {
      return tx.messages().Reactions(row);
    });
  };
  ASSERT_EQ(reactions().size(), 2u);
  EXPECT_FALSE(reactions()[0].person);
  EXPECT_EQ(reactions()[1].peer.phone, "15550100");
  Receive("r2", ReactionContent{std::nullopt, ""}, LinkIdOf(text));
  EXPECT_EQ(reactions().size(), 1u);
  const auto names = world_.EventNames();
  EXPECT_EQ(std::count(names.begin(), names.end(), "message.reaction"), 3);
}

TEST_F(Modifiers, AReactionToAnUnknownMessageIsTold) {
  Receive("r1", ReactionContent{std::nullopt, "👍"}, "never-seen");
  EXPECT_FALSE(LastEvent<MessageReacted>().message);
  Receive("d1", DeleteContent{}, "never-seen");
  EXPECT_EQ(world_.EventNames().back(), "message.reaction");
}

TEST_F(Modifiers, OnlyTheAuthorEditsAndDeletes) {
  const MessageId text = SendText();
  Acknowledge(text);
  Receive("e1", EditContent{std::nullopt, "forged"}, LinkIdOf(text));
  Receive("d1", DeleteContent{}, LinkIdOf(text));
  EXPECT_EQ(TextOf(Stored(text).message.content), "hi");
  EXPECT_EQ(Stored(text).message.status, MessageStatus::kSent);
  EXPECT_EQ(world_.EventNames().back(), "message.status");
}

TEST_F(Modifiers, AVoteReplacesTheOneBefore) {
  PollContent poll;
  poll.question = "When?";
  poll.options = {"Morning", "Evening"};
  const MessageId id = Send(poll)->id;
  Acknowledge(id);
  Receive("v1", VoteContent{std::nullopt, {"Morning"}}, LinkIdOf(id));
  Receive("v2", VoteContent{std::nullopt, {"Evening"}}, LinkIdOf(id));
  const auto told = LastEvent<PollVoted>();
  ASSERT_EQ(told.results.size(), 2u);
  EXPECT_TRUE(told.results[0].voters.empty());
  ASSERT_EQ(told.results[1].voters.size(), 1u);
  EXPECT_EQ(told.results[1].voters[0].phone, "15550100");
  EXPECT_EQ(Send(VoteContent{id, {"Noon"}}).error().faults[0].path, "options");
  EXPECT_EQ(Send(VoteContent{id, {"Morning", "Evening"}}).error().faults[0].text,
            "The poll takes one option only");
}

}  // namespace
}  // namespace parley::core
