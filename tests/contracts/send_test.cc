// What the core accepts, and what it refuses.
#include "core/messages/send.h"

#include <gtest/gtest.h>

#include "core/contacts/contact_store.h"
#include "core/contacts/resolve.h"
#include "core/messages/message_store.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

class SendOperation : public ::testing::Test {
 protected:
  SendOperation() : account_(world_.AddAccount("ours")) {
    channel_ = world_.AddChannel(account_, ChannelState::kConnected);
    write_ = To(channel_);
  }

  SendWrite To(const Channel& channel) {
    SendWrite write;
    write.account = channel.account;
    write.channel = channel.row;
    write.to = Address{AddressKind::kPhone, "15550100"};
    write.content = TextContent{"hi"};
    return write;
  }
  base::Result<Queued> Send(const SendWrite& write) {
    return world_.Write([write, stamp = world_.NewStamp()](Transaction& tx) {
      return core::Send(tx, write, stamp);
    });
  }
  // Send and what is asked before media is fetched refuse alike, and nothing remains of it.
  base::Error Refusal(const SendWrite& write) {
    const std::string before = *world_.sqlite->Dump();
    const auto checked = world_.Read([write, now = world_.scheduler.Now()](const Transaction& tx) {
      return CheckSend(tx, write, now);
    });
    const auto queued = Send(write);
    EXPECT_FALSE(queued);
    EXPECT_FALSE(checked);
    if (queued || checked) return base::Error();
    EXPECT_EQ(checked.error().code, queued.error().code);
    EXPECT_EQ(checked.error().public_text(), queued.error().public_text());
    EXPECT_EQ(checked.error().faults, queued.error().faults);
    EXPECT_EQ(*world_.sqlite->Dump(), before);
    return queued.error();
  }
  MessageInChat Stored(MessageId id) {
    return **world_.Read(
        [&](const Transaction& tx) { return tx.messages().FindById(account_, id); });
  }

  testing::StoreWorld world_;
  const AccountRow account_;
  Channel channel_;
  SendWrite write_;
};

TEST_F(SendOperation, StoresTheMessageAndItsEvent) {
  const auto queued = Send(write_);
  ASSERT_TRUE(queued);
  const MessageInChat stored = Stored(queued->id);
  EXPECT_EQ(stored.message.status, MessageStatus::kQueued);
  EXPECT_EQ(stored.message.origin, Origin::kApi);
  EXPECT_EQ(stored.message.accepted_at, world_.scheduler.Now());
  EXPECT_EQ(stored.chat.peer.phone, "15550100");
  const std::vector<Event> events = world_.Events();
  ASSERT_EQ(events.size(), 1u);
  const auto& accepted = std::get<MessageAccepted>(events[0].body);
  EXPECT_EQ(accepted.message.id, queued->id);
  EXPECT_EQ(accepted.channel.id, channel_.id);
  EXPECT_EQ(accepted.previous_at, std::nullopt);
}

TEST_F(SendOperation, UsesTheChatAgain) {
  const auto one = Send(write_), two = Send(write_);
  ASSERT_TRUE(one && two);
  EXPECT_NE(one->id, two->id);
  EXPECT_EQ(Stored(one->id).chat.row, Stored(two->id).chat.row);
  EXPECT_EQ(std::get<MessageAccepted>(world_.Events()[1].body).previous_at, world_.scheduler.Now());
}

struct StateCase {
  ChannelState state;
  std::optional<base::ErrorCode> any, paired;  // refusals without and with needs_pairing
};

TEST_F(SendOperation, TakesWhatTheChannelsStateAllows) {
  using enum base::ErrorCode;
  constexpr StateCase kCases[] = {
      {ChannelState::kPending, std::nullopt, kChannelNotConnected},
      {ChannelState::kPairing, std::nullopt, kChannelNotConnected},
      {ChannelState::kConnecting, std::nullopt, std::nullopt},
      {ChannelState::kConnected, std::nullopt, std::nullopt},
      {ChannelState::kDisconnected, std::nullopt, std::nullopt},
      {ChannelState::kLoggedOut, std::nullopt, kChannelNotConnected},
      {ChannelState::kDeleting, kInvalidState, kInvalidState},
      {ChannelState::kDeleted, kNotFound, kNotFound},
  };
  static_assert(std::size(kCases) == kChannelStateNames.rows.size());
  for (const StateCase& row : kCases) {
    SCOPED_TRACE(NameOf(row.state));
    SendWrite write = To(world_.AddChannel(account_, row.state));
    if (row.any)
      EXPECT_EQ(Refusal(write).code, *row.any);
    else
      EXPECT_TRUE(Send(write));
    write.needs_pairing = true;
    if (row.paired)
      EXPECT_EQ(Refusal(write).code, *row.paired);
    else
      EXPECT_TRUE(Send(write));
  }
}

TEST_F(SendOperation, DoesNotKnowChannelsOfOtherAccounts) {
  write_.account = world_.AddAccount("theirs");
  EXPECT_EQ(Refusal(write_).code, base::ErrorCode::kNotFound);
  write_.account = account_;
  write_.channel = ChannelRow(4711);
  EXPECT_EQ(Refusal(write_).code, base::ErrorCode::kNotFound);
}

