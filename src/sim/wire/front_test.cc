#include "sim/wire/front.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/encoding.h"
#include "proto/adv.pb.h"
#include "sim/wire/test_client.h"

namespace parley::sim::wire {
namespace {

using binary::Node;

constexpr const char* kAlice = "15550100";

class FrontTest : public testing::Test {
 protected:
  FrontTest() { world.Add(kAlice, "Alice"); }

  // The first reference of the next client's offer.
  static std::string RefOf(TestConnection& connection) {
    const auto offer = connection.Next("iq");
    if (!offer || offer->FindChild("pair-device") == nullptr) return "";
    connection.Send(
        MakeNode("iq", {{"to", "s.whatsapp.net"}, {"type", "result"}, {"id", Get(*offer, "id")}}));
    return std::string(offer->FindChild("pair-device")->children().front().data());
  }
  std::string QrOf(const std::string& ref, const TestKeys& shown) const {
    return "https://wa.me/settings/linked_devices#" + ref + "," +
           base::ToBase64(shown.noise.public_key.bytes()) + "," +
           base::ToBase64(shown.identity.keys.public_key.bytes()) + "," +
           base::ToBase64(shown.adv_secret.view()) + ",1";
  }
  // What a client answers to pair-success, signed with `signer`.
  Node SignFor(const Node& success, const crypto::KeyPair& signer) {
    proto::AdvSignedDeviceIdentityHmac container;
    const Node& pair = *success.FindChild("pair-success");
    EXPECT_TRUE(container.ParseFromString(std::string(ChildData(pair, "device-identity"))));
    EXPECT_EQ(container.hmac(),
              base::AsText(base::HmacSha256(keys.adv_secret.view(), container.details())));
    proto::AdvSignedDeviceIdentity identity;
    EXPECT_TRUE(identity.ParseFromString(container.details()));
    const std::string own(keys.identity.keys.public_key.bytes());
    const auto account = crypto::PublicKey::FromBytes(identity.account_signature_key()).value();
    EXPECT_TRUE(crypto::Verify(account, std::string("\x06\x00", 2) + identity.details() + own,
                               identity.account_signature()));
    identity.set_device_signature(crypto::Sign(
        signer.private_key,
        std::string("\x06\x01", 2) + identity.details() + own + identity.account_signature_key(),
        *world.random));
    identity.clear_account_signature_key();
    return MakeNode(
        "iq", {{"to", "s.whatsapp.net"}, {"type", "result"}, {"id", Get(success, "id")}},
        {MakeNode(
            "pair-device-sign", {},
            {MakeData("device-identity", identity.SerializeAsString(), {{"key-index", "1"}})})});
  }
  void Pair() {
    TestConnection connection(world, keys);
    connection.Register();
    const std::string ref = RefOf(connection);
    ASSERT_TRUE(world.front->Scan(kAlice, QrOf(ref, keys)));
    const auto success = connection.Next("iq");
    ASSERT_TRUE(success);
    connection.Send(SignFor(*success, keys.identity.keys));
    const auto restart = connection.Next();
    ASSERT_TRUE(restart);
    EXPECT_EQ(restart->Find("code"), "515");
    EXPECT_TRUE(connection.is_closed());
  }
  std::size_t Devices() { return world.network->ListDevices(kAlice)->size(); }

