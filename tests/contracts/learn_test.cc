// What an account knows of people: numbers, LIDs and usernames that turn out to be one person.
#include "core/contacts/learn.h"

#include <gtest/gtest.h>

#include "core/contacts/contact_store.h"
#include "core/contacts/resolve.h"
#include "core/contacts/spelling.h"
#include "core/messages/message_store.h"
#include "core/messages/send.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

Peer WithPhone(std::string phone) {
  Peer peer;
  peer.phone = std::move(phone);
  return peer;
}
Peer WithLid(std::string lid) {
  Peer peer;
  peer.lid = std::move(lid);
  return peer;
}
Peer WithUsername(std::string username) {
  Peer peer;
  peer.username = std::move(username);
  return peer;
}
Peer Together(const Peer& a, const Peer& b) {
  Peer peer = a;
  if (!b.phone.empty()) peer.phone = b.phone;
  if (!b.lid.empty()) peer.lid = b.lid;
  if (!b.username.empty()) peer.username = b.username;
  return peer;
}

class Learn : public ::testing::Test {
 protected:
  Learn() : account_(world_.AddAccount("ours")) {
    channel_ = world_.AddChannel(account_, ChannelState::kConnected);
  }

  Person Hear(const Peer& peer) {
    return *world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) mutable {
      return LearnPeer(tx, account_, peer, stamp);
    });
  }
  Chat ChatOf(const Peer& peer, const Channel& channel) {
    return *world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) mutable {
      return ChatWithPeer(tx, channel, peer, stamp);
    });
  }
  MessageId SendTo(const Peer& peer, const Channel& channel, const std::string& text) {
    SendWrite write;
    write.account = account_;
    write.channel = channel.row;
    write.to = peer.address();
    write.content = TextContent{text};
    world_.scheduler.RunFor(std::chrono::seconds(1));
    return world_
        .Write(
            [write, stamp = world_.NewStamp()](Transaction& tx) { return Send(tx, write, stamp); })
        ->id;
  }
  std::optional<Person> Find(const Peer& peer) {
    return *world_.Read(
        [&](const Transaction& tx) { return tx.contacts().FindPerson(account_, peer.address()); });
  }
  std::optional<Person> FindById(PersonId id) {
    return *world_.Read(
        [&](const Transaction& tx) { return tx.contacts().FindPersonById(account_, id); });
  }
  std::vector<std::string> TextsOf(const Chat& chat) {
    MessageStore::Page page;
    page.channel = chat.channel;
    page.chat = chat.row;
    page.newest_first = false;
    const auto found =
        world_.Read([&](const Transaction& tx) { return tx.messages().List(account_, page); });
    std::vector<std::string> texts;
    for (const MessageInChat& message : *found) {
      EXPECT_EQ(message.message.chat, chat.row);
      texts.push_back(TextOf(message.message.content));
    }
    return texts;
  }
  const PersonsMerged* LastMerge() {
    events_ = world_.Events();
    return events_.empty() ? nullptr : std::get_if<PersonsMerged>(&events_.back().body);
  }

  testing::StoreWorld world_;
  const AccountRow account_;
  Channel channel_;
  std::vector<Event> events_;
};

const Peer kPhone = WithPhone("15550100"), kLid = WithLid("9001"), kName = WithUsername("bob");

TEST_F(Learn, MakesAPersonOnceAndBringsItUpToDate) {
  const Person first = Hear(kPhone);
  Peer named = kPhone;
  named.push_name = "Bob";
  named.is_business = true;
  const Person again = Hear(named);
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(Find(kPhone)->peer.push_name, "Bob");
  EXPECT_TRUE(Hear(kPhone).peer.is_business) << "silence takes nothing back";
  named.push_name = "Robert";
  Hear(named);
  EXPECT_EQ(Find(kPhone)->peer.push_name, "Robert");
  EXPECT_TRUE(world_.Events().empty());
}

TEST_F(Learn, AddsALidToANumberItKnows) {
  const Person first = Hear(kPhone);
  const Person both = Hear(Together(kPhone, kLid));
  EXPECT_EQ(both.id, first.id);
  EXPECT_EQ(Find(kLid)->id, first.id);
  EXPECT_TRUE(world_.Events().empty()) << "nobody was merged";
}

