// The overview: samples of the load over virtual time, and what needs attention.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "admin/samples.h"
#include "admin/test_node.h"
#include "core/channels/channels.h"
#include "core/webhooks/webhooks.h"
#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace json = base::json;

class OverviewTest : public ::testing::Test {
 protected:
  OverviewTest() : alice(world.MakeChannel("alice", "15550200", "phone", std::nullopt)) {
    sim::network::Person bob;
    bob.number = "15550100";
    bob.push_name = "bob";
    EXPECT_TRUE(world.network().AddPerson(bob));
  }
  json::value Overview() {
    http::Request request;
    request.target = "/parley/v1/overview";
    request.headers.Set("Authorization", std::string("Bearer ") + VirtualWorld::kAdminToken);
    const http::Response response = world.Call(std::move(request));
    EXPECT_EQ(response.status, 200) << response.text();
    return *base::ParseJson(response.text());
  }
  // The newest `count` of a series.
  std::vector<int> Newest(const json::value& overview, const char* name, std::size_t count) {
    std::vector<int> numbers;
    const json::array& series = overview.at("series").at(name).as_array();
    for (std::size_t i = series.size() - count; i < series.size(); ++i)
      numbers.push_back(series[i].to_number<int>());
    return numbers;
  }
  void Send() {
    http::Request send;
    send.method = http::Method::kPost;
    send.target = "/api/send-message";
    send.headers.Set("Authorization", "Bearer " + alice.wapio_key);
    send.headers.Set("Content-Type", "application/json");
    send.body = R"({"to": "+15550100", "kind": "text", "text": "hi"})";
    EXPECT_EQ(world.Call(std::move(send)).status, 202);
  }
  void BobWrites() {
    sim::network::Draft draft;
    draft.to = "15550200";
    draft.content = sim::network::TextContent{"hi"};
    EXPECT_TRUE(world.network().SendAsPerson("15550100", std::move(draft)));
  }
  std::string AttentionText() {
    const json::value overview = Overview();
    std::string text;
    for (const json::value& one : overview.at("attention").as_array())
      text += std::string(one.at("severity").as_string()) + " " +
              std::string(one.at("kind").as_string()) + "\n";
    return text;
  }

  VirtualWorld world{1};
  const VirtualWorld::ChannelKeys alice;
};

TEST_F(OverviewTest, CountsByStepsOfFiveSeconds) {
  world.Pass(5s);
  Send();
  Send();
  BobWrites();
  world.Pass(5s);
  Send();
  world.Pass(5s);
  world.Pass(5s);
  const json::value overview = Overview();
  EXPECT_EQ(overview.at("step_seconds").to_number<int>(), 5);
  EXPECT_THAT(Newest(overview, "accepted", 4), ElementsAre(0, 2, 1, 0));
  EXPECT_THAT(Newest(overview, "sent", 4), ElementsAre(0, 2, 1, 0));
  EXPECT_THAT(Newest(overview, "received", 4), ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(Newest(overview, "queue", 4), ElementsAre(0, 0, 0, 0));
  EXPECT_EQ(overview.at("totals").at("accepted").to_number<int>(), 3);
  EXPECT_EQ(overview.at("totals").at("requests").to_number<int>(), 3);
  const std::size_t steps = overview.at("series").at("accepted").as_array().size();
  for (const auto& series : overview.at("series").as_object())
    EXPECT_EQ(series.value().as_array().size(), steps) << series.key();
  // The last step ended less than a step ago.
  const auto from = base::ParseTime(std::string_view(overview.at("from").as_string()));
  const base::Duration open =
      world.scheduler().Now() - *from - static_cast<int>(steps) * base::Duration(5s);
  EXPECT_GE(open, 0s);
  EXPECT_LT(open, 5s);
}

TEST_F(OverviewTest, RestsWhileNothingHappens) {
  admin::TestNode node;
  admin::Samples samples(world.scheduler(), world.core().event_bell, node);
  samples.Start();
  world.Pass(10min);
  EXPECT_TRUE(samples.is_resting());
  const int asked = node.asked_for_load;
  EXPECT_LE(asked, 2 * admin::Samples::kQuietSteps + 2);
  world.Pass(50min);
  EXPECT_EQ(node.asked_for_load, asked);
  // The steps that it rested through are there all the same, as many as are kept.
  EXPECT_EQ(samples.Read().size(), admin::Samples::kMaxSamples);
  EXPECT_EQ(world.scheduler().Now() - samples.from(), 1h);

  node.load.counters.received = 3;
  BobWrites();  // no request: the event wakes it
  world.Pass(6s);
  EXPECT_FALSE(samples.is_resting());
  EXPECT_EQ(samples.Read().back().counted.received, 3);
  world.Pass(10min);
  EXPECT_TRUE(samples.is_resting());
  node.load.counters.requests = 1;
  samples.Wake();
  world.Pass(6s);
  EXPECT_EQ(samples.Read().back().counted.requests, 1);

  auto stop = [](admin::Samples* running) -> base::Task<bool> {
    co_await running->Stop();
    co_return true;
  };
  EXPECT_TRUE(world.Await(stop(&samples)));
}

TEST_F(OverviewTest, AnEventWithoutARequestIsSeen) {
  world.Pass(11min);
  BobWrites();
  world.Pass(7s);
  const json::value overview = Overview();
  const json::array& received = overview.at("series").at("received").as_array();
  EXPECT_GE(received.size(), static_cast<std::size_t>(11min / 5s));
  EXPECT_EQ(received.back().to_number<int>() + received.at(received.size() - 2).to_number<int>(),
            1);
}

TEST_F(OverviewTest, KeepsAnHour) {
  Send();
  world.Pass(2h);
  const json::value overview = Overview();
  EXPECT_EQ(overview.at("series").at("accepted").as_array().size(), 720u);
  for (const json::value& one : overview.at("series").at("accepted").as_array())
    EXPECT_EQ(one.to_number<int>(), 0);
  EXPECT_EQ(overview.at("totals").at("accepted").to_number<int>(), 1);
}

TEST_F(OverviewTest, TellsWhatNeedsAttention) {
  EXPECT_EQ(AttentionText(), "");
  core::NewSubscription wanted;
  wanted.url = "http://receiver.test/hook";
  const auto made = world.Await(world.core().webhooks.Subscribe(
      alice.account.row, std::nullopt, core::Dialect::kWapio, std::move(wanted)));
  ASSERT_TRUE(made) << made.error().public_text();
  world.internet().SetBehaviour("http://receiver.test/hook", Behaviour{500, 0, "", 0ms});
  BobWrites();
  world.Pass(1min);
  EXPECT_EQ(AttentionText(), "warning subscription_failing\n");
  const auto devices = world.network().ListDevices("15550200");
  ASSERT_TRUE(devices);
  ASSERT_TRUE(world.network().Unlink("15550200", devices->front().id));
  world.Pass(1min);
  EXPECT_EQ(AttentionText(), "error channel_failed\nwarning subscription_failing\n");
  const json::value failed = Overview().at("attention").at(0);
  EXPECT_EQ(std::string_view(failed.at("account_id").as_string()), alice.account.id.value.ToText());
  EXPECT_EQ(std::string_view(failed.at("channel_id").as_string()), alice.channel.id.value.ToText());
}

}  // namespace
}  // namespace parley::testing
