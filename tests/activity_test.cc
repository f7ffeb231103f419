// The activity stream: what is told of calls and posts, to whom, and what is not.
#include "admin/activity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/webhooks/webhooks.h"
#include "tests/support/streams.h"

namespace parley::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
namespace json = base::json;

http::Request ByToken(const std::string& target) {
  http::Request request;
  request.target = target;
  request.headers.Set("Authorization", std::string("Bearer ") + VirtualWorld::kAdminToken);
  return request;
}

// The data of the events of that name.
std::vector<json::value> Told(const std::string& text, const std::string& name) {
  std::vector<json::value> told;
  const std::string head = "event: " + name + "\ndata: ";
  for (std::size_t at = 0; (at = text.find(head, at)) != std::string::npos;) {
    at += head.size();
    told.push_back(*base::ParseJson(text.substr(at, text.find('\n', at) - at)));
  }
  return told;
}

std::string Text(const json::value& object, const char* member) {
  return std::string(base::FindText(object.as_object(), member));
}

class ActivityTest : public ::testing::Test {
 protected:
  explicit ActivityTest(bool demo = false)
      : world(1, core::LinkKind::kSimulated, demo),
        alice(world.MakeChannel("alice", "15550200", "phone", std::nullopt)) {
    sim::network::Person bob;
    bob.number = "15550100";
    bob.push_name = "bob";
    EXPECT_TRUE(world.network().AddPerson(bob));
  }
  http::Response Send() {
    http::Request send;
    send.method = http::Method::kPost;
    send.target = "/api/send-message";
    send.headers.Set("Authorization", "Bearer " + alice.wapio_key);
    send.headers.Set("Content-Type", "application/json");
    send.body = R"({"to": "+15550100", "kind": "text", "text": "hello bob"})";
    return world.Call(std::move(send));
  }
  void Subscribe() {
    core::NewSubscription wanted;
    wanted.url = "http://receiver.test/hook";
    ASSERT_TRUE(world.Await(world.core().webhooks.Subscribe(
        alice.account.row, std::nullopt, core::Dialect::kWapio, std::move(wanted))));
  }
  http::Response Get(const std::string& target) {
    http::Request request;
    request.target = target;
    return world.Call(std::move(request));
  }

  VirtualWorld world;
  const VirtualWorld::ChannelKeys alice;
};

class DemoActivityTest : public ActivityTest {
 protected:
  DemoActivityTest() : ActivityTest(true) {}
};

TEST_F(ActivityTest, TellsCallsWhileSomebodyWatches) {
  Send();  // before: nobody keeps it
  Stream stream(world, ByToken("/parley/v1/activity/stream"));
  EXPECT_EQ(stream.response.headers.Get("Content-Type"), "text/event-stream");
  EXPECT_EQ(stream.reader.Take(), ": activity follows\n\n");
  EXPECT_EQ(Send().status, 202);
  Get("/ABC123/status?token=secret1msg");
  world.Pass(0s);
  const std::string text = stream.reader.Take();
  const std::vector<json::value> calls = Told(text, "call");
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(Text(calls[0], "api"), "wapio");
  EXPECT_EQ(Text(calls[0], "method"), "POST");
  EXPECT_EQ(Text(calls[0], "path"), "/api/send-message");
  EXPECT_EQ(calls[0].at("status").to_number<int>(), 202);
  EXPECT_TRUE(base::ParseTime(Text(calls[0], "at")));
  EXPECT_NE(Text(calls[0], "id"), Text(calls[1], "id"));
  EXPECT_EQ(Text(calls[1], "api"), "1msg");
  EXPECT_EQ(Text(calls[1], "path"), "/ABC123/status?token=***");
  EXPECT_EQ(calls[1].at("status").to_number<int>(), 401);
  // Outside the demo no body, and never a key.
  EXPECT_THAT(text, Not(HasSubstr("hello bob")));
  EXPECT_THAT(text, Not(HasSubstr("secret1msg")));
  EXPECT_THAT(text, Not(HasSubstr(alice.wapio_key)));
  world.Pass(14s);
  EXPECT_EQ(stream.reader.Take(), "");
  world.Pass(1s);
  EXPECT_EQ(stream.reader.Take(), ": heartbeat\n\n");
}

TEST_F(ActivityTest, TellsPosts) {
  Subscribe();
  Stream stream(world, ByToken("/parley/v1/activity/stream"));
  world.internet().SetBehaviour("http://receiver.test/hook", Behaviour{500, 1, "", 30ms});
  Send();
  world.Pass(1h);
  const std::vector<json::value> posts = Told(stream.reader.Take(), "delivery");
  ASSERT_GE(posts.size(), 2u);
  EXPECT_EQ(Text(posts[0], "dialect"), "wapio");
  EXPECT_EQ(Text(posts[0], "url"), "http://receiver.test/hook");
  EXPECT_EQ(Text(posts[0], "account_id"), alice.account.id.value.ToText());
  EXPECT_EQ(posts[0].at("attempt").to_number<int>(), 1);
  EXPECT_EQ(posts[0].at("status").to_number<int>(), 500);
  EXPECT_GE(posts[0].at("duration_ms").to_number<int>(), 30);
  EXPECT_EQ(base::Find(posts[0].as_object(), "request"), nullptr);
  EXPECT_EQ(posts[1].at("attempt").to_number<int>(), 2);
  EXPECT_EQ(posts[1].at("status").to_number<int>(), 200);
  EXPECT_EQ(Text(posts[1], "name"), Text(posts[0], "name"));
}

