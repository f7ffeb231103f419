// One channel's object and what the answers of its link do to messages.
#include "core/channels/runner.h"

#include <gtest/gtest.h>

#include <deque>

#include "core/messages/link_id.h"
#include "core/messages/message_store.h"
#include "core/messages/send.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

using std::chrono::seconds;

// What a link was asked, and what it will answer: as scripted, then "accepted".
struct Script {
  Capabilities capabilities;
  std::deque<SendOutcome> outcomes;
  bool silent = false;  // answers nothing until told to
  std::vector<OutgoingMessage> sent;
  int waiting = 0, most_waiting = 0;
};

class FakeLink final : public Link {
 public:
  FakeLink(base::Scheduler& scheduler, Script& script, LinkEvents& events)
      : scheduler_(scheduler), script_(script), events_(events), go_on_(scheduler) {}

  Capabilities capabilities() const override { return script_.capabilities; }
  void Start() override { scheduler_.Spawn("fake link", Connect()); }
  base::Task<> Stop() override {
    stopped_ = true;
    go_on_.Notify();
    co_return;
  }
  base::Task<> LogOut() override { co_return; }
  base::Task<base::Result<void>> RequestPairingCode(std::string) override {
    co_return base::ErrorCode::kNotSupported;
  }
  base::Task<base::Result<LinkAnswer>> Request(LinkRequest, base::Duration) override {
    co_return base::ErrorCode::kNotSupported;
  }
  base::Task<SendOutcome> Send(OutgoingMessage message) override {
    script_.sent.push_back(std::move(message));
    const std::size_t number = script_.sent.size();
    script_.most_waiting = std::max(script_.most_waiting, ++script_.waiting);
    while (script_.silent && !stopped_) co_await go_on_.Wait();
    --script_.waiting;
    if (script_.outcomes.empty()) {
      SendAccepted accepted;
      accepted.at = scheduler_.Now();
      if (script_.capabilities.message_id == MessageIdOwner::kTheirs)
        accepted.link_id = "theirs-" + std::to_string(number);
      co_return accepted;
    }
    SendOutcome outcome = std::move(script_.outcomes.front());
    script_.outcomes.pop_front();
    co_return outcome;
  }

  base::Task<> Report(LinkReport report) {
    std::vector<LinkReport> reports;
    reports.push_back(std::move(report));
    LinkWrites none;
    const auto reported = co_await events_.Report(std::move(reports), std::move(none));
    EXPECT_TRUE(reported);
  }
  void Speak() {
    script_.silent = false;
    go_on_.Notify();
  }

 private:
  base::Task<> Connect() {
    LinkReport connected = StateReport{ChannelState::kConnected, ""};
    co_await Report(std::move(connected));
  }

  base::Scheduler& scheduler_;
  Script& script_;
  LinkEvents& events_;
  base::Signal go_on_;
  bool stopped_ = false;
};

class FakeFactory final : public LinkFactory {
 public:
  FakeFactory(base::Scheduler& scheduler, Script& script)
      : scheduler_(scheduler), script_(script) {}
  Capabilities CapabilitiesOf(std::string_view) const override { return script_.capabilities; }
  std::unique_ptr<Link> Make(const Channel&, LinkEvents& events) override {
    auto made = std::make_unique<FakeLink>(scheduler_, script_, events);
    link = made.get();
    return made;
  }
  FakeLink* link = nullptr;

 private:
  base::Scheduler& scheduler_;
  Script& script_;
};

SendRefused Refused(SendRefused::Kind kind) {
  SendRefused refused;
  refused.kind = kind;
  refused.failure = Failure{"131026", "Receiver is incapable of receiving this message"};
  return refused;
}
constexpr auto kRetryable = SendRefused::Kind::kRetryable;
constexpr auto kPermanent = SendRefused::Kind::kPermanent;
constexpr auto kAmbiguous = SendRefused::Kind::kAmbiguous;

class Runner : public ::testing::Test {
 protected:
  Runner() : factory_(world_.scheduler, script_), account_(world_.AddAccount("ours")) {
    channel_ = world_.AddChannel(account_, ChannelState::kConnecting);
  }
  ~Runner() override {
    if (runner_) Stop();
  }

  void Start() {
    runner_ = std::make_unique<ChannelRunner>(world_.store, *world_.random, factory_,
                                              std::make_shared<const Channel>(channel_));
    runner_->Start();
    Pass(seconds(0));
  }
  void Stop() {
    world_.Await(StopIt());
    runner_.reset();
  }
  // As a crash and a new start: what was in memory is lost.
  void Restart() {
    Stop();
    ASSERT_TRUE(world_.Write([&](Transaction& tx) {
      Channel connecting = channel_;
      connecting.state = ChannelState::kConnecting;
      return tx.channels().Update(connecting);
    }));
    Start();
  }
  void Pass(base::Duration duration) { world_.scheduler.RunFor(duration); }

