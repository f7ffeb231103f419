#include "link/cloud/format/setup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "link/cloud/format/test_json.h"

namespace parley::link::cloud::format {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SetupTest, ReadsWhatATokenIs) {
  const auto facts = ReadToken(JsonObject(R"({"data": {"app_id": "138483919580948",
      "type": "SYSTEM_USER", "application": "Shop", "data_access_expires_at": 0,
      "expires_at": 1800000000, "is_valid": true, "issued_at": 1700000000,
      "scopes": ["whatsapp_business_management", "public_profile"],
      "granular_scopes": [{"scope": "whatsapp_business_management", "target_ids": ["1"]}],
      "user_id": "1207059"}})"));
  ASSERT_TRUE(facts);
  EXPECT_TRUE(facts->is_valid);
  EXPECT_EQ(facts->app_id, "138483919580948");
  EXPECT_EQ(base::ToUnixSeconds(*facts->expires_at), 1800000000);
  EXPECT_TRUE(facts->Has("whatsapp_business_management"));
  EXPECT_FALSE(facts->Has("whatsapp_business_messaging"));

  const auto ended = ReadToken(JsonObject(R"({"data": {"is_valid": false, "expires_at": 0,
      "error": {"code": 190, "message": "The session has been invalidated"}, "scopes": []}})"));
  ASSERT_TRUE(ended);
  EXPECT_FALSE(ended->is_valid);
  EXPECT_FALSE(ended->expires_at);
  EXPECT_EQ(ended->fault, "The session has been invalidated");
  EXPECT_FALSE(ReadToken(JsonObject(R"({"data": {"is_valid": "perhaps"}})")));
}

TEST(SetupTest, ReadsWhoHearsOfWhat) {
  const auto apps = ReadSubscribedApps(JsonObject(R"({"data": [{"whatsapp_business_api_data":
      {"link": "https://www.facebook.com/games/?app_id=7", "name": "Shop", "id": "7"},
      "override_callback_uri": "https://a.test/"}, {"other": 1}]})"));
  ASSERT_TRUE(apps);
  EXPECT_THAT(*apps, ElementsAre("7"));
  EXPECT_FALSE(ReadSubscribedApps(JsonObject(R"({"data": "none"})")));

  // Of other objects than accounts nothing; names with and without a version.
  const auto fields = ReadSubscribedFields(JsonObject(R"({"data": [
      {"object": "page", "fields": [{"name": "feed"}]},
      {"object": "whatsapp_business_account", "callback_url": "https://a.test/", "active": true,
       "fields": [{"name": "messages", "version": "v23.0"}, "account_update"]}]})"));
  ASSERT_TRUE(fields);
  EXPECT_THAT(*fields, ElementsAre("messages", "account_update"));
}

TEST(SetupTest, TakesTheMostSpecialWebhook) {
  EXPECT_EQ(WebhookOf(JsonObject(R"({"webhook_configuration": {"application": "https://a.test/",
      "whatsapp_business_account": "https://b.test/"}})")),
            "https://b.test/");
  EXPECT_EQ(WebhookOf(JsonObject(R"({"webhook_configuration": {}})")), "");
  EXPECT_EQ(WebhookOf(JsonObject(R"({"id": "1"})")), std::nullopt);
}

TEST(SetupTest, SaysWhatKeepsANumberFromSending) {
  const auto troubles =
      HealthTroubles(JsonObject(R"({"health_status": {"can_send_message": "BLOCKED",
      "entities": [{"entity_type": "PHONE_NUMBER", "id": "1", "can_send_message": "AVAILABLE"},
        {"entity_type": "WABA", "id": "2", "can_send_message": "BLOCKED", "errors": [
          {"error_code": 141010, "error_description": "No payment method",
           "possible_solution": "Add one"}]},
        {"entity_type": "APP", "id": "3", "can_send_message": "LIMITED"}]}})"));
  ASSERT_EQ(troubles.size(), 2u);
  EXPECT_EQ(troubles[0], "WABA: No payment method Add one");
  EXPECT_EQ(troubles[1], "APP is LIMITED");
  EXPECT_THAT(HealthTroubles(JsonObject(R"({"id": "1"})")), IsEmpty());
}

}  // namespace
}  // namespace parley::link::cloud::format
