#include "link/multidevice/messaging.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/contacts/contact_store.h"
#include "core/messages/link_id.h"
#include "core/messages/message_store.h"
#include "link/multidevice/bundles.h"
#include "link/multidevice/test_world.h"
#include "proto/history.pb.h"
#include "wire/binary/inflate.h"

namespace parley::link::multidevice {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr const char* kAnn = "15550100";
constexpr const char* kBob = "15550200";

// Ann's companion and Bob's, each with the phone that it belongs to.
class MessagesBetween : public ::testing::Test {
 protected:
  MessagesBetween()
      : ann_phone(world.Add(kAnn, 0)),
        bob_phone(world.Add(kBob, 0)),
        ann(world.Add(kAnn, 3)),
        bob(world.Add(kBob, 4)) {}
  ~MessagesBetween() override {
    EXPECT_FALSE(world.network.key_used_twice);
    for (const auto& engine : world.engines) engine->Crash();
  }

  // What `from` has sent of that tag and type.
  static int Sent(const TestEngine& from, std::string_view tag, std::string_view type) {
    int count = 0;
    for (const Node& node : from.member.sent)
      count += node.tag == tag && node.Find("type").value_or("") == type;
    return count;
  }
  // Errors in acknowledgements of messages.
  static std::vector<std::string> Refusals(const TestEngine& from) {
    std::vector<std::string> errors;
    for (const Node& node : from.member.sent)
      if (node.tag == "ack" && node.Find("class") == "message" && node.Find("error"))
        errors.emplace_back(*node.Find("error"));
    return errors;
  }

  TestWorld world;
  TestEngine &ann_phone, &bob_phone, &ann, &bob;
};

TEST_F(MessagesBetween, TextReachesAllDevicesOfBothSides) {
  const core::MessageId hello = ann.Say(kBob, "hello");
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("hello"));
  EXPECT_THAT(bob_phone.Heard(), ElementsAre("hello"));
  EXPECT_THAT(ann_phone.Copied(), ElementsAre("hello"));
  EXPECT_THAT(ann_phone.Heard(), IsEmpty());
  EXPECT_EQ(ann.StatusOf(hello), core::MessageStatus::kDelivered);
  bob.Say(kAnn, "hi");
  world.Run();
  EXPECT_THAT(ann.Heard(), ElementsAre("hi"));
  EXPECT_THAT(bob_phone.Copied(), ElementsAre("hi"));
  const core::Peer peer = ann.Messages().back().chat.peer;
  EXPECT_EQ(peer.phone, kBob);
  EXPECT_EQ(peer.lid, LidOf(kBob));
  EXPECT_EQ(peer.push_name, std::string("name of ") + kBob);
}

TEST_F(MessagesBetween, ALongConversationThatCrosses) {
  std::vector<std::string> from_ann, from_bob;
  for (int i = 0; i < 30; ++i) {
    from_ann.push_back("a" + std::to_string(i));
    from_bob.push_back("b" + std::to_string(i));
    ann.Say(kBob, from_ann.back());
    bob.Say(kAnn, from_bob.back());
    if (i % 3 == 0) world.Run();  // the first ones cross, and so do most others
  }
  world.Run();
  EXPECT_EQ(bob.Heard(), from_ann);
  EXPECT_EQ(ann.Heard(), from_bob);
  EXPECT_EQ(bob_phone.Heard(), from_ann);
  EXPECT_EQ(Sent(ann, "receipt", "retry") + Sent(bob, "receipt", "retry"), 0);
}

TEST_F(MessagesBetween, AMessageWithoutAnAckIsSentAgainAndHeardOnce) {
  int acks = 0;
  world.network.on_ack = [&](Node&) { return ++acks > 1; };
  bob.Disconnect();  // so that no receipt tells that it arrived
  bob_phone.Disconnect();
  const core::MessageId id = ann.Say(kBob, "once");
  world.Run();
  EXPECT_EQ(acks, 2);
  bob.Connect();
  bob_phone.Connect();
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("once"));
  EXPECT_THAT(ann_phone.Copied(), ElementsAre("once"));
  EXPECT_EQ(ann.StatusOf(id), core::MessageStatus::kDelivered);
}

