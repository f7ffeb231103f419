// A connection of the native link: queries, order, bounds.
#include <gtest/gtest.h>

#include "link/multidevice/connection.h"
#include "link/multidevice/queries.h"
#include "tests/support/scripted_network.h"

namespace parley::link::multidevice {
namespace {

using std::chrono::seconds;
using testing::ResultWith;
using wire::binary::Node;

class Connected : public ::testing::Test {
 protected:
  Connected() {
    scheduler_.Spawn("connect", Connect(this));
    scheduler_.RunFor(base::Duration(10));
    EXPECT_TRUE(connection_ && network_.last()->is_shaken());
  }
  // Whoever still asks holds the connection.
  ~Connected() override {
    connection_->Close("test_over");
    scheduler_.RunReady();
  }
  static base::Task<> Connect(Connected* test) {
    http::WebSocketRequest request("ws://network.example/");
    auto socket = co_await test->network_.Open(std::move(request));
    test->connection_ =
        std::make_shared<Connection>(test->scheduler_, *test->random_, std::move(*socket));
    Greeting greeting(wire::crypto::KeyPair::Generate(*test->random_), test->network_.root(), "",
                      "who");
    EXPECT_TRUE(co_await test->connection_->Start(std::move(greeting)));
  }
  // Asks, and notes what came of it.
  static base::Task<> Ask(Connected* test, std::string name) {
    Node query = MakeQuery(QueryKind::kGet, "test", Node(name));
    const auto answer = co_await test->connection_->Ask(std::move(query), seconds(60));
    test->outcomes_.push_back(name + " " +
                              (answer ? std::string(answer->Find("text").value_or("none"))
                                      : std::string(KindOf(answer.error().code).name)));
  }
  void StartAsking(const std::string& name) {
    scheduler_.Spawn("ask", Ask(this, name));
    scheduler_.RunReady();
  }
  void Answer(const std::string& name) {
    Node answer = ResultWith();
    answer.attributes.push_back({"text", "for " + name});
    answer.attributes.push_back({"id", std::string(*visit().Heard("iq", name)->Find("id"))});
    visit().Say(answer);
    scheduler_.RunReady();
  }
  static base::Task<> TakeOne(Connected* test) {
    const auto stanza = co_await test->connection_->Next(seconds(5));
    test->taken_.push_back(stanza ? stanza->tag : "nothing");
  }
  std::string Take() {
    scheduler_.Spawn("take", TakeOne(this));
    scheduler_.RunFor(seconds(6));
    return taken_.back();
  }
  testing::Visit& visit() { return *network_.last(); }
  void SayMany(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) visit().Say(Node("message"));
    scheduler_.RunReady();
  }

  base::VirtualScheduler scheduler_{base::FromUnixMs(1'800'000'000'000)};
  const std::unique_ptr<base::Random> random_ = base::MakeSeededRandom(1);
  testing::ScriptedNetwork network_{scheduler_, *random_};
  std::shared_ptr<Connection> connection_;
  std::vector<std::string> outcomes_, taken_;
};

using Texts = std::vector<std::string>;

TEST_F(Connected, GivesEachQueryItsAnswer) {
  for (const char* name : {"a", "b", "c"}) StartAsking(name);
  Answer("c");
  Answer("a");
  visit().Say(ResultWith());  // without an id: nobody's
  scheduler_.RunReady();
  EXPECT_EQ(outcomes_, (Texts{"c for c", "a for a"}));
  scheduler_.RunFor(seconds(61));
  EXPECT_EQ(outcomes_, (Texts{"c for c", "a for a", "b timeout"}));
  Answer("b");  // too late, and no stanza either
  EXPECT_EQ(Take(), "nothing");
}

TEST_F(Connected, EndsQueriesWithIt) {
  StartAsking("a");
  visit().Leave();
  scheduler_.RunReady();
  StartAsking("b");
  EXPECT_EQ(outcomes_, (Texts{"a unavailable", "b unavailable"}));
  EXPECT_EQ(connection_->end()->reason, "connection_lost");
}

TEST_F(Connected, BoundsQueries) {
  for (std::size_t i = 0; i < kMaxQueries; ++i) StartAsking("q" + std::to_string(i));
  EXPECT_TRUE(outcomes_.empty());
  StartAsking("more");
  EXPECT_EQ(outcomes_, (Texts{"more overloaded"}));
  Answer("q7");
  StartAsking("again");
  EXPECT_EQ(outcomes_.size(), 2u);
}

TEST_F(Connected, GivesStanzasInTheirOrder) {
  for (const char* tag : {"one", "two", "three"}) visit().Say(Node(tag));
  visit().Leave();
  scheduler_.RunReady();
  EXPECT_EQ(Take(), "one");
  EXPECT_EQ(Take(), "two");
  EXPECT_EQ(Take(), "three");  // what was said last may be why it ended
  EXPECT_EQ(Take(), "nothing");
}

TEST_F(Connected, ReadsNoMoreThanIsTaken) {
  SayMany(kMaxUnread + 100);
  const std::size_t left = visit().unread();
  EXPECT_GE(left, 99u);
  Take();
  EXPECT_EQ(visit().unread(), left - 1);
  // Behind them is the answer that somebody waits for.
  StartAsking("a");
  EXPECT_EQ(visit().unread(), 0u);
  Answer("a");
  EXPECT_EQ(outcomes_, (Texts{"a for a"}));
  // That, too, has an end.
  StartAsking("b");
  SayMany(kMaxUnreadWhileAsking + 100);
  EXPECT_GE(visit().unread(), 99u);
  Answer("b");
  EXPECT_TRUE(outcomes_.size() == 1);
}

TEST_F(Connected, CanBePoked) {
  scheduler_.Spawn("take", TakeOne(this));
  scheduler_.RunReady();
  EXPECT_TRUE(taken_.empty());
  connection_->Poke();
  scheduler_.RunReady();
  EXPECT_EQ(taken_, (Texts{"nothing"}));
  EXPECT_FALSE(connection_->end());
}

TEST_F(Connected, SendsNothingTooLarge) {
  Node stanza("message");
  stanza.content = wire::binary::Bytes{std::string(17 << 20, 'x')};
  std::optional<base::Result<void>> sent;
  auto send = [](Connection* connection, Node large, auto* out) -> base::Task<> {
    *out = co_await connection->Send(std::move(large));
  };
  scheduler_.Spawn("send", send(connection_.get(), std::move(stanza), &sent));
  scheduler_.RunReady();
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->error().code, base::ErrorCode::kBodyTooLarge);
  StartAsking("a");  // and the connection is as good as before
  Answer("a");
  EXPECT_EQ(outcomes_, (Texts{"a for a"}));
}

}  // namespace
}  // namespace parley::link::multidevice
