// Bounds on what a caller can make the gateway hold, through the front door (docs/limits.md).
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace parley::testing