TEST_F(MessagesBetween, WhatCameWhileAwayIsThereAfterwards) {
  ann.Say(kBob, "first");
  world.Run();
  bob.Disconnect();
  for (int i = 0; i < 5; ++i) ann.Say(kBob, "away " + std::to_string(i));
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("first"));
  bob.Connect();
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("first", "away 0", "away 1", "away 2", "away 3", "away 4"));
}

TEST_F(MessagesBetween, TheSameStanzaAgainIsNoNews) {
  Node kept;
  world.network.on_delivery = [&](Node& message, const Jid& to) {
    if (to.device == 4) kept = message;
    return true;
  };
  ann.Say(kBob, "once");
  world.Run();
  const int receipts = Sent(bob, "receipt", "");
  world.network.Push(bob.member, kept);
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("once"));
  EXPECT_EQ(Sent(bob, "receipt", ""), receipts + 1);  // acknowledged all the same
  EXPECT_EQ(Sent(bob, "receipt", "retry"), 0);
  EXPECT_THAT(Refusals(bob), IsEmpty());
}

TEST_F(MessagesBetween, ADamagedMessageIsAskedForAndComesAgain) {
  int damaged = 0;
  world.network.on_delivery = [&](Node& message, const Jid& to) {
    if (to.device != 4 || damaged == 2) return true;
    ++damaged;
    auto& bytes = std::get<Bytes>(std::get<Node::Children>(message.content).front().content).value;
    bytes[bytes.size() / 2] ^= 1;
    return true;
  };
  ann.Say(kBob, "damaged twice");
  world.Run();
  EXPECT_EQ(damaged, 2);
  EXPECT_THAT(bob.Heard(), ElementsAre("damaged twice"));
  EXPECT_EQ(Sent(bob, "receipt", "retry"), 2);
  world.network.on_delivery = nullptr;
  ann.Say(kBob, "and on");
  bob.Say(kAnn, "yes");
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("damaged twice", "and on"));
  EXPECT_THAT(ann.Heard(), ElementsAre("yes"));
}

// As whatsmeow does, which seals one message while another one moves its ratchet.
TEST_F(MessagesBetween, AKeyThatSomebodyUsedTwiceLosesNothing) {
  Node first;
  int swapped = 0;
  world.network.on_delivery = [&](Node& message, const Jid& to) {
    if (to.device != 4) return true;
    if (first.tag.empty()) {
      first = message;
    } else if (swapped++ == 0) {
      message.content = first.content;
    }
    return true;
  };
  ann.Say(kBob, "one");
  world.Run();
  ann.Say(kBob, "two");
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("one", "two"));
  EXPECT_EQ(Sent(bob, "receipt", "retry"), 1);
}

TEST_F(MessagesBetween, WhatNeverOpensIsGivenUp) {
  world.network.on_delivery = [&](Node& message, const Jid& to) {
    if (to.device == 4)
      std::get<Bytes>(std::get<Node::Children>(message.content).front().content).value.back() ^= 1;
    return true;
  };
  ann.Say(kBob, "never");
  world.Run(std::chrono::hours(1));
  EXPECT_THAT(bob.Heard(), IsEmpty());
  EXPECT_EQ(Sent(bob, "receipt", "retry"), static_cast<int>(kMaxRetriesAsked));
  EXPECT_THAT(bob.member.pending, IsEmpty());
}

TEST_F(MessagesBetween, NobodyElseGetsAMessageByAskingForIt) {
  TestEngine& eve = world.Add("15550666", 0);
  const core::MessageId id = ann.Say(kBob, "for bob");
  world.Run();
  const auto messages = Sent(ann, "message", "text");
  Node ask(
      "receipt",
      {{"id", core::LinkIdOf(id)}, {"type", "retry"}, {"from", eve.member.lid.Text()}, {"t", "1"}});
  ask.content = Node::Children{
      Node("retry", {{"count", "1"}, {"id", core::LinkIdOf(id)}, {"t", "1"}, {"v", "1"}}),
      Node("registration", {}, Bytes{BigEndian(eve.member.bundle.registration_id, 4)})};
  world.network.Push(ann.member, ask);
  world.Run();
  EXPECT_EQ(Sent(ann, "message", "text"), messages);
  EXPECT_THAT(eve.Heard(), IsEmpty());
  EXPECT_THAT(ann.member.pending, IsEmpty());  // answered by an acknowledgement
}

