#include "admin/session.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace parley::admin {
namespace {

using namespace std::chrono_literals;

constexpr base::Time kSessionNow = base::FromUnixMs(1'800'000'000'500);

class SessionTest : public ::testing::Test {
 protected:
  const base::Digest token = base::Sha256("the admin token");
  const base::Digest other = base::Sha256("another token");
  const std::unique_ptr<base::Random> random = base::MakeSeededRandom(1);
  const Sessions sessions{base::Sha256("key")};
  const Session session = sessions.Begin(token, kSessionNow, *random);

  std::optional<Session> Check(std::string_view cookie, base::Time now = kSessionNow) const {
    const std::vector<base::Digest> tokens = {other, token};
    return sessions.Check(cookie, tokens, now);
  }
};

TEST_F(SessionTest, IsKnownAgainByItsCookieAlone) {
  const Sessions after_restart(base::Sha256("key"));
  const auto known = after_restart.Check(session.cookie, std::vector{token}, kSessionNow + 1h);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->csrf, session.csrf);
  EXPECT_EQ(known->cookie, session.cookie);
  EXPECT_EQ(known->expires_at, session.expires_at);
}

TEST_F(SessionTest, EndsAtItsExpiry) {
  EXPECT_EQ(session.expires_at, base::FromUnixMs(1'800'000'000'000) + 12h);
  EXPECT_TRUE(Check(session.cookie, session.expires_at - 1ms));
  EXPECT_FALSE(Check(session.cookie, session.expires_at));
}

TEST_F(SessionTest, EndsWithItsToken) {
  EXPECT_FALSE(sessions.Check(session.cookie, std::vector{other}, kSessionNow));
  EXPECT_FALSE(sessions.Check(session.cookie, {}, kSessionNow));
}

TEST_F(SessionTest, OfAnotherKeyIsRefused) {
  EXPECT_FALSE(
      Sessions(base::Sha256("other")).Check(session.cookie, std::vector{token}, kSessionNow));
}

TEST_F(SessionTest, IsRefusedWhenAnyCharacterIsAnother) {
  for (std::size_t i = 0; i < session.cookie.size(); ++i) {
    std::string changed = session.cookie;
    changed[i] = changed[i] == '1' ? '2' : '1';
    EXPECT_FALSE(Check(changed)) << i;
  }
}

TEST_F(SessionTest, IsRefusedWhenCutOrLonger) {
  for (std::size_t size = 0; size < session.cookie.size(); ++size) {
    EXPECT_FALSE(Check(session.cookie.substr(0, size))) << size;
    EXPECT_FALSE(Check(session.cookie.substr(size + 1))) << size;
  }
  EXPECT_FALSE(Check(session.cookie + "A"));
  EXPECT_FALSE(Check(session.cookie + std::string(100'000, '.')));
  EXPECT_FALSE(Check(".."));
}

TEST_F(SessionTest, LastsNoLongerWhenItsExpiryIsWrittenAnew) {
  const std::string later = "9" + session.cookie;
  EXPECT_FALSE(Check(later));
}

TEST_F(SessionTest, IsNeverTheSameTwice) {
  const Session second = sessions.Begin(token, kSessionNow, *random);
  EXPECT_NE(second.cookie, session.cookie);
  EXPECT_NE(second.csrf, session.csrf);
  EXPECT_EQ(session.cookie.find(session.csrf), std::string::npos);
}

TEST_F(SessionTest, CookieIsForThisServersApiAndNoScript) {
  EXPECT_EQ(CookieThatBegins(session, false), "parley_session=" + session.cookie +
                                                  "; HttpOnly; SameSite=Strict; Path=/parley; "
                                                  "Max-Age=43200");
  EXPECT_TRUE(CookieThatBegins(session, true).ends_with("; Secure"));
  EXPECT_EQ(CookieThatEnds(false),
            "parley_session=; HttpOnly; SameSite=Strict; Path=/parley; Max-Age=0");
}

TEST(SessionCookieOf, FindsItAmongOthers) {
  constexpr std::array<std::pair<const char*, const char*>, 7> kCases = {{
      {"parley_session=a.b.c", "a.b.c"},
      {"theme=dark; parley_session=a.b.c; x=y", "a.b.c"},
      {"theme=dark;parley_session=a", "a"},
      {"not_parley_session=a", ""},
      {"parley_session2=a", ""},
      {"parley_session", ""},
      {"parley_session=", ""},
  }};
  for (const auto& [header, value] : kCases) {
    http::Request request;
    request.headers.Set("Cookie", header);
    EXPECT_EQ(SessionCookieOf(request), value) << header;
  }
  EXPECT_EQ(SessionCookieOf(http::Request()), "");
}

TEST(IsForeign, JudgesByWhatTheBrowserSays) {
  struct Case {
    const char *site, *origin;
    bool foreign;
  };
  constexpr Case kCases[] = {
      {"", "", false},
      {"same-origin", "", false},
      {"none", "", false},
      {"same-origin", "http://127.0.0.1:8080", false},
      {"", "http://127.0.0.1:8080", false},
      {"", "https://parley.example.com", false},
      {"same-site", "", true},
      {"cross-site", "", true},
      {"cross-site", "http://127.0.0.1:8080", true},
      {"", "http://127.0.0.1:8081", true},
      {"", "https://evil.example", true},
      {"", "https://parley.example.com.evil.example", true},
      {"", "null", true},
      {"", "127.0.0.1:8080", true},
  };
  for (const Case& one : kCases) {
    http::Request request;
    request.headers.Set("Host", "127.0.0.1:8080");
    if (*one.site) request.headers.Set("Sec-Fetch-Site", one.site);
    if (*one.origin) request.headers.Set("Origin", one.origin);
    EXPECT_EQ(IsForeign(request, "parley.example.com"), one.foreign)
        << one.site << " " << one.origin;
  }
}

TEST(IsForeign, AnOriginIsForeignWhereNoHostIsKnown) {
  http::Request request;
  request.headers.Set("Origin", "https://");
  EXPECT_TRUE(IsForeign(request, ""));
}

}  // namespace
}  // namespace parley::admin
