// The simulated network's control API behind the admin API.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

using http::Method;
using ::testing::HasSubstr;

class NetworkBehindAdmin : public ::testing::Test {
 protected:
  NetworkBehindAdmin() {
    for (const char* number : {"15550100", "15550101"}) {
      sim::network::Person person;
      person.number = number;
      person.push_name = "bob";
      EXPECT_TRUE(world.network().AddPerson(person));
    }
  }
  http::Request Request(Method method, const std::string& target, const std::string& body = "") {
    http::Request request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.headers.Set("Host", "gateway.test");
    request.headers.Set("Authorization", std::string("Bearer ") + VirtualWorld::kAdminToken);
    return request;
  }
  http::Response Call(Method method, const std::string& target, const std::string& body = "") {
    return world.Call(Request(method, target, body));
  }

  VirtualWorld world{1};
};

TEST_F(NetworkBehindAdmin, AnswersAsOnItsOwnListener) {
  http::Request direct;
  direct.target = "/people?limit=1";
  const http::Response own = world.CallSim(std::move(direct));
  const http::Response passed = Call(Method::kGet, "/parley/v1/sim/people?limit=1");
  EXPECT_EQ(passed.status, 200);
  EXPECT_EQ(passed.text(), own.text());
  EXPECT_THAT(std::string(passed.text()), HasSubstr("+15550100"));
  EXPECT_EQ(Call(Method::kGet, "/parley/v1/sim/nothing").status, 404);
  EXPECT_EQ(Call(Method::kGet, "/parley/v1/sim").status, 404);
  EXPECT_EQ(Call(Method::kGet, "/parley/v1/simple").status, 404);
}

TEST_F(NetworkBehindAdmin, NeedsTheToken) {
  http::Request request = Request(Method::kGet, "/parley/v1/sim/people");
  request.headers.Set("Authorization", "Bearer wrong");
  EXPECT_EQ(world.Call(std::move(request)).status, 401);
}

TEST_F(NetworkBehindAdmin, ShowsAPictureThatArrived) {
  // Larger than what other routes take.
  const std::string picture(3u << 20, 'A');
  const std::string body = R"({"to": "15550101", "kind": "image", "media": {"data": ")" + picture +
                           R"(", "mime_type": "image/png"}})";
  ASSERT_EQ(Call(Method::kPost, "/parley/v1/sim/people/15550100/send", body).status, 201);
  world.Pass(std::chrono::seconds(1));
  const http::Response inbox = Call(Method::kGet, "/parley/v1/sim/people/15550101/inbox");
  const base::json::value arrived = *base::ParseJson(inbox.text());
  const std::string url(arrived.at("messages").at(0).at("media").at("url").as_string().c_str());
  EXPECT_TRUE(url.starts_with("/parley/v1/sim/media/")) << url;
  const http::Response media = Call(Method::kGet, url + "?type=image/png");
  EXPECT_EQ(media.status, 200);
  EXPECT_EQ(media.text().size(), picture.size() / 4 * 3);
  EXPECT_EQ(media.headers.Get("Content-Type"), "image/png");
  EXPECT_EQ(media.headers.Get("Content-Security-Policy"), "sandbox; default-src 'none'");
  EXPECT_EQ(media.headers.Get("X-Content-Type-Options"), "nosniff");
}

TEST_F(NetworkBehindAdmin, TheNodeTellsOfIt) {
  const http::Response node = Call(Method::kGet, "/parley/v1/node");
  EXPECT_THAT(std::string(node.text()), HasSubstr(R"("simulated_network":true,"demo":false})"));
}

}  // namespace
}  // namespace parley::testing
