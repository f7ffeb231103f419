// What is found of a number that is set up wrongly, where only a played Graph can be like that: an
// address without TLS, a redirect, a Graph that does not answer. The rest is in
// tests/cloud_test.py.
#include <gtest/gtest.h>

#include <map>

#include "link/cloud/check.h"
#include "tests/support/cloud_world.h"

namespace parley::testing {
namespace {

using link::cloud::Finding;
using std::chrono::seconds;

class CloudCheckTest : public CloudWorld {
 protected:
  static constexpr const char* kBase = "https://shop.example.com";

  std::map<std::string, Finding> Check(const std::string& base = kBase) {
    link::cloud::CheckedNumber number{channel_.id, Credentials(), base};
    std::map<std::string, Finding> found;
    for (Finding& finding : world_.Await(link::cloud::CheckNumber(factory_.get(), number)))
      found.emplace(finding.check, finding);
    return found;
  }
  GraphScript Answer(int status, const std::string& body) {
    GraphScript script;
    script.status = status;
    script.body = body;
    return script;
  }
};

TEST_F(CloudCheckTest, MetaTakesPublicAddressesWithTlsOnly) {
  Start();
  for (const char* base : {"http://127.0.0.1:8080", "https://10.0.0.5", "https://localhost",
                           "https://gateway.local", "https://[fd00::1]:8443"}) {
    const Finding finding = Check(base).at("public_url");
    EXPECT_FALSE(finding.ok) << base;
    EXPECT_NE(finding.fix.find("--public-url"), std::string::npos) << base;
  }
  const Finding open = Check("http://shop.example.com").at("public_url");
  EXPECT_FALSE(open.ok);
  EXPECT_EQ(open.fix, "--public-url https://shop.example.com");
  EXPECT_TRUE(Check().at("public_url").ok);
}

TEST_F(CloudCheckTest, SaysWhatAnswersInsteadOfTheWebhook) {
  Start();
  const std::string url = std::string(kBase) + "/cloud/" + channel_.id.value.ToText() + "/webhook";
  const auto text = [&](GraphScript script) {
    graph_.Next("GET", url, std::move(script));
    const Finding finding = Check().at("webhook");
    EXPECT_FALSE(finding.ok);
    EXPECT_NE(finding.fix, "");
    return finding.text;
  };
  EXPECT_NE(text(Answer(301, "")).find("redirect"), std::string::npos);
  EXPECT_NE(text(Answer(200, "<html>Welcome</html>")).find("does not lead to this server"),
            std::string::npos);
  EXPECT_NE(text(Answer(403, "The verify token is not this channel's")).find("lost on the way"),
            std::string::npos);
  EXPECT_NE(text(GraphScript{GraphScript::Kind::kRefusesConnect, 0, ""}).find("cannot be reached"),
            std::string::npos);
  EXPECT_NE(text(GraphScript{GraphScript::Kind::kNeverAnswers, 0, ""}).find("cannot be reached"),
            std::string::npos);
}

TEST_F(CloudCheckTest, AsksASilentGraphOnce) {
  Start();
  graph_.Always("GET", "debug_token", GraphScript{GraphScript::Kind::kNeverAnswers, 0, ""});
  const auto asked = graph_.asked().size();
  const auto found = Check();
  EXPECT_FALSE(found.at("graph").ok);
  EXPECT_FALSE(found.contains("token"));
  EXPECT_FALSE(found.contains("number"));
  EXPECT_TRUE(found.contains("webhook"));
  EXPECT_EQ(graph_.asked().size(), asked + 2) << "Graph, and the webhook";
}

TEST_F(CloudCheckTest, TellsNeitherTokenNorSecret) {
  Start();
  graph_.Always("GET", "debug_token",
                Answer(200, R"({"data": {"is_valid": true, "app_id": "7", "application": "Shop",)"
                            R"("expires_at": 1900000000, "scopes": []}})"));
  graph_.Always("GET", "7/subscriptions", Error(400, 190));
  const auto found = Check();
  EXPECT_FALSE(found.at("token").ok);
  EXPECT_FALSE(found.at("permissions").ok);
  EXPECT_FALSE(found.at("app_secret").ok);
  for (const auto& [name, finding] : found) {
    EXPECT_EQ((finding.text + finding.fix).find("EAAtoken"), std::string::npos) << name;
    EXPECT_EQ((finding.text + finding.fix).find(kSecret), std::string::npos) << name;
  }
  EXPECT_EQ(graph_.AskedOf("GET", "7/subscriptions")[0].headers.Get("Authorization"),
            std::string("Bearer 7|") + kSecret);
}

}  // namespace
}  // namespace parley::testing
