// Numbers on the Cloud API, as they are made and changed.
#include "sim/control/test_requests.h"
#include "sim/graph/test_app.h"

namespace parley::sim::control {
namespace {

class CloudTest : public ControlTest {
 protected:
  CloudTest() {
    auto opened = graph::Front::Open(world.scheduler, *world.random, *world.network, log, app);
    EXPECT_TRUE(opened);
    front = std::move(*opened);
    control = MakeControl(world.scheduler, *world.network, nullptr, front.get());
  }
  // The answer as JSON, once it is there.
  base::json::object Json(http::Method method, std::string target, std::string body = "") {
    const Pending pending = Start(method, std::move(target), std::move(body));
    world.Run(std::chrono::seconds(1));
    EXPECT_TRUE(*pending);
    status = (*pending)->status;
    const auto parsed = base::ParseJson((*pending)->text());
    return parsed && parsed->is_object() ? parsed->get_object() : base::json::object();
  }
  base::json::object Make(std::string body) {
    return Json(http::Method::kPost, "/cloud/numbers", std::move(body));
  }
  static std::string In(const base::json::object& object, std::string_view name) {
    const base::json::value* member = base::Find(object, name);
    if (member == nullptr) return "";
    return member->is_string() ? std::string(base::FindText(object, name)) : base::ToText(*member);
  }

  network::MemoryLog log;
  graph::TestApp app{world.scheduler};
  std::unique_ptr<graph::Front> front;
  int status = 0;
};

TEST_F(CloudTest, MakesShowsAndRemovesNumbers) {
  const auto made = Make(R"({"number":"+15550100","name":"The Shop"})");
  EXPECT_EQ(status, 201);
  EXPECT_EQ(In(made, "number"), "+15550100");
  EXPECT_EQ(In(made, "base_url"), "http://127.0.0.1:9000/graph");
  EXPECT_TRUE(In(made, "access_token").starts_with("EAA"));
  const std::string target = "/cloud/numbers/" + In(made, "phone_number_id");
  EXPECT_EQ(Json(http::Method::kGet, target), made);
  const auto second = Make(R"({"number":"15550101","business_account_id":")" +
                           In(made, "business_account_id") + R"("})");
  EXPECT_EQ(In(second, "app_id"), In(made, "app_id"));
  Make(R"({"number":"15550100"})");
  EXPECT_EQ(status, 409);
  Make(R"({"number":"15550102","business_account_id":"1"})");
  EXPECT_EQ(status, 404);
  Json(http::Method::kDelete, target);
  EXPECT_EQ(status, 204);
  EXPECT_EQ(Json(http::Method::kGet, "/cloud/numbers").at("numbers").as_array().size(), 1u);
  Json(http::Method::kGet, target);
  EXPECT_EQ(status, 404);
}

TEST_F(CloudTest, BelievesAWebhookThatKnowsTheChallenge) {
  const auto made = Make(R"({"number":"15550100"})");
  const std::string target = "/cloud/numbers/" + In(made, "phone_number_id");
  const auto refused = Json(http::Method::kPatch, target,
                            R"({"webhook_url":"http://app.test/hook","verify_token":"wrong"})");
  EXPECT_EQ(status, 422);
  EXPECT_EQ(In(refused.at("error").at("fields").at(0).as_object(), "path"), "webhook_url");
  EXPECT_EQ(In(Json(http::Method::kGet, target), "webhook_url"), "");
  const auto changed = Json(http::Method::kPatch, target,
                            R"({"webhook_url":"http://app.test/hook","verify_token":"verify me"})");
  EXPECT_EQ(In(changed, "webhook_url"), "http://app.test/hook");
  world.Type(network::kAnn, "15550100", "hello");
  world.Run();
  EXPECT_EQ(app.posts.size(), 1u);
  Make(R"({"number":"15550101","webhook_url":"http://app.test/hook","verify_token":"wrong"})");
  EXPECT_EQ(status, 422);
}

TEST_F(CloudTest, ChangesWhatANumberIsAndTellsOfIt) {
  const auto made = Make(
      R"({"number":"15550100","webhook_url":"http://app.test/hook","verify_token":"verify me"})");
  const std::string target = "/cloud/numbers/" + In(made, "phone_number_id");
  const auto changed = Json(http::Method::kPatch, target,
                            R"({"quality":"RED","throughput":"HIGH","locked":true,)"
                            R"("registered":false,"pair_limit":false,"needs_proof":true})");
  EXPECT_EQ(In(changed, "quality"), "RED");
  EXPECT_EQ(In(changed, "throughput"), "HIGH");
  EXPECT_EQ(In(changed, "locked"), "true");
  EXPECT_EQ(In(changed, "registered"), "false");
  EXPECT_EQ(In(changed, "pair_limit"), "false");
  EXPECT_EQ(In(changed, "needs_proof"), "true");
  world.Run();
  std::string all;
  for (const auto& post : app.posts) all += post.body;
  EXPECT_NE(all.find(R"("event":"FLAGGED")"), std::string::npos);
  EXPECT_NE(all.find(R"("waba_ban_state":"DISABLE")"), std::string::npos);
  Json(http::Method::kPatch, target, R"({"quality":"BLUE"})");
  EXPECT_EQ(status, 422);
}

TEST_F(CloudTest, MakesAndRevokesTokens) {
  const auto made = Make(R"({"number":"15550100"})");
  const std::string target = "/cloud/numbers/" + In(made, "phone_number_id");
  const auto token = In(Json(http::Method::kPost, target + "/tokens",
                             R"({"permissions":["whatsapp_business_messaging"],"expires_in":60})"),
                        "access_token");
  EXPECT_EQ(status, 201);
  Json(http::Method::kDelete, target + "/tokens/" + token);
  EXPECT_EQ(status, 204);
  Json(http::Method::kDelete, target + "/tokens/other");
  EXPECT_EQ(status, 404);
  Json(http::Method::kPost, target + "/tokens", R"({"permissions":["everything"]})");
  EXPECT_EQ(status, 422);
}

TEST_F(CloudTest, TellsByHandAndKeepsFaultRules) {
  const auto made = Make(
      R"({"number":"15550100","webhook_url":"http://app.test/hook","verify_token":"verify me"})");
  const std::string target = "/cloud/numbers/" + In(made, "phone_number_id");
  Json(http::Method::kPost, target + "/receive",
       R"({"from":"+15550001","message":{"type":"order","order":{"catalog_id":"1"}}})");
  EXPECT_EQ(status, 201);
  Json(http::Method::kPost, target + "/receive", R"({"from":"+15550001","message":{}})");
  EXPECT_EQ(status, 422);
  Json(http::Method::kPost, target + "/webhook", R"({"field":"account_alerts","value":{"a":1}})");
  EXPECT_EQ(status, 204);
  world.Run();
  EXPECT_EQ(In(Json(http::Method::kGet, "/cloud"), "told"), "2");
  const auto rule = Json(http::Method::kPost, "/cloud/faults", R"({"effect":"bad_json"})");
  EXPECT_EQ(In(rule, "id"), "1");
  Json(http::Method::kPost, "/cloud/faults", R"({"effect":"bad_luck"})");
  EXPECT_EQ(status, 422);
  Json(http::Method::kDelete, "/cloud/faults/1");
  EXPECT_EQ(status, 204);
  EXPECT_TRUE(Json(http::Method::kGet, "/cloud/faults").at("faults").as_array().empty());
}

}  // namespace
}  // namespace parley::sim::control
