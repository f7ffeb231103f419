// Source of the members: developers.facebook.com,
// /documentation/business-messaging/whatsapp/webhooks/reference/ and the page of each field; calls:
// /documentation/business-messaging/whatsapp/calling/
#include "link/cloud/format/notices_in.h"

#include "link/cloud/format/test_json.h"

namespace parley::link::cloud::format {
namespace {

base::Result<Notice> ReadField(std::string field, const std::string& value) {
  const base::json::object members = JsonObject(value);
  Change change;
  change.field = std::move(field);
  change.at = base::FromUnixMs(1'790'000'003'000);
  change.value = &members;
  return ReadNotice(change);
}

template <class Report>
const Report* Only(const base::Result<Notice>& notice) {
  EXPECT_TRUE(notice.has_value()) << FaultsOf(notice);
  if (!notice || notice->reports.size() != 1) return nullptr;
  return std::get_if<Report>(&notice->reports.front());
}

std::string TemplateEvent(const std::string& event, const std::string& reason) {
  return R"({"event":")" + event +
         R"(","message_template_id":9900112233,)"
         R"("message_template_name":"parcel_sent","message_template_language":"en_GB",)"
         R"("reason":)" +
         reason + R"(,"message_template_category":"MARKETING"})";
}

TEST(NoticesIn, TemplatesChangeTheirStatus) {
  const auto notice =
      ReadField("message_template_status_update", TemplateEvent("REJECTED", R"("INVALID_FORMAT")"));
  const auto* report = Only<core::TemplateReport>(notice);
  ASSERT_NE(report, nullptr);
  EXPECT_TRUE(notice->known);
  EXPECT_EQ(report->subject.id, "9900112233");
  EXPECT_EQ(report->subject.name, "parcel_sent");
  EXPECT_EQ(report->subject.language, "en_GB");
  EXPECT_EQ(report->subject.category, core::TemplateCategory::kMarketing);
  EXPECT_EQ(report->subject.status, core::TemplateStatus::kRejected);
  EXPECT_EQ(report->subject.rejected_reason, "INVALID_FORMAT");
  EXPECT_EQ(base::ToUnixMs(report->at), 1'790'000'003'000);
  EXPECT_EQ(notice->template_id, "9900112233");
  EXPECT_EQ(notice->weight, NoticeWeight::kWarning);
  EXPECT_EQ(notice->text,
            "message_template_status_update: REJECTED, parcel_sent, en_GB, INVALID_FORMAT");

  const std::pair<const char*, core::TemplateStatus> events[] = {
      {"APPROVED", core::TemplateStatus::kApproved},
      {"PENDING", core::TemplateStatus::kPending},
      {"PAUSED", core::TemplateStatus::kPaused},
      {"DISABLED", core::TemplateStatus::kPaused},
      {"DELETED", core::TemplateStatus::kRemoved},
      {"REINSTATED", core::TemplateStatus::kApproved},
  };
  for (const auto& [event, status] : events) {
    const auto told = ReadField("message_template_status_update", TemplateEvent(event, "null"));
    const auto* changed = Only<core::TemplateReport>(told);
    ASSERT_NE(changed, nullptr) << event;
    EXPECT_EQ(changed->subject.status, status) << event;
  }
  // May be sent as before.
  EXPECT_TRUE(ReadField("message_template_status_update", TemplateEvent("FLAGGED", "null"))
                  ->reports.empty());
}

TEST(NoticesIn, TemplatesChangeOtherwise) {
  auto notice = ReadField("template_category_update",
                          R"({"message_template_id":77,"message_template_name":"parcel_sent",)"
                          R"("message_template_language":"en_GB","previous_category":"UTILITY",)"
                          R"("new_category":"MARKETING"})");
  ASSERT_TRUE(notice.has_value()) << FaultsOf(notice);
  EXPECT_EQ(notice->template_id, "77");
  EXPECT_EQ(notice->text, "template_category_update: parcel_sent, en_GB, MARKETING");
  notice = ReadField("message_template_quality_update",
                     R"({"message_template_id":77,"previous_quality_score":"GREEN",)"
                     R"("new_quality_score":"RED"})");
  EXPECT_EQ(notice->weight, NoticeWeight::kWarning);
  notice = ReadField("message_template_components_update", R"({"message_template_id":77})");
  EXPECT_EQ(notice->template_id, "77");
}

