// The native link logs in, stays, and ends, at a network that the test plays.
#include <set>

#include "core/channels/proxy.h"
#include "link/multidevice/keepalive.h"
#include "link/multidevice/login.h"
#include "link/multidevice/queries.h"
#include "link/multidevice/stream_errors.h"
#include "tests/contracts/multidevice_world.h"

namespace parley::link::multidevice {
namespace {

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

// Stops the runner with a log-out; returns how long that took.
class LoggingOut : public Multidevice {
 protected:
  struct Stopping {
    bool done = false;
    base::Microseconds took{0};
  };
  std::shared_ptr<Stopping> Stop() {
    const auto stopping = std::make_shared<Stopping>();
    auto stop = [](core::ChannelRunner* runner, base::Scheduler& scheduler,
                   std::shared_ptr<Stopping> out) -> base::Task<> {
      const base::Microseconds before = scheduler.Monotonic();
      co_await runner->Stop(true);
      out->took = scheduler.Monotonic() - before;
      out->done = true;
    };
    world_.scheduler.Spawn("log out", stop(runner_.get(), world_.scheduler, stopping));
    Settle();
    return stopping;
  }
  // As the host does it with a channel that has no connection.
  std::shared_ptr<Stopping> StartAndStop() {
    runner_ = std::make_unique<core::ChannelRunner>(store_, *world_.random, *factory_,
                                                    std::make_shared<const core::Channel>(Row()));
    runner_->Start();
    return Stop();
  }
};

TEST_F(LoggingOut, ConnectsForIt) {
  LogIn();
  StopRunner();
  const std::string before = StateText();
  const auto stopping = StartAndStop();
  ASSERT_EQ(network_.visits.size(), 3u);
  EXPECT_FALSE(stopping->done);
  Say(Success());
  EXPECT_TRUE(stopping->done);
  EXPECT_NE(visit().Heard("iq", "remove-companion-device"), nullptr);
  // Nothing else was done or told: no message may come that nobody takes.
  EXPECT_EQ(visit().Heard("iq", "active"), nullptr);
  EXPECT_EQ(told_.opened, 1);
  EXPECT_EQ(StateText(), before);
  runner_.reset();
}

TEST_F(LoggingOut, DoesNotWaitForTheNextAttempt) {
  LogIn();
  network_.mood = testing::ScriptedNetwork::Mood::kClosed;
  Leave();
  Pass(minutes(20));  // pauses are of minutes by now
  network_.mood = testing::ScriptedNetwork::Mood::kOpen;
  const std::size_t visits = network_.visits.size();
  const auto stopping = Stop();
  ASSERT_EQ(network_.visits.size(), visits + 1);
  Say(Success());
  EXPECT_TRUE(stopping->done);
  EXPECT_NE(visit().Heard("iq", "remove-companion-device"), nullptr);
  runner_.reset();
}

TEST_F(LoggingOut, IsGivenUpWhenTheNetworkIsAway) {
  LogIn();
  StopRunner();
  for (const auto mood :
       {testing::ScriptedNetwork::Mood::kClosed, testing::ScriptedNetwork::Mood::kSilent}) {
    network_.mood = mood;
    const auto stopping = StartAndStop();
    Until([&] { return stopping->done; });
    EXPECT_LE(stopping->took, seconds(11));
    runner_.reset();
  }
  // And when nobody answers any more behind an open door.
  network_.mood = testing::ScriptedNetwork::Mood::kOpen;
  const auto stopping = StartAndStop();
  visit().BeSilent();
  Say(Success());
  Until([&] { return stopping->done; });
  EXPECT_LE(stopping->took, seconds(11));
  runner_.reset();
}

TEST_F(LoggingOut, NeedsNoConnectionWhereNothingIsPaired) {
  const auto stopping = StartAndStop();
  EXPECT_TRUE(stopping->done);
  EXPECT_TRUE(network_.visits.empty());
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