  MessageId Queue(const std::string& to, const std::string& text) {
    SendWrite write;
    write.account = account_;
    write.channel = channel_.row;
    write.to = Address{AddressKind::kPhone, to};
    write.content = TextContent{text};
    const auto queued = world_.Write([write, stamp = world_.NewStamp()](Transaction& tx) {
      return core::Send(tx, write, stamp);
    });
    if (runner_) runner_->Wake();
    return queued->id;
  }
  Message Stored(MessageId id) {
    return (**world_.Read(
                [&](const Transaction& tx) { return tx.messages().FindById(account_, id); }))
        .message;
  }
  MessageStatus StatusOf(MessageId id) { return Stored(id).status; }
  // The texts that the link was given, in order.
  std::vector<std::string> Sent() const {
    std::vector<std::string> texts;
    for (const OutgoingMessage& message : script_.sent) texts.push_back(TextOf(message.content));
    return texts;
  }
  using Texts = std::vector<std::string>;

  testing::StoreWorld world_;
  Script script_;
  FakeFactory factory_;
  const AccountRow account_;
  Channel channel_;
  std::unique_ptr<ChannelRunner> runner_;

 private:
  base::Task<bool> StopIt() {
    co_await runner_->Stop(false);
    co_return true;
  }
};

TEST_F(Runner, SendsWhatIsQueuedInAcceptOrder) {
  Queue("1555001", "one");
  Queue("1555001", "two");
  Start();
  const MessageId three = Queue("1555001", "three");
  Pass(seconds(1));
  EXPECT_EQ(Sent(), (Texts{"one", "two", "three"}));
  EXPECT_EQ(StatusOf(three), MessageStatus::kSent);
  EXPECT_EQ(script_.sent[2].link_id, LinkIdOf(three));
  EXPECT_EQ(script_.sent[2].to.value, "1555001");
  EXPECT_EQ(Stored(three).link_id, "") << "derived from the id";
  EXPECT_EQ(runner_->buffered(), 0u);
}

TEST_F(Runner, TriesARetryableOneAgainAfterAPause) {
  script_.outcomes = {Refused(kRetryable), Refused(kRetryable)};
  Start();
  const MessageId one = Queue("1555001", "one");
  Queue("1555001", "two");
  const MessageId other = Queue("1555002", "other chat");
  Pass(base::Duration(999));
  EXPECT_EQ(Sent(), (Texts{"one", "other chat"}));
  EXPECT_EQ(StatusOf(one), MessageStatus::kQueued);
  Pass(base::Duration(1));
  // The second refusal went to the other chat, whose pause is over, too.
  EXPECT_EQ(Sent(), (Texts{"one", "other chat", "one", "other chat", "two"}));
  EXPECT_EQ(StatusOf(one), MessageStatus::kSent);
  EXPECT_EQ(StatusOf(other), MessageStatus::kSent);
  EXPECT_EQ(script_.sent[0].link_id, script_.sent[2].link_id) << "the same message again";
}

TEST_F(Runner, WaitsLongerEachTimeUpToAMinute) {
  script_.outcomes.assign(9, Refused(kRetryable));
  Start();
  const MessageId one = Queue("1555001", "one");
  std::vector<std::int64_t> pauses;
  base::Time last = world_.scheduler.Now();
  for (std::size_t seen = 1; seen < 10;) {
    Pass(base::Duration(100));
    if (script_.sent.size() == seen) continue;
    pauses.push_back((world_.scheduler.Now() - last).count() / 1000);
    last = world_.scheduler.Now();
    seen = script_.sent.size();
  }
  EXPECT_EQ(pauses, (std::vector<std::int64_t>{1, 2, 4, 8, 16, 32, 60, 60, 60}));
  EXPECT_EQ(StatusOf(one), MessageStatus::kSent);
}

TEST_F(Runner, WaitsAsLongAsTheNetworkAsks) {
  SendRefused later = Refused(kRetryable);
  later.retry_after = std::chrono::minutes(10);
  script_.outcomes = {later};
  Start();
  const MessageId one = Queue("1555001", "one");
  Pass(std::chrono::minutes(10) - base::Duration(1));
  EXPECT_EQ(StatusOf(one), MessageStatus::kQueued);
  Pass(base::Duration(1));
  EXPECT_EQ(StatusOf(one), MessageStatus::kSent);
}

TEST_F(Runner, GivesUpAPermanentOneAndGoesOn) {
  script_.outcomes = {Refused(kPermanent)};
  Start();
  const MessageId one = Queue("1555001", "one"), two = Queue("1555001", "two");
  Pass(std::chrono::hours(1));
  EXPECT_EQ(Sent(), (Texts{"one", "two"}));
  EXPECT_EQ(StatusOf(one), MessageStatus::kFailed);
  EXPECT_EQ(Stored(one).failure, Refused(kPermanent).failure);
  EXPECT_EQ(StatusOf(two), MessageStatus::kSent);
}

TEST_F(Runner, RepeatsAnAmbiguousOneWhoseIdIsOurs) {
  script_.outcomes = {Refused(kAmbiguous)};
  Start();
  const MessageId one = Queue("1555001", "one");
  Pass(seconds(2));
  EXPECT_EQ(Sent(), (Texts{"one", "one"}));
  EXPECT_EQ(script_.sent[0].link_id, script_.sent[1].link_id);
  EXPECT_EQ(StatusOf(one), MessageStatus::kSent);
}

