// Source of the members: developers.facebook.com,
// /documentation/business-messaging/whatsapp/webhooks/reference/messages/status/ and
// /documentation/business-messaging/whatsapp/pricing/
#include "link/cloud/format/statuses_in.h"

#include "link/cloud/format/test_json.h"

namespace parley::link::cloud::format {
namespace {

using core::ConversationCategory;
using core::MessageStatus;

base::Result<StatusNews> ReadStatusWith(const std::string& part) {
  return ReadStatus(Json(R"({"id":"wamid.S","timestamp":"1790000001",)"
                         R"("recipient_id":"4915550001234",)" +
                         part + "}"));
}

TEST(StatusesIn, EachStepIsAReceipt) {
  const std::pair<const char*, MessageStatus> steps[] = {
      {"sent", MessageStatus::kSent},
      {"delivered", MessageStatus::kDelivered},
      {"read", MessageStatus::kRead},
      {"played", MessageStatus::kPlayed},
  };
  for (const auto& [name, status] : steps) {
    const auto news = ReadStatusWith(std::string(R"("status":")") + name + "\"");
    ASSERT_TRUE(news.has_value()) << FaultsOf(news);
    EXPECT_EQ(news->unread, "");
    EXPECT_EQ(news->receipt.status, status);
    EXPECT_EQ(news->receipt.link_id, "wamid.S");
    EXPECT_EQ(news->receipt.chat.phone, "4915550001234");
    EXPECT_EQ(base::ToUnixMs(news->receipt.at), 1'790'000'001'000);
    EXPECT_FALSE(news->receipt.failure || news->receipt.conversation || news->message);
  }
}

TEST(StatusesIn, AFailureHasMetasReason) {
  auto news =
      ReadStatusWith(R"("status":"failed","errors":[{"code":131026,"title":"Undeliverable",)"
                     R"("message":"Undeliverable","error_data":{"details":"Not on WhatsApp"}}])");
  ASSERT_TRUE(news.has_value());
  EXPECT_EQ(news->receipt.status, MessageStatus::kFailed);
  EXPECT_EQ(news->receipt.failure, (core::Failure{"131026", "Not on WhatsApp"}));
  news = ReadStatusWith(R"("status":"failed")");
  EXPECT_EQ(news->receipt.failure, (core::Failure{"", "Meta gave no reason"}));
}

TEST(StatusesIn, OurOwnIdComesBack) {
  const auto news = ReadStatusWith(
      R"("status":"sent","biz_opaque_callback_data":"01a3185c-500a-7000-8000-00000000000a")");
  ASSERT_TRUE(news.has_value());
  EXPECT_EQ(news->message->value.ToText(), "01a3185c-500a-7000-8000-00000000000a");
  EXPECT_FALSE(ReadStatusWith(R"("status":"sent","biz_opaque_callback_data":"theirs")")->message);
}

TEST(StatusesIn, AConversationIsKnownFromItsBeginning) {
  auto news =
      ReadStatusWith(R"("status":"sent","conversation":{"id":"c0ffee","expiration_timestamp":)"
                     R"("1790086400","origin":{"type":"utility"}},"pricing":{"billable":true,)"
                     R"("pricing_model":"CBP","category":"utility"})");
  ASSERT_TRUE(news.has_value()) << FaultsOf(news);
  core::Conversation conversation;
  conversation.id = "c0ffee";
  conversation.category = ConversationCategory::kUtility;
  conversation.expires_at = base::FromUnixMs(1'790'086'400'000);
  EXPECT_EQ(news->receipt.conversation, conversation);
  EXPECT_EQ(news->pricing->model, "CBP");
  // Later ones do not say until when; a message that has a conversation keeps what the first said.
  news = ReadStatusWith(
      R"("status":"delivered","conversation":{"id":"c0ffee","origin":{"type":"utility"}},)"
      R"("pricing":{"billable":true,"pricing_model":"CBP","category":"utility"})");
  conversation.expires_at = base::FromUnixMs(1'790'000'001'000) + std::chrono::hours(24);
  EXPECT_EQ(news->receipt.conversation, conversation);
}

TEST(StatusesIn, AMessageThatIsBilledAloneIsAConversationOfItsOwn) {
  auto news =
      ReadStatusWith(R"("status":"delivered","pricing":{"billable":true,"pricing_model":"PMP",)"
                     R"("type":"regular","category":"marketing"})");
  ASSERT_TRUE(news.has_value());
  core::Conversation conversation;
  conversation.id = "wamid.S";
  conversation.category = ConversationCategory::kMarketing;
  conversation.expires_at = base::FromUnixMs(1'790'000'001'000) + std::chrono::hours(24);
  EXPECT_EQ(news->receipt.conversation, conversation);
  EXPECT_EQ(news->pricing->type, "regular");
  EXPECT_EQ(news->pricing->category, "marketing");

  // `billable` is to go; the type says the same.
  news = ReadStatusWith(R"("status":"delivered","pricing":{"pricing_model":"PMP","type":"regular",)"
                        R"("category":"authentication_international"})");
  EXPECT_TRUE(news->receipt.conversation->billable);
  EXPECT_EQ(news->receipt.conversation->category, ConversationCategory::kAuthentication);
  news = ReadStatusWith(R"("status":"delivered","pricing":{"pricing_model":"PMP",)"
                        R"("type":"free_customer_service","category":"service"})");
  EXPECT_FALSE(news->receipt.conversation->billable);
  EXPECT_EQ(news->receipt.conversation->category, ConversationCategory::kService);
  news = ReadStatusWith(R"("status":"delivered","pricing":{"pricing_model":"PMP","type":"regular",)"
                        R"("category":"general_purpose_ai"})");
  EXPECT_FALSE(news->receipt.conversation);
  EXPECT_EQ(news->pricing->category, "general_purpose_ai");
}

TEST(StatusesIn, WhatTheCoreDoesNotHaveIsNamed) {
  EXPECT_EQ(ReadStatusWith(R"("status":"warning")")->unread, "status.warning");
  EXPECT_EQ(ReadStatusWith(R"("status":"RINGING","type":"call")")->unread, "call");
  EXPECT_EQ(ReadStatusWith(R"("status":"read","recipient_type":"group")")->unread, "group");
  EXPECT_EQ(ReadStatusWith(R"("status":"read","type":"message")")->unread, "");
  EXPECT_EQ(ReadStatusWith(R"("status":"read","shade":1)")->unknown,
            std::vector<std::string>{"shade"});
}

TEST(StatusesIn, FaultsHaveTheirPath) {
  EXPECT_EQ(FaultsOf(ReadStatus(Json(R"({"status":"sent"})"))),
            "id: Required; timestamp: Required");
  EXPECT_EQ(FaultsOf(ReadStatusWith(R"("status":"sent","pricing":{"billable":"maybe"})")),
            "pricing.billable: Expected boolean, received string");
  EXPECT_EQ(FaultsOf(ReadStatusWith(R"("status":"sent","conversation":{"origin":{}})")),
            "conversation.id: Required");
}

}  // namespace
}  // namespace parley::link::cloud::format
