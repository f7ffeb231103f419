#include "sim/graph/front.h"

#include <gmock/gmock.h>

#include "base/digest.h"
#include "base/encoding.h"
#include "sim/graph/line.h"
#include "sim/graph/test_graph.h"

namespace parley::sim::graph {
namespace {

using net::kAnn;

TEST_F(GraphTest, SendsATextAndTellsWhatBecomesOfIt) {
  Greet();
  const std::string answer = SendTo(
      "+1 555 0001", R"("type":"text","text":{"body":"Hi"},"biz_opaque_callback_data":"x1")");
  const std::string wamid = LastWamid();
  EXPECT_EQ(answer, R"(200 {"messaging_product":"whatsapp","contacts":[{"input":"+1 555 0001",)"
                    R"("wa_id":"15550001"}],"messages":[{"id":")" +
                        wamid + R"("}]})");
  EXPECT_TRUE(wamid.starts_with("wamid."));
  Run();
  EXPECT_EQ(world.InboxTexts(kAnn), std::vector<std::string>{"Hi"});
  ASSERT_TRUE(world.network->Read(kAnn, wamid, false));
  Run();
  EXPECT_EQ(Statuses(),
            (std::vector<std::string>{"sent " + wamid, "delivered " + wamid, "read " + wamid}));
  const std::string id = shop.number.id;
  const base::json::object sent = Changes()[0].at("value").as_object();
  EXPECT_EQ(base::ToText(sent.at("metadata")),
            R"({"display_phone_number":"15550100","phone_number_id":")" + id + R"("})");
  const base::json::object& status = sent.at("statuses").as_array()[0].as_object();
  EXPECT_EQ(base::FindText(status, "recipient_id"), "15550001");
  EXPECT_EQ(base::FindText(status, "biz_opaque_callback_data"), "x1");
  EXPECT_EQ(base::ToText(status.at("pricing")),
            R"({"billable":false,"pricing_model":"PMP","category":"service",)"
            R"("type":"free_customer_service"})");
  EXPECT_TRUE(status.at("conversation").as_object().contains("expiration_timestamp"));
  const base::json::object read = Changes()[2].at("value").at("statuses").as_array()[0].as_object();
  EXPECT_EQ(base::FindText(read, "biz_opaque_callback_data"), "x1");
  EXPECT_FALSE(read.contains("pricing"));
}

TEST_F(GraphTest, TellsOfATextSignedWithTheAppSecret) {
  const std::string id = world.Type(kAnn, kShop, "hello");
  Run();
  ASSERT_EQ(app->posts.size(), 1u);
  const http::ClientRequest& post = app->posts[0];
  EXPECT_EQ(post.url, kHook);
  EXPECT_EQ(post.headers.Get("X-Hub-Signature-256"),
            "sha256=" + base::ToHexText(base::AsText(base::HmacSha256("secret", post.body))));
  const std::string wamid(base::FindText(Messages()[0], "id"));
  EXPECT_EQ(post.body,
            R"({"object":"whatsapp_business_account","entry":[{"id":")" + shop.account.id +
                R"(","changes":[{"value":{"messaging_product":"whatsapp","metadata":)"
                R"({"display_phone_number":"15550100","phone_number_id":")" +
                shop.number.id +
                R"("},"contacts":[{"profile":{"name":"Person 15550001"},"wa_id":"15550001"}],)"
                R"("messages":[{"from":"15550001","id":")" +
                wamid +
                R"(","timestamp":"1700000000","type":"text","text":{"body":"hello"}}]},)"
                R"("field":"messages"}]}]})");
  EXPECT_EQ(front->counters().told, 1);
}

TEST_F(GraphTest, AnswersMarkOneAsReadAndQuoteByItsWamid) {
  world.Type(kAnn, kShop, "hello");
  Run();
  const std::string wamid(base::FindText(Messages()[0], "id"));
  const std::string messages = shop.number.id + "/messages";
  EXPECT_EQ(Post(messages, R"({"messaging_product":"whatsapp","status":"read","message_id":")" +
                               wamid + R"(","typing_indicator":{"type":"text"}})"),
            R"(200 {"success":true})");
  Run();
  EXPECT_TRUE(world.network->ListOutbox(kAnn, 0, 1)->front().progress.read);
  SendTo(kAnn, R"("text":{"body":"yes?"},"context":{"message_id":")" + wamid + R"("})");
  Run();
  const auto inbox = world.network->ListInbox(kAnn, 0, 10);
  EXPECT_EQ(inbox->back().message.quoted,
            world.network->ListOutbox(kAnn, 0, 1)->front().message.id);
  Post(messages, R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.none"})");
  EXPECT_EQ(LastError(), "131009");
}

