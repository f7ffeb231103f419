// The dashboard behind the front door: what is its own, and what stays the dialects'.
#include <gtest/gtest.h>

#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

class DashboardDoor : public ::testing::Test {
 protected:
  http::Response Call(http::Method method, const std::string& target) {
    http::Request request;
    request.method = method;
    request.target = target;
    return world.Call(std::move(request));
  }

  VirtualWorld world{1};
};

TEST_F(DashboardDoor, IsServedBelowUi) {
  for (const char* target : {"/ui/", "/ui/channels", "//ui/"})
    EXPECT_EQ(Call(http::Method::kGet, target).headers.Get("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(Call(http::Method::kGet, "/ui/").text(), "<p>the page</p>");
  EXPECT_EQ(Call(http::Method::kGet, "/uix/").headers.Get("Referrer-Policy"), "");
}

TEST_F(DashboardDoor, IsWhereTheAddressAloneLeads) {
  for (const http::Method method : {http::Method::kGet, http::Method::kHead})
    EXPECT_EQ(Call(method, "/").headers.Get("Location"), "/ui/");
  EXPECT_EQ(Call(http::Method::kGet, "/?utm=x").headers.Get("Location"), "/ui/");
  // 1MSG's, as everything that nobody else owns.
  EXPECT_EQ(Call(http::Method::kPost, "/").text(), Call(http::Method::kPost, "/nothing").text());
}

TEST_F(DashboardDoor, IsCountedByItself) {
  Call(http::Method::kGet, "/ui/");
  const http::Response metrics = Call(http::Method::kGet, "/metrics");
  EXPECT_NE(metrics.text().find("parley_http_requests_total{api=\"dashboard\",status=\"200\"} 1\n"),
            std::string_view::npos);
}

}  // namespace
}  // namespace parley::testing
