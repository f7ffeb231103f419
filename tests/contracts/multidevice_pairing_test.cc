// The native link pairs, by QR code and by a typed code, with a network that the test plays.
#include "link/multidevice/device_record.h"
#include "link/multidevice/pairing.h"
#include "link/multidevice/queries.h"
#include "tests/contracts/multidevice_world.h"
#include "tests/support/shapes.h"

namespace parley::link::multidevice {
namespace {

TEST_F(Multidevice, PairsByQrCode) {
  Offer();
  EXPECT_EQ(visit().request().url, "ws://network.example/ws/chat");
  EXPECT_EQ(visit().request().headers.Get("Origin"), "http://network.example");
  EXPECT_EQ(State(), ChannelState::kPairing);
  const auto scanned = ScriptedPhone::Scan(LastQr());
  EXPECT_EQ(scanned.ref, "ref1");
  EXPECT_EQ(scanned.noise, visit().noise().bytes());
  EXPECT_EQ(scanned.client, "1");
  EXPECT_TRUE(LastQr().starts_with("https://wa.me/settings/linked_devices#"));
  EXPECT_EQ(Records(kDeviceSpace), 0u);

  ScanLast();
  const Node* answer = visit().Heard("iq", "pair-device-sign");
  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(answer->Find("id"), "s1");
  EXPECT_TRUE(phone_.IsSigned(*answer, companion_));
  EXPECT_EQ(StateText(), "connecting paired");
  EXPECT_EQ(Row().phone, phone_.number);
  EXPECT_EQ(Row().profile.push_name, "Ada");
  EXPECT_EQ(Row().profile.platform, "iphone");
  EXPECT_EQ(Row().profile.lid, "90001");
  EXPECT_TRUE(Row().profile.is_business);
  EXPECT_EQ(Records(kDeviceSpace), 1u);

  Say(StreamError("515", ""));
  ASSERT_EQ(network_.visits.size(), 2u);  // at once
  EXPECT_EQ(visit().noise().bytes(), scanned.noise);
  Say(Success());
  EXPECT_EQ(StateText(), "connected ");
  EXPECT_EQ(told_.opened, 1);
  EXPECT_EQ(told_.device->pairing->number.Text(), phone_.number + ":3@s.whatsapp.net");
  EXPECT_EQ(told_.device->pairing->lid.Text(), "90001:3@lid");
  EXPECT_EQ(told_.device->pairing->account_key, phone_.identity.public_key);
  EXPECT_EQ(visit().CountHeard("iq", "active"), 1);
  EXPECT_EQ(keys_at_network_, 12);
  EXPECT_EQ(Records(kOneTimeKeySpace), 12u);
  EXPECT_EQ(Records(kSignedKeySpace), 1u);
}

TEST_F(Multidevice, PairsWithAHostedAccount) {
  Offer();
  ScanLast(ScriptedPhone::Fault::kNone, true);
  const Node* answer = visit().Heard("iq", "pair-device-sign");
  ASSERT_NE(answer, nullptr);
  EXPECT_TRUE(phone_.IsSigned(*answer, companion_));
}

TEST_F(Multidevice, ShowsOneCodeAfterTheOther) {
  Offer(3);
  Pass(seconds(59));
  EXPECT_EQ(Offers().size(), 1u);
  Pass(seconds(2));
  ASSERT_EQ(Offers().size(), 2u);
  EXPECT_EQ(ScriptedPhone::Scan(LastQr()).ref, "ref2");
  Pass(seconds(20));
  ASSERT_EQ(Offers().size(), 3u);
  EXPECT_FALSE(visit().is_closed());
  Pass(seconds(20));
  EXPECT_TRUE(visit().is_closed());
  EXPECT_EQ(StateText(), "pending pairing_expired");
  EXPECT_TRUE(runner_->ended());
  Pass(minutes(10));
  EXPECT_EQ(network_.visits.size(), 1u);
}

TEST_F(Multidevice, ShowsTheCodeAgainWithANewSecret) {
  Offer();
  const std::string before = LastQr();
  Node notification = ScriptedPhone::WithAttribute("notification", "type", "companion_reg_refresh");
  notification.attributes.push_back({"id", "n7"});
  notification.attributes.push_back({"from", "s.whatsapp.net"});
  Say(notification);
  EXPECT_EQ(visit().CountHeard("ack"), 1);
  ASSERT_EQ(Offers().size(), 2u);
  EXPECT_EQ(ScriptedPhone::Scan(LastQr()).ref, ScriptedPhone::Scan(before).ref);
  EXPECT_NE(ScriptedPhone::Scan(LastQr()).secret, ScriptedPhone::Scan(before).secret);
  ScanLast();
  EXPECT_EQ(StateText(), "connecting paired");
}

TEST_F(Multidevice, EndsTheOfferWhenTheNetworkLeaves) {
  Offer();
  Leave();
  EXPECT_EQ(StateText(), "pending pairing_expired");
  EXPECT_TRUE(runner_->ended());
}

TEST_F(Multidevice, SaysThatAPasskeyIsWanted) {
  Offer();
  Say(ScriptedPhone::WithAttribute("notification", "type", "passkey_prologue_request"));
  EXPECT_EQ(StateText(), "pending passkey_required");
}

TEST_F(Multidevice, RefusesWhatNoPhoneOfOursSigned) {
  const std::pair<ScriptedPhone::Fault, int> faults[] = {
      {ScriptedPhone::Fault::kWrongSecret, 401},
      {ScriptedPhone::Fault::kWrongSignature, 401},
      {ScriptedPhone::Fault::kNoNumber, 500},
      {ScriptedPhone::Fault::kBrokenContainer, 500},
  };
  for (const auto& [fault, code] : faults) {
    network_.visits.clear();
    StartRunner();
    Say(ScriptedPhone::PairDevice(6));
    ScanLast(fault);
    const Node* answer = visit().Heard("iq", "error");
    ASSERT_NE(answer, nullptr) << code;
    EXPECT_EQ(ErrorIn(*answer)->code, code);
    EXPECT_EQ(answer->Find("id"), "s1");
    EXPECT_EQ(visit().Heard("iq", "pair-device-sign"), nullptr);
    EXPECT_EQ(StateText(), "pending pairing_failed");
    EXPECT_EQ(AllRecords(), 0u);
    StopRunner();
  }
}

TEST_F(Multidevice, RefusesAnotherNumber) {
  LogIn();
  Say(StreamError("401", "device_removed"));
  EXPECT_EQ(StateText(), "logged_out logged_out");
  StopRunner();
  network_.visits.clear();
  phone_.number = "15559999";
  StartRunner();
  Say(ScriptedPhone::PairDevice(6));
  ScanLast();
  EXPECT_EQ(StateText(), "logged_out other_number");
  EXPECT_EQ(visit().Heard("iq", "pair-device-sign"), nullptr);
  EXPECT_NE(visit().Heard("iq", "error"), nullptr);
  EXPECT_EQ(AllRecords(), 0u);
}

// While the pairing cannot be stored the network does not hear that it is taken.
TEST_F(Multidevice, IsNotPairedBeforeItIsStored) {
  for (const StoreMood mood : {StoreMood::kFull, StoreMood::kFailing}) {
    network_.visits.clear();
    StartRunner();
    Say(ScriptedPhone::PairDevice(6));
    moody_.SetMood(mood);
    ScanLast();
    Pass(seconds(5));
    EXPECT_EQ(visit().Heard("iq", "pair-device-sign"), nullptr);
    StopRunner();  // as a crash
    moody_.SetMood(StoreMood::kFine);
    EXPECT_EQ(AllRecords(), 0u);
    EXPECT_EQ(visit().Heard("iq", "pair-device-sign"), nullptr);
  }
  // When the disk is back in time, all goes on.
  network_.visits.clear();
  StartRunner();
  Say(ScriptedPhone::PairDevice(6));
  moody_.SetMood(StoreMood::kFailing);
  ScanLast();
  moody_.SetMood(StoreMood::kFine);
  Pass(seconds(1));
  EXPECT_NE(visit().Heard("iq", "pair-device-sign"), nullptr);
  EXPECT_EQ(StateText(), "connecting paired");
}

// The process died after the pairing was stored and before the network heard of it.
TEST_F(Multidevice, IsLoggedOutWhenTheNetworkDoesNotKnowThePairing) {
  Offer();
  const auto scanned = ScriptedPhone::Scan(LastQr());
  visit().Say(phone_.PairSuccess(scanned.secret, scanned.identity));
  Until([&] { return Records(kDeviceSpace) == 1; });
  Restart();
  ASSERT_EQ(network_.visits.size(), 2u);
  Say(Failure(401));
  EXPECT_EQ(StateText(), "logged_out logged_out");
  EXPECT_EQ(AllRecords(), 0u);
}

TEST_F(Multidevice, GivesUpWhereNothingIsOffered) {
  network_.mood = testing::ScriptedNetwork::Mood::kClosed;
  StartRunner();
  Pass(minutes(2));
  EXPECT_EQ(State(), ChannelState::kPending);
  EXPECT_TRUE(runner_->ended());
}

// ------------------------------------------------------------------------------- pairing by code

class ByCode : public Multidevice {
 protected:
  // What the network says to the offer of a code, unless it is an error.
  void SetUp() override {
    network_.answer = [this](const Node& query) -> std::optional<Node> {
      const Node* registration = query.FindChild("link_code_companion_reg");
      if (registration == nullptr) return AnswerTo(query);
      if (registration->Find("stage") != "companion_hello") return ResultWith();
      if (refusal_ != 0) {
        Node error = MakeError("", refusal_, "no");
        error.attributes.pop_back();  // the id
        return error;
      }
      Node answer("link_code_companion_reg");
      Node::Children children;
      children.push_back(ScriptedPhone::Leaf("link_code_pairing_ref", "a ref"));
      answer.content = std::move(children);
      return ResultWith(std::move(answer));
    };
  }
  // The code, or the error's text.
  std::string Request(const std::string& phone) {
    auto pairing = world_.Await(runner_->OfferPairing(phone, seconds(40)));
    return pairing ? pairing->code : std::string(pairing.error().public_text());
  }
  const Node& Stage(std::string_view stage) {
    for (const Node& stanza : visit().heard)
      if (const Node* registration = stanza.FindChild("link_code_companion_reg"))
        if (registration->Find("stage") == stage) return *registration;
    ADD_FAILURE() << "no " << stage;
    static const Node kNone;
    return kNone;
  }