TEST_F(GraphTest, TellsLaterOfTheWindowAndOfNumbersThatAreNotOnWhatsApp) {
  EXPECT_TRUE(SendText(kAnn, "first").starts_with("200 "));
  const std::string outside = LastWamid();
  EXPECT_TRUE(SendText("15559999", "nobody").starts_with("200 "));
  const std::string nobody = LastWamid();
  Run();
  EXPECT_EQ(Statuses(), (std::vector<std::string>{"failed " + outside + " 131047",
                                                  "failed " + nobody + " 131026"}));
  EXPECT_TRUE(world.InboxTexts(kAnn).empty());
}

TEST_F(GraphTest, PostsAgainUntilTheAppTakesItInOrder) {
  app->statuses = {500, 0};
  world.Type(kAnn, kShop, "one");
  Run(std::chrono::milliseconds(100));
  world.Type(kAnn, kShop, "two");
  Run(std::chrono::minutes(1));
  ASSERT_EQ(app->posts.size(), 3u);
  std::vector<std::string> texts;
  for (const auto& message : Messages())
    texts.emplace_back(base::FindText(message.at("text").as_object(), "body"));
  EXPECT_EQ(texts, (std::vector<std::string>{"one", "one", "two", "one", "two"}));
  EXPECT_GE(app->posted_at[2] - app->posted_at[1], 2 * kFirstRetry);  // the pauses grow
  EXPECT_EQ(world.network->FindDevice(shop.number.device)->queued, 0);
}

TEST_F(GraphTest, TellsAfterARestartWhatWasNotTaken) {
  Greet();
  app->statuses = {500, 500, 500, 500, 500, 500};
  SendText(kAnn, "Hi");
  const std::string wamid = LastWamid();
  Run(std::chrono::milliseconds(500));
  const std::string id = shop.number.id;
  Restart();
  EXPECT_EQ(front->FindNumber(id)->token, token);
  Run();
  EXPECT_EQ(Statuses(), (std::vector<std::string>{"sent " + wamid, "delivered " + wamid}));
  app->posts.clear();
  Restart();
  Run();
  EXPECT_TRUE(app->posts.empty());
}

TEST_F(GraphTest, GivesUpAfterAWeek) {
  app->statuses.assign(1000, 500);
  world.Type(kAnn, kShop, "hello");
  Run(std::chrono::hours(8 * 24));
  EXPECT_EQ(front->counters().given_up, 1);
  EXPECT_EQ(world.network->FindDevice(shop.number.device)->queued, 0);
}

TEST_F(GraphTest, ChecksTheToken) {
  const std::string target = shop.number.id;
  token = "";
  EXPECT_TRUE(Get(target).starts_with("401 "));
  EXPECT_EQ(LastError(), "104");
  token = "EAAwrong";
  EXPECT_TRUE(Get(target).starts_with("401 "));
  EXPECT_EQ(LastError(), "190");
  token = front->AddToken(target, {}, world.scheduler.Now() + std::chrono::seconds(60))->token;
  EXPECT_TRUE(Get(target).starts_with("200 "));
  SendText(kAnn, "no permission");
  EXPECT_EQ(LastError(), "10");
  Get(shop.account.id + "/phone_numbers");
  EXPECT_EQ(LastError(), "200");
  Run(std::chrono::seconds(61));
  Get(target);
  EXPECT_EQ(LastError(), "190/463");
  ASSERT_TRUE(front->RevokeToken(target, shop.token));
  token = shop.token;
  Get(target);
  EXPECT_EQ(LastError(), "190/460");
}

TEST_F(GraphTest, HidesTheNodesOfOtherApps) {
  NewNumber other;
  other.number = "15550200";
  token = front->AddNumber(other)->token;
  for (const std::string& id : {shop.number.id, shop.account.id, std::string("12")}) {
    EXPECT_TRUE(Get(id).starts_with("400 "));
    EXPECT_EQ(LastError(), "100/33");
  }
}

