// Stanzas as they are read: envelopes, receipts, usync, keys, tokens.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "link/multidevice/bundles.h"
#include "link/multidevice/envelope.h"
#include "link/multidevice/receipts.h"
#include "link/multidevice/retry.h"
#include "link/multidevice/tokens.h"
#include "link/multidevice/usync.h"

namespace parley::link::multidevice {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr base::Time kNow = base::FromUnixMs(1'800'000'000'000);

Pairing OwnPairing() {
  Pairing own;
  own.number = Jid("15550100", JidServer::kUser, 3);
  own.lid = Jid("915550100", JidServer::kLid, 3);
  return own;
}

Node Message(std::vector<Attribute> attributes) {
  attributes.push_back(Attribute{"id", "M1"});
  attributes.push_back(Attribute{"t", "1700000000"});
  Node enc("enc", {{"v", "2"}, {"type", "msg"}, {"count", "2"}}, Bytes{"sealed"});
  return Node("message", std::move(attributes), Node::Children{enc});
}

TEST(Envelope, TellsBothAddressesOfTheSender) {
  const auto envelope = ReadEnvelope(Message({{"from", "915550200:4@lid"},
                                              {"sender_pn", "15550200@s.whatsapp.net"},
                                              {"notify", "Bob"}}),
                                     OwnPairing(), kNow);
  ASSERT_TRUE(envelope);
  EXPECT_EQ(envelope->sender, (Who{"15550200", "915550200"}));
  EXPECT_EQ(envelope->chat, envelope->sender);
  EXPECT_EQ(envelope->from.device, 4);
  EXPECT_EQ(envelope->push_name, "Bob");
  EXPECT_EQ(envelope->at, base::FromUnixMs(1'700'000'000'000));
  ASSERT_THAT(envelope->parts, SizeIs(1));
  EXPECT_EQ(envelope->parts.front().attempt, 2u);
  EXPECT_FALSE(envelope->from_me);
}

TEST(Envelope, OfACopyHasTheChatOfItsRecipient) {
  const auto envelope = ReadEnvelope(Message({{"from", "15550100@s.whatsapp.net"},
                                              {"recipient", "915550200@lid"},
                                              {"peer_recipient_pn", "15550200@s.whatsapp.net"}}),
                                     OwnPairing(), kNow);
  ASSERT_TRUE(envelope);
  EXPECT_TRUE(envelope->from_me);
  EXPECT_EQ(envelope->sender, (Who{"15550100", "915550100"}));
  EXPECT_EQ(envelope->chat, (Who{"15550200", "915550200"}));
}

TEST(Envelope, FromSomebodyElseHasNoRecipient) {
  EXPECT_FALSE(ReadEnvelope(
      Message({{"from", "15550200@s.whatsapp.net"}, {"recipient", "15550300@s.whatsapp.net"}}),
      OwnPairing(), kNow));
  EXPECT_FALSE(ReadEnvelope(Message({{"from", "nobody"}}), OwnPairing(), kNow));
  EXPECT_FALSE(
      ReadEnvelope(Node("message", {{"from", "15550200@s.whatsapp.net"}}), OwnPairing(), kNow));
  Node many = Message({{"from", "15550200@s.whatsapp.net"}});
  auto& children = std::get<Node::Children>(many.content);
  children.resize(100, children.front());
  EXPECT_THAT(ReadEnvelope(many, OwnPairing(), kNow)->parts, SizeIs(kMaxSealedParts));
}

TEST(Envelope, OfAGroupIsElsewhere) {
  const auto envelope =
      ReadEnvelope(Message({{"from", "123-456@g.us"}, {"participant", "15550200@s.whatsapp.net"}}),
                   OwnPairing(), kNow);
  EXPECT_EQ(envelope->place, Envelope::Place::kElsewhere);
}

TEST(Receipts, AreOfOneOrManyMessages) {
  Node stanza("receipt", {{"id", "A"}, {"from", "915550200:4@lid"}, {"type", "read"}, {"t", "5"}});
  stanza.content = Node::Children{
      Node("list", {}, Node::Children{Node("item", {{"id", "B"}}), Node("other", {{"id", "C"}})})};
  const auto receipt = ReadReceipt(stanza, OwnPairing(), kNow);
  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->kind, ReceiptKind::kStatus);
  EXPECT_EQ(receipt->status, core::MessageStatus::kRead);
  EXPECT_THAT(receipt->ids, ElementsAre("A", "B"));
  EXPECT_THAT(ReportsOf(*receipt), SizeIs(2));
  std::get<Node::Children>(stanza.content)[0].content =
      Node::Children(kMaxReceipted + 10, Node("item", {{"id", "D"}}));
  EXPECT_THAT(ReadReceipt(stanza, OwnPairing(), kNow)->ids, SizeIs(kMaxReceipted));
}