TEST_F(MessagesBetween, WithoutOneTimeKeysASessionBeginsAllTheSame) {
  bob.member.one_time.clear();
  ann.Say(kBob, "no one-time key");
  world.Run();
  EXPECT_THAT(bob.Heard(), ElementsAre("no one-time key"));
}

TEST_F(MessagesBetween, WhoIsSetUpAnewIsWrittenToAnew) {
  ann.Say(kBob, "before");
  world.Run();
  bob.Say(kAnn, "answer");
  world.Run();
  bob.SetUpAnew(77);
  bob.Connect();
  ann.Say(kBob, "after");
  world.Run();
  EXPECT_THAT(bob.Heard(), Contains("after"));
  bob.Say(kAnn, "it is me");
  ann.Say(kBob, "and on");
  world.Run();
  EXPECT_THAT(ann.Heard(), ElementsAre("answer", "it is me"));
  EXPECT_THAT(bob.Heard(), Contains("and on"));
}

TEST_F(MessagesBetween, ADeviceThatIsGoneGetsNothingMore) {
  ann.Say(kBob, "to all");
  world.Run();
  Node gone("notification", {{"id", "n1"},
                             {"type", "devices"},
                             {"from", Jid(kBob, JidServer::kUser).Text()},
                             {"t", "1"}});
  gone.content = Node::Children{
      Node("remove", {}, Node::Children{Node("device", {{"jid", bob.member.number.Text()}})})};
  world.network.Push(ann.member, gone);
  bob.Disconnect();
  world.network.Remove(bob.member.number);
  world.Run();
  EXPECT_THAT(ann.member.pending, IsEmpty());
  ann.Say(kBob, "to the phone");
  world.Run();
  EXPECT_THAT(bob_phone.Heard(), ElementsAre("to all", "to the phone"));
  const Node& last = ann.member.sent.back().tag == "message"
                         ? ann.member.sent.back()
                         : *std::find_if(ann.member.sent.rbegin(), ann.member.sent.rend(),
                                         [](const Node& node) { return node.tag == "message"; });
  EXPECT_EQ(last.FindChild("participants")->children().size(), 2u);
}

TEST_F(MessagesBetween, AnAckThatKnowsOfOtherDevicesMakesUsAsk) {
  ann.Say(kBob, "first");
  world.Run();
  const int asked = world.network.queries;
  world.network.on_ack = [&](Node& ack) {
    ack.attributes.push_back(Attribute{"phash", "2:abcdefgh"});
    return true;
  };
  ann.Say(kBob, "second");
  world.Run();
  EXPECT_EQ(world.network.queries, asked);
  ann.Say(kBob, "third");
  world.Run();
  EXPECT_EQ(world.network.queries, asked + 1);
}

TEST_F(MessagesBetween, ARefusalIsFinalOrNot) {
  world.network.on_ack = [](Node& ack) {
    ack.attributes.push_back(Attribute{"error", "463"});
    return true;
  };
  const core::MessageId id = ann.Say(kBob, "refused");
  world.Run();
  EXPECT_EQ(ann.StatusOf(id), core::MessageStatus::kFailed);
  EXPECT_EQ(ann.Get(id).failure->code, "463");
  int refusals = 0;
  world.network.on_ack = [&](Node& ack) {
    if (refusals++ == 0) ack.attributes.push_back(Attribute{"error", "479"});
    return true;
  };
  const core::MessageId later = ann.Say(kBob, "later");
  world.Run();
  EXPECT_EQ(refusals, 2);
  EXPECT_EQ(ann.StatusOf(later), core::MessageStatus::kDelivered);
}

TEST_F(MessagesBetween, ANumberThatNobodyHasIsNotOnTheNetwork) {
  const core::MessageId id = ann.Say("15559999", "anybody?");
  world.Run();
  EXPECT_EQ(ann.StatusOf(id), core::MessageStatus::kFailed);
  EXPECT_EQ(ann.Get(id).failure->code, "not_on_network");
}

TEST_F(MessagesBetween, NobodySpeaksForUsButOurselves) {
  world.network.on_delivery = [&](Node& message, const Jid& to) {
    if (to.device == 4)
      message.attributes.push_back(Attribute{"recipient", "15550300@s.whatsapp.net"});
    return true;
  };
  ann.Say(kBob, "as if bob had written it");
  world.Run();
  EXPECT_THAT(bob.Heard(), IsEmpty());
  EXPECT_THAT(bob.Copied(), IsEmpty());
  EXPECT_THAT(Refusals(bob), ElementsAre("487"));
}