// Whichever was known first is kept; a redirect stays; one event says so.
class Merge : public Learn, public ::testing::WithParamInterface<bool> {};

TEST_P(Merge, KeepsTheOlderPerson) {
  const Peer first = GetParam() ? kPhone : kLid, second = GetParam() ? kLid : kPhone;
  const Person older = Hear(first), newer = Hear(second);
  ASSERT_NE(older.id, newer.id);
  const Person merged = Hear(Together(kPhone, kLid));
  EXPECT_EQ(merged.id, older.id);
  EXPECT_EQ(merged.row, older.row);
  EXPECT_EQ(merged.peer.phone, "15550100");
  EXPECT_EQ(merged.peer.lid, "9001");
  EXPECT_EQ(Find(kPhone)->id, older.id);
  EXPECT_EQ(Find(kLid)->id, older.id);
  EXPECT_EQ(FindById(newer.id)->id, older.id) << "the redirect";
  const PersonsMerged* event = LastMerge();
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(event->kept, older.id);
  EXPECT_EQ(event->dropped, newer.id);
  EXPECT_EQ(event->peer.address().value, "15550100");
  EXPECT_EQ(world_.Events().size(), 1u);
  EXPECT_EQ(Hear(Together(kPhone, kLid)).id, older.id);
  EXPECT_EQ(world_.Events().size(), 1u) << "the same news once more is none";
}

TEST_P(Merge, MovesTheMessagesIntoTheOlderChat) {
  const Peer first = GetParam() ? kPhone : kLid, second = GetParam() ? kLid : kPhone;
  const Chat older = ChatOf(first, channel_), newer = ChatOf(second, channel_);
  const MessageId one = SendTo(first, channel_, "one");
  SendTo(second, channel_, "two");
  SendTo(first, channel_, "three");
  const MessageId four = SendTo(second, channel_, "four");
  const Chat merged = ChatOf(Together(kPhone, kLid), channel_);
  EXPECT_EQ(merged.row, older.row);
  EXPECT_EQ(TextsOf(merged), (std::vector<std::string>{"one", "two", "three", "four"}));
  for (const MessageId id : {one, four}) {
    const auto found =
        world_.Read([&](const Transaction& tx) { return tx.messages().FindById(account_, id); });
    ASSERT_TRUE(found && *found) << "messages keep their ids";
    EXPECT_EQ((*found)->chat.row, older.row);
    EXPECT_EQ((*found)->chat.peer.lid, "9001");
  }
  const auto gone = world_.Read(
      [&](const Transaction& tx) { return tx.contacts().FindChatByRow(account_, newer.row); });
  EXPECT_FALSE(*gone);
  const auto latest =
      world_.Read([&](const Transaction& tx) { return tx.messages().LatestAt(merged.row); });
  EXPECT_EQ(*latest, world_.scheduler.Now());
}

TEST_P(Merge, KeepsTheWiderWindow) {
  const Peer first = GetParam() ? kPhone : kLid, second = GetParam() ? kLid : kPhone;
  const Chat older = ChatOf(first, channel_), newer = ChatOf(second, channel_);
  const base::Time until = world_.scheduler.Now() + std::chrono::hours(5);
  ASSERT_TRUE(world_.Write([&](Transaction& tx) -> base::Result<void> {
    PARLEY_CHECK(tx.contacts().WidenWindow(older, until - std::chrono::hours(1)));
    return tx.contacts().WidenWindow(newer, until);
  }));
  EXPECT_EQ(ChatOf(Together(kPhone, kLid), channel_).window_until, until);
}

INSTANTIATE_TEST_SUITE_P(BothOrders, Merge, ::testing::Bool(), [](const auto& order) {
  return order.param ? "NumberFirst" : "LidFirst";
});

TEST_F(Learn, PointsAChatThatOnlyTheDroppedPersonHadAtTheKeptOne) {
  const Channel other = world_.AddChannel(account_, ChannelState::kConnected);
  const Chat with_number = ChatOf(kPhone, channel_), with_lid = ChatOf(kLid, other);
  SendTo(kLid, other, "on the other channel");
  Hear(Together(kPhone, kLid));
  EXPECT_EQ(ChatOf(kPhone, channel_).row, with_number.row);
  const Chat moved = ChatOf(kPhone, other);
  EXPECT_EQ(moved.row, with_lid.row);
  EXPECT_EQ(TextsOf(moved), (std::vector<std::string>{"on the other channel"}));
}

