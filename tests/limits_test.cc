// Bounds on what a caller can make the gateway hold, through the front door (docs/limits.md).
#include <gtest/gtest.h>

#include "base/json.h"
#include "core/webhooks/webhooks.h"
#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

http::Request JsonPost(std::string target, std::string body) {
  http::Request request;
  request.method = http::Method::kPost;
  request.target = std::move(target);
  request.headers.Set("Content-Type", "application/json");
  request.body = std::move(body);
  return request;
}

TEST(Limits, SubscriptionsOfAChannel) {
  VirtualWorld world(1);
  const auto alice = world.MakeChannel("alice", "15550111", "phone", std::nullopt);
  const auto subscribe = [&] {
    http::Request request =
        JsonPost("/open/webhooks/subscribe/whatsapp.message.received",
                 R"({"hook_url": "https://hooks.test/a", "on_number": "+15550111"})");
    request.headers.Set("X-User-API-Key", alice.twochat_key);
    return world.Call(std::move(request));
  };
  for (std::size_t i = 0; i < core::kMaxSubscriptionsPerChannel; ++i)
    ASSERT_EQ(subscribe().status, 200) << i;
  const http::Response refused = subscribe();
  EXPECT_EQ(refused.status, 409);
  EXPECT_NE(refused.text().find("100 webhooks already"), std::string_view::npos) << refused.text();
}

TEST(Limits, ValuesInABodyThatMayBeLarge) {
  VirtualWorld world(1);
  const auto shop = world.MakeChannel("shop", "15550112", "business", std::nullopt);
  std::string body = R"({"phone": "15550113", "filename": "a.txt", "body": [0)";
  while (body.size() < 2u << 20) body += ",0";
  const http::Response refused =
      world.Call(JsonPost("/sendFile?token=" + shop.onemsg_token, body + "]}"));
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.text().find("too many values"), std::string_view::npos) << refused.text();
}

TEST(Limits, MessagesOfOneList) {
  VirtualWorld world(1);
  const auto shop = world.MakeChannel("shop", "15550112", "phone", std::nullopt);
  core::ChannelChange change;
  change.settings = [](core::ChannelSettings& settings) { settings.history_enabled = true; };
  ASSERT_TRUE(world.Await(
      world.core().channels.Change(shop.account.row, shop.channel.row, std::move(change))));
  constexpr int kSent = 103;
  for (int i = 0; i < kSent; ++i)
    ASSERT_EQ(world
                  .Call(JsonPost("/sendMessage?token=" + shop.onemsg_token,
                                 R"({"phone": 15550100, "body": "hi"})"))
                  .status,
              200);
  const auto count = [&](const std::string& query) {
    http::Request request;
    request.target = "/messages?token=" + shop.onemsg_token + query;
    const auto list = base::ParseJson(world.Call(std::move(request)).text()).value();
    return static_cast<int>(list.at("messages").as_array().size());
  };
  EXPECT_EQ(count(""), 100);
  EXPECT_EQ(count("&limit=0"), kSent);
  EXPECT_EQ(count("&limit=102"), 102);
  EXPECT_EQ(count("&limit=0&last=true"), kSent);
}

}  // namespace
}  // namespace parley::testing