  TestNetwork world;
  TestKeys keys{*world.random}, others{*world.random};
};

TEST_F(FrontTest, PairsAndKnowsTheDeviceAfterARestart) {
  Pair();
  world.Restart();
  TestConnection connection(world, keys);
  connection.LogIn(15550100, 1);
  const auto success = connection.Next();
  ASSERT_TRUE(success);
  EXPECT_EQ(success->tag, "success");
  EXPECT_EQ(success->FindJid("lid")->device, 1);
  EXPECT_FALSE(connection.is_closed());
}

TEST_F(FrontTest, RefusesAnybodyElseAtLogin) {
  Pair();
  struct Stranger {
    const TestKeys& keys;
    std::uint64_t number;
    std::uint32_t device;
  };
  for (const Stranger& stranger :
       {Stranger{others, 15550100, 1}, Stranger{keys, 15550100, 2}, Stranger{keys, 15550999, 1},
        Stranger{keys, 15550100, 0}, Stranger{keys, 15550100, 70000}}) {
    TestConnection connection(world, stranger.keys);
    connection.LogIn(stranger.number, stranger.device);
    const auto failure = connection.Next();
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->tag, "failure");
    EXPECT_EQ(failure->Find("reason"), "401");
    EXPECT_TRUE(connection.is_closed());
  }
}

TEST_F(FrontTest, ScansOnlyWhatTheClientShows) {
  TestConnection connection(world, keys);
  connection.Register();
  const std::string ref = RefOf(connection);
  EXPECT_EQ(world.front->Scan(kAlice, QrOf("2@another", keys)).error().code,
            base::ErrorCode::kNotFound);
  EXPECT_EQ(world.front->Scan(kAlice, QrOf(ref, others)).error().code,
            base::ErrorCode::kInvalidFields);
  EXPECT_EQ(world.front->Scan("15550999", QrOf(ref, keys)).error().code,
            base::ErrorCode::kNotFound);
  ASSERT_TRUE(world.network->SetOnline(kAlice, false));
  EXPECT_EQ(world.front->Scan(kAlice, QrOf(ref, keys)).error().code,
            base::ErrorCode::kInvalidState);
  EXPECT_EQ(Devices(), 0u);
}

TEST_F(FrontTest, UnlinksADeviceThatDidNotSign) {
  {
    TestConnection connection(world, keys);
    connection.Register();
    ASSERT_TRUE(world.front->Scan(kAlice, QrOf(RefOf(connection), keys)));
    EXPECT_EQ(Devices(), 1u);
  }
  EXPECT_EQ(Devices(), 0u);
  TestConnection connection(world, keys);
  connection.Register();
  ASSERT_TRUE(world.front->Scan(kAlice, QrOf(RefOf(connection), keys)));
  const auto success = connection.Next("iq");
  ASSERT_TRUE(success);
  connection.Send(SignFor(*success, others.identity.keys));
  EXPECT_TRUE(connection.is_closed());
  EXPECT_EQ(Devices(), 0u);
  EXPECT_EQ(world.front->counters().pairings_failed, 2);
}

TEST_F(FrontTest, EndsAnOfferThatNobodyTookUp) {
  TestConnection connection(world, keys);
  connection.Register();
  const std::string ref = RefOf(connection);
  world.Run(std::chrono::seconds(155));
  EXPECT_FALSE(connection.is_closed());
  world.Run(std::chrono::seconds(5));
  EXPECT_TRUE(connection.is_closed());
  EXPECT_EQ(world.front->Scan(kAlice, QrOf(ref, keys)).error().code, base::ErrorCode::kNotFound);
}

TEST_F(FrontTest, RefusesKeysThatAreNotRight) {
  TestKeys wrong = keys;
  wrong.signed_key.signature[3] ^= 1;
  TestConnection connection(world, wrong);
  connection.Register();
  EXPECT_TRUE(connection.is_closed());
  for (const std::string& payload : {std::string(), std::string("\xff\xff"), std::string("\x08")}) {
    TestConnection another(world, keys);
    another.Begin(payload);
    EXPECT_TRUE(another.is_closed());
  }
}

TEST_F(FrontTest, EndsConnectionsOfWhoSpeaksSomethingElse) {
  for (const std::string& bytes :
       {std::string("GET / HTTP/1.1\r\n\r\n"), std::string("WA\x06\x03\x00\x00\x02hi", 9),
        std::string("WA\x06\x03\xff\xff\xff", 7)}) {
    TestConnection connection(world, keys);
    connection.SendBytes(bytes);
    EXPECT_TRUE(connection.is_closed());
  }
}

TEST_F(FrontTest, AnswersQueriesThatNobodyKnows) {
  Pair();
  TestConnection connection(world, keys);
  connection.LogIn(15550100, 1);
  ASSERT_TRUE(connection.Next("success"));
  connection.Send(MakeNode("iq", {{"id", "7"}, {"type", "get"}, {"xmlns", "w:unheard"}}));
  const auto answer = connection.Next("iq");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->Find("id"), "7");
  EXPECT_EQ(answer->FindChild("error")->Find("code"), "501");
  EXPECT_EQ(world.front->counters().unknown_queries, 1);
  connection.Send(MakeNode("iq", {{"id", "8"}, {"type", "get"}, {"xmlns", "w:p"}}));
  EXPECT_EQ(connection.Next("iq")->Find("type"), "result");
}

