// Meta's webhooks: who may send them, what is durable when they are answered, and what becomes of
// it.
#include <gtest/gtest.h>

#include "tests/support/cloud_world.h"

namespace parley::testing {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Texts = std::vector<std::string>;

using CloudWebhookTest = CloudWorld;

TEST(CloudSignature, IsHmacOverTheBodyAsItCame) {
  // RFC 4231, test case 2.
  const std::string key = "Jefe", data = "what do ya want for nothing?";
  const std::string hex = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  EXPECT_TRUE(link::cloud::IsSigned(data, "sha256=" + hex, key));
  EXPECT_FALSE(link::cloud::IsSigned(data + " ", "sha256=" + hex, key));
  EXPECT_FALSE(link::cloud::IsSigned(data, "sha256=" + hex, "jefe"));
  EXPECT_FALSE(link::cloud::IsSigned(data, hex, key));
  EXPECT_FALSE(link::cloud::IsSigned(data, "sha1=" + hex, key));
  EXPECT_FALSE(link::cloud::IsSigned(data, "", key));
}

TEST_F(CloudWebhookTest, AnswersTheChallengeToWhoKnowsTheToken) {
  Start();
  const std::string rest = "&hub.challenge=1158201444&hub.verify_token=";
  const http::Response right = Get("hub.mode=subscribe" + rest + "the%20verify%20token");
  EXPECT_EQ(right.status, 200);
  EXPECT_EQ(right.text(), "1158201444");
  EXPECT_EQ(Get("hub.mode=subscribe" + rest + "guessed").status, 403);
  EXPECT_EQ(Get("hub.mode=unsubscribe" + rest + "the%20verify%20token").status, 403);
  EXPECT_EQ(Get("").status, 403);
}

TEST_F(CloudWebhookTest, KnowsOnlyRunningChannels) {
  Start();
  http::Request request;
  request.method = http::Method::kPost;
  request.target = "/cloud/0192d3a0-0000-7000-8000-000000000000/webhook";
  request.body = Body(TextMessage("wamid.A", "hello"));
  EXPECT_EQ(world_.Await(webhook_->Handle(request)).status, 404);
  request.target = "/cloud/nonsense/webhook";
  EXPECT_EQ(world_.Await(webhook_->Handle(request)).status, 404);
  request.target = "/cloud/" + channel_.id.value.ToText() + "/webhook";
  request.method = http::Method::kPut;
  EXPECT_EQ(world_.Await(webhook_->Handle(request)).status, 405);
}

TEST_F(CloudWebhookTest, TakesNothingThatIsNotSigned) {
  Start();
  const std::string body = Body(TextMessage("wamid.A", "hello"));
  EXPECT_EQ(Post(body, "another secret").status, 401);
  Pass(seconds(1));
  EXPECT_EQ(Received(), Texts{});
  EXPECT_EQ(factory_->counters().webhooks_refused, 1);
  EXPECT_EQ(Post(body).status, 200);
  Pass(seconds(1));
  EXPECT_EQ(Received(), Texts{"hello"});
}

TEST_F(CloudWebhookTest, RefusesWhatIsNoWebhook) {
  Start();
  for (const char* body : {"", "[]", "{", "{\"object\":\"page\",\"entry\":[]}", "\xff\xfe"})
    EXPECT_EQ(Post(body).status, 400) << body;
}

TEST_F(CloudWebhookTest, StoresAMessageOnce) {
  Start();
  const std::string body = Body(TextMessage("wamid.A", "hello"));
  EXPECT_EQ(Post(body).status, 200);
  EXPECT_EQ(Post(body).status, 200);
  Pass(seconds(1));
  EXPECT_EQ(Post(body).status, 200);
  Pass(seconds(1));
  EXPECT_EQ(Received(), Texts{"hello"});
  EXPECT_TRUE(Records("inbox").empty());
}

TEST_F(CloudWebhookTest, KeepsOrderAndGoesOnBehindWhatItCannotRead) {
  Start();
  const std::string body = Body(
      R"("contacts":[{"profile":{"name":"Ada"},"wa_id":"15550100"}],"messages":[)"
      R"({"from":"15550100","id":"wamid.1","timestamp":"1799999990","type":"text","text":{"body":"one"}},)"
      R"({"from":"15550100","id":"wamid.2","timestamp":"1799999991","type":"text","text":{"body":5}},)"
      R"({"from":"15550100","id":"wamid.3","timestamp":"1799999992","type":"hologram","hologram":{}},)"
      R"({"from":"15550100","group_id":"Y2F","id":"wamid.5","timestamp":"1799999992","type":"text","text":{"body":"to all"}},)"
      R"({"from":"15550100","id":"wamid.4","timestamp":"1799999993","type":"text","text":{"body":"four"}}])");
  EXPECT_EQ(Post(body).status, 200);
  Pass(seconds(1));
  EXPECT_EQ(Received(), (Texts{"one", "5", "A message of a kind that is not known here", "four"}));
  EXPECT_EQ(factory_->counters().unread_messages, 1);
}

// One app has one secret and one address for all its numbers; who has the secret of one app may not
// speak for a number of another.
TEST_F(CloudWebhookTest, LeavesChangesOfOtherNumbersAlone) {
  Start();
  std::string body = Body(TextMessage("wamid.A", "hello"));
  body.replace(body.find(kNumberId), std::string(kNumberId).size(), "999999999999999");
  EXPECT_EQ(Post(body).status, 200) << "or Meta would repeat it for a week";
  Pass(seconds(1));
  EXPECT_EQ(Received(), Texts{});
  EXPECT_EQ(factory_->counters().changes_of_others, 1);
}

// The webhook was answered, and the process ended before what it brought was worked off.
TEST_F(CloudWebhookTest, IsNotLostInACrashAfterItsAnswer) {
  graph_.Always("GET", "1013", GraphScript{GraphScript::Kind::kNeverAnswers, 0, ""});
  Start();
  const std::string image = Body(
      R"("messages":[{"from":"15550100","id":"wamid.A","timestamp":"1799999990","type":"image",)"
      R"("image":{"id":"1013","mime_type":"image/png","sha256":"","caption":"look"}}])");
  EXPECT_EQ(Post(image).status, 200);
  EXPECT_EQ(Post(Body(TextMessage("wamid.B", "behind it"))).status, 200);
  Pass(seconds(1));
  EXPECT_EQ(Received(), Texts{});
  EXPECT_EQ(Records("inbox").size(), 2u);
  Stop();

  GraphScript node, bytes;
  node.body = R"({"url":"https://media.test/file?ext=1","mime_type":"image/png","file_size":8})";
  bytes.body = "PNGbytes";
  graph_.Always("GET", "1013", node);
  graph_.Always("GET", "https://media.test/", bytes);
  Start();
  EXPECT_EQ(Received(), (Texts{"look", "behind it"}));
  EXPECT_TRUE(Records("inbox").empty());
  const auto found = graph_.AskedOf("GET", "https://media.test/");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].headers.Get("Authorization"), "Bearer EAAtoken");
  EXPECT_TRUE(blobs_->Read(base::ToHexText(base::AsText(base::Sha256("PNGbytes")))));
}