// ------------------------------------------------------------------------------------- kinds

TEST_F(MessagesBetween, QuotesReactionsEditsAndDeletesFindTheirMessage) {
  const core::MessageId first = ann.Say(kBob, "first");
  world.Run();
  const core::MessageId theirs = bob.Messages().back().message.id;
  const core::MessageId answer = bob.Queue(kAnn, core::TextContent{"answer"}, theirs);
  core::ReactionContent heart;
  heart.target = theirs;
  heart.emoji = "\xe2\x9d\xa4";
  bob.Queue(kAnn, heart);
  world.Run();
  const core::Message heard = ann.Messages().back().message;
  EXPECT_EQ(core::TextOf(heard.content), "answer");
  EXPECT_EQ(heard.quoted, first);
  const auto reactions = *world.Read([row = ann.Get(first).row](const core::Transaction& tx) {
    return tx.messages().Reactions(row);
  });
  ASSERT_EQ(reactions.size(), 1u);
  EXPECT_EQ(reactions.front().emoji, heart.emoji);
  EXPECT_EQ(reactions.front().peer.phone, kBob);

  core::EditContent edit;
  edit.target = answer;
  edit.body = "better answer";
  bob.Queue(kAnn, edit);
  world.Run();
  EXPECT_THAT(ann.Heard(), ElementsAre("better answer"));
  EXPECT_THAT(bob_phone.Copied(), ElementsAre("better answer"));
  core::DeleteContent gone;
  gone.target = answer;
  bob.Queue(kAnn, gone);
  world.Run();
  EXPECT_EQ(ann.Messages().back().message.status, core::MessageStatus::kDeleted);
}

TEST_F(MessagesBetween, PlacesAndContactsArrive) {
  core::LocationContent place;
  place.latitude = 52.5;
  place.longitude = -13.25;
  place.name = "Here";
  ann.Queue(kBob, place);
  core::ContactsContent cards;
  cards.cards.resize(2);
  cards.cards[0].formatted_name = "Carl";
  cards.cards[0].phones.emplace() = {core::ContactCard::Phone{"+1 555 0300", "CELL", "15550300"}};
  cards.cards[1].formatted_name = "Dora";
  ann.Queue(kBob, cards);
  world.Run();
  const auto messages = bob.Messages();
  ASSERT_EQ(messages.size(), 2u);
  const auto& there = std::get<core::LocationContent>(messages[0].message.content);
  EXPECT_EQ(there.latitude, 52.5);
  EXPECT_EQ(there.longitude, -13.25);
  EXPECT_EQ(there.name, "Here");
  const auto& seen = std::get<core::ContactsContent>(messages[1].message.content);
  ASSERT_EQ(seen.cards.size(), 2u);
  EXPECT_EQ(seen.cards[0].phones->front().wa_id, "15550300");
  EXPECT_EQ(seen.cards[1].formatted_name, "Dora");
}

TEST_F(MessagesBetween, VotesAreReadByWhoeverHasThePoll) {
  core::PollContent poll;
  poll.question = "When?";
  poll.options = {"today", "tomorrow"};
  const core::MessageId asked = ann.Queue(kBob, poll);
  world.Run();
  ASSERT_EQ(bob.Messages().size(), 1u);
  const core::Message theirs = bob.Messages().front().message;
  core::VoteContent vote;
  vote.target = theirs.id;
  vote.options = {"tomorrow"};
  bob.Queue(kAnn, vote);
  world.Run();
  const auto votes = [&](core::MessageRow row) {
    return *world.Read([row](const core::Transaction& tx) { return tx.messages().Votes(row); });
  };
  const auto seen = votes(ann.Get(asked).row);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_THAT(seen.front().options, ElementsAre("tomorrow"));
  EXPECT_EQ(seen.front().peer.phone, kBob);
  // The voter's own phone has the poll, and the vote as a copy.
  const core::Message on_phone = bob_phone.Messages().front().message;
  EXPECT_THAT(votes(on_phone.row).front().options, ElementsAre("tomorrow"));
  // And who asked votes, too.
  core::VoteContent own;
  own.target = asked;
  own.options = {"today"};
  ann.Queue(kBob, own);
  world.Run();
  EXPECT_EQ(votes(theirs.row).size(), 2u);
}

