#include "http/message.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

TEST(Headers, NamesCompareWithoutCase) {
  Headers headers;
  headers.Add("X-Key", "1");
  headers.Add("x-key", "2");
  EXPECT_EQ(headers.Get("X-KEY"), "1");
  EXPECT_TRUE(headers.Has("x-Key"));
  EXPECT_FALSE(headers.Has("x-Ke"));
  EXPECT_EQ(headers.Get("other"), "");
}

TEST(Headers, SetReplacesAllOfThatName) {
  Headers headers;
  headers.Add("a", "1");
  headers.Add("b", "2");
  headers.Add("A", "3");
  headers.Set("a", "4");
  const Headers::Fields expected = {{"b", "2"}, {"a", "4"}};
  EXPECT_EQ(headers.fields(), expected);
}

TEST(Request, TakesTheTargetApart) {
  Request request;
  request.target = "/a%20b?x=1&name=J%C3%B8rn+K&x=2&flag&broken=%zz&bytes=a%ff";
  EXPECT_EQ(request.path(), "/a%20b");
  EXPECT_EQ(request.query(), "x=1&name=J%C3%B8rn+K&x=2&flag&broken=%zz&bytes=a%ff");
  EXPECT_EQ(request.Query("x"), "1");
  EXPECT_EQ(request.Query("name"), "J\xC3\xB8rn K");
  EXPECT_EQ(request.Query("flag"), "");
  EXPECT_EQ(request.Query("broken"), "%zz");
  EXPECT_EQ(request.Query("bytes"), "a%ff");
  EXPECT_EQ(request.Query("y"), std::nullopt);
}

TEST(Request, HasNoQueryWithoutAMark) {
  Request request;
  request.target = "/a";
  EXPECT_EQ(request.path(), "/a");
  EXPECT_EQ(request.query(), "");
  EXPECT_EQ(request.Query(""), std::nullopt);
}

TEST(Request, ContentTypeIsBareAndLowerCase) {
  Request request;
  EXPECT_EQ(request.content_type(), "");
  request.headers.Add("content-type", "Application/JSON ; charset=UTF-8");
  EXPECT_EQ(request.content_type(), "application/json");
}

}  // namespace
}  // namespace parley::http