TEST_F(CloudWebhookTest, DoesNotHoldUpAStopWhileAFileComes) {
  GraphScript node;
  node.body = R"({"url":"https://media.test/file","mime_type":"image/png","file_size":8})";
  graph_.Always("GET", "1013", node);
  graph_.Always("GET", "https://media.test/", GraphScript{GraphScript::Kind::kNeverAnswers, 0, ""});
  Start();
  EXPECT_EQ(Post(Body(R"("messages":[{"from":"15550100","id":"wamid.A","timestamp":"1799999990",)"
                      R"("type":"image","image":{"id":"1013","mime_type":"image/png"}}])"))
                .status,
            200);
  Pass(seconds(1));
  ASSERT_EQ(graph_.AskedOf("GET", "https://media.test/").size(), 1u);
  const base::Time before = world_.scheduler.Now();
  Stop();
  EXPECT_LT(world_.scheduler.Now() - before, seconds(3));
  EXPECT_EQ(Records("inbox").size(), 1u);
  Pass(minutes(2));  // the request ends by itself, with nobody there
}

TEST_F(CloudWebhookTest, KeepsTheWordsOfAFileThatIsGone) {
  Start();
  EXPECT_EQ(Post(Body(R"("messages":[{"from":"15550100","id":"wamid.A","timestamp":"1799999990",)"
                      R"("type":"image","image":{"id":"404","mime_type":"image/png",)"
                      R"("caption":"look"}}])"))
                .status,
            200);
  Pass(minutes(1));
  EXPECT_EQ(Received(), Texts{"look"});
}

TEST_F(CloudWebhookTest, DefersWhatDoesNotFit) {
  graph_.Always("GET", "1013", GraphScript{GraphScript::Kind::kNeverAnswers, 0, ""});
  Start();
  EXPECT_EQ(Post(Body(R"("messages":[{"from":"15550100","id":"wamid.A","timestamp":"1799999990",)"
                      R"("type":"image","image":{"id":"1013","mime_type":"image/png"}}])"))
                .status,
            200);
  const std::string large = std::string(3 << 20, 'x');
  int taken = 0;
  http::Response last;
  for (int i = 0; i < 8; ++i) {
    last = Post(Body(TextMessage("wamid." + std::to_string(i), large)));
    taken += last.status == 200;
  }
  EXPECT_EQ(last.status, 503);
  EXPECT_GE(taken, 4);
  EXPECT_GT(factory_->counters().webhooks_deferred, 0);
}

}  // namespace
}  // namespace parley::testing