// ------------------------------------------------------------------------ phone, requests, calls

std::string EncodedHistory() {
  proto::HistorySync sync;
  auto& pair = *sync.add_phone_number_to_lid_mappings();
  pair.set_pn_jid("15550700@s.whatsapp.net");
  pair.set_lid_jid("915550700@lid");
  auto& name = *sync.add_pushnames();
  name.set_id("915550700@lid");
  name.set_pushname("Grace");
  proto::Message message;
  auto& news = *message.mutable_protocol_message();
  news.set_type(proto::ProtocolMessage::HISTORY_SYNC_NOTIFICATION);
  news.mutable_history_sync_notification()->set_initial_hist_bootstrap_inline_payload(
      wire::binary::Deflate(sync.SerializeAsString()));
  return message.SerializeAsString();
}

TEST_F(MessagesBetween, TheOwnPhoneTellsNamesAndWhoIsWho) {
  TestVoice phone(world, ann_phone);
  phone.Say(ann, EncodedHistory(), {{"category", "peer"}});
  EXPECT_EQ(Sent(ann, "receipt", "peer_msg"), 1);
  EXPECT_EQ(Sent(ann, "receipt", "hist_sync"), 1);
  const auto person = *world.Read([account = ann.channel.account](const core::Transaction& tx) {
    return tx.contacts().FindPerson(account, core::Address{core::AddressKind::kPhone, "15550700"});
  });
  ASSERT_TRUE(person);
  EXPECT_EQ(person->peer.push_name, "Grace");
  EXPECT_EQ(person->peer.lid, "915550700");
}

TEST_F(MessagesBetween, ThePhonesNewsSurviveADeathAtAnyWrite) {
  for (int at = 1; at < 4; ++at) {
    ann.events->dies_at = ann.events->reports + at;
    TestVoice phone(world, ann_phone);
    phone.Say(ann, EncodedHistory(), {{"category", "peer"}});
    ann.Crash();
    ann.Connect();
    world.Run();
    EXPECT_THAT(ann.member.pending, IsEmpty());
    const auto person = *world.Read([account = ann.channel.account](const core::Transaction& tx) {
      return tx.contacts().FindPerson(account,
                                      core::Address{core::AddressKind::kPhone, "15550700"});
    });
    ASSERT_TRUE(person) << at;
    EXPECT_EQ(person->peer.push_name, "Grace");
  }
}

TEST_F(MessagesBetween, NobodyElseTellsThem) {
  TestVoice stranger(world, bob_phone);
  stranger.Say(ann, EncodedHistory(), {{"category", "peer"}});
  EXPECT_EQ(Sent(ann, "receipt", "hist_sync"), 0);
  EXPECT_EQ(ann.topic->unreported().kinds, 1u);
  const auto person = *world.Read([account = ann.channel.account](const core::Transaction& tx) {
    return tx.contacts().FindPerson(account, core::Address{core::AddressKind::kPhone, "15550700"});
  });
  EXPECT_FALSE(person);
}

TEST_F(MessagesBetween, WhatOpensAndIsNoMessageIsRefused) {
  TestVoice voice(world, bob_phone);
  voice.Say(ann, "\xff\xff\xff");
  EXPECT_THAT(Refusals(ann), ElementsAre("491"));
  proto::Message copy;
  copy.mutable_device_sent_message()->set_destination_jid("15550300@s.whatsapp.net");
  copy.mutable_device_sent_message()->mutable_message()->set_conversation("not bob's to copy");
  voice.Say(ann, copy.SerializeAsString());
  EXPECT_THAT(ann.Heard(), IsEmpty());
  EXPECT_THAT(ann.Copied(), IsEmpty());
  proto::Message text;
  text.set_conversation("and on");
  voice.Say(ann, text.SerializeAsString());
  EXPECT_THAT(ann.Heard(), ElementsAre("and on"));
}

