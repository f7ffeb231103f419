// A browser at the admin API: signing in, the cookie in place of the token, and what it may not do.
#include "admin/session.h"

#include <gtest/gtest.h>

#include "core/accounts/account_store.h"
#include "core/accounts/keys.h"
#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

using namespace std::chrono_literals;
using http::Method;

constexpr const char* kSession = "/parley/v1/session";
constexpr const char* kAccounts = "/parley/v1/accounts";

// A request as a page of this server's sends it.
http::Request FromPage(Method method, const std::string& target, const std::string& body = "") {
  http::Request request;
  request.method = method;
  request.target = target;
  request.body = body;
  request.remote_address = "192.0.2.1";
  request.headers.Set("Host", "gateway.test");
  request.headers.Set("Content-Type", "application/json");
  request.headers.Set("Sec-Fetch-Site", "same-origin");
  if (!admin::IsSafe(method)) request.headers.Set("Origin", "http://gateway.test");
  return request;
}

std::string SignInBody(const std::string& token) { return R"({"token": ")" + token + R"("})"; }

class Browser : public ::testing::Test {
 protected:
  http::Response SignIn(const std::string& token = VirtualWorld::kAdminToken) {
    const http::Response response =
        world.Call(FromPage(Method::kPost, kSession, SignInBody(token)));
    const std::string_view set = response.headers.Get("Set-Cookie");
    cookie = set.substr(0, set.find(';'));
    if (response.status == 200)
      csrf = base::FindText(base::ParseJson(response.text())->as_object(), "csrf");
    return response;
  }
  http::Request Signed(Method method, const std::string& target, const std::string& body = "") {
    http::Request request = FromPage(method, target, body);
    request.headers.Set("Cookie", "theme=dark; " + cookie);
    if (!admin::IsSafe(method)) request.headers.Set("X-Parley-CSRF", csrf);
    return request;
  }
  http::Response Call(Method method, const std::string& target, const std::string& body = "") {
    return world.Call(Signed(method, target, body));
  }

  VirtualWorld world{1};
  std::string cookie, csrf;
};

TEST_F(Browser, SignsInAndIsKnownByItsCookie) {
  const http::Response response = SignIn();
  ASSERT_EQ(response.status, 200);
  EXPECT_TRUE(cookie.starts_with("parley_session="));
  EXPECT_NE(response.headers.Get("Set-Cookie").find("; HttpOnly; SameSite=Strict; Path=/parley;"),
            std::string::npos);
  EXPECT_EQ(response.headers.Get("Cache-Control"), "no-store");
  EXPECT_EQ(response.text(),
            R"({"csrf":")" + csrf + R"(","expires_at":"2027-01-15T20:00:00.000Z","position":0})");
  const http::Response again = Call(Method::kGet, kSession);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.text(), response.text());
  EXPECT_EQ(Call(Method::kGet, kAccounts).status, 200);
  EXPECT_EQ(Call(Method::kPost, kAccounts, R"({"name": "by the page"})").status, 201);
}

TEST_F(Browser, IsToldWhereTheEventLogStands) {
  SignIn();
  const auto made = base::ParseJson(Call(Method::kPost, kAccounts, R"({"name": "busy"})").text());
  ASSERT_TRUE(made);
  const std::string account(made->at("account_id").as_string());
  const std::string channels = std::string(kAccounts) + "/" + account + "/channels";
  const auto channel = base::ParseJson(Call(Method::kPost, channels, R"({"label": "one"})").text());
  ASSERT_TRUE(channel);
  const std::string id(channel->at("channel_id").as_string());
  ASSERT_LT(Call(Method::kPost, channels + "/" + id + "/connect").status, 300);
  const auto told = base::ParseJson(Call(Method::kGet, kSession).text());
  const auto node = base::ParseJson(Call(Method::kGet, "/parley/v1/node").text());
  ASSERT_TRUE(told && node);
  EXPECT_GT(told->at("position").as_int64(), 0);
  EXPECT_EQ(told->at("position"), node->at("events").at("last"));
}

TEST_F(Browser, WithoutASessionIsToldSo) {
  EXPECT_EQ(world.Call(FromPage(Method::kGet, kSession)).status, 401);
  cookie = "parley_session=1.2.3";
  EXPECT_EQ(Call(Method::kGet, kAccounts).status, 401);
  http::Request by_token = FromPage(Method::kGet, kSession);
  by_token.headers.Set("Authorization", std::string("Bearer ") + VirtualWorld::kAdminToken);
  EXPECT_EQ(world.Call(std::move(by_token)).status, 401);
}

