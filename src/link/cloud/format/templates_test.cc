// Source of the members: developers.facebook.com, Graph API reference,
// whats-app-business-account/message_templates.
#include "link/cloud/format/templates.h"

#include "link/cloud/format/test_json.h"

namespace parley::link::cloud::format {
namespace {

constexpr char kOne[] =
    R"({"id":"9900112233","name":"parcel_sent","language":"en_GB","status":"APPROVED",)"
    R"("category":"UTILITY","rejected_reason":"NONE","components":[{"type":"BODY","text":"Hi"}]})";

TEST(GraphTemplates, AreRead) {
  const auto read = ReadTemplate(Json(kOne));
  ASSERT_TRUE(read.has_value() && read->has_value()) << FaultsOf(read);
  const core::Template& subject = **read;
  EXPECT_EQ(subject.id, "9900112233");
  EXPECT_EQ(subject.name, "parcel_sent");
  EXPECT_EQ(subject.language, "en_GB");
  EXPECT_EQ(subject.status, core::TemplateStatus::kApproved);
  EXPECT_EQ(subject.category, core::TemplateCategory::kUtility);
  EXPECT_EQ(subject.rejected_reason, "NONE");
  ExpectJson(subject.components, R"([{"type":"BODY","text":"Hi"}])");
}

TEST(GraphTemplates, EveryStatusMeansWhetherItMayBeSent) {
  const auto read = [](const std::string& status, const std::string& reason = "NONE") {
    const auto one = ReadTemplate(Json(R"({"id":1,"name":"n","language":"en","status":")" + status +
                                       R"(","rejected_reason":")" + reason + "\"}"));
    EXPECT_TRUE(one.has_value()) << FaultsOf(one);
    return *one;
  };
  EXPECT_EQ(read("REJECTED", "PROMOTIONAL")->status, core::TemplateStatus::kRejected);
  EXPECT_EQ(read("REJECTED", "PROMOTIONAL")->rejected_reason, "PROMOTIONAL");
  EXPECT_EQ(read("IN_APPEAL")->status, core::TemplateStatus::kPending);
  EXPECT_EQ(read("DISABLED")->status, core::TemplateStatus::kPaused);
  EXPECT_EQ(read("DISABLED")->rejected_reason, "DISABLED");
  EXPECT_EQ(read("FLAGGED")->status, core::TemplateStatus::kApproved);
  EXPECT_EQ(read("SOMETHING_NEW")->status, core::TemplateStatus::kPaused);
  EXPECT_EQ(read("SOMETHING_NEW")->rejected_reason, "SOMETHING_NEW");
  EXPECT_FALSE(read("PENDING_DELETION").has_value());
}

TEST(GraphTemplates, PagesEndWhereThereIsNoNext) {
  auto page = ReadTemplatePage(JsonObject(std::string(R"({"data":[)") + kOne +
                                          R"(,{"id":"2"}],"paging":{"cursors":{"before":"B",)"
                                          R"("after":"A"},"next":"https://graph.example/next"}})"));
  ASSERT_TRUE(page.has_value()) << FaultsOf(page);
  EXPECT_EQ(page->templates.size(), 1U);
  EXPECT_EQ(page->after, "A");
  ASSERT_EQ(page->faults.size(), 1U);
  EXPECT_EQ(page->faults[0].faults[0].path, "data[1].name");
  page = ReadTemplatePage(
      JsonObject(R"({"data":[],"paging":{"cursors":{"before":"B","after":"A"}}})"));
  EXPECT_EQ(page->after, "");
  EXPECT_EQ(FaultsOf(ReadTemplatePage(JsonObject("{}"))), "data: Required");
}

TEST(GraphTemplates, AreHandedIn) {
  core::CreateTemplate wanted;
  wanted.name = "parcel_sent";
  wanted.language = "en_GB";
  wanted.category = core::TemplateCategory::kAuthentication;
  wanted.components = Json(R"([{"type":"BODY","text":"Hi"}])");
  ExpectJson(TemplateBody(wanted),
             R"({"name":"parcel_sent","language":"en_GB","category":"AUTHENTICATION",)"
             R"("components":[{"type":"BODY","text":"Hi"}]})");
  const auto created =
      ReadCreated(wanted, JsonObject(R"({"id":"31","status":"PENDING","category":"MARKETING"})"));
  ASSERT_TRUE(created.has_value()) << FaultsOf(created);
  EXPECT_EQ(created->id, "31");
  EXPECT_EQ(created->name, "parcel_sent");
  EXPECT_EQ(created->status, core::TemplateStatus::kPending);
  EXPECT_EQ(created->category, core::TemplateCategory::kMarketing);  // Meta knows better
  ExpectJson(created->components, R"([{"type":"BODY","text":"Hi"}])");
  EXPECT_EQ(ReadCreated(wanted, JsonObject(R"({"id":"31"})"))->category,
            core::TemplateCategory::kAuthentication);
  EXPECT_EQ(FaultsOf(ReadCreated(wanted, JsonObject("{}"))), "id: Required");
}

}  // namespace
}  // namespace parley::link::cloud::format
