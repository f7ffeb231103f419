// Source of shape and codes: developers.facebook.com,
// /documentation/business-messaging/whatsapp/support/error-codes
#include "link/cloud/format/errors.h"

#include "link/cloud/format/test_json.h"

namespace parley::link::cloud::format {
namespace {

using Kind = core::SendRefused::Kind;

GraphError ErrorWith(std::int64_t code, int status, std::int64_t subcode = 0) {
  GraphError error;
  error.code = code;
  error.http_status = status;
  error.subcode = subcode;
  return error;
}

TEST(GraphErrors, AreReadWithAllThatTheySay) {
  const GraphError error = ReadGraphError(
      400, JsonObject(R"({"error":{"message":"(#131047) Re-engagement message",)"
                      R"("type":"OAuthException","code":131047,"error_subcode":2494010,)"
                      R"("error_data":{"messaging_product":"whatsapp",)"
                      R"("details":"More than 24 hours have passed"},"is_transient":true,)"
                      R"("error_user_title":"T","error_user_msg":"U","fbtrace_id":"Axyz"}})"));
  EXPECT_EQ(error.http_status, 400);
  EXPECT_EQ(error.code, 131047);
  EXPECT_EQ(error.subcode, 2494010);
  EXPECT_EQ(error.type, "OAuthException");
  EXPECT_EQ(error.message, "(#131047) Re-engagement message");
  EXPECT_EQ(error.details, "More than 24 hours have passed");
  EXPECT_EQ(error.user_title, "T");
  EXPECT_EQ(error.user_text, "U");
  EXPECT_EQ(error.fbtrace_id, "Axyz");
  EXPECT_TRUE(error.is_transient);
  EXPECT_EQ(error.Text(), "More than 24 hours have passed");
  EXPECT_EQ(error.Detail(),
            "status 400, code 131047, subcode 2494010, OAuthException, fbtrace_id Axyz");
  EXPECT_EQ(FailureOf(error), (core::Failure{"131047", "More than 24 hours have passed"}));
}

TEST(GraphErrors, OfAWebhookHaveATitle) {
  const base::json::value given =
      Json(R"([{"code":131051,"title":"Message type unknown","message":"Message type unknown",)"
           R"("error_data":{"details":"Not supported"},"href":"https://x"},7])");
  const auto errors = ReadWebhookErrors(&given.get_array());
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].code, 131051);
  EXPECT_EQ(errors[0].title, "Message type unknown");
  EXPECT_EQ(errors[0].details, "Not supported");
  EXPECT_EQ(errors[1].code, -1);
}

TEST(GraphErrors, AreBoundedAndNeverFail) {
  std::string many = "[";
  for (int i = 0; i < 100; ++i) many += R"({"code":1},)";
  many.back() = ']';
  const base::json::value list = Json(many);
  EXPECT_EQ(ReadWebhookErrors(&list.get_array()).size(), kMaxErrorsRead);
  EXPECT_TRUE(ReadWebhookErrors(nullptr).empty());
  const GraphError strange =
      ReadGraphError(502, JsonObject(R"({"error":{"code":"seven","message":[],"error_data":3}})"));
  EXPECT_EQ(strange.code, -1);
  EXPECT_EQ(strange.Text(), "Meta answered with status 502");
  EXPECT_EQ(FailureOf(strange).code, "http_502");
  const GraphError longer =
      ReadGraphError(400, JsonObject(R"({"error":{"message":")" + std::string(5000, 'x') + "\"}}"));
  EXPECT_EQ(longer.message.size(), 1000U);
}

struct Case {
  std::int64_t code;
  int status;
  Kind kind;
  ErrorScope scope;
  base::ErrorCode told;
  std::string_view reason;
};

TEST(GraphErrors, MeanWhatMetasPageSays) {
  using base::ErrorCode;
  constexpr ErrorScope kMessage = ErrorScope::kMessage, kChannel = ErrorScope::kChannel;
  const Case cases[] = {
      {0, 401, Kind::kRetryable, kChannel, ErrorCode::kChannelNotConnected, "token_invalid"},
      {190, 401, Kind::kRetryable, kChannel, ErrorCode::kChannelNotConnected, "token_invalid"},
      {102, 401, Kind::kRetryable, kChannel, ErrorCode::kChannelNotConnected, "token_invalid"},
      {3, 500, Kind::kRetryable, kChannel, ErrorCode::kInvalidState, "permission_missing"},
      {10, 403, Kind::kRetryable, kChannel, ErrorCode::kInvalidState, "permission_missing"},
      {200, 403, Kind::kRetryable, kChannel, ErrorCode::kInvalidState, "permission_missing"},
      {299, 403, Kind::kRetryable, kChannel, ErrorCode::kInvalidState, "permission_missing"},
      {131005, 403, Kind::kRetryable, kChannel, ErrorCode::kInvalidState, "permission_missing"},
      {4, 400, Kind::kRetryable, kChannel, ErrorCode::kRateLimited, ""},
      {80007, 400, Kind::kRetryable, kChannel, ErrorCode::kRateLimited, ""},
      {130429, 429, Kind::kRetryable, kChannel, ErrorCode::kRateLimited, ""},
      {131056, 400, Kind::kRetryable, ErrorScope::kRecipient, ErrorCode::kRateLimited, ""},
      {131048, 400, Kind::kPermanent, kMessage, ErrorCode::kRateLimited, ""},
      {368, 403, Kind::kPermanent, kChannel, ErrorCode::kInvalidState, "account_locked"},
      {131031, 403, Kind::kPermanent, kChannel, ErrorCode::kInvalidState, "account_locked"},
      {33, 400, Kind::kPermanent, kChannel, ErrorCode::kNotFound, "number_deleted"},
      {100, 400, Kind::kPermanent, kMessage, ErrorCode::kInvalidFields, ""},
      {130472, 400, Kind::kPermanent, kMessage, ErrorCode::kInvalidState, ""},
      {131008, 400, Kind::kPermanent, kMessage, ErrorCode::kInvalidFields, ""},
      {131009, 400, Kind::kPermanent, kMessage, ErrorCode::kInvalidFields, ""},
      {131026, 400, Kind::kPermanent, kMessage, ErrorCode::kNotOnNetwork, ""},
      {131042, 400, Kind::kPermanent, kMessage, ErrorCode::kInvalidState, ""},
      {131047, 400, Kind::kPermanent, kMessage, ErrorCode::kWindowClosed, ""},
      {131049, 400, Kind::kPermanent, kMessage, ErrorCode::kInvalidState, ""},
      {131051, 400, Kind::kPermanent, kMessage, ErrorCode::kNotSupported, ""},
      {131053, 400, Kind::kPermanent, kMessage, ErrorCode::kMediaUnreachable, ""},
      {131057, 500, Kind::kRetryable, kChannel, ErrorCode::kUnavailable, ""},
      {132000, 400, Kind::kPermanent, kMessage, ErrorCode::kInvalidFields, ""},
      {132001, 404, Kind::kPermanent, kMessage, ErrorCode::kNotFound, ""},
      {132007, 400, Kind::kPermanent, kMessage, ErrorCode::kInvalidFields, ""},
      {132015, 400, Kind::kPermanent, kMessage, ErrorCode::kInvalidState, ""},
      {133010, 400, Kind::kPermanent, kChannel, ErrorCode::kChannelNotConnected,
       "number_not_registered"},
  };
  for (const Case& given : cases) {
    const ErrorMeaning meaning = MeaningOf(ErrorWith(given.code, given.status));
    EXPECT_EQ(meaning.kind, given.kind) << given.code;
    EXPECT_EQ(meaning.scope, given.scope) << given.code;
    EXPECT_EQ(meaning.code, given.told) << given.code;
    EXPECT_EQ(meaning.state_reason, given.reason) << given.code;
    EXPECT_EQ(RefusalOf(ErrorWith(given.code, given.status)).failure.code,
              std::to_string(given.code));
  }
}

// A server that failed in the middle may have the message: it must not be sent again by itself.
TEST(GraphErrors, AServersFailureIsARefusalOnlyWhereItSaysSo) {
  for (const std::int64_t code : {1, 2, 131000, 131016}) {
    EXPECT_EQ(MeaningOf(ErrorWith(code, 500)).kind, Kind::kAmbiguous) << code;
    EXPECT_EQ(MeaningOf(ErrorWith(code, 503)).kind, Kind::kRetryable) << code;
    EXPECT_EQ(MeaningOf(ErrorWith(code, 400)).kind, Kind::kPermanent) << code;
    EXPECT_EQ(MeaningOf(ErrorWith(code, 500)).code, base::ErrorCode::kUnavailable) << code;
  }
  EXPECT_EQ(MeaningOf(ErrorWith(999'999, 500)).kind, Kind::kAmbiguous);
  EXPECT_EQ(MeaningOf(ErrorWith(999'999, 429)).kind, Kind::kRetryable);
  EXPECT_EQ(MeaningOf(ErrorWith(999'999, 400)).kind, Kind::kPermanent);
  EXPECT_EQ(MeaningOf(ErrorWith(-1, 401)).state_reason, "token_invalid");
}

TEST(GraphErrors, SayWhenToTryAgain) {
  EXPECT_EQ(RefusalOf(ErrorWith(131056, 400)).retry_after, std::chrono::seconds(6));
  EXPECT_EQ(RefusalOf(ErrorWith(131056, 400), std::chrono::seconds(30)).retry_after,
            std::chrono::seconds(30));
  EXPECT_EQ(RefusalOf(ErrorWith(80007, 400)).retry_after, std::chrono::minutes(5));
  EXPECT_EQ(RefusalOf(ErrorWith(131047, 400), std::chrono::seconds(30)).retry_after, std::nullopt);
  EXPECT_EQ(ErrorOf(ErrorWith(130429, 429)).retry_after, std::chrono::seconds(1));
}

// Source: /documentation/business-messaging/whatsapp/templates/template-management
TEST(GraphErrors, OfTemplatesSayMoreInTheirSubcode) {
  EXPECT_EQ(ErrorOf(ErrorWith(100, 400, 2388024)).code, base::ErrorCode::kAlreadyExists);
  EXPECT_EQ(ErrorOf(ErrorWith(100, 400, 2388023)).code, base::ErrorCode::kInvalidState);
  EXPECT_EQ(ErrorOf(ErrorWith(100, 400, 2593002)).code, base::ErrorCode::kNotFound);
  const base::Error told = ErrorOf(
      ReadGraphError(400, JsonObject(R"({"error":{"message":"Invalid parameter","code":100,)"
                                     R"("error_user_msg":"There is already English content"}})")));
  EXPECT_EQ(told.text, "There is already English content");
  EXPECT_EQ(told.detail, "status 400, code 100");
}

}  // namespace
}  // namespace parley::link::cloud::format
