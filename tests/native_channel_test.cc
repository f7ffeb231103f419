// Native channels through the APIs of a whole gateway, on virtual time.
#include <gtest/gtest.h>

#include "link/multidevice/queries.h"
#include "tests/support/scripted_phone.h"
#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

namespace json = base::json;
using wire::binary::Node;

class NativeChannel : public ::testing::Test {
 protected:
  NativeChannel() : world_(1), alice_(world_.MakeChannel("alice", "15550200", "phone", {})) {
    world_.native().answer = [](const Node& query) {
      if (query.FindChild("count") == nullptr) return ResultWith();
      return ResultWith(ScriptedPhone::WithAttribute("count", "value", "50"));
    };
  }

  http::Response Call(http::Method method, const std::string& target, const std::string& body) {
    http::Request request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.headers.Set("Authorization", std::string("Bearer ") + VirtualWorld::kAdminToken);
    if (!body.empty()) request.headers.Set("Content-Type", "application/json");
    return world_.Call(std::move(request));
  }
  json::object Json(http::Method method, const std::string& target, const std::string& body,
                    int status) {
    const http::Response response = Call(method, target, body);
    EXPECT_EQ(response.status, status) << response.text();
    return base::ParseJson(response.text())->as_object();
  }
  std::string AccountPath() const {
    return "/parley/v1/accounts/" + alice_.account.id.value.ToText() + "/channels";
  }
  Visit& visit() { return *world_.native().last(); }
  void Say(const Node& stanza) {
    visit().Say(stanza);
    world_.Pass(base::Duration(50));
  }

 public:  // a coroutine of a test is none of its members
  VirtualWorld world_;
  VirtualWorld::ChannelKeys alice_;
};

TEST_F(NativeChannel, IsMadeAndPairedThroughTheAdminApi) {
  const json::object made = Json(http::Method::kPost, AccountPath(),
                                 R"({"label": "native", "link": "multidevice"})", 201);
  EXPECT_EQ(made.at("link"), "multidevice");
  const std::string path = AccountPath() + "/" + std::string(made.at("channel_id").as_string());

  // The network offers its codes as soon as somebody connects.
  std::optional<http::Response> pairing;
  auto pair = [](NativeChannel* test, std::string target,
                 std::optional<http::Response>* out) -> base::Task<> {
    http::Request request;
    request.method = http::Method::kPost;
    request.target = target;
    request.headers.Set("Authorization", std::string("Bearer ") + VirtualWorld::kAdminToken);
    *out = co_await test->world_.gateway().front_door().Handle(std::move(request));
  };
  world_.scheduler().Spawn("pair", pair(this, path + "/pair", &pairing));
  world_.Pass(base::Duration(50));
  ASSERT_NE(world_.native().last(), nullptr);
  EXPECT_EQ(visit().request().url, "ws://native.test/ws/chat");
  Say(ScriptedPhone::PairDevice(6));
  ASSERT_TRUE(pairing);
  ASSERT_EQ(pairing->status, 200) << pairing->text();
  const std::string qr(base::ParseJson(pairing->text())->at("qr").as_string());
  const auto scanned = ScriptedPhone::Scan(qr);

  const auto random = base::MakeSeededRandom(3);
  ScriptedPhone phone(*random);
  phone.number = "15550300";
  Say(phone.PairSuccess(scanned.secret, scanned.identity));
  ASSERT_NE(visit().Heard("iq", "pair-device-sign"), nullptr);
  Say(ScriptedPhone::WithAttribute("stream:error", "code", "515"));
  Say(Node("success"));
  json::object channel = Json(http::Method::kGet, path, "", 200);
  EXPECT_EQ(channel.at("state"), "connected");
  EXPECT_EQ(channel.at("phone"), "+15550300");

  // After a crash it connects again by itself.
  world_.Crash();
  world_.Pass(base::Duration(50));
  ASSERT_NE(world_.native().last(), nullptr);
  EXPECT_EQ(visit().noise().bytes(), scanned.noise);
}

TEST_F(NativeChannel, IsWhatTheDialectsMakeWhenTheOperatorSaysSo) {
  world_.SetNewChannels(core::LinkKind::kMultiDevice);
  core::NewChannel wanted;
  wanted.label = "by a dialect";
  const auto made =
      world_.Await(world_.core().channels.Create(alice_.account.row, std::move(wanted)));
  ASSERT_TRUE(made);
  EXPECT_EQ(made->channel.link, core::LinkKind::kMultiDevice);
  wanted.link = core::LinkKind::kSimulated;
  const auto other =
      world_.Await(world_.core().channels.Create(alice_.account.row, std::move(wanted)));
  EXPECT_EQ(other->channel.link, core::LinkKind::kSimulated);
}

TEST_F(NativeChannel, SaysWhatItIsToldToSay) {
  const std::string target = "/parley/v1/node/client";
  EXPECT_EQ(Json(http::Method::kGet, target, "", 200).at("browser"), "Chrome");
  const json::object changed =
      Json(http::Method::kPatch, target, R"({"version": "2.3000.7", "os": "Debian"})", 200);
  EXPECT_EQ(changed.at("version"), "2.3000.7");
  EXPECT_EQ(changed.at("browser"), "Chrome");
  EXPECT_EQ(changed.at("os"), "Debian");
  const json::object refused =
      Json(http::Method::kPatch, target, R"({"version": "seven", "browser": "Mosaic"})", 422);
  EXPECT_NE(base::ToText(refused).find("browser"), std::string::npos);
  EXPECT_NE(base::ToText(refused).find("version"), std::string::npos);
  EXPECT_EQ(Json(http::Method::kGet, target, "", 200).at("version"), "2.3000.7");
}

}  // namespace
}  // namespace parley::testing
