#include "http/router.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

struct Row {
  RouteSpec spec;
  int id;
};

constexpr Row kRows[] = {
    {{Method::kGet, "/", "Root"}, 1},
    {{Method::kGet, "/things", "List"}, 2},
    {{Method::kPost, "/things", "Add"}, 3},
    {{Method::kGet, "/things/{id}", "Get"}, 4},
    {{Method::kDelete, "/things/{thing}", "Delete"}, 5},
    {{Method::kGet, "/things/search", "Search"}, 6},
    {{Method::kGet, "/things/{id}/parts/{part}", "Get a part"}, 7},
    {{Method::kGet, "/{channel}/things/search/all", "Search one channel"}, 8},
};

int FindId(Method method, std::string_view path) {
  static const Router<Row> router{std::span<const Row>(kRows)};
  const auto match = router.Find(method, path);
  return match.row == nullptr ? 0 : match.row->id;
}

TEST(Router, FindsLiteralsAndParameters) {
  EXPECT_EQ(FindId(Method::kGet, "/"), 1);
  EXPECT_EQ(FindId(Method::kGet, "/things"), 2);
  EXPECT_EQ(FindId(Method::kPost, "/things"), 3);
  EXPECT_EQ(FindId(Method::kGet, "/things/7"), 4);
  EXPECT_EQ(FindId(Method::kGet, "/unknown"), 0);
  EXPECT_EQ(FindId(Method::kGet, "/things/7/parts"), 0);
  EXPECT_EQ(FindId(Method::kGet, "things"), 0);
  EXPECT_EQ(FindId(Method::kGet, ""), 0);
  EXPECT_EQ(FindId(Method::kOptions, "*"), 0);
}

TEST(Router, ALiteralBeatsAParameter) {
  EXPECT_EQ(FindId(Method::kGet, "/things/search"), 6);
  EXPECT_EQ(FindId(Method::kDelete, "/things/search"), 5);  // no literal row for this method
  EXPECT_EQ(FindId(Method::kGet, "/things/things/search/all"), 8);
}

TEST(Router, HeadFindsGet) {
  EXPECT_EQ(FindId(Method::kHead, "/things/7"), 4);
  EXPECT_EQ(FindId(Method::kOther, "/things/7"), 0);
}

TEST(Router, IgnoresTrailingSlashesButNoOthers) {
  EXPECT_EQ(FindId(Method::kGet, "/things//"), 2);
  EXPECT_EQ(FindId(Method::kGet, "//things"), 0);
  EXPECT_EQ(FindId(Method::kGet, "/things//parts/1"), 0);
}

TEST(Router, DecodesParameters) {
  const Router<Row> router{std::span<const Row>(kRows)};
  const auto match = router.Find(Method::kGet, "/things/15551%40c.us%2Fx+y/parts/%C3%A9");
  ASSERT_NE(match.row, nullptr);
  EXPECT_EQ(match.row->id, 7);
  EXPECT_EQ(match["id"], "15551@c.us/x+y");
  EXPECT_EQ(match["part"], "\xC3\xA9");
}

TEST(Router, NamesParametersByTheRowThatWasFound) {
  const Router<Row> router{std::span<const Row>(kRows)};
  EXPECT_EQ(router.Find(Method::kDelete, "/things/9")["thing"], "9");
}

TEST(Router, DecodesLiteralsAndRefusesBrokenEscapes) {
  EXPECT_EQ(FindId(Method::kGet, "/%74hings"), 2);
  EXPECT_EQ(FindId(Method::kGet, "/things/%zz"), 0);
  EXPECT_EQ(FindId(Method::kGet, "/things/%ff"), 0);  // no UTF-8
}

TEST(Router, NamesTheMethodsThatAPathHas) {
  const Router<Row> router{std::span<const Row>(kRows)};
  const auto match = router.Find(Method::kPut, "/things/search");
  EXPECT_EQ(match.row, nullptr);
  EXPECT_TRUE(match.path_known);
  const std::vector<Method> expected = {Method::kGet, Method::kDelete};
  EXPECT_EQ(match.allowed, expected);
  EXPECT_FALSE(router.Find(Method::kPut, "/nothing").path_known);
}

TEST(RouterDeathTest, EndsTheProcessForATableThatContradictsItself) {
  RouteIndex index;
  index.Add(RouteSpec{Method::kGet, "/a/{x}", ""}, 0);
  EXPECT_DEATH(index.Add(RouteSpec{Method::kGet, "/a/{y}", ""}, 1), "same pattern and method");
  EXPECT_DEATH(index.Add(RouteSpec{Method::kGet, "a", ""}, 1), "must start with");
  EXPECT_DEATH(index.Add(RouteSpec{Method::kGet, "/a/{x", ""}, 1), "malformed parameter");
}

}  // namespace
}  // namespace parley::http
