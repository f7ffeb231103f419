// The native link against a network that the test plays: pairing, logging in, staying, leaving. On
// virtual time, with the real runner and the real store.
#include <gtest/gtest.h>

#include <array>
#include <map>

#include "core/channels/channel_store.h"
#include "core/channels/proxy.h"
#include "core/channels/runner.h"
#include "core/event_store.h"
#include "core/events.h"
#include "link/multidevice/device_record.h"
#include "link/multidevice/keepalive.h"
#include "link/multidevice/link.h"
#include "link/multidevice/login.h"
#include "link/multidevice/pairing.h"
#include "link/multidevice/queries.h"
#include "link/multidevice/stream_errors.h"
#include "tests/support/moody_store.h"
#include "tests/support/scripted_network.h"
#include "tests/support/scripted_phone.h"
#include "tests/support/store_world.h"

namespace parley::link::multidevice {
namespace {

using core::ChannelState;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ResultWith;
using testing::ScriptedPhone;
using testing::StoreMood;
using testing::Visit;
using wire::binary::Node;

// What the messaging half was told.
struct Told {
  int opened = 0, closed = 0, caught_up = 0, stopped = 0;
  std::vector<std::string> stanzas;
  std::shared_ptr<StanzaPort> port;
  std::shared_ptr<const Device> device;
};

class FakeMessaging final : public Messaging {
 public:
  explicit FakeMessaging(Told& told) : told_(told) {}
  void OnOpen(std::shared_ptr<StanzaPort> port, std::shared_ptr<const Device> device) override {
    ++told_.opened;
    told_.port = std::move(port);
    told_.device = std::move(device);
  }
  void OnCaughtUp() override { ++told_.caught_up; }
  void OnClosed() override { ++told_.closed; }
  base::Task<> OnStanza(Node stanza) override {
    told_.stanzas.push_back(stanza.tag);
    co_return;
  }
  base::Task<> Stop() override {
    ++told_.stopped;
    co_return;
  }
  base::Task<core::SendOutcome> Send(core::OutgoingMessage) override {
    co_return core::SendAccepted();
  }
  base::Task<base::Result<core::LinkAnswer>> Request(core::LinkRequest, base::Duration) override {
    co_return base::ErrorCode::kNotSupported;
  }

 private:
  Told& told_;
};

Node Success() {
  Node success("success");
  success.attributes.push_back({"t", "1800000000"});
  success.attributes.push_back({"lid", "90001:3@lid"});
  return success;
}
Node Failure(int code) {
  return ScriptedPhone::WithAttribute("failure", "reason", std::to_string(code));
}
Node StreamError(std::string_view code, std::string_view conflict) {
  Node error("stream:error");
  if (!code.empty()) error.attributes.push_back({"code", std::string(code)});
  if (conflict.empty()) return error;
  Node::Children children;
  children.push_back(ScriptedPhone::WithAttribute("conflict", "type", std::string(conflict)));
  error.content = std::move(children);
  return error;
}
Node Info(Node child) {
  Node info("ib");
  Node::Children children;
  children.push_back(std::move(child));
  info.content = std::move(children);
  return info;
}

class Multidevice : public ::testing::Test {
 protected:
  Multidevice()
      : moody_(*world_.sqlite),
        store_(moody_, world_.scheduler),
        secrets_(base::SealKey{}, *world_.random),
        pool_(base::MakeInlinePool()),
        network_(world_.scheduler, *world_.random),
        phone_(*world_.random),
        account_(world_.AddAccount("ours")) {
    channel_ = world_.AddChannel(account_, ChannelState::kPending);
    phone_.number = channel_.phone;
    network_.answer = [this](const Node& query) { return AnswerTo(query); };
    NetworkOptions options;
    options.url = "ws://network.example/ws/chat";
    options.root = network_.root();
    options.first_keys = 12;
    LinkParts parts{store_,
                    secrets_,
                    *world_.random,
                    *pool_,
                    network_,
                    [this](const LinkContext&) { return std::make_unique<FakeMessaging>(told_); },
                    {core::ContentKind::kText}};
    factory_ = std::make_unique<MultideviceFactory>(std::move(parts), options, ClientInfo());
  }
  ~Multidevice() override {
    if (runner_) StopRunner();
  }