TEST_F(MessagesBetween, ReadingIsToldToWhoWrote) {
  const core::MessageId first = ann.Say(kBob, "first"), second = ann.Say(kBob, "second");
  world.Run();
  core::ReadChat read;
  read.chat = core::Address{core::AddressKind::kPhone, kAnn};
  const auto answer = world.Await(bob.topic->Request(read, std::chrono::seconds(5)));
  ASSERT_TRUE(answer);
  // The network brings it to each of her devices.
  for (const Node& node : bob.member.sent)
    if (node.Find("type") == "read") {
      EXPECT_EQ(*node.Find("to"), LidOf(kAnn) + "@lid");
      Node given = node;
      given.attributes.push_back(Attribute{"from", bob.member.lid.Text()});
      world.network.Push(ann.member, given);
    }
  world.Run();
  EXPECT_EQ(ann.StatusOf(first), core::MessageStatus::kRead);
  EXPECT_EQ(ann.StatusOf(second), core::MessageStatus::kRead);
  EXPECT_EQ(Sent(bob, "receipt", "read"), 1);
  core::MarkRead mark;
  mark.link_ids = {core::LinkIdOf(second), "unknown"};
  mark.played = true;
  ASSERT_TRUE(world.Await(bob.topic->Request(mark, std::chrono::seconds(5))));
  EXPECT_EQ(Sent(bob, "receipt", "played"), 1);
  EXPECT_EQ(bob.member.sent.back().Find("id"), core::LinkIdOf(second));
}

TEST_F(MessagesBetween, NumbersAreLookedUp) {
  core::CheckNumbers check;
  check.numbers = {core::Address{core::AddressKind::kPhone, kBob},
                   core::Address{core::AddressKind::kPhone, "15559999"}};
  const auto answer = world.Await(ann.topic->Request(check, std::chrono::seconds(5)));
  ASSERT_TRUE(answer);
  const auto& found = std::get<core::CheckNumbers::Answer>(*answer);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(found[0].on_network);
  EXPECT_EQ(found[0].peer.lid, LidOf(kBob));
  EXPECT_FALSE(found[1].on_network);
  core::ListGroups groups;
  EXPECT_EQ(world.Await(ann.topic->Request(groups, std::chrono::seconds(5))).error().code,
            base::ErrorCode::kNotSupported);
}

TEST_F(MessagesBetween, WhoIsWrittenToMayWriteBackAndTheirTokenGoesAlong) {
  int given = 0;
  world.network.on_query = [&](const Node& query) -> std::optional<Node> {
    if (query.Find("xmlns") == "privacy") ++given;
    return std::nullopt;
  };
  ann.Say(kBob, "first");
  ann.Say(kBob, "second");
  world.Run();
  EXPECT_EQ(given, 1);
  Node token("notification", {{"id", "n2"},
                              {"type", "privacy_token"},
                              {"from", bob.member.lid.WithoutDevice().Text()},
                              {"t", "1"}});
  token.content = Node::Children{
      Node("tokens", {},
           Node::Children{Node("token",
                               {{"type", "trusted_contact"},
                                {"t", std::to_string(base::ToUnixSeconds(world.scheduler.Now()))}},
                               Bytes{"their token"})})};
  world.network.Push(ann.member, token);
  world.Run();
  EXPECT_THAT(ann.member.pending, IsEmpty());
  ann.Say(kBob, "third");
  world.Run();
  const auto last = std::find_if(ann.member.sent.rbegin(), ann.member.sent.rend(),
                                 [](const Node& node) { return node.tag == "message"; });
  ASSERT_NE(last->FindChild("tctoken"), nullptr);
  EXPECT_EQ(last->FindChild("tctoken")->data(), "their token");
  world.Run();
  world.scheduler.RunFor(kTokenWeek);
  ann.Say(kBob, "a week later");
  world.Run();
  EXPECT_EQ(given, 2);
}

TEST_F(MessagesBetween, PeopleAreBlocked) {
  std::vector<Node> asked;
  world.network.on_query = [&](const Node& query) -> std::optional<Node> {
    if (query.Find("xmlns") == "blocklist") asked.push_back(*query.FindChild("item"));
    return std::nullopt;
  };
  core::SetBlocked block;
  block.who = core::Address{core::AddressKind::kPhone, kBob};
  block.blocked = true;
  EXPECT_TRUE(world.Await(ann.topic->Request(block, std::chrono::seconds(5))));
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked.front().Find("jid"), LidOf(kBob) + "@lid");
  EXPECT_EQ(asked.front().Find("pn_jid"), std::string(kBob) + "@s.whatsapp.net");
  block.who.value = "15559999";
  EXPECT_EQ(world.Await(ann.topic->Request(block, std::chrono::seconds(5))).error().code,
            base::ErrorCode::kNotOnNetwork);
}