TEST(Receipts, OfOnesOwnDevicesSayNothingOfTheOtherSide) {
  Node stanza("receipt", {{"id", "A"}, {"from", "915550100@lid"}, {"type", "sender"}, {"t", "5"}});
  EXPECT_THAT(ReportsOf(*ReadReceipt(stanza, OwnPairing(), kNow)), IsEmpty());
  stanza.attributes = {
      {"id", "A"}, {"from", "915550100@lid"}, {"recipient", "915550200@lid"}, {"type", "read"}};
  const auto read = ReadReceipt(stanza, OwnPairing(), kNow);
  EXPECT_EQ(read->kind, ReceiptKind::kOwnRead);
  EXPECT_EQ(read->chat.lid, "915550200");
  const auto reports = ReportsOf(*read);
  ASSERT_THAT(reports, SizeIs(1));
  EXPECT_EQ(std::get<core::ChatReport>(reports.front()).action, core::ChatAction::kRead);
}

TEST(Receipts, MustSayOfWhatAndFromWhom) {
  EXPECT_FALSE(ReadReceipt(Node("receipt", {{"id", "A"}}), OwnPairing(), kNow));
  EXPECT_FALSE(ReadReceipt(Node("receipt", {{"from", "915550200@lid"}}), OwnPairing(), kNow));
  EXPECT_FALSE(ReadReceipt(
      Node("receipt", {{"from", "915550200@lid"}, {"id", std::string(kMaxIdLength + 1, 'x')}}),
      OwnPairing(), kNow));
}

Node DeviceNode(const char* id, const char* index) {
  Node device("device", {{"id", id}});
  if (index != nullptr) device.attributes.push_back(Attribute{"key-index", index});
  return device;
}
Node Usync(Node::Children users) {
  return Node("iq", {{"type", "result"}},
              Node::Children{Node("usync", {}, Node::Children{Node("list", {}, users)})});
}

TEST(Usync, LeavesOutWhatNobodySigned) {
  Node user("user", {{"jid", "15550200@s.whatsapp.net"}});
  user.content = Node::Children{
      Node("devices", {},
           Node::Children{Node("device-list", {},
                               Node::Children{DeviceNode("7", "2"), DeviceNode("0", nullptr),
                                              DeviceNode("8", nullptr), DeviceNode("7", "3"),
                                              DeviceNode("300", "1"), DeviceNode("x", "1")})}),
      Node("lid", {{"val", "915550200@lid"}})};
  const auto users = ReadUsync(Usync({user}));
  ASSERT_TRUE(users);
  ASSERT_THAT(*users, SizeIs(1));
  EXPECT_EQ(users->front().who, (Who{"15550200", "915550200"}));
  EXPECT_THAT(*users->front().devices,
              ElementsAre(UsyncDevice{0, 0, false}, UsyncDevice{7, 2, false}));
}