  // The network: it keeps count of one-time keys and takes everything.
  std::optional<Node> AnswerTo(const Node& query) {
    if (query.FindChild("count") != nullptr)
      return ResultWith(
          ScriptedPhone::WithAttribute("count", "value", std::to_string(keys_at_network_)));
    if (const Node* list = query.FindChild("list"))
      keys_at_network_ += static_cast<int>(list->children().size());
    return ResultWith();
  }

  void StartRunner() {
    runner_ = std::make_unique<core::ChannelRunner>(store_, *world_.random, *factory_,
                                                    std::make_shared<const core::Channel>(Row()));
    runner_->Start();
    Settle();
  }
  // It must not take long, whatever the network does.
  void StopRunner() {
    const base::Microseconds before = world_.scheduler.Monotonic();
    auto stop = [](core::ChannelRunner* runner) -> base::Task<bool> {
      co_await runner->Stop(false);
      co_return true;
    };
    world_.Await(stop(runner_.get()));
    EXPECT_LT(world_.scheduler.Monotonic() - before, seconds(3));
    runner_.reset();
  }
  // As a crash: what was not stored is gone, what the network heard it has heard.
  void Restart() {
    StopRunner();
    StartRunner();
  }

  void Settle() { world_.scheduler.RunFor(base::Duration(20)); }
  void Pass(base::Duration time) { world_.scheduler.RunFor(time); }
  void Until(const std::function<bool()>& holds, base::Duration limit = minutes(2)) {
    ASSERT_TRUE(world_.scheduler.RunUntil([&] { return holds(); }, limit));
  }

  core::Channel Row() {
    return *world_.Read([this](const core::Transaction& tx) -> base::Result<core::Channel> {
      PARLEY_TRY(channel, tx.channels().Find(account_, channel_.row));
      return *channel;
    });
  }
  ChannelState State() { return Row().state; }
  std::string Reason() { return Row().state_reason; }
  std::string StateText() { return std::string(NameOf(State())) + " " + Reason(); }

  std::size_t Records(std::string_view space) {
    return world_
        .Read([this, space](const core::Transaction& tx) {
          return tx.link_state().List(channel_.row, space);
        })
        ->size();
  }
  std::size_t AllRecords() {
    std::size_t count = 0;
    for (const std::string_view space : kSpaces) count += Records(space);
    return count;
  }
  // The codes that were on offer.
  std::vector<core::PairingOffered> Offers() {
    std::vector<core::PairingOffered> offers;
    for (const core::Event& event : world_.Events())
      if (const auto* offer = std::get_if<core::PairingOffered>(&event.body))
        offers.push_back(*offer);
    return offers;
  }
  std::string LastQr() {
    const auto offers = Offers();
    return offers.empty() ? "" : offers.back().qr;
  }

  Visit& visit() { return *network_.last(); }
  void Say(const Node& stanza) {
    visit().Say(stanza);
    Settle();
  }
  void Leave() {
    visit().Leave();
    Settle();
  }

  // A QR code is on show.
  void Offer(int refs = 6) {
    const std::size_t offers = Offers().size();
    StartRunner();
    ASSERT_EQ(network_.visits.size(), 1u);
    Say(ScriptedPhone::PairDevice(refs));
    ASSERT_EQ(Offers().size(), offers + 1);
  }
  void ScanLast(ScriptedPhone::Fault fault = ScriptedPhone::Fault::kNone, bool hosted = false) {
    const auto scanned = ScriptedPhone::Scan(LastQr());
    companion_ = scanned.identity;
    Say(phone_.PairSuccess(scanned.secret, scanned.identity, fault, hosted));
  }
  // Paired and told to restart: the second connection stands.
  void Pair() {
    Offer();
    ScanLast();
    Say(StreamError("515", ""));
    ASSERT_EQ(network_.visits.size(), 2u);
  }
  void LogIn() {
    Pair();
    Say(Success());
    ASSERT_EQ(StateText(), "connected ");
  }
  // Lets the connection that comes next log in.
  void NextLogIn(std::size_t visits) {
    Until([&] { return network_.visits.size() >= visits && visit().is_shaken(); }, minutes(10));
    Say(Success());
  }