// Cloud API: without an answer nobody knows whether it arrived, and a repeat would be a second
// message to the recipient.
TEST_F(Runner, NeverRepeatsAnAmbiguousOneWhoseIdIsTheirs) {
  script_.capabilities.message_id = MessageIdOwner::kTheirs;
  script_.outcomes = {Refused(kAmbiguous)};
  Start();
  const MessageId one = Queue("1555001", "one"), two = Queue("1555001", "two");
  Pass(std::chrono::hours(48));
  EXPECT_EQ(Sent(), (Texts{"one", "two"})) << "those behind it go on";
  EXPECT_EQ(StatusOf(one), MessageStatus::kUnconfirmed);
  EXPECT_EQ(StatusOf(two), MessageStatus::kSent);
  Restart();
  Pass(std::chrono::hours(48));
  EXPECT_EQ(Sent(), (Texts{"one", "two"}));
  EXPECT_EQ(StatusOf(one), MessageStatus::kUnconfirmed);
}

TEST_F(Runner, KnowsReceiptsByTheirIds) {
  script_.capabilities.message_id = MessageIdOwner::kTheirs;
  Start();
  const MessageId one = Queue("1555001", "one");
  Pass(seconds(1));
  EXPECT_EQ(Stored(one).link_id, "theirs-1");
  ReceiptReport receipt;
  receipt.link_id = "theirs-1";
  receipt.chat.phone = "1555001";
  receipt.status = MessageStatus::kDelivered;
  receipt.at = world_.scheduler.Now();
  LinkReport report = receipt;
  world_.scheduler.Spawn("receipt", factory_.link->Report(std::move(report)));
  Pass(seconds(1));
  EXPECT_EQ(StatusOf(one), MessageStatus::kDelivered);
}

TEST_F(Runner, HasOneMessageOfAChatUnderWayAndSoManyInAll) {
  script_.capabilities.max_in_flight = 3;
  script_.silent = true;
  Start();
  for (const char* to : {"1555001", "1555002", "1555003", "1555004", "1555005"})
    for (const char* text : {"one", "two"}) Queue(to, text);
  Pass(seconds(5));
  EXPECT_EQ(Sent(), (Texts{"one", "one", "one"}));
  EXPECT_EQ(runner_->buffered(), 10u);
  factory_.link->Speak();
  Pass(seconds(5));
  EXPECT_EQ(script_.sent.size(), 10u);
  EXPECT_EQ(script_.most_waiting, 3);
  std::map<std::string, Texts> by_chat;
  for (const OutgoingMessage& message : script_.sent)
    by_chat[message.to.value].push_back(TextOf(message.content));
  for (const auto& [to, texts] : by_chat) EXPECT_EQ(texts, (Texts{"one", "two"})) << to;
}

TEST_F(Runner, ReadsALongQueueInParts) {
  for (int i = 0; i < 1000; ++i) Queue("155500" + std::to_string(i % 7), std::to_string(i));
  script_.silent = true;
  Start();
  Pass(seconds(1));
  EXPECT_LE(runner_->buffered(), 640u) << "not all of it is in memory";
  factory_.link->Speak();
  Pass(seconds(10));
  EXPECT_EQ(script_.sent.size(), 1000u);
  std::map<std::string, int> last;
  for (const OutgoingMessage& message : script_.sent) {
    const int number = std::stoi(TextOf(message.content));
    const auto [entry, is_new] = last.emplace(message.to.value, number);
    EXPECT_TRUE(is_new || entry->second < number) << "accept order within a chat";
    entry->second = number;
  }
}

TEST_F(Runner, SendsNothingWhileDisconnected) {
  Start();
  LinkReport gone = StateReport{ChannelState::kConnecting, "connection_lost"};
  world_.scheduler.Spawn("gone", factory_.link->Report(std::move(gone)));
  Pass(seconds(1));
  EXPECT_FALSE(runner_->connected());
  const MessageId one = Queue("1555001", "one");
  Pass(std::chrono::hours(1));
  EXPECT_EQ(Sent(), Texts{});
  LinkReport back = StateReport{ChannelState::kConnected, ""};
  world_.scheduler.Spawn("back", factory_.link->Report(std::move(back)));
  Pass(seconds(1));
  EXPECT_EQ(StatusOf(one), MessageStatus::kSent);
}

TEST_F(Runner, StopsOnlyWhenItsSendsAreSettled) {
  script_.silent = true;
  Start();
  const MessageId one = Queue("1555001", "one"), two = Queue("1555001", "two");
  Pass(seconds(1));
  Stop();
  EXPECT_EQ(StatusOf(one), MessageStatus::kSent);
  EXPECT_EQ(StatusOf(two), MessageStatus::kQueued) << "left for the next start";
  script_.silent = false;
  ASSERT_TRUE(world_.Write([&](Transaction& tx) { return tx.channels().Update(channel_); }));
  Start();
  Pass(seconds(1));
  EXPECT_EQ(Sent(), (Texts{"one", "two"}));
}

}  // namespace
}  // namespace parley::core
