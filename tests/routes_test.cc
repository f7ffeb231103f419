// No two rows of all tables match the same request, and every row is reached through the front
// door.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "admin/service.h"
#include "api/onemsg/auth.h"
#include "api/onemsg/dialect.h"
#include "api/twochat/dialect.h"
#include "api/wapio/dialect.h"
#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

struct Route {
  std::string dialect;
  http::Method method;
  bool is_open = false;  // without a key, too
  // A parameter is "{...}". One that always holds a digit is "{1}": 1MSG's channel, a group's id.
  std::vector<std::string> segments;

  std::string Text() const {
    std::string text = dialect + " " + std::string(NameOf(method)) + " ";
    for (const std::string& segment : segments) text += "/" + segment;
    return text;
  }
};

std::vector<std::string> SegmentsOf(std::string_view pattern) {
  std::vector<std::string> segments;
  std::istringstream in{std::string(pattern.substr(1))};
  for (std::string segment; std::getline(in, segment, '/');)
    segments.push_back(segment == "{group_jid}" || segment == "{position}" ? "{1}" : segment);
  return segments;
}

// 1MSG's rows once as they stand and once behind a channel's id.
std::vector<Route> AllRoutes() {
  std::vector<Route> routes;
  const auto add = [&](std::string dialect, const http::RouteSpec& spec) {
    routes.push_back({std::move(dialect), spec.method, false, SegmentsOf(spec.pattern)});
  };
  for (const auto& row : api::twochat::Routes()) add("2chat", row.spec);
  for (const auto& row : api::wapio::Routes()) {
    add("wapio", row.spec);
    routes.back().is_open = row.access == api::wapio::Access::kAnybody;
  }
  for (const auto& row : api::onemsg::Routes()) {
    add("1msg", row.spec);
    Route behind = routes.back();
    // Without the channel's id it would be a media link.
    if (behind.segments.front() == "media") routes.pop_back();
    behind.segments.insert(behind.segments.begin(), "{1}");
    routes.push_back(std::move(behind));
  }
  for (const auto& row : admin::Routes()) {
    add("admin", row.spec);
    routes.back().is_open = row.access != admin::Access::kToken;
  }
  // What else the listener owns.
  routes.push_back({"media", http::Method::kGet, true, {"media", "{link}"}});
  routes.push_back({"media", http::Method::kGet, true, {"media", "{link}", "{file}"}});
  routes.push_back({"ui", http::Method::kGet, true, {"ui"}});
  routes.push_back({"ui", http::Method::kGet, true, {"ui", "{any}"}});
  routes.push_back({"ui", http::Method::kGet, true, {"ui", "{any}", "{any}"}});
  return routes;
}

bool IsParameter(const std::string& segment) { return segment.starts_with("{"); }

bool HoldsDigit(const std::string& segment) {
  return segment.find_first_of("0123456789") != std::string::npos;
}

// Whether some text matches both.
bool Meet(const std::string& a, const std::string& b) {
  if (IsParameter(a) && IsParameter(b)) return true;
  const std::string& parameter = IsParameter(a) ? a : b;
  const std::string& literal = IsParameter(a) ? b : a;
  if (!IsParameter(parameter)) return a == b;
  return parameter != "{1}" || HoldsDigit(literal);
}

bool Meet(const Route& a, const Route& b) {
  if (a.method != b.method || a.segments.size() != b.segments.size()) return false;
  for (std::size_t i = 0; i < a.segments.size(); ++i)
    if (!Meet(a.segments[i], b.segments[i])) return false;
  return true;
}

TEST(Routes, NoTwoRowsMatchTheSameRequest) {
  const std::vector<Route> routes = AllRoutes();
  EXPECT_GT(routes.size(), 40u);
  for (std::size_t i = 0; i < routes.size(); ++i)
    for (std::size_t j = i + 1; j < routes.size(); ++j)
      EXPECT_FALSE(Meet(routes[i], routes[j])) << routes[i].Text() << " and " << routes[j].Text();
}

// What 1MSG takes for a channel's id must not be the name of one of its methods.
TEST(Routes, OneMsgMethodsHoldNoDigit) {
  for (const auto& row : api::onemsg::Routes()) {
    EXPECT_FALSE(HoldsDigit(SegmentsOf(row.spec.pattern).front())) << row.spec.pattern;
    const auto target = api::onemsg::TargetOf("/PLY123456789" + std::string(row.spec.pattern));
    EXPECT_EQ(target.channel, "PLY123456789");
    EXPECT_EQ(target.path, row.spec.pattern);
  }
}

// How each owner refuses a caller without a key, or a link that is none.
std::string RefusalOf(const std::string& owner) {
  if (owner == "2chat") return R"("error_message":"Missing or invalid API key")";
  if (owner == "wapio") return R"("reason_code":"unauthenticated")";
  if (owner == "admin") return R"("code":"unauthenticated")";
  return R"({"error":"Wrong token)";
}

TEST(Routes, TheFrontDoorLeadsToEveryRow) {
  VirtualWorld world(1);
  for (const Route& route : AllRoutes()) {
    if (route.is_open) continue;
    http::Request request;
    request.method = route.method;
    for (const std::string& segment : route.segments)
      request.target += "/" + (segment == "{1}" ? "PLY123456789" : segment);
    const http::Response response = world.Call(std::move(request));
    EXPECT_EQ(response.status, 401) << route.Text();
    EXPECT_THAT(std::string(response.text()), ::testing::HasSubstr(RefusalOf(route.dialect)))
        << route.Text();
  }
}

}  // namespace
}  // namespace parley::testing