TEST_F(Browser, ChangesNothingWithoutTheCsrfToken) {
  SignIn();
  const std::string right = std::exchange(csrf, "");
  for (const std::string& wrong : {std::string(), right.substr(1), right + "x"}) {
    csrf = wrong;
    const http::Response response = Call(Method::kPost, kAccounts, R"({"name": "x"})");
    EXPECT_EQ(response.status, 403);
    EXPECT_NE(response.text().find(R"("code":"csrf")"), std::string::npos);
  }
  EXPECT_EQ(Call(Method::kPost, "/parley/v1/sim/people", "{}").status, 403);
  EXPECT_EQ(Call(Method::kGet, kAccounts).status, 200);
}

TEST_F(Browser, IsRefusedFromAPageOfAnotherOrigin) {
  SignIn();
  for (const Method method : {Method::kGet, Method::kPost}) {
    http::Request request = Signed(method, kAccounts, R"({"name": "x"})");
    request.headers.Set("Sec-Fetch-Site", "same-site");
    EXPECT_EQ(world.Call(std::move(request)).status, 403);
    request = Signed(method, kAccounts, R"({"name": "x"})");
    request.headers.Set("Origin", "http://gateway.test:81");
    EXPECT_EQ(world.Call(std::move(request)).status, 403);
  }
  http::Request sign_in = FromPage(Method::kPost, kSession, SignInBody(VirtualWorld::kAdminToken));
  sign_in.headers.Set("Origin", "https://evil.example");
  EXPECT_EQ(world.Call(std::move(sign_in)).status, 403);
}

TEST_F(Browser, ATokenThatIsShownCountsMoreThanTheCookie) {
  SignIn();
  http::Request request = Signed(Method::kGet, kAccounts);
  request.headers.Set("Authorization", "Bearer wrong");
  EXPECT_EQ(world.Call(request).status, 401);
  request.headers.Set("Authorization", std::string("Bearer ") + VirtualWorld::kAdminToken);
  request.method = Method::kPost;
  request.body = R"({"name": "by a program"})";
  EXPECT_EQ(world.Call(std::move(request)).status, 201);
}

TEST_F(Browser, SignsOut) {
  SignIn();
  const http::Response response = Call(Method::kDelete, kSession);
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.headers.Get("Set-Cookie"),
            "parley_session=; HttpOnly; SameSite=Strict; Path=/parley; Max-Age=0");
}

TEST_F(Browser, TheSessionOutlivesARestartAndEndsInTime) {
  SignIn();
  world.Crash();
  EXPECT_EQ(Call(Method::kGet, kSession).status, 200);
  world.Pass(12h);
  EXPECT_EQ(Call(Method::kGet, kSession).status, 401);
}

TEST_F(Browser, TheSessionEndsWithItsToken) {
  SignIn();
  EXPECT_EQ(Call(Method::kGet, kAccounts).status, 200);
  auto renew = [](core::Transaction& tx) -> base::Result<void> {
    PARLEY_TRY(known, tx.credentials().List(core::AccountRow()));
    for (const core::Credential& credential : known)
      PARLEY_CHECK(tx.credentials().Delete(credential.row));
    const core::IssuedKey key =
        core::KeyFrom("parley_another_admin_token", core::AccountRow(), core::Dialect::kAdmin,
                      std::nullopt, "", base::Time());
    PARLEY_CHECK(tx.credentials().Insert(key.credential));
    return {};
  };
  ASSERT_TRUE(world.Await(world.store().Write(renew)));
  EXPECT_EQ(Call(Method::kGet, kAccounts).status, 401);
  EXPECT_EQ(SignIn("parley_another_admin_token").status, 200);
  EXPECT_EQ(Call(Method::kGet, kAccounts).status, 200);
}

TEST_F(Browser, IsSlowedDownAfterTenWrongTokens) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(SignIn("wrong").status, 401) << i;
  const http::Response response = SignIn();
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.headers.Get("Retry-After"), "300");
  http::Request elsewhere =
      FromPage(Method::kPost, kSession, SignInBody(VirtualWorld::kAdminToken));
  elsewhere.remote_address = "192.0.2.2";
  EXPECT_EQ(world.Call(std::move(elsewhere)).status, 200);
  world.Pass(5min);
  EXPECT_EQ(SignIn().status, 200);
}

TEST_F(Browser, AKeyOfAnAccountSignsNobodyIn) {
  const auto keys = world.MakeChannel("alice", "15550200", "phone", std::nullopt);
  EXPECT_EQ(SignIn(keys.wapio_token).status, 401);
}

TEST_F(Browser, FaultsOfTheBodyAreTold) {
  EXPECT_EQ(world.Call(FromPage(Method::kPost, kSession, R"({"tokn": "x"})")).status, 422);
  EXPECT_EQ(world.Call(FromPage(Method::kPost, kSession, "{")).status, 400);
}

}  // namespace
}  // namespace parley::testing