TEST_F(GraphTest, ChecksTheProofOfTheAppSecret) {
  const std::string proof = base::ToHexText(base::AsText(base::HmacSha256("secret", shop.token)));
  EXPECT_TRUE(Get(shop.number.id + "?appsecret_proof=" + proof).starts_with("200 "));
  EXPECT_TRUE(Get(shop.number.id + "?appsecret_proof=00").starts_with("400 "));
  App app = shop.app;
  app.needs_proof = true;
  ASSERT_TRUE(front->ChangeApp(shop.number.id, app));
  Get(shop.number.id);
  EXPECT_EQ(LastError(), "100");
}

TEST_F(GraphTest, ShowsTheNumberAndItsAccount) {
  Get(shop.number.id);
  EXPECT_EQ(base::FindText(last, "display_phone_number"), "+15550100");
  EXPECT_EQ(base::FindText(last, "verified_name"), "The Shop");
  EXPECT_EQ(Get(shop.number.id + "?fields=quality_rating,throughput%7Blevel%7D"),
            R"(200 {"quality_rating":"GREEN","throughput":{"level":"STANDARD"},"id":")" +
                shop.number.id + R"("})");
  Get(shop.number.id + "?fields=nonsense");
  EXPECT_EQ(LastError(), "100");
  Get(shop.account.id + "/phone_numbers");
  EXPECT_EQ(base::FindText(last.at("data").as_array()[0].as_object(), "id"), shop.number.id);
  Get("debug_token?input_token=" + shop.token);
  EXPECT_TRUE(last.at("data").at("is_valid").as_bool());
}

TEST_F(GraphTest, BelievesACallbackOnlyWhenItKnowsTheChallenge) {
  const std::string target = shop.account.id + "/subscribed_apps";
  Post(target, R"({"override_callback_uri":"http://app.test/other","verify_token":"wrong"})");
  EXPECT_EQ(LastError(), "100");
  EXPECT_EQ(Post(target, R"({"override_callback_uri":"http://app.test/other?a=b",)"
                         R"("verify_token":"verify me"})"),
            R"(200 {"success":true})");
  world.Type(kAnn, kShop, "hello");
  Run();
  ASSERT_EQ(app->posts.size(), 1u);
  EXPECT_EQ(app->posts[0].url, "http://app.test/other?a=b");
  Get(target);
  EXPECT_EQ(last.at("data").as_array().size(), 1u);
}

TEST_F(GraphTest, TellsNobodyOfAnAccountThatNoAppIsSubscribedTo) {
  EXPECT_EQ(Do(http::Method::kDelete, shop.account.id + "/subscribed_apps"),
            R"(200 {"success":true})");
  world.Type(kAnn, kShop, "hello");
  Run();
  EXPECT_TRUE(app->posts.empty());
  EXPECT_EQ(front->counters().unheard, 1);
  Get(shop.account.id + "/subscribed_apps");
  EXPECT_TRUE(last.at("data").as_array().empty());
}

TEST_F(GraphTest, RefusesWhatNobodyDeclared) {
  struct {
    const char* more;
    const char* message;
  } const cases[] = {
      {R"("text":{"body":"x"},"colour":"red")", "(#100) Unexpected key \"colour\"."},
      {R"("text":{"body":"x","size":1})", "(#100) Unexpected key \"size\" on param \"text\"."},
      {R"("text":{})", "(#100) The parameter text['body'] is required."},
      {R"("type":"image")", "(#100) The parameter image is required."},
      {R"("type":"hologram")",
       "(#100) Param type must be one of {audio, contacts, document, image, interactive, location, "
       "reaction, sticker, template, text, video} - got \"hologram\"."},
  };
  for (const auto& row : cases) {
    EXPECT_TRUE(SendTo(kAnn, row.more).starts_with("400 "));
    EXPECT_EQ(base::FindText(last.at("error").as_object(), "message"), row.message);
  }
  SendText(kAnn, std::string(4097, 'x'));
  EXPECT_EQ(LastError(), "100");
  Post(shop.number.id + "/messages", R"({"to":"15550001","text":{"body":"x"}})");
  EXPECT_EQ(base::FindText(last.at("error").as_object(), "message"),
            "(#100) The parameter messaging_product is required.");
  SendText(kShop, "self");
  EXPECT_EQ(LastError(), "131021");
  SendText("letters", "x");
  EXPECT_EQ(LastError(), "131009");
}

TEST_F(GraphTest, RefusesLockedAccountsAndNumbersThatAreNotRegistered) {
  EXPECT_EQ(Post(shop.number.id + "/deregister", ""), R"(200 {"success":true})");
  SendText(kAnn, "x");
  EXPECT_EQ(LastError(), "133010");
  Post(shop.number.id + "/register", R"({"messaging_product":"whatsapp","pin":"123456"})");
  Account account = shop.account;
  account.locked = true;
  ASSERT_TRUE(front->ChangeAccount(shop.number.id, account));
  EXPECT_TRUE(SendText(kAnn, "x").starts_with("403 "));
  EXPECT_EQ(LastError(), "131031");
}

TEST_F(GraphTest, KeepsToTheLimits) {
  Greet();
  for (int i = 0; i < 45; ++i) SendText(kAnn, "x");
  EXPECT_EQ(LastError(), "");
  SendText(kAnn, "x");
  EXPECT_EQ(LastError(), "131056");
  Run(std::chrono::seconds(7));
  SendText(kAnn, "x");
  EXPECT_EQ(LastError(), "");
  std::vector<Pending> pending;
  for (int i = 0; i < 100; ++i)
    pending.push_back(Start(http::Method::kPost, shop.number.id + "/messages",
                            R"({"messaging_product":"whatsapp","to":"1555300)" + std::to_string(i) +
                                R"(","text":{"body":"x"}})"));
  Run();
  int refused = 0;
  for (const Pending& one : pending)
    refused += (*one)->text().find("130429") != std::string_view::npos;
  EXPECT_NEAR(refused, 20, 2);
}