TEST(Usync, IsBoundedAndTellsErrors) {
  Node::Children users(kMaxAsked + 50, Node("user", {{"jid", "15550200@s.whatsapp.net"}}));
  EXPECT_THAT(*ReadUsync(Usync(users)), SizeIs(kMaxAsked));
  EXPECT_FALSE(ReadUsync(Node("iq")));
  Node error("iq", {{"type", "error"}}, Node::Children{Node("error", {{"code", "429"}})});
  EXPECT_EQ(ReadUsync(error).error().detail, "429");
}

TEST(Keys, OfADeviceAreWholeOrAFault) {
  const auto random = base::MakeSeededRandom(3);
  const wire::signal::Identity identity(wire::crypto::KeyPair::Generate(*random), 7);
  const auto signed_key = wire::signal::MakeSignedPreKey(identity, 9, *random);
  Node user("user", {{"jid", "915550200:4@lid"}});
  user.content =
      Node::Children{Node("registration", {}, Bytes{BigEndian(7, 4)}),
                     Node("identity", {}, Bytes{std::string(identity.keys.public_key.bytes())}),
                     KeyNode(signed_key), KeyNode(5, identity.keys.public_key)};
  Node none("user", {{"jid", "915550200:5@lid"}}, Node::Children{Node("error")});
  const Node answer("iq", {}, Node::Children{Node("list", {}, Node::Children{user, none})});
  const auto keys = ReadKeys(answer);
  ASSERT_TRUE(keys);
  ASSERT_THAT(*keys, SizeIs(2));
  ASSERT_TRUE((*keys)[0].bundle);
  EXPECT_TRUE(wire::signal::CheckBundle(*(*keys)[0].bundle));
  EXPECT_EQ((*keys)[0].bundle->one_time->id, 5u);
  EXPECT_FALSE((*keys)[1].bundle);
  // Without any one of its parts it is none.
  const auto& children = std::get<Node::Children>(user.content);
  for (std::size_t i = 0; i < 3; ++i) {
    Node lacking = user;
    auto& parts = std::get<Node::Children>(lacking.content);
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(ReadBundle(lacking, lacking.FindChild("registration"))) << children[i].tag;
  }
}

TEST(Retries, AreCountedByName) {
  RecentCounts counts;
  EXPECT_EQ(counts.Count("a"), 1u);
  EXPECT_EQ(counts.Count("a"), 2u);
  EXPECT_EQ(counts.Count("b", 4), 4u);
  for (std::size_t i = 0; i < RecentCounts::kMax; ++i) counts.Count("other " + std::to_string(i));
  EXPECT_EQ(counts.Count("a"), 1u);  // forgotten
  Node receipt("receipt", {}, Node::Children{Node("retry", {{"count", "3"}})});
  EXPECT_EQ(AttemptIn(receipt), 3u);
  EXPECT_FALSE(AttemptIn(Node("receipt")));
  EXPECT_FALSE(AttemptIn(Node("receipt", {}, Node::Children{Node("retry", {{"count", "99"}})})));
}

TEST(Tokens, AreGoodForFourWeeks) {
  Token token{"bytes", kNow};
  EXPECT_TRUE(IsGood(token, kNow + 2 * kTokenWeek));
  EXPECT_FALSE(IsGood(token, kNow + kTokenWeeks * kTokenWeek));
  Node list("tokens", {},
            Node::Children{
                Node("token", {{"type", "trusted_contact"}, {"t", "1700000000"}}, Bytes{"abc"}),
                Node("token", {{"type", "other"}}, Bytes{"abc"}),
                Node("token", {{"type", "trusted_contact"}},
                     Bytes{std::string(kMaxTokenBytes + 1, 'x')})});
  const auto tokens = TokensIn(Node("notification", {}, Node::Children{list}), kNow);
  ASSERT_THAT(tokens, SizeIs(1));
  EXPECT_EQ(tokens.front().bytes, "abc");
  EXPECT_EQ(tokens.front().given_at, base::FromUnixMs(1'700'000'000'000));
}

}  // namespace
}  // namespace parley::link::multidevice