TEST_F(Learn, MergesThreeIntoTheOldest) {
  const Person with_name = Hear(kName), with_lid = Hear(kLid), with_number = Hear(kPhone);
  const Person merged = Hear(Together(Together(kPhone, kLid), kName));
  EXPECT_EQ(merged.id, with_name.id);
  EXPECT_EQ(FindById(with_lid.id)->id, with_name.id);
  EXPECT_EQ(FindById(with_number.id)->id, with_name.id);
  EXPECT_EQ(merged.peer.username, "bob");
  EXPECT_EQ(merged.peer.phone, "15550100");
  EXPECT_EQ(world_.EventNames(), (std::vector<std::string>{"person.merged", "person.merged"}));
}

TEST_F(Learn, ShortensRedirectsOfRedirects) {
  const Person oldest = Hear(kName), middle = Hear(kPhone), newest = Hear(kLid);
  Hear(Together(kPhone, kLid));   // the newest goes into the middle one
  Hear(Together(kName, kPhone));  // and that into the oldest
  EXPECT_EQ(FindById(newest.id)->id, oldest.id);
  EXPECT_EQ(FindById(middle.id)->id, oldest.id);
  EXPECT_EQ(Find(kLid)->id, oldest.id);
}

TEST_F(Learn, KeepsTheNameThatTheAccountGave) {
  Peer contact = kLid;
  contact.name = "My plumber";
  contact.push_name = "Old push name";
  Hear(kPhone);
  Hear(contact);
  Peer both = Together(kPhone, kLid);
  both.push_name = "Bob";
  both.name = "Somebody else's name for him";
  const Person merged = Hear(both);
  EXPECT_EQ(merged.peer.name, "My plumber");
  EXPECT_EQ(merged.peer.push_name, "Bob");
  EXPECT_EQ(merged.peer.display_name(), "My plumber");
}

TEST_F(Learn, KnowsNothingOfOtherAccounts) {
  const AccountRow theirs = world_.AddAccount("theirs");
  const Person ours = Hear(kPhone);
  const Person foreign = *world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) mutable {
    return LearnPeer(tx, theirs, Together(kPhone, kLid), stamp);
  });
  EXPECT_NE(foreign.id, ours.id);
  EXPECT_FALSE(Find(kLid)) << "what they learned is theirs";
  EXPECT_FALSE(FindById(foreign.id));
  EXPECT_TRUE(world_.Events().empty());
}

TEST_F(Learn, ANumberFindsItsPersonInEitherSpelling) {
  const Peer dialled = WithPhone("525617554529"), known = WithPhone("5215617554529");
  const Person person = Hear(dialled);
  const Person same = Hear(known);
  EXPECT_EQ(same.id, person.id);
  EXPECT_EQ(same.peer.phone, "5215617554529") << "as the network says it";
  const auto find = [&](const Peer& peer) {
    return *world_.Read(
        [&](const Transaction& tx) { return FindPersonAt(tx, account_, peer.address()); });
  };
  EXPECT_EQ(find(dialled)->id, person.id);
  EXPECT_EQ(find(known)->id, person.id);
  EXPECT_FALSE(find(WithPhone("525617554520")));
  EXPECT_EQ(ChatOf(dialled, channel_).row, ChatOf(known, channel_).row);
}

// Stored before both spellings were known to be one.
TEST_F(Learn, TwoPersonsWithTheSpellingsOfOneNumberAreMerged) {
  const Peer known = WithPhone("5215617554529"), dialled = WithPhone("525617554529");
  const auto insert = [&](const Peer& peer) {
    return *world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) mutable {
      return InsertPerson(tx, account_, peer, stamp);
    });
  };
  const Person older = insert(dialled), newer = insert(known);
  ASSERT_NE(older.row, newer.row);
  SendTo(dialled, channel_, "one");
  SendTo(known, channel_, "two");
  const Person merged = Hear(known);
  EXPECT_EQ(merged.id, older.id);
  EXPECT_EQ(merged.peer.phone, "5215617554529");
  ASSERT_NE(LastMerge(), nullptr);
  EXPECT_EQ(TextsOf(ChatOf(known, channel_)), (std::vector<std::string>{"one", "two"}));
}

}  // namespace
}  // namespace parley::core