TEST(NoticesIn, TheNumbersLimitAndName) {
  auto notice = ReadField("phone_number_quality_update",
                          R"({"display_phone_number":"4930111","event":"THROUGHPUT_UPGRADE",)"
                          R"("current_limit":"TIER_UNLIMITED"})");
  ASSERT_TRUE(notice.has_value()) << FaultsOf(notice);
  EXPECT_EQ(notice->text, "phone_number_quality_update: THROUGHPUT_UPGRADE, TIER_UNLIMITED");
  EXPECT_EQ(notice->weight, NoticeWeight::kInfo);
  EXPECT_EQ(ReadField("phone_number_quality_update", R"({"event":"FLAGGED"})")->weight,
            NoticeWeight::kWarning);
  notice =
      ReadField("phone_number_name_update",
                R"({"display_phone_number":"4930111","decision":"REJECTED",)"
                R"("requested_verified_name":"Mill","rejection_reason":"NAME_NOT_CONSISTENT"})");
  EXPECT_EQ(notice->text, "phone_number_name_update: REJECTED, NAME_NOT_CONSISTENT");
  EXPECT_EQ(notice->weight, NoticeWeight::kWarning);
  EXPECT_EQ(
      ReadField("business_capability_update",
                R"({"max_daily_conversations_per_business":2000,"max_phone_numbers_per_waba":25})")
          ->text,
      "business_capability_update: 2000");
}

TEST(NoticesIn, TheAccountStopsAndWorksAgain) {
  const auto update = [](const std::string& value) {
    const auto notice = ReadField("account_update", value);
    EXPECT_TRUE(notice.has_value()) << FaultsOf(notice);
    return *notice;
  };
  Notice notice = update(R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"DISABLE",)"
                         R"("waba_ban_date":"May 4, 2026"}})");
  EXPECT_EQ(notice.state_reason, "account_locked");
  EXPECT_EQ(notice.weight, NoticeWeight::kCritical);
  EXPECT_EQ(notice.text, "account_update: DISABLED_UPDATE, DISABLE");
  notice = update(R"({"event":"DISABLED_UPDATE","ban_info":{"waba_ban_state":"REINSTATE"}})");
  EXPECT_TRUE(notice.restored);
  EXPECT_EQ(notice.state_reason, "");
  notice = update(R"({"event":"DISABLED_UPDATE",)"
                  R"("ban_info":{"waba_ban_state":"SCHEDULE_FOR_DISABLE"}})");
  EXPECT_EQ(notice.state_reason, "");
  EXPECT_EQ(notice.weight, NoticeWeight::kCritical);
  notice =
      update(R"({"event":"PARTNER_REMOVED","waba_info":{"waba_id":"5"},)"
             R"("disconnection_info":{"reason":"PRIMARY_INACTIVITY","initiated_by":"SYSTEM"}})");
  EXPECT_EQ(notice.state_reason, "permission_missing");
  EXPECT_EQ(notice.text, "account_update: PARTNER_REMOVED, PRIMARY_INACTIVITY");
  EXPECT_EQ(update(R"({"event":"ACCOUNT_DELETED"})").state_reason, "account_deleted");
  EXPECT_TRUE(update(R"({"event":"ACCOUNT_RECONNECTED"})").restored);
  notice = update(R"({"event":"ACCOUNT_RESTRICTION","restriction_info":[)"
                  R"({"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1}]})");
  EXPECT_EQ(notice.text, "account_update: ACCOUNT_RESTRICTION, RESTRICTED_BIZ_INITIATED_MESSAGING");
  notice = update(R"({"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"SPAM"}})");
  EXPECT_EQ(notice.text, "account_update: ACCOUNT_VIOLATION, SPAM");
  EXPECT_EQ(update(R"({"event":"SOMETHING_NEW"})").weight, NoticeWeight::kInfo);
}

TEST(NoticesIn, ReviewsAndAlerts) {
  EXPECT_TRUE(ReadField("account_review_update", R"({"decision":"APPROVED"})")->restored);
  EXPECT_EQ(ReadField("account_review_update", R"({"decision":"REJECTED"})")->state_reason,
            "account_locked");
  EXPECT_EQ(ReadField("account_review_update", R"({"decision":"PENDING"})")->state_reason,
            "account_in_review");
  const auto alert =
      ReadField("account_alerts", R"({"entity_type":"BUSINESS","entity_id":"5","alert_info":{)"
                                  R"("alert_severity":"CRITICAL","alert_status":"ACTIVE",)"
                                  R"("alert_type":"OBA_REJECTED","alert_description":"..."}})");
  EXPECT_EQ(alert->text, "account_alerts: BUSINESS, CRITICAL, OBA_REJECTED");
  EXPECT_EQ(alert->weight, NoticeWeight::kCritical);
}