Node CallOf(const TestEngine& from, const char* tag) {
  Node inside(tag, {{"call-id", "CALL1"}, {"call-creator", from.member.lid.Text()}});
  static int last = 0;
  return Node("call",
              {{"id", "c" + std::to_string(++last)}, {"from", from.member.lid.Text()}, {"t", "1"}},
              Node::Children{inside});
}

TEST_F(MessagesBetween, CallsAreToldAndRejected) {
  const auto told = [&] {
    std::vector<core::CallStatus> statuses;
    for (const core::Event& event : world.Events())
      if (const auto* call = std::get_if<core::CallHappened>(&event.body))
        statuses.push_back(call->call.status);
    return statuses;
  };
  world.network.Push(ann.member, CallOf(bob_phone, "offer"));
  world.network.Push(ann.member, CallOf(bob_phone, "transport"));
  world.Run();
  EXPECT_THAT(told(), ElementsAre(core::CallStatus::kRinging));
  EXPECT_THAT(ann.member.pending, IsEmpty());
  const auto reject = [&](const char* id) {
    core::RejectCall request;
    request.call = id;
    return world.Await(ann.topic->Request(request, std::chrono::seconds(5)));
  };
  EXPECT_EQ(reject("CALL2").error().code, base::ErrorCode::kNotFound);
  EXPECT_TRUE(reject("CALL1"));
  EXPECT_EQ(reject("CALL1").error().code, base::ErrorCode::kInvalidState);
  world.network.Push(ann.member, CallOf(bob_phone, "terminate"));
  world.Run();
  EXPECT_THAT(told(), ElementsAre(core::CallStatus::kRinging, core::CallStatus::kRejected));
  const Node& call = *std::find_if(ann.member.sent.begin(), ann.member.sent.end(),
                                   [](const Node& node) { return node.tag == "call"; });
  EXPECT_EQ(call.FindChild("reject")->Find("call-creator"), bob_phone.member.lid.Text());
}

// --------------------------------------------------------------------------------- crashes

// The process dies at its n-th write, for every n, before or after the disk has it: nothing is
// lost, nothing comes twice, and no key is used twice.
class Dying : public ::testing::TestWithParam<std::tuple<bool, TestEvents::Fate>> {};

TEST_P(Dying, AtAnyWriteLosesAndDoublesNothing) {
  const auto [sender_dies, fate] = GetParam();
  int writes = 0;
  for (int at = 1;; ++at) {
    SCOPED_TRACE(at);
    TestWorld world;
    world.Add(kAnn, 0);
    world.Add(kBob, 0);
    TestEngine& ann = world.Add(kAnn, 3);
    TestEngine& bob = world.Add(kBob, 4);
    TestEngine& victim = sender_dies ? ann : bob;
    victim.events->dies_at = at;
    victim.events->fate = fate;
    std::vector<core::MessageId> sent = {ann.Say(kBob, "1"), ann.Say(kBob, "2"),
                                         bob.Say(kAnn, "3")};
    world.Run();
    const bool died = victim.events->dead;
    writes = at;
    victim.Crash();
    victim.Connect();
    world.Run();
    ann.Say(kBob, "4");
    bob.Say(kAnn, "5");
    world.Run();
    EXPECT_THAT(bob.Heard(), UnorderedElementsAre("1", "2", "4"));
    EXPECT_THAT(ann.Heard(), UnorderedElementsAre("3", "5"));
    EXPECT_EQ(ann.StatusOf(sent[0]), core::MessageStatus::kDelivered);
    EXPECT_EQ(ann.StatusOf(sent[1]), core::MessageStatus::kDelivered);
    EXPECT_EQ(bob.StatusOf(sent[2]), core::MessageStatus::kDelivered);
    EXPECT_FALSE(world.network.key_used_twice);
    EXPECT_THAT(victim.member.pending, IsEmpty());
    for (const auto& engine : world.engines) engine->Crash();
    if (!died || HasFailure()) break;
  }
  EXPECT_GT(writes, 5);
}

INSTANTIATE_TEST_SUITE_P(Everywhere, Dying,
                         ::testing::Combine(::testing::Bool(),
                                            ::testing::Values(TestEvents::Fate::kLost,
                                                              TestEvents::Fate::kStoredButLost)));

}  // namespace
}  // namespace parley::link::multidevice
