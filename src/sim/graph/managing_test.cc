// Templates, profile, blocks, analytics and faults.
#include "sim/graph/test_graph.h"

namespace parley::sim::graph {
namespace {

using net::kAnn;

class ManagingTest : public GraphTest {
 protected:
  void MakeTemplate(const std::string& name, const std::string& language = "en") {
    Post(shop.account.id + "/message_templates",
         R"({"name":")" + name + R"(","language":")" + language +
             R"(","category":"UTILITY","components":[{"type":"BODY","text":"Coming?"}]})");
    EXPECT_EQ(LastError(), "") << base::ToText(last);
  }
  // "a en, b en" of the list that was answered last.
  std::string Names() const {
    std::string names;
    for (const auto& row : last.at("data").as_array())
      names += (names.empty() ? "" : ", ") + std::string(base::FindText(row.as_object(), "name")) +
               " " + std::string(base::FindText(row.as_object(), "language"));
    return names;
  }
  std::string CursorOfLast(const char* which) const {
    return std::string(base::FindText(last.at("paging").at("cursors").as_object(), which));
  }
};

TEST_F(ManagingTest, PagesThroughTemplates) {
  for (const char* name : {"a", "b", "c", "d", "e"}) MakeTemplate(name);
  const std::string list = shop.account.id + "/message_templates?fields=name,language&limit=2";
  Get(list);
  EXPECT_EQ(Names(), "a en, b en");
  EXPECT_FALSE(last.at("paging").as_object().contains("previous"));
  const std::string next(base::FindText(last.at("paging").as_object(), "next"));
  EXPECT_TRUE(next.starts_with("http://127.0.0.1:9000/graph/v23.0/")) << next;
  Get(list + "&after=" + CursorOfLast("after"));
  EXPECT_EQ(Names(), "c en, d en");
  const std::string before = CursorOfLast("before");
  Get(list + "&after=" + CursorOfLast("after"));
  EXPECT_EQ(Names(), "e en");
  EXPECT_FALSE(last.at("paging").as_object().contains("next"));
  Get(list + "&before=" + before);
  EXPECT_EQ(Names(), "a en, b en");
  Get(list + "&after=nonsense");
  EXPECT_EQ(LastError(), "100");
  Get(shop.account.id + "/message_templates?name=c");
  EXPECT_EQ(Names(), "c en");
  EXPECT_EQ(base::FindText(last.at("data").as_array()[0].as_object(), "status"), "PENDING");
  Run();
  Get(shop.account.id + "/message_templates?status=PENDING");
  EXPECT_EQ(Names(), "");
}

TEST_F(ManagingTest, DeletesOneLanguageByItsIdAndAllByName) {
  MakeTemplate("a", "en");
  MakeTemplate("a", "de");
  const std::string id(base::FindText(last, "id"));
  EXPECT_TRUE(Get(id).starts_with("200 "));
  EXPECT_EQ(base::FindText(last, "language"), "de");
  const std::string list = shop.account.id + "/message_templates";
  EXPECT_EQ(Do(http::Method::kDelete, list + "?name=a&hsm_id=" + id), R"(200 {"success":true})");
  Get(list);
  EXPECT_EQ(Names(), "a en");
  Do(http::Method::kDelete, list + "?name=a");
  Get(list);
  EXPECT_EQ(Names(), "");
  Do(http::Method::kDelete, list + "?name=a");
  EXPECT_EQ(LastError(), "100/2593002");
  Post(list, R"({"name":"a","language":"en","category":"UTILITY","components":[{"type":"BODY",)"
             R"("text":"x"}]})");
  EXPECT_EQ(LastError(), "100/2388023");
  MakeTemplate("b");
  Post(list, R"({"name":"b","language":"en","category":"UTILITY","components":[{"type":"BODY",)"
             R"("text":"x"}]})");
  EXPECT_EQ(LastError(), "100/2388024");
  Post(list, R"({"name":"C!","language":"en","category":"UTILITY","components":[]})");
  EXPECT_EQ(LastError(), "100/2388293");
}