TEST(NoticesIn, PreferencesNameNobody) {
  const auto notice = ReadField(
      "user_preferences", R"({"user_preferences":[{"wa_id":"4915550001234","detail":"stopped",)"
                          R"("category":"marketing_messages","value":"stop","timestamp":1}]})");
  EXPECT_EQ(notice->text, "user_preferences: marketing_messages, stop");
  EXPECT_TRUE(notice->reports.empty());
}

TEST(NoticesIn, CallsOfCustomers) {
  const auto status = [](const std::string& part) {
    const auto notice = ReadField("calls", R"({"calls":[{"id":"wacid.1","from":"4915550001234",)"
                                           R"("to":"4930111","timestamp":"1790000009",)"
                                           R"("direction":"USER_INITIATED",)" +
                                               part + "}]}");
    const auto* report = Only<core::CallReport>(notice);
    EXPECT_NE(report, nullptr) << part;
    if (report == nullptr) return core::CallStatus::kRejected;
    EXPECT_EQ(report->with.phone, "4915550001234");
    EXPECT_FALSE(report->call.from_me);
    EXPECT_EQ(report->call.id, "wacid.1");
    return report->call.status;
  };
  EXPECT_EQ(status(R"("event":"connect","session":{"sdp_type":"offer","sdp":"v=0"})"),
            core::CallStatus::kRinging);
  EXPECT_EQ(status(R"("event":"terminate","status":"COMPLETED","start_time":"1790000001",)"
                   R"("end_time":"1790000009","duration":8)"),
            core::CallStatus::kEnded);
  EXPECT_EQ(status(R"("event":"terminate","status":"FAILED")"), core::CallStatus::kMissed);
}

TEST(NoticesIn, CallsOfTheBusiness) {
  const auto notice =
      ReadField("calls", R"({"statuses":[{"id":"wacid.2","type":"call","status":"REJECTED",)"
                         R"("timestamp":"1790000009","recipient_id":"4915550001234"}]})");
  const auto* report = Only<core::CallReport>(notice);
  ASSERT_NE(report, nullptr);
  EXPECT_TRUE(report->call.from_me);
  EXPECT_EQ(report->call.status, core::CallStatus::kRejected);
  EXPECT_EQ(base::ToUnixMs(report->call.changed_at), 1'790'000'009'000);
}

TEST(NoticesIn, ThePhonesAddressBook) {
  const auto notice = ReadField(
      "smb_app_state_sync",
      R"({"state_sync":[{"type":"contact","contact":{"full_name":"Ada Moll","first_name":"Ada",)"
      R"("phone_number":"4915550001234"},"action":"add","metadata":{"timestamp":"1"}},)"
      R"({"type":"contact","contact":{"phone_number":"4915550009999"},"action":"remove"}]})");
  ASSERT_TRUE(notice.has_value()) << FaultsOf(notice);
  ASSERT_EQ(notice->reports.size(), 2U);
  const auto& added = std::get<core::ContactReport>(notice->reports[0]).news;
  EXPECT_EQ(added.peer.phone, "4915550001234");
  EXPECT_EQ(added.name, "Ada Moll");
  const auto& removed = std::get<core::ContactReport>(notice->reports[1]).news;
  EXPECT_EQ(removed.name, "");
}

TEST(NoticesIn, OtherFieldsAreNotKnown) {
  const auto notice = ReadField("weather_update", "{}");
  ASSERT_TRUE(notice.has_value());
  EXPECT_FALSE(notice->known);
  EXPECT_EQ(notice->text, "weather_update");
  EXPECT_EQ(FaultsOf(ReadField("account_update", "{}")), "event: Required");
  EXPECT_EQ(FaultsOf(ReadField("calls", R"({"calls":[{}]})")),
            "calls[0].id: Required; calls[0].timestamp: Required");
}

}  // namespace
}  // namespace parley::link::cloud::format