TEST_F(GraphTest, ServesTheVersionsThatMetaHas) {
  const std::string id = shop.number.id;
  http::Request request;
  request.headers.Set("Authorization", "Bearer " + token);
  struct {
    std::string target;
    int status;
  } const cases[] = {{"/graph/" + id, 200},
                     {"/graph/v17.0/" + id, 200},
                     {"/graph/v9.0/" + id, 400},
                     {"/graph/v99.0/" + id, 400},
                     {"/graph/v23.0/me/nothing", 400}};
  for (const auto& row : cases) {
    request.target = row.target;
    auto kept = std::make_shared<std::optional<http::Response>>();
    world.scheduler.Spawn("request", KeepAnswer(front.get(), request, kept));
    Run();
    EXPECT_EQ((*kept)->status, row.status) << row.target;
  }
}

TEST_F(GraphTest, TellsOnlyOfFieldsThatTheAppWants) {
  const std::string subscribe = R"({"object":"whatsapp_business_account","callback_url":")" +
                                std::string(kHook) + R"(","verify_token":")" + kVerifyToken +
                                R"(","fields":)";
  token = shop.app.id + "|" + shop.app.secret;
  const std::string target = shop.app.id + "/subscriptions";
  EXPECT_THAT(Get(target), testing::HasSubstr(R"({"name":"messages",)"));  // all, to begin with
  Post(target, subscribe + R"("account_update,security"})");
  EXPECT_EQ(LastError(), "");
  EXPECT_THAT(Get(target),
              testing::HasSubstr(R"("fields":[{"name":"account_update","version":"v23.0"},)"
                                 R"({"name":"security","version":"v23.0"}])"));
  world.Type(kAnn, kShop, "nobody hears it");
  Run();
  EXPECT_TRUE(app->posts.empty());
  EXPECT_EQ(front->counters().unheard, 1);
  Post(target, subscribe + R"(["messages"]})");
  world.Type(kAnn, kShop, "somebody does");
  Run();
  ASSERT_EQ(Messages().size(), 1u);
  EXPECT_EQ(base::FindText(Messages()[0].at("text").as_object(), "body"), "somebody does");
  Post(target, subscribe + "[]}");
  EXPECT_EQ(LastError(), "100");
}

}  // namespace
}  // namespace parley::sim::graph