TEST_F(ManagingTest, GivesAllNumbersOfAnAccountTheSameTemplates) {
  MakeTemplate("a");
  Run();
  NewNumber second;
  second.number = "15550101";
  second.account = shop.account.id;
  const auto made = front->AddNumber(second);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->token, token);
  MakeTemplate("b");
  Run();
  app->posts.clear();
  const std::string messages = made->number.id + "/messages";
  for (const char* name : {"a", "b"}) {
    Post(messages, R"({"messaging_product":"whatsapp","to":"15550001","type":"template",)"
                   R"("template":{"name":")" +
                       std::string(name) + R"(","language":{"code":"en"}}})");
    EXPECT_EQ(LastError(), "") << base::ToText(last);
  }
  Get(shop.account.id + "/phone_numbers");
  EXPECT_EQ(last.at("data").as_array().size(), 2u);
}

TEST_F(ManagingTest, ChangesProfileAndShop) {
  const std::string profile = shop.number.id + "/whatsapp_business_profile";
  EXPECT_EQ(Post(profile, R"({"messaging_product":"whatsapp","about":"Open","vertical":"RETAIL",)"
                          R"("websites":["https://shop.test"],"email":"a@shop.test"})"),
            R"(200 {"success":true})");
  EXPECT_EQ(
      Get(profile + "?fields=about,email,websites,vertical"),
      R"(200 {"data":[{"about":"Open","email":"a@shop.test","websites":["https://shop.test"],)"
      R"("vertical":"RETAIL","messaging_product":"whatsapp"}]})");
  Post(profile, R"({"messaging_product":"whatsapp","vertical":"SPACE"})");
  EXPECT_EQ(LastError(), "100");
  const std::string commerce = shop.number.id + "/whatsapp_commerce_settings";
  EXPECT_EQ(Post(commerce + "?is_cart_enabled=false", ""), R"(200 {"success":true})");
  EXPECT_EQ(Get(commerce), R"(200 {"data":[{"is_cart_enabled":false,"is_catalog_visible":true,)"
                           R"("id":")" +
                               shop.number.id + R"("}]})");
}

TEST_F(ManagingTest, TakesAPictureByAResumableUpload) {
  const std::string profile = shop.number.id + "/whatsapp_business_profile";
  const auto handle_body = [](const std::string& handle) {
    return R"({"messaging_product":"whatsapp","profile_picture_handle":")" + handle + R"("})";
  };
  const std::string uploads = shop.app.id + "/uploads?file_name=a.png&file_type=image/png";
  for (const char* length :
       {"", "&file_length=0", "&file_length=4x", "&file_length=999999999999"}) {
    Post(uploads + length, "");
    EXPECT_EQ(LastError(), "100") << length;
  }
  Post(shop.app.id + "/uploads?file_length=4&file_type=image/webp", "");
  EXPECT_EQ(LastError(), "100");
  Post("12/uploads?file_length=4&file_type=image/png", "");
  EXPECT_EQ(LastError(), "100/33");
  Post(uploads + "&file_length=4", "");
  const std::string session(base::FindText(last, "id"));
  ASSERT_TRUE(session.starts_with("upload:")) << session;

  Post(session, "four");
  EXPECT_EQ(LastError(), "100") << "without its offset";
  file_offset = "0";
  Post(session, "fives");
  EXPECT_EQ(LastError(), "100") << "more than was announced";
  Post(session.substr(0, session.find('?')) + "?sig=other", "four");
  EXPECT_EQ(LastError(), "100/33");
  Post(profile, handle_body("4:" + session.substr(7, session.find('?') - 7)));
  EXPECT_EQ(LastError(), "100") << "the bytes have not come";
  Post(session, "four");
  const std::string handle(base::FindText(last, "h"));
  EXPECT_EQ(Post(profile, handle_body(handle)), R"(200 {"success":true})");
  Post(profile, handle_body("4:nothing"));
  EXPECT_EQ(LastError(), "100");

  Get(profile + "?fields=profile_picture_url");
  const auto& row = last.at("data").as_array()[0].as_object();
  const auto person = world.network->FindPerson(kShop);
  ASSERT_TRUE(person);
  EXPECT_EQ(base::FindText(row, "profile_picture_url"),
            "http://127.0.0.1:9000/media/" + person->picture);
  EXPECT_EQ(*world.network->media().Open(person->picture)->bytes, "four");
}