TEST_F(ActivityTest, TellsNotOfTheDashboardItselfButOfItsPhones) {
  http::Request sign_in;
  sign_in.method = http::Method::kPost;
  sign_in.target = "/parley/v1/session";
  sign_in.body = std::string(R"({"token": ")") + VirtualWorld::kAdminToken + R"("})";
  const http::Response signed_in = world.Call(sign_in);
  const std::string set(signed_in.headers.Get("Set-Cookie"));
  const auto by_cookie = [&](const std::string& target) {
    http::Request request;
    request.target = target;
    request.headers.Set("Cookie", set.substr(0, set.find(';')));
    return request;
  };
  Stream stream(world, by_cookie("/parley/v1/activity/stream"));
  EXPECT_EQ(world.Call(std::move(sign_in)).status, 200);
  EXPECT_EQ(world.Call(by_cookie("/parley/v1/accounts")).status, 200);
  EXPECT_EQ(world.Call(by_cookie("/parley/v1/sim/people")).status, 200);
  http::Request pick_up = by_cookie("/parley/v1/sim/people/+15550100/online");
  pick_up.method = http::Method::kPost;
  EXPECT_EQ(world.Call(std::move(pick_up)).status, 403);
  EXPECT_EQ(world.Call(ByToken("/parley/v1/accounts")).status, 200);
  for (const char* target : {"/ui/", "/healthz", "/media/x"}) Get(target);
  world.Pass(0s);
  const std::vector<json::value> calls = Told(stream.reader.Take(), "call");
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(Text(calls[0], "api"), "simulator");
  EXPECT_EQ(Text(calls[0], "path"), "/parley/v1/sim/people/+15550100/online");
  EXPECT_EQ(Text(calls[1], "api"), "admin");
}

TEST_F(ActivityTest, ThoseWhoWatchAreLimitedAndEndWithTheServer) {
  std::vector<std::unique_ptr<Stream>> streams;
  for (std::size_t i = 0; i < admin::Activity::kMaxWatchers; ++i)
    streams.push_back(std::make_unique<Stream>(world, ByToken("/parley/v1/activity/stream")));
  EXPECT_EQ(world.Call(ByToken("/parley/v1/activity/stream")).status, 503);
  streams.front()->reader.Leave();
  world.Pass(0s);
  EXPECT_TRUE(streams.front()->done);
  world.gateway().EndWaits();
  world.Pass(0s);
  for (const auto& stream : streams) EXPECT_TRUE(stream->done);
}

TEST_F(DemoActivityTest, KeepsTheNewestWithTheirBodiesForWhoComesLater) {
  for (int i = 0; i < 120; ++i) Get("/ABC123/status?token=x&n=" + std::to_string(i));
  EXPECT_EQ(Send().status, 202);
  Stream stream(world, ByToken("/parley/v1/activity/stream"));
  const std::vector<json::value> calls = Told(stream.reader.Take(), "call");
  ASSERT_EQ(calls.size(), admin::Activity::kToldFirst);
  EXPECT_EQ(Text(calls.front(), "path"), "/ABC123/status?token=***&n=21");
  EXPECT_THAT(Text(calls.back(), "request"), HasSubstr("hello bob"));
  EXPECT_THAT(Text(calls.back(), "response"), HasSubstr("queued"));
}

TEST_F(DemoActivityTest, MasksKeysInBodiesAndKeepsNoneOfTheAdminApi) {
  Stream stream(world, ByToken("/parley/v1/activity/stream"));
  http::Request post;
  post.method = http::Method::kPost;
  post.target = "/" + alice.channel.code + "/sendMessage";
  post.headers.Set("Content-Type", "application/x-www-form-urlencoded");
  post.body = "phone=15550100&body=hi&token=" + alice.onemsg_token;
  world.Call(post);
  post.headers.Set("Content-Type", "application/json");
  post.body = R"({"phone": "15550100", "body": "hi", "token": ")" + alice.onemsg_token + "\"}";
  world.Call(std::move(post));
  http::Request key = ByToken("/parley/v1/accounts/" + alice.account.id.value.ToText() + "/keys");
  key.method = http::Method::kPost;
  key.body = R"({"dialect": "wapio"})";
  const http::Response made = world.Call(std::move(key));
  EXPECT_EQ(made.status, 201) << made.text();
  world.Pass(0s);
  const std::string text = stream.reader.Take();
  const std::vector<json::value> calls = Told(text, "call");
  ASSERT_EQ(calls.size(), 3u);
  EXPECT_EQ(Text(calls[0], "request"), "phone=15550100&body=hi&token=***");
  EXPECT_EQ(Text(calls[1], "request"), R"({"phone": "15550100", "body": "hi", "token": "***"})");
  EXPECT_EQ(base::Find(calls[2].as_object(), "request"), nullptr);
  EXPECT_EQ(base::Find(calls[2].as_object(), "response"), nullptr);
  EXPECT_THAT(text, Not(HasSubstr(alice.onemsg_token)));
}

TEST_F(DemoActivityTest, BodiesAreCutBetweenCharacters) {
  Stream stream(world, ByToken("/parley/v1/activity/stream"));
  http::Request send;
  send.method = http::Method::kPost;
  send.target = "/api/send-message";
  send.body = "x";
  while (send.body.size() < 20'000) send.body += "\xC3\xA4";
  world.Call(send);
  send.body[100] = '\xFF';  // no text
  world.Call(std::move(send));
  world.Pass(0s);
  const std::vector<json::value> calls = Told(stream.reader.Take(), "call");
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(Text(calls[0], "request").size(), admin::Activity::kMaxBody - 1);
  EXPECT_EQ(base::Find(calls[1].as_object(), "request"), nullptr);
}

}  // namespace
}  // namespace parley::testing