  testing::StoreWorld world_;
  testing::MoodyStore moody_;
  core::Store store_;
  core::Secrets secrets_;
  std::unique_ptr<base::BlockingPool> pool_;
  testing::ScriptedNetwork network_;
  ScriptedPhone phone_;
  core::AccountRow account_;
  core::Channel channel_;
  Told told_;
  int keys_at_network_ = 0;
  std::string companion_;  // identity of the device that was scanned
  std::unique_ptr<MultideviceFactory> factory_;
  std::unique_ptr<core::ChannelRunner> runner_;
};

// ------------------------------------------------------------------------------------ pairing

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

// ---------------------------------------------------------------------------------- how it ends

TEST_F(Multidevice, DoesWhatTheReasonOfARefusalSays) {
  for (const FailureKind& kind : kFailures) {
    SCOPED_TRACE(kind.code);
    channel_ = world_.AddChannel(account_, ChannelState::kPending);
    phone_.number = channel_.phone;
    network_.visits.clear();
    keys_at_network_ = 0;
    Offer();
    ScanLast();
    Say(StreamError("515", ""));
    Say(Failure(kind.code));
    const std::size_t visits = network_.visits.size();
    switch (kind.next) {
      case Next::kReconnect:
        EXPECT_EQ(State(), ChannelState::kConnecting);
        Pass(seconds(2));
        EXPECT_EQ(network_.visits.size(), visits + 1);
        break;
      case Next::kLogOut:
        EXPECT_EQ(StateText(), "logged_out " + std::string(kind.reason));
        EXPECT_EQ(AllRecords(), 0u);
        Pass(minutes(30));
        EXPECT_EQ(network_.visits.size(), visits);
        break;
      case Next::kStop:
        EXPECT_EQ(StateText(), "disconnected " + std::string(kind.reason));
        EXPECT_NE(AllRecords(), 0u);
        Pass(minutes(30));
        EXPECT_EQ(network_.visits.size(), visits);
        break;
      case Next::kRestart:
      case Next::kEndOffer:
        ADD_FAILURE();
    }
    StopRunner();
  }
}

TEST_F(Multidevice, DoesWhatAStreamErrorSays) {
  struct Case {
    const char *code, *conflict, *state;
    bool comes_back;
  };
  const Case cases[] = {
      {"401", "device_removed", "logged_out logged_out", false},
      {"", "replaced", "disconnected replaced", false},
      {"503", "", "connecting network_unavailable", true},
      {"999", "", "connecting stream_error", true},
      {"401", "", "connecting stream_error", true},
  };
  for (const Case& test : cases) {
    SCOPED_TRACE(test.state);
    channel_ = world_.AddChannel(account_, ChannelState::kPending);
    phone_.number = channel_.phone;
    network_.visits.clear();
    LogIn();
    visit().Say(StreamError(test.code, test.conflict));
    visit().Leave();
    Settle();
    EXPECT_EQ(StateText(), test.state);
    EXPECT_EQ(told_.opened, told_.closed);
    Pass(minutes(1));
    EXPECT_EQ(network_.visits.size() > 2, test.comes_back);
    StopRunner();
  }
}

TEST_F(Multidevice, ConnectsAgainAfterEachKindOfEnd) {
  LogIn();
  Say(Node("xmlstreamend"));
  EXPECT_EQ(StateText(), "connecting ended_by_network");
  NextLogIn(3);
  EXPECT_EQ(State(), ChannelState::kConnected);
  Leave();
  EXPECT_EQ(StateText(), "connecting connection_lost");
  NextLogIn(4);
  visit().SayBytes(std::string("\0\0\x18", 3) + "a frame, and not sealed.");
  Settle();
  EXPECT_TRUE(visit().is_closed());
  NextLogIn(5);
  EXPECT_EQ(State(), ChannelState::kConnected);
  EXPECT_EQ(told_.opened, 4);
  EXPECT_EQ(told_.closed, 3);
}

// A restart is at once, but one after the other is not.
TEST_F(Multidevice, RestartsOnce) {
  LogIn();
  Pass(minutes(1));
  Say(StreamError("515", ""));
  ASSERT_EQ(network_.visits.size(), 3u);
  Say(Success());
  EXPECT_EQ(State(), ChannelState::kConnected);
  Say(StreamError("515", ""));
  EXPECT_EQ(network_.visits.size(), 3u);
  Pass(seconds(2));
  EXPECT_EQ(network_.visits.size(), 4u);
}

TEST_F(Multidevice, WaitsLongerEachTime) {
  LogIn();
  Leave();
  int attempts = 0;
  std::vector<base::Time> times;
  for (; attempts < 12; ++attempts) {
    const std::size_t before = network_.visits.size();
    Until([&] { return network_.visits.size() > before; }, minutes(6));
    times.push_back(world_.scheduler.Now());
    visit().Leave();
  }
  const auto first = times[1] - times[0], last = times[11] - times[10];
  EXPECT_LE(first, seconds(2));
  EXPECT_GE(last, Backoff::kLongest / 2);
  EXPECT_LE(last, Backoff::kLongest);
  // A connection that holds makes it quick again.
  NextLogIn(network_.visits.size() + 1);
  Pass(minutes(2));
  const std::size_t before = network_.visits.size();
  Leave();
  Pass(seconds(1));
  EXPECT_EQ(network_.visits.size(), before + 1);
}

TEST_F(Multidevice, DoesNotWaitForANetworkThatSaysNothing) {
  LogIn();
  network_.mood = testing::ScriptedNetwork::Mood::kSilent;  // not even a handshake
  Leave();
  Pass(seconds(2));
  ASSERT_EQ(network_.visits.size(), 3u);
  Pass(seconds(29));
  EXPECT_TRUE(visit().is_closed() || network_.visits.size() == 3u);
  Until([&] { return network_.visits.size() == 4; });
  network_.mood = testing::ScriptedNetwork::Mood::kOpen;  // a handshake, and no <success>
  Until([&] { return network_.visits.size() == 5; });
  EXPECT_EQ(State(), ChannelState::kConnecting);
}

TEST_F(Multidevice, BelievesNobodyElse) {
  LogIn();
  network_.is_impostor = true;
  Leave();
  Pass(seconds(2));
  ASSERT_EQ(network_.visits.size(), 3u);
  EXPECT_TRUE(visit().is_closed());
  EXPECT_FALSE(visit().is_shaken());
  EXPECT_EQ(visit().payload(), "");  // who the channel is was not told
  network_.is_impostor = false;
  NextLogIn(4);
  EXPECT_EQ(State(), ChannelState::kConnected);
}

TEST_F(Multidevice, NoticesADeadConnection) {
  LogIn();
  Pass(minutes(3));
  EXPECT_GE(visit().CountHeard("iq", "ping"), 5);
  EXPECT_LE(visit().CountHeard("iq", "ping"), 9);
  EXPECT_FALSE(visit().is_closed());
  visit().BeSilent();
  Pass(kSilence);
  EXPECT_FALSE(visit().is_closed());
  Pass(kPingBefore + kPingLimit);
  EXPECT_TRUE(network_.visits[1]->is_closed());
  EXPECT_EQ(Reason(), "no_answer");
}

TEST_F(Multidevice, AsksNotWhileSomethingComes) {
  LogIn();
  const int before = visit().CountHeard("iq", "ping");
  for (int i = 0; i < 60; ++i) {
    visit().Say(Node("presence"));
    Pass(seconds(5));
  }
  EXPECT_EQ(visit().CountHeard("iq", "ping"), before);
  EXPECT_EQ(told_.stanzas.size(), 60u);
}

TEST_F(Multidevice, TriesAgainWhenTheClientIsAnother) {
  LogIn();
  Leave();
  Pass(seconds(2));
  Say(Failure(405));
  EXPECT_EQ(StateText(), "disconnected client_outdated");
  ClientInfo client;
  client.version = {2, 3000, 7};
  factory_->SetClient(client);
  Settle();
  NextLogIn(4);
  EXPECT_EQ(StateText(), "connected ");
}

TEST_F(Multidevice, StopsAtOnceWhereverItIs) {
  StartRunner();
  StopRunner();
  network_.mood = testing::ScriptedNetwork::Mood::kSilent;
  StartRunner();
  StopRunner();
  network_.mood = testing::ScriptedNetwork::Mood::kClosed;
  StartRunner();
  StopRunner();
  network_.mood = testing::ScriptedNetwork::Mood::kOpen;
  network_.visits.clear();
  Offer();
  StopRunner();
  network_.visits.clear();
  LogIn();
  StopRunner();
  EXPECT_EQ(told_.opened, told_.closed);
  EXPECT_EQ(told_.stopped, 5);
  Pass(minutes(10));
  EXPECT_EQ(network_.visits.size(), 2u);
}

TEST_F(Multidevice, LogsOutAtTheNetwork) {
  LogIn();
  auto stop = [](core::ChannelRunner* runner) -> base::Task<bool> {
    co_await runner->Stop(true);
    co_return true;
  };
  world_.Await(stop(runner_.get()));
  const Node* query = visit().Heard("iq", "remove-companion-device");
  ASSERT_NE(query, nullptr);
  EXPECT_EQ(query->FindChild("remove-companion-device")->Find("jid"),
            phone_.number + ":3@s.whatsapp.net");
  runner_.reset();
}

// ---------------------------------------------------------------------------- after the login

TEST_F(Multidevice, TellsWhenItHasCaughtUp) {
  LogIn();
  Say(Info(ScriptedPhone::WithAttribute("offline_preview", "count", "2")));
  EXPECT_EQ(visit().CountHeard("ib", "offline_batch"), 1);
  Say(Node("message"));
  EXPECT_EQ(told_.caught_up, 0);
  Say(Info(ScriptedPhone::WithAttribute("offline", "count", "2")));
  EXPECT_EQ(told_.caught_up, 1);
  EXPECT_EQ(told_.stanzas, std::vector<std::string>{"message"});
}

TEST_F(Multidevice, KeepsItsRoutingForTheNextConnection) {
  LogIn();
  Node routing("edge_routing");
  Node::Children children;
  children.push_back(ScriptedPhone::Leaf("routing_info", "over there"));
  routing.content = std::move(children);
  Say(Info(routing));
  EXPECT_FALSE(visit().opening().starts_with("ED"));
  Restart();
  EXPECT_TRUE(visit().opening().starts_with(std::string("ED\0\1\0\0\x0aover there", 17)));
}

TEST_F(Multidevice, CleansWhatIsDirty) {
  LogIn();
  Node dirty = ScriptedPhone::WithAttribute("dirty", "type", "groups");
  dirty.attributes.push_back({"timestamp", "1800000001"});
  Say(Info(dirty));
  const Node* query = visit().Heard("iq", "clean");
  ASSERT_NE(query, nullptr);
  EXPECT_EQ(query->FindChild("clean")->Find("timestamp"), "1800000001");
}

TEST_F(Multidevice, AnswersWhatItDoesNotKnow) {
  LogIn();
  Node ping = ScriptedPhone::WithAttribute("iq", "xmlns", "urn:xmpp:ping");
  ping.attributes.push_back({"id", "p9"});
  ping.attributes.push_back({"type", "get"});
  Say(ping);
  Node odd = ScriptedPhone::WithAttribute("iq", "xmlns", "odd");
  odd.attributes.push_back({"id", "o9"});
  odd.attributes.push_back({"type", "set"});
  Say(odd);
  Node news = ScriptedPhone::WithAttribute("news", "id", "n9");
  news.attributes.push_back({"from", "s.whatsapp.net"});
  Say(news);
  const auto answer_to = [&](std::string_view id) -> const Node* {
    for (const Node& stanza : visit().heard)
      if (stanza.Find("id") == id) return &stanza;
    return nullptr;
  };
  ASSERT_NE(answer_to("p9"), nullptr);
  EXPECT_EQ(answer_to("p9")->Find("type"), "result");
  ASSERT_NE(answer_to("o9"), nullptr);
  EXPECT_EQ(ErrorIn(*answer_to("o9"))->code, 501);
  ASSERT_NE(answer_to("n9"), nullptr);
  EXPECT_EQ(answer_to("n9")->tag, "ack");
  EXPECT_EQ(answer_to("n9")->Find("class"), "news");
}

// ---------------------------------------------------------------------------------------- keys

Node KeysLow() {
  Node notification = ScriptedPhone::WithAttribute("notification", "type", "encrypt");
  Node::Children children;
  children.push_back(ScriptedPhone::WithAttribute("count", "value", "3"));
  notification.content = std::move(children);
  return notification;
}

TEST_F(Multidevice, UploadsMoreKeysWhenTheyRunLow) {
  LogIn();
  keys_at_network_ = 3;
  Say(KeysLow());
  EXPECT_EQ(keys_at_network_, 3 + static_cast<int>(kLaterKeys));
  EXPECT_EQ(Records(kOneTimeKeySpace), 12u + kLaterKeys);
  // No number twice.
  std::set<std::string> ids;
  for (const auto& one : network_.visits) {
    for (const Node& stanza : one->heard) {
      const Node* list = stanza.FindChild("list");
      if (list == nullptr) continue;
      for (const Node& key : list->children())
        EXPECT_TRUE(ids.insert(std::string(key.FindChild("id")->data())).second);
    }
  }
  EXPECT_EQ(ids.size(), 62u);
  // Enough is enough.
  Say(KeysLow());
  EXPECT_EQ(Records(kOneTimeKeySpace), 62u);
}

TEST_F(Multidevice, StoresKeysBeforeItUploadsThem) {
  network_.answer = [this](const Node& query) {
    if (const Node* list = query.FindChild("list")) {
      EXPECT_GE(Records(kOneTimeKeySpace), list->children().size());
    }
    return AnswerTo(query);
  };
  Pair();
  moody_.SetMood(StoreMood::kFailing);
  visit().Say(Success());
  Pass(seconds(3));
  EXPECT_EQ(keys_at_network_, 0);
  moody_.SetMood(StoreMood::kFine);
  Pass(seconds(3));
  EXPECT_EQ(keys_at_network_, 12);
}

TEST_F(Multidevice, UploadsNoKeyTwice) {
  std::set<std::string> values;
  bool answers = false;
  network_.answer = [&](const Node& query) -> std::optional<Node> {
    if (const Node* list = query.FindChild("list")) {
      for (const Node& key : list->children())
        EXPECT_TRUE(values.insert(std::string(key.FindChild("value")->data())).second);
      if (!answers) return std::nullopt;
    }
    return AnswerTo(query);
  };
  LogIn();
  EXPECT_EQ(values.size(), 12u);
  answers = true;
  Pass(minutes(3));  // for the answer, then for another try
  EXPECT_EQ(values.size(), 24u);
  EXPECT_EQ(keys_at_network_, 12);
}

TEST_F(Multidevice, RenewsItsSignedKey) {
  LogIn();
  const std::uint32_t before = told_.device->signed_key.id;
  // Offline for so long.
  const auto come_back_after = [this](base::Duration time) {
    Leave();
    network_.mood = testing::ScriptedNetwork::Mood::kClosed;
    Pass(time);
    network_.mood = testing::ScriptedNetwork::Mood::kOpen;
    NextLogIn(network_.visits.size() + 1);
  };
  come_back_after(kSignedKeyAge - std::chrono::hours(1));
  EXPECT_EQ(visit().Heard("iq", "rotate"), nullptr);
  come_back_after(std::chrono::hours(2));
  const Node* query = visit().Heard("iq", "rotate");
  ASSERT_NE(query, nullptr);
  EXPECT_EQ(query->FindChild("rotate")->FindChild("skey")->FindChild("id")->data(),
            BigEndian(before + 1, 3));
  EXPECT_EQ(Records(kSignedKeySpace), 2u);  // the one before is still good
  come_back_after(minutes(5));
  EXPECT_EQ(visit().Heard("iq", "rotate"), nullptr);
  EXPECT_EQ(told_.device->signed_key.id, before + 1);
}

// --------------------------------------------------------------------------------------- proxies

class ByProxy : public Multidevice {
 protected:
  void Set(const core::Proxy& proxy) {
    world_.Write(
        [this, write = core::SealedProxy(secrets_, channel_.id, proxy)](core::Transaction& tx) {
          return tx.link_state().Apply(channel_.row, {write});
        });
  }
  core::Proxy proxy_{"socks5", "proxy.example", 1080, "user", "secret", true};
};

TEST_F(ByProxy, Connects) {
  Set(proxy_);
  StartRunner();
  ASSERT_EQ(network_.visits.size(), 1u);
  ASSERT_TRUE(visit().request().proxy);
  EXPECT_EQ(visit().request().proxy->kind, http::Proxy::Kind::kSocks5);
  EXPECT_EQ(visit().request().proxy->host, "proxy.example");
  EXPECT_EQ(visit().request().proxy->port, 1080);
  EXPECT_EQ(visit().request().proxy->password, "secret");
}

TEST_F(ByProxy, DoesNotWhenItIsOff) {
  proxy_.active = false;
  Set(proxy_);
  StartRunner();
  ASSERT_EQ(network_.visits.size(), 1u);
  EXPECT_FALSE(visit().request().proxy);
}

TEST_F(ByProxy, NeverGoesAroundIt) {
  proxy_.scheme = "https";
  Set(proxy_);
  StartRunner();
  Pass(minutes(10));
  EXPECT_EQ(network_.visits.size(), 0u);
  EXPECT_EQ(State(), ChannelState::kPending);
  EXPECT_TRUE(runner_->ended());
  StopRunner();
  // One that cannot be read.
  core::LinkWrite broken;
  broken.space = "proxy";
  broken.value = "nonsense";
  world_.Write([this, broken](core::Transaction& tx) {
    return tx.link_state().Apply(channel_.row, {broken});
  });
  StartRunner();
  Pass(minutes(10));
  EXPECT_EQ(network_.visits.size(), 0u);
}

// A log-out takes the device's records and leaves what the owner has set.
TEST_F(ByProxy, KeepsItOverALogOut) {
  Set(proxy_);
  LogIn();
  Say(StreamError("401", "device_removed"));
  EXPECT_EQ(AllRecords(), 0u);
  EXPECT_EQ(Records("proxy"), 1u);
}

TEST_F(Multidevice, DoesNotConnectWithKeysItCannotRead) {
  LogIn();
  StopRunner();
  core::LinkWrite broken;
  broken.space = kDeviceSpace;
  broken.value = "nonsense";
  world_.Write([this, broken](core::Transaction& tx) {
    return tx.link_state().Apply(channel_.row, {broken});
  });
  StartRunner();
  EXPECT_EQ(StateText(), "disconnected keys_unreadable");
  EXPECT_EQ(network_.visits.size(), 2u);
}

}  // namespace
}  // namespace parley::link::multidevice
