// Whose names are whose: what stands in the address book of one channel's phone is none of the
// others' business.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/channels/deletion.h"
#include "core/channels/reports.h"
#include "core/contacts/change.h"
#include "core/contacts/contact_store.h"
#include "core/contacts/learn.h"
#include "core/contacts/spelling.h"
#include "core/events.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Books : public ::testing::Test {
 protected:
  Books()
      : account_(world_.AddAccount("ours")),
        one_(world_.AddChannel(account_, ChannelState::kConnected)),
        two_(world_.AddChannel(account_, ChannelState::kConnected)) {}

  static Peer Phone(std::string phone) {
    Peer peer;
    peer.phone = std::move(phone);
    return peer;
  }
  // The channel's phone tells so; no channel: a program does, for the account.
  void Name(const Channel* channel, std::string phone, std::string name) {
    ContactNews news;
    news.peer = Phone(std::move(phone));
    news.name = std::move(name);
    ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
      Stamp ids = stamp;
      return ChangeContact(tx, account_, channel, news, ids);
    }));
  }
  std::vector<std::string> NamesFor(std::optional<ChannelRow> channel) {
    ContactStore::ContactPage page;
    page.of = channel;
    auto people = *world_.Read(
        [&](const Transaction& tx) { return tx.contacts().ListContacts(account_, page); });
    std::vector<std::string> names;
    for (const Person& person : people) names.push_back(person.peer.name);
    return names;
  }
  // The news of contacts, "new Bob" or "Bob".
  std::vector<std::string> News() {
    std::vector<std::string> news;
    for (const Event& event : world_.Events())
      if (const auto* changed = std::get_if<ContactChanged>(&event.body))
        news.push_back((changed->is_new ? "new " : "") + changed->peer.name);
    return news;
  }

  // In how many steps.
  int Delete(const Channel& channel) {
    const auto write = [this](auto closure) {
      auto done = world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
        Stamp ids = stamp;
        return closure(tx, ids);
      });
      EXPECT_TRUE(done);
      return done;
    };
    write([&](Transaction& tx, Stamp& ids) {
      return RequestDeletion(tx, account_, channel.row, ids);
    });
    const auto deleting = world_.Read(
        [&](const Transaction& tx) { return tx.channels().Find(account_, channel.row); });
    for (int steps = 1; steps < 100; ++steps) {
      const auto gone =
          write([&](Transaction& tx, Stamp& ids) { return DeleteStep(tx, **deleting, ids); });
      if (!gone || *gone) return steps;
    }
    return 100;
  }

  testing::StoreWorld world_;
  const AccountRow account_;
  const Channel one_, two_;
};

TEST_F(Books, AChannelListsItsOwnAndTheAccountsNames) {
  Name(&one_, "15550100", "Bob of one");
  Name(&two_, "15550101", "Eve of two");
  Name(nullptr, "15550102", "Dan of the account");
  EXPECT_THAT(NamesFor(one_.row), ElementsAre("Bob of one", "Dan of the account"));
  EXPECT_THAT(NamesFor(two_.row), ElementsAre("Eve of two", "Dan of the account"));
  EXPECT_THAT(NamesFor(std::nullopt),
              ElementsAre("Bob of one", "Eve of two", "Dan of the account"));
}

TEST_F(Books, WhoIsStruckOutOfOneStaysInTheOther) {
  Name(&one_, "15550100", "Bob");
  Name(&two_, "15550100", "Bob");
  Name(&one_, "15550100", "");
  EXPECT_THAT(NamesFor(one_.row), IsEmpty());
  EXPECT_THAT(NamesFor(two_.row), ElementsAre("Bob"));
  Name(&two_, "15550100", "");
  EXPECT_THAT(NamesFor(std::nullopt), IsEmpty());
  EXPECT_THAT(News(), ElementsAre("new Bob", "new Bob", "", ""))
      << "to the second, it is a new contact; and each is told that it is none any more";
}

TEST_F(Books, NewsOfAChannelHasNoNameOfOthers) {
  Name(&one_, "15550100", "Bob of one");
  ContactNews news;
  news.peer = Phone("15550100");
  news.blocked = true;
  ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
    Stamp ids = stamp;
    return ChangeContact(tx, account_, &two_, news, ids);
  }));
  EXPECT_THAT(News(), ElementsAre("new Bob of one", ""));
  Name(&two_, "15550100", "Bob of two");
  EXPECT_THAT(News(), ElementsAre("new Bob of one", "", "new Bob of two"));
}

TEST_F(Books, WhomTheAccountStrikesOutIsInNoBook) {
  Name(&one_, "15550100", "Bob");
  Name(&two_, "15550100", "Bob");
  Name(nullptr, "15550100", "");
  EXPECT_THAT(NamesFor(std::nullopt), IsEmpty());
  Name(nullptr, "15550100", "Bob again");
  EXPECT_THAT(NamesFor(one_.row), ElementsAre("Bob again"));
  Name(&one_, "15550100", "");
  EXPECT_THAT(NamesFor(std::nullopt), IsEmpty()) << "the second phone has him no more, either";
}

TEST_F(Books, WhomTheAccountNamesIsNoLongerOnePhonesAlone) {
  Name(&one_, "15550100", "Bob of one");
  Name(nullptr, "15550100", "Bob of the account");
  EXPECT_THAT(NamesFor(one_.row), ElementsAre("Bob of the account"));
  EXPECT_THAT(NamesFor(two_.row), ElementsAre("Bob of the account"));
}

// The account keeps the names, and no other session is shown what its phone had. But nobody has to
// strike them out of it.
TEST_F(Books, OfAChannelThatIsGoneKeepNoName) {
  Name(&one_, "15550100", "Bob of one");
  Name(&one_, "15550101", "Eve of both");
  Name(&two_, "15550101", "Eve of both");
  EXPECT_EQ(Delete(one_), 2);  // the first says that it goes on
  EXPECT_THAT(NamesFor(std::nullopt), ElementsAre("Bob of one", "Eve of both"));
  EXPECT_THAT(NamesFor(two_.row), ElementsAre("Eve of both"));
  Name(&two_, "15550100", "");
  EXPECT_THAT(NamesFor(std::nullopt), ElementsAre("Bob of one", "Eve of both"))
      << "who never was in it is not struck out";
  Name(&two_, "15550101", "");
  EXPECT_THAT(NamesFor(std::nullopt), ElementsAre("Bob of one"));
  Name(nullptr, "15550100", "Bob of the account");
  EXPECT_THAT(NamesFor(two_.row), ElementsAre("Bob of the account"));
}

TEST_F(Books, AreClosedInSteps) {
  for (int i = 0; i < 1001; ++i) Name(&one_, std::to_string(15551000 + i), "Somebody");
  EXPECT_EQ(Delete(one_), 3);
  const auto left =
      world_.Write([&](Transaction& tx) { return tx.contacts().CloseBook(one_.row, 10000); });
  EXPECT_EQ(*left, 0);
  EXPECT_THAT(NamesFor(two_.row), IsEmpty());
}

TEST_F(Books, FollowPersonsThatAreMerged) {
  Name(&one_, "15550100", "Bob");
  Peer lid;
  lid.lid = "77000100";
  Peer both = Phone("15550100");
  both.lid = lid.lid;
  for (const Peer& peer : {lid, both})
    ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
      Stamp ids = stamp;
      return LearnPeer(tx, account_, peer, ids);
    }));
  EXPECT_THAT(NamesFor(one_.row), ElementsAre("Bob"));
  EXPECT_THAT(NamesFor(two_.row), IsEmpty());
}

}  // namespace
}  // namespace parley::core