TEST_F(FrontTest, SurvivesStanzasWithoutWhatTheyNeed) {
  Pair();
  TestConnection connection(world, keys);
  connection.LogIn(15550100, 1);
  ASSERT_TRUE(connection.Next("success"));
  connection.Send(
      MakeNode("iq", {{"id", "1"}, {"type", "set"}, {"xmlns", "passive"}}, {MakeNode("active")}));
  for (const char* tag :
       {"message", "receipt", "ack", "presence", "chatstate", "ib", "call", "iq", "unheard"}) {
    connection.Send(MakeNode(tag));
    connection.Send(MakeNode(tag, {{"id", "x"}, {"to", "nobody"}, {"type", "retry"}},
                             {MakeNode("enc"), MakeNode("retry", {{"count", "-3"}})}));
    connection.Send(MakeNode(tag,
                             {{"id", "x"},
                              {"to", "15550100@s.whatsapp.net"},
                              {"type", "get"},
                              {"xmlns", "usync"},
                              {"category", "peer"}},
                             {MakeNode("participants", {}, {MakeNode("to")}),
                              MakeNode("usync", {}, {MakeNode("query"), MakeNode("list")}),
                              MakeData("enc", "junk", {{"type", "pkmsg"}})}));
  }
  while (connection.Next()) {
  }
  EXPECT_FALSE(connection.is_closed());
  connection.Send(MakeNode("iq", {{"id", "8"}, {"type", "get"}, {"xmlns", "w:p"}}));
  EXPECT_EQ(connection.Next("iq")->Find("type"), "result");
}

TEST_F(FrontTest, TellsOfCallsAndTakesRejections) {
  Pair();
  world.Add("15550200", "Bob");
  TestConnection connection(world, keys);
  connection.LogIn(15550100, 1);
  ASSERT_TRUE(connection.Next("success"));
  connection.Send(
      MakeNode("iq", {{"id", "1"}, {"type", "set"}, {"xmlns", "passive"}}, {MakeNode("active")}));
  net::CallDraft draft;
  draft.to = kAlice;
  draft.video = true;
  const auto call = world.network->MakeCall("15550200", draft);
  ASSERT_TRUE(call);
  const auto rings = connection.Next("call");
  ASSERT_TRUE(rings);
  EXPECT_EQ(rings->Find("from"), "15550200@s.whatsapp.net");
  const Node* offer = rings->FindChild("offer");
  ASSERT_NE(offer, nullptr);
  EXPECT_EQ(offer->Find("call-id"), call->id);
  EXPECT_EQ(offer->Find("call-creator"), "15550200@s.whatsapp.net");
  EXPECT_NE(offer->FindChild("video"), nullptr);
  connection.Send(
      MakeNode("ack", {{"class", "call"}, {"id", Get(*rings, "id")}, {"to", Get(*rings, "from")}}));

  connection.Send(MakeNode("call", {{"id", "r1"}, {"to", "15550200@s.whatsapp.net"}},
                           {MakeNode("reject", {{"call-id", call->id},
                                                {"call-creator", "15550200@s.whatsapp.net"},
                                                {"count", "0"}})}));
  EXPECT_EQ(connection.Next("ack")->Find("id"), "r1");
  EXPECT_EQ(world.network->ListCalls(kAlice)->front().status, net::CallStatus::kRejected);

  // Nobody answers the next one.
  draft.video = false;
  const auto missed = world.network->MakeCall("15550200", draft);
  ASSERT_TRUE(missed);
  EXPECT_EQ(connection.Next("call")->FindChild("offer")->FindChild("video"), nullptr);
  ASSERT_TRUE(world.network->HangUp("15550200", missed->id));
  const auto over = connection.Next("call");
  ASSERT_TRUE(over);
  EXPECT_EQ(over->FindChild("terminate")->Find("call-id"), missed->id);
}

TEST_F(FrontTest, ReplacesAnEarlierLogin) {
  Pair();
  TestConnection first(world, keys), second(world, keys);
  first.LogIn(15550100, 1);
  ASSERT_TRUE(first.Next("success"));
  second.LogIn(15550100, 1);
  ASSERT_TRUE(second.Next("success"));
  const auto end = first.Next("stream:error");
  ASSERT_TRUE(end);
  EXPECT_EQ(end->FindChild("conflict")->Find("type"), "replaced");
  EXPECT_TRUE(first.is_closed());
  EXPECT_FALSE(second.is_closed());
}

TEST_F(FrontTest, IsStrictWhenAskedTo) {
  world.options.strict = true;
  world.Restart();
  Pair();
  TestConnection connection(world, keys);
  connection.LogIn(15550100, 1);
  ASSERT_TRUE(connection.Next("success"));
  connection.Send(MakeNode("iq", {{"id", "8"}, {"type", "get"}, {"xmlns", "w:p"}, {"odd", "1"}}));
  EXPECT_EQ(connection.Next("iq")->FindChild("error")->Find("code"), "400");
  connection.Send(MakeNode("presence", {{"odd", "1"}}));
  EXPECT_EQ(connection.Next("stream:error")->Find("code"), "400");
  EXPECT_TRUE(connection.is_closed());
  EXPECT_EQ(world.front->counters().refused_by_strict, 2);
}

}  // namespace
}  // namespace parley::sim::wire
