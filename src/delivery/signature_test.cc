#include "delivery/signature.h"

#include <gtest/gtest.h>

namespace parley::delivery {
namespace {

// Standard Webhooks' own vector, as its libraries test with it.
constexpr std::string_view kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr std::string_view kId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr std::string_view kBody = R"({"test": 2432232314})";
constexpr base::Time kAt = base::FromUnixMs(1'614'265'330'000);

TEST(Signature, IsThatOfStandardWebhooks) {
  http::Headers headers;
  Sign(core::Dialect::kTwoChat, kId, "any", kSecret, kAt, kBody, headers);
  EXPECT_EQ(headers.Get("webhook-id"), kId);
  EXPECT_EQ(headers.Get("webhook-timestamp"), "1614265330");
  EXPECT_EQ(headers.Get("webhook-signature"), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  EXPECT_FALSE(headers.Has("X-Webhook-Signature")) << "Wapio's own";
}

TEST(Signature, TakesAnyOtherSecretAsItStands) {
  http::Headers headers;
  Sign(core::Dialect::kOneMsg, "id", "any", "plain-secret-of-16",
       base::FromUnixMs(1'700'000'000'000), "{}", headers);
  EXPECT_EQ(headers.Get("webhook-signature"), "v1,zBUvDWefv49mMwgzVDbCUr0jwARQtnVNuPLDoJlXRGU=");
  EXPECT_EQ(StandardKey("whsec_?"), "whsec_?") << "not Base64 behind the prefix";
  EXPECT_EQ(StandardKey("whsec_aGVsbG8="), "hello");
}

// t=<unix s>,v1=<hex HMAC-SHA256 of "<t>.<body>">, under the secret as written.
TEST(Signature, IsWapiosToo) {
  http::Headers headers;
  Sign(core::Dialect::kWapio, "id", "messages.received", "whsec_wapio_secret_16",
       base::FromUnixMs(1'700'000'000'999), R"({"event":"messages.received"})", headers);
  EXPECT_EQ(headers.Get("X-Webhook-Event"), "messages.received");
  EXPECT_EQ(headers.Get("X-Webhook-Signature"),
            "t=1700000000,v1=41fca918eafe7b5aaff6c35be025f7f15f4a975e2f80cba9479dd12fd0378b3f");
  EXPECT_EQ(headers.Get("webhook-timestamp"), "1700000000");
}

}  // namespace
}  // namespace parley::delivery