  int refusal_ = 0;
};

TEST_F(ByCode, Pairs) {
  Offer();
  const std::string code = Request(phone_.number);
  ASSERT_EQ(code.size(), 8u) << code;
  EXPECT_EQ(code.find_first_not_of("123456789ABCDEFGHJKLMNPQRSTVWXYZ"), std::string::npos);
  const Node hello = Stage("companion_hello");
  EXPECT_EQ(hello.Find("jid"), phone_.number + "@s.whatsapp.net");
  EXPECT_EQ(hello.FindChild("companion_platform_display")->data(), "Chrome (Linux)");
  EXPECT_EQ(hello.FindChild("companion_server_auth_key_pub")->data(), visit().noise().bytes());

  Say(phone_.TypeCode(code, hello, "a ref"));
  const std::string secret = phone_.SecretOf(Stage("companion_finish"));
  ASSERT_EQ(secret.size(), 32u);
  companion_ = Stage("companion_finish").FindChild("companion_identity_public")->data();
  Say(phone_.PairSuccess(secret, companion_));
  const Node* answer = visit().Heard("iq", "pair-device-sign");
  ASSERT_NE(answer, nullptr);
  EXPECT_TRUE(phone_.IsSigned(*answer, companion_));
  EXPECT_EQ(StateText(), "connecting paired");

  testing::ShapeBook book;
  for (const Node& stanza : visit().heard) book.Compare(stanza);
  EXPECT_TRUE(book.differences.empty()) << *book.differences.begin();
  for (const char* stage : {"companion_hello", "companion_finish"})
    EXPECT_TRUE(book.compared.contains(std::string("iq set md link_code_companion_reg ") + stage));
}

TEST_F(ByCode, IsAskedForBeforeTheNetworkIsThere) {
  StartRunner();
  std::optional<base::Result<core::ChannelPort::Pairing>> pairing;
  auto ask = [](core::ChannelRunner* runner, std::string phone, auto* out) -> base::Task<> {
    *out = co_await runner->OfferPairing(phone, seconds(40));
  };
  world_.scheduler.Spawn("ask", ask(runner_.get(), phone_.number, &pairing));
  Settle();
  EXPECT_FALSE(pairing);
  Say(ScriptedPhone::PairDevice(6));
  ASSERT_TRUE(pairing && *pairing);
  EXPECT_EQ((*pairing)->code.size(), 8u);
  EXPECT_TRUE(LastQr().empty());  // no QR code beside it
  // The code stays as long as the QR codes would.
  Pass(seconds(150));
  EXPECT_FALSE(visit().is_closed());
  Pass(seconds(15));
  EXPECT_EQ(StateText(), "pending pairing_expired");
}

TEST_F(ByCode, TakesNoOtherCode) {
  Offer();
  const std::string code = Request(phone_.number);
  const Node hello = Stage("companion_hello");
  Say(phone_.TypeCode(code, hello, "another ref"));
  EXPECT_EQ(visit().CountHeard("iq", "link_code_companion_reg"), 1);
  // Somebody typed something else: both sides have another secret then.
  ScriptedPhone other(*world_.random);
  Say(phone_.TypeCode(code == "AAAAAAAA" ? "BBBBBBBB" : "AAAAAAAA", hello, "a ref"));
  EXPECT_EQ(phone_.SecretOf(Stage("companion_finish")), "");
}

TEST_F(ByCode, SaysWhenTheNetworkRefuses) {
  Offer();
  refusal_ = 429;
  EXPECT_EQ(Request(phone_.number), "The network refused to offer a pairing code");
  EXPECT_EQ(State(), ChannelState::kPairing);  // the QR code is still there
  refusal_ = 0;
  EXPECT_EQ(Request(phone_.number).size(), 8u);
}

}  // namespace
}  // namespace parley::link::multidevice
