#include "http/url.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

std::string FaultOf(std::string_view text) {
  const auto url = ParseUrl(text);
  if (url) return "";
  EXPECT_EQ(url.error().code, base::ErrorCode::kInvalidFields);
  EXPECT_EQ(url.error().faults.at(0).path, "url");
  return url.error().faults.at(0).text;
}

TEST(ParseUrl, TakesAUrlApart) {
  const auto url = ParseUrl("HTTPS://user:p%40ss@Example.COM:8443/a/b?c=d#e");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->tls);
  EXPECT_EQ(url->host, "example.com");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->target, "/a/b?c=d");
  EXPECT_EQ(url->authority, "example.com:8443");
  EXPECT_EQ(url->user_info, "user:p%40ss");
}

TEST(ParseUrl, FillsInDefaults) {
  const auto plain = ParseUrl("http://a");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->port, 80);
  EXPECT_EQ(plain->target, "/");
  EXPECT_EQ(plain->authority, "a");
  const auto tls = ParseUrl("https://a:443?x=1");
  ASSERT_TRUE(tls);
  EXPECT_EQ(tls->port, 443);
  EXPECT_EQ(tls->target, "/?x=1");
  EXPECT_EQ(tls->authority, "a");
  EXPECT_EQ(ParseUrl("http://a:/")->port, 80);
}

TEST(ParseUrl, TakesAddresses) {
  const auto ipv6 = ParseUrl("http://[2001:DB8::1]:8080/x");
  ASSERT_TRUE(ipv6);
  EXPECT_EQ(ipv6->host, "2001:db8::1");
  EXPECT_EQ(ipv6->authority, "[2001:db8::1]:8080");
  EXPECT_EQ(ParseUrl("http://127.0.0.1/")->host, "127.0.0.1");
}

TEST(ParseUrl, TheHostIsWhatStandsAfterTheLastAt) {
  const auto url = ParseUrl("http://good.example@evil.example/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "evil.example");
  EXPECT_EQ(url->user_info, "good.example");
}

TEST(ParseUrl, EncodesBytesOutsideAscii) {
  EXPECT_EQ(ParseUrl("http://a/\xC3\xA9?q=\xE2\x82\xAC")->target, "/%C3%A9?q=%E2%82%AC");
}

TEST(ParseUrl, RefusesWithASentence) {
  EXPECT_EQ(FaultOf("ftp://a"), "The URL must start with http:// or https://");
  EXPECT_EQ(FaultOf("/a"), "The URL must start with http:// or https://");
  EXPECT_EQ(FaultOf(""), "The URL must start with http:// or https://");
  EXPECT_EQ(FaultOf("http://"), "The URL has no host");
  EXPECT_EQ(FaultOf("http:///a"), "The URL has no host");
  EXPECT_EQ(FaultOf("http://user@/a"), "The URL has no host");
  EXPECT_EQ(FaultOf("http://a b/"), "The URL has blanks or control characters");
  EXPECT_EQ(FaultOf("http://a/\r\nX: y"), "The URL has blanks or control characters");
  EXPECT_EQ(FaultOf("http://a/\tb"), "The URL has blanks or control characters");
  for (const char* port : {"0", "65536", "x", "8x", "-1", "+1", "99999999999"})
    EXPECT_EQ(FaultOf("http://a:" + std::string(port) + "/"),
              "The port is not a number from 1 to 65535")
        << port;
  EXPECT_EQ(FaultOf("http://[::1"), "The IPv6 address has no closing bracket");
  EXPECT_EQ(FaultOf("http://[fe80::1%25eth0]/"), "The IPv6 address is malformed");
  EXPECT_EQ(FaultOf("http://[1]/"), "The IPv6 address is malformed");
  EXPECT_EQ(FaultOf("http://[::1]x/"), "The port is not a number from 1 to 65535");
  EXPECT_EQ(FaultOf("http://b\xC3\xBC"
                    "cher.example/"),
            "The host name has characters that are not allowed; use its ASCII form");
  EXPECT_EQ(FaultOf("http://a\\@b/"), "");  // the backslash is user information here
  EXPECT_EQ(FaultOf("http://a\\b/"),
            "The host name has characters that are not allowed; use its ASCII form");
  EXPECT_EQ(FaultOf("http://" + std::string(254, 'a')), "The host name is too long");
  EXPECT_EQ(FaultOf("http://a/" + std::string(kMaxUrlLength, 'a')),
            "The URL is longer than 4096 characters");
}

}  // namespace
}  // namespace parley::http