TEST_F(SendOperation, WritesToEveryKindOfChat) {
  const auto kind_of = [&](AddressKind kind, std::string value) {
    write_.to = Address{kind, std::move(value)};
    return Stored(Send(write_)->id).chat.kind;
  };
  EXPECT_EQ(kind_of(AddressKind::kGroup, "123-456"), ChatKind::kGroup);
  EXPECT_EQ(kind_of(AddressKind::kNewsletter, "123"), ChatKind::kNewsletter);
  EXPECT_EQ(kind_of(AddressKind::kLid, "9001"), ChatKind::kPerson);
}

TEST_F(SendOperation, KeepsTheCustomersWindow) {
  write_.customer_window = true;
  EXPECT_EQ(Refusal(write_).code, base::ErrorCode::kWindowClosed) << "they never wrote";
  Peer peer;
  peer.phone = "15550100";
  const base::Time end = world_.scheduler.Now() + std::chrono::hours(24);
  ASSERT_TRUE(
      world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) mutable -> base::Result<void> {
        PARLEY_TRY(chat, ChatWithPeer(tx, channel_, peer, stamp));
        return tx.contacts().WidenWindow(chat, end);
      }));
  EXPECT_TRUE(Send(write_));
  SendWrite elsewhere = To(world_.AddChannel(account_, ChannelState::kConnected));
  elsewhere.customer_window = true;
  EXPECT_EQ(Refusal(elsewhere).code, base::ErrorCode::kWindowClosed) << "another channel's chat";
  world_.scheduler.RunFor(std::chrono::hours(24) - base::Duration(1));
  EXPECT_TRUE(Send(write_));
  world_.scheduler.RunFor(base::Duration(1));
  EXPECT_EQ(Refusal(write_).code, base::ErrorCode::kWindowClosed) << "24 hours are over";
  write_.customer_window = false;
  EXPECT_TRUE(Send(write_));
}

TEST_F(SendOperation, QuotesMessagesOfItsChannelOnly) {
  const auto first = Send(write_);
  write_.quoted = first->id;
  const auto answer = Send(write_);
  ASSERT_TRUE(answer);
  EXPECT_EQ(Stored(answer->id).message.quoted, first->id);

  write_.quoted = world_.NewStamp().Next<MessageId>();
  base::Error refusal = Refusal(write_);
  EXPECT_EQ(refusal.code, base::ErrorCode::kInvalidFields);
  EXPECT_EQ(refusal.faults, (std::vector<base::FieldFault>{{"quoted", "Unknown message"}}));

  SendWrite elsewhere = To(world_.AddChannel(account_, ChannelState::kConnected));
  elsewhere.quoted = first->id;
  EXPECT_EQ(Refusal(elsewhere).code, base::ErrorCode::kInvalidFields);

  const AccountRow theirs = world_.AddAccount("theirs");
  SendWrite foreign = To(world_.AddChannel(theirs, ChannelState::kConnected));
  foreign.quoted = first->id;
  EXPECT_EQ(Refusal(foreign).code, base::ErrorCode::kInvalidFields);
}

TEST_F(SendOperation, AnswersARepeatWithTheFirstResult) {
  write_.once = MakeIdempotencyKey(account_, CredentialRow(1), "/send", "key", "command");
  const auto first = Send(write_);
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->repeated);
  world_.scheduler.RunFor(std::chrono::hours(23));
  const std::string before = *world_.sqlite->Dump();
  const auto repeat = Send(write_);
  ASSERT_TRUE(repeat);
  EXPECT_TRUE(repeat->repeated);
  EXPECT_EQ(repeat->id, first->id);
  EXPECT_EQ(repeat->to, first->to);
  EXPECT_EQ(repeat->at, first->at);
  EXPECT_EQ(*world_.sqlite->Dump(), before) << "nothing was done";

  SendWrite other = write_;
  other.once = MakeIdempotencyKey(account_, CredentialRow(1), "/send", "key", "another command");
  const auto conflict = Send(other);
  ASSERT_FALSE(conflict);
  EXPECT_EQ(conflict.error().code, base::ErrorCode::kIdempotencyConflict);

  world_.scheduler.RunFor(std::chrono::hours(1));
  const auto later = Send(write_);
  ASSERT_TRUE(later) << "after a day the key is free";
  EXPECT_NE(later->id, first->id);
}

TEST_F(SendOperation, AnswersARepeatEvenWhenItWouldBeRefusedNow) {
  write_.once = MakeIdempotencyKey(account_, CredentialRow(1), "/send", "key", "command");
  const auto first = Send(write_);
  ASSERT_TRUE(world_.Write([&](Transaction& tx) {
    Channel deleting = channel_;
    deleting.state = ChannelState::kDeleting;
    return tx.channels().Update(deleting);
  }));
  const auto repeat = Send(write_);
  ASSERT_TRUE(repeat);
  EXPECT_EQ(repeat->id, first->id);
}

TEST_F(SendOperation, KeepsNoRecordOfARefusal) {
  write_.once = MakeIdempotencyKey(account_, CredentialRow(1), "/send", "key", "command");
  write_.customer_window = true;
  EXPECT_FALSE(Send(write_));
  write_.customer_window = false;
  const auto now = Send(write_);
  ASSERT_TRUE(now);
  EXPECT_FALSE(now->repeated);
}

}  // namespace
}  // namespace parley::core