TEST_F(ManagingTest, BlocksPeople) {
  const std::string blocks = shop.number.id + "/block_users";
  const std::string ann =
      R"({"messaging_product":"whatsapp","block_users":[{"user":"+15550001"}]})";
  EXPECT_EQ(Post(blocks, ann),
            R"(200 {"messaging_product":"whatsapp","block_users":{"added_users":[{"input":)"
            R"("+15550001","wa_id":"15550001"}]}})");
  world.Type(kAnn, kShop, "anybody there?");
  Run();
  EXPECT_TRUE(app->posts.empty());
  Get(blocks);
  EXPECT_EQ(base::ToText(last.at("data")),
            R"([{"messaging_product":"whatsapp","wa_id":"15550001"}])");
  Do(http::Method::kDelete, blocks, ann);
  EXPECT_EQ(world.network->ListBlocked(kShop)->size(), 0u);
}

TEST_F(ManagingTest, CountsConversationsPricesAndTemplates) {
  MakeTemplate("a");
  const std::string id(base::FindText(last, "id"));
  Greet();
  SendText(kAnn, "one");
  SendText(kAnn, "two");
  SendTo(kAnn, R"("type":"template","template":{"name":"a","language":{"code":"en"}})");
  Run();
  const std::string span = "start(1699920000).end(1700092800).granularity(DAILY)";
  Get(shop.account.id + "?fields=pricing_analytics." + span +
      ".dimensions(PRICING_CATEGORY,PRICING_TYPE,PHONE)");
  EXPECT_EQ(base::ToText(last.at("pricing_analytics").at("data").at(0).at("data_points")),
            R"([{"start":1699920000,"end":1700006400,"phone_number":"15550100","pricing_type":)"
            R"("FREE_CUSTOMER_SERVICE","pricing_category":"SERVICE","volume":2,"cost":0.0},)"
            R"({"start":1699920000,"end":1700006400,"phone_number":"15550100","pricing_type":)"
            R"("REGULAR","pricing_category":"UTILITY","volume":1,"cost":0.004}])");
  Get(shop.account.id + "?fields=id,conversation_analytics." + span);
  EXPECT_EQ(base::ToText(last.at("conversation_analytics").at("data").at(0).at("data_points")),
            R"([{"start":1699920000,"end":1700006400,"conversation":2,"cost":0.004}])");
  Get(shop.account.id + "?fields=analytics.start(1699920000).end(1700092800).granularity(MONTH)");
  EXPECT_EQ(base::ToText(last.at("analytics").at("data_points")),
            R"([{"start":1698796800,"end":1701388800,"sent":3,"delivered":3}])");
  Get(shop.account.id +
      "/template_analytics?start=1699920000&end=1700092800&granularity=DAILY"
      "&template_ids=[" +
      id + "]");
  EXPECT_EQ(base::ToText(last.at("data").at(0).at("data_points")),
            R"([{"template_id":")" + id +
                R"(","start":1699920000,"end":1700006400,"sent":1,"delivered":1,"read":0}])");
  Get(shop.account.id + "?fields=analytics.start(5).end(1).granularity(DAY)");
  EXPECT_EQ(LastError(), "100");
}

TEST_F(ManagingTest, MakesRequestsFailOnDemand) {
  Greet();
  FaultRule rule;
  rule.edge = "messages";
  rule.count = 1;
  rule.code = 131016;
  rule.status = 503;
  ASSERT_TRUE(front->AddFault(rule));
  EXPECT_TRUE(Get(shop.number.id).starts_with("200 "));
  EXPECT_TRUE(SendText(kAnn, "no").starts_with("503 "));
  EXPECT_EQ(LastError(), "131016");
  EXPECT_TRUE(SendText(kAnn, "yes").starts_with("200 "));
  rule.effect = FaultEffect::kBadJson;
  ASSERT_TRUE(front->AddFault(rule));
  SendText(kAnn, "half");
  EXPECT_TRUE(last.empty());
  rule.effect = FaultEffect::kNoAnswer;
  ASSERT_TRUE(front->AddFault(rule));
  rule.carried = true;
  ASSERT_TRUE(front->AddFault(rule));
  const base::Time before = world.scheduler.Now();
  SendText(kAnn, "not carried");
  EXPECT_GE(world.scheduler.Now() - before, std::chrono::minutes(1));
  SendText(kAnn, "carried");
  rule.effect = FaultEffect::kSlow;
  rule.ms = 3000;
  ASSERT_TRUE(front->AddFault(rule));
  const base::Time later = world.scheduler.Now();
  EXPECT_TRUE(SendText(kAnn, "slow").starts_with("200 "));
  EXPECT_GE(world.scheduler.Now() - later, std::chrono::seconds(3));
  Run();
  EXPECT_EQ(world.InboxTexts(kAnn), (std::vector<std::string>{"yes", "half", "carried", "slow"}));
  EXPECT_TRUE(front->ListFaults().empty());
}

TEST_F(ManagingTest, PostsWebhooksTwiceAndInTheWrongOrderOnDemand) {
  FaultRule rule;
  rule.effect = FaultEffect::kDuplicateWebhook;
  rule.count = 1;
  ASSERT_TRUE(front->AddFault(rule));
  world.Type(kAnn, kShop, "one");
  Run();
  ASSERT_EQ(app->posts.size(), 2u);
  EXPECT_EQ(app->posts[0].body, app->posts[1].body);
  app->posts.clear();
  rule.effect = FaultEffect::kReorderWebhook;
  ASSERT_TRUE(front->AddFault(rule));
  world.Type(kAnn, kShop, "two");
  Run(std::chrono::seconds(1));
  EXPECT_TRUE(app->posts.empty());
  world.Type(kAnn, kShop, "three");
  Run();
  std::vector<std::string> texts;
  for (const auto& message : Messages())
    texts.emplace_back(base::FindText(message.at("text").as_object(), "body"));
  EXPECT_EQ(texts, (std::vector<std::string>{"three", "two"}));
  EXPECT_EQ(world.network->FindDevice(shop.number.device)->queued, 0);
}

TEST_F(ManagingTest, SettlesWhatTheNetworkDidNotAnswer) {
  Greet();
  net::FaultRule rule{net::FaultMatch(), net::NoAnswer{true}, 1, 1};
  ASSERT_TRUE(world.network->AddFault(rule));
  EXPECT_TRUE(SendText(kAnn, "taken").starts_with("500 "));
  rule.effect = net::NoAnswer{false};
  ASSERT_TRUE(world.network->AddFault(rule));
  EXPECT_TRUE(SendText(kAnn, "lost").starts_with("500 "));
  Run();
  ASSERT_EQ(Statuses().size(), 2u);
  EXPECT_TRUE(Statuses()[0].starts_with("sent "));
  EXPECT_TRUE(Statuses()[1].starts_with("delivered "));
  EXPECT_EQ(world.InboxTexts(kAnn), std::vector<std::string>{"taken"});
}

TEST_F(ManagingTest, TakesANumberOffTheGraph) {
  ASSERT_TRUE(front->RemoveNumber(shop.number.id));
  EXPECT_TRUE(Get(shop.number.id).starts_with("400 "));
  EXPECT_TRUE(world.network->ListDevices(kShop)->empty());
  world.Type(kAnn, kShop, "hello");
  Run();
  EXPECT_TRUE(app->posts.empty());
  NewNumber again;
  again.number = kShop;
  EXPECT_TRUE(front->AddNumber(again));
}

}  // namespace
}  // namespace parley::sim::graph
