// The number, its profile, shop, block list and files. Source of the
// members: developers.facebook.com, /documentation/business-messaging/whatsapp/ business-profiles,
// catalogs/commerce-settings, business-phone-numbers, block-users, media.
#include "link/cloud/format/number.h"
#include "link/cloud/format/profile.h"
#include "link/cloud/format/test_json.h"

namespace parley::link::cloud::format {
namespace {

TEST(GraphProfile, IsRead) {
  const auto read = ReadProfile(JsonObject(
      R"({"data":[{"about":"We mill","address":"1 Lane","description":"Flour","email":"a@m.example",)"
      R"("messaging_product":"whatsapp","profile_picture_url":"https://pps.example/1",)"
      R"("websites":["https://m.example/"],"vertical":"GROCERY"}]})"));
  ASSERT_TRUE(read.has_value()) << FaultsOf(read);
  EXPECT_EQ(read->profile.about, "We mill");
  EXPECT_EQ(read->profile.address, "1 Lane");
  EXPECT_EQ(read->profile.description, "Flour");
  EXPECT_EQ(read->profile.email, "a@m.example");
  EXPECT_EQ(read->profile.vertical, "Food and Grocery");
  EXPECT_EQ(read->profile.websites, std::vector<std::string>{"https://m.example/"});
  EXPECT_TRUE(read->profile.is_business);
  EXPECT_EQ(read->picture_url, "https://pps.example/1");
  EXPECT_TRUE(ReadProfile(JsonObject(R"({"data":[]})")).has_value());
  EXPECT_EQ(FaultsOf(ReadProfile(JsonObject(R"({"data":[{"about":[]}]})"))),
            "data[0].about: Expected string, received array");
}

TEST(GraphProfile, IsChangedWhereMetaAllowsIt) {
  core::ChangeProfile wanted;
  wanted.about = "We mill";
  wanted.email = "";
  wanted.websites = {"https://m.example/"};
  auto body = ProfileBody(wanted, "4::aW");
  ASSERT_TRUE(body.has_value()) << FaultsOf(body);
  ExpectJson(*body, R"({"messaging_product":"whatsapp","about":"We mill","email":"",)"
                    R"("websites":["https://m.example/"],"profile_picture_handle":"4::aW"})");
  wanted.about = std::string(140, 'a');
  wanted.push_name = "Mill";
  wanted.address = std::string(257, 'a');
  wanted.description = std::string(513, 'a');
  wanted.email = std::string(129, 'a');
  wanted.websites = {"a", "b", std::string(257, 'c')};
  EXPECT_EQ(FaultsOf(ProfileBody(wanted, "")),
            "about: Must be at most 139 characters; address: Must be at most 256 characters; "
            "description: Must be at most 512 characters; email: Must be at most 128 characters; "
            "push_name: A business' name is changed in WhatsApp Manager, where Meta reviews it; "
            "websites: At most 2; websites[2]: Must be at most 256 characters");
  core::ChangeProfile empty;
  empty.about = "";
  EXPECT_EQ(FaultsOf(ProfileBody(empty, "")), "about: Must not be empty");
}

TEST(GraphProfile, HasIndustriesInTheCoresWords) {
  const auto read = [](const std::string& meta) {
    const std::string data = R"({"data":[{"vertical":")" + meta + R"("}]})";
    return ReadProfile(JsonObject(data))->profile.vertical;
  };
  EXPECT_EQ(read("AUTO"), "Automotive");
  EXPECT_EQ(read("UNDEFINED"), "");
  EXPECT_EQ(read("ALCOHOL"), "ALCOHOL") << "none that there is a word for";
  core::ChangeProfile wanted;
  for (const auto& [words, meta] : {std::pair("Automotive", "AUTO"), std::pair("", "UNDEFINED"),
                                    std::pair("ALCOHOL", "ALCOHOL")}) {
    wanted.vertical = words;
    const auto body = ProfileBody(wanted, "");
    ASSERT_TRUE(body.has_value());
    EXPECT_EQ(base::FindText(*body, "vertical"), meta);
  }
}

TEST(GraphShop, HasTwoSettings) {
  const auto read = ReadCommerce(
      JsonObject(R"({"data":[{"id":"88001","is_catalog_visible":true,"is_cart_enabled":false}]})"));
  ASSERT_TRUE(read.has_value()) << FaultsOf(read);
  EXPECT_EQ(read->id, "88001");
  EXPECT_TRUE(read->is_catalog_visible);
  EXPECT_FALSE(read->is_cart_enabled);
  EXPECT_EQ(ReadCommerce(JsonObject(R"({"data":[]})")).error().code,
            base::ErrorCode::kNotSupported);
  core::SetCommerce wanted;
  wanted.is_cart_enabled = false;
  ExpectJson(CommerceBody(wanted), R"({"is_cart_enabled":false,"is_catalog_visible":true})");
  EXPECT_TRUE(ReadSuccess(JsonObject(R"({"success":true})")).has_value());
  EXPECT_EQ(ReadSuccess(JsonObject(R"({"success":false})")).error().code,
            base::ErrorCode::kUnavailable);
}

constexpr char kNumber[] =
    R"({"id":"66001","display_phone_number":"+49 30 111-222","verified_name":"Mill",)"
    R"("quality_rating":"GREEN","throughput":{"level":"HIGH"},"name_status":"APPROVED",)"
    R"("code_verification_status":"VERIFIED","status":"CONNECTED","platform_type":"CLOUD_API",)"
    R"("account_mode":"LIVE","messaging_limit_tier":"TIER_10K"})";

TEST(GraphNumber, IsRead) {
  const auto read = ReadNumber(Json(kNumber));
  ASSERT_TRUE(read.has_value()) << FaultsOf(read);
  EXPECT_EQ(read->id, "66001");
  EXPECT_EQ(read->phone, "4930111222");
  EXPECT_EQ(read->verified_name, "Mill");
  EXPECT_EQ(read->quality_rating, "GREEN");
  EXPECT_EQ(read->throughput, "HIGH");
  EXPECT_EQ(read->messages_per_second(), 1000);
  EXPECT_EQ(read->name_status, "APPROVED");
  EXPECT_EQ(read->code_verification_status, "VERIFIED");
  EXPECT_EQ(read->status, "CONNECTED");
  EXPECT_EQ(read->account_mode, "LIVE");
  EXPECT_EQ(read->messaging_limit, "TIER_10K");
  EXPECT_EQ(TroubleOf(*read), "");
  const auto paired = PairedOf(*read);
  ASSERT_TRUE(paired.has_value());
  EXPECT_EQ(paired->phone, "4930111222");
  EXPECT_EQ(paired->profile.push_name, "Mill");
  EXPECT_TRUE(paired->profile.is_business);
}

TEST(GraphNumber, MayBeOfNoUse) {
  const auto trouble = [](const std::string& part) {
    const auto read = ReadNumber(Json(R"({"id":"1",)" + part + "}"));
    EXPECT_TRUE(read.has_value()) << FaultsOf(read);
    return TroubleOf(*read);
  };
  EXPECT_EQ(trouble(R"("status":"PENDING")"), "number_not_registered");
  EXPECT_EQ(trouble(R"("status":"BANNED")"), "account_locked");
  EXPECT_EQ(trouble(R"("status":"FLAGGED")"), "");
  EXPECT_EQ(trouble(R"("platform_type":"NOT_APPLICABLE")"), "number_not_registered");
  const auto unnamed = ReadNumber(Json(R"({"id":"1"})"));
  EXPECT_EQ(FaultsOf(PairedOf(*unnamed)), "display_phone_number: Must be a phone number");
  EXPECT_EQ(unnamed->messages_per_second(), 80);
}

TEST(GraphNumber, OfAnAccount) {
  const auto page =
      ReadNumberPage(JsonObject(std::string(R"({"data":[)") + kNumber +
                                R"(],"paging":{"cursors":{"after":"A"},"next":"n"}})"));
  ASSERT_TRUE(page.has_value()) << FaultsOf(page);
  ASSERT_EQ(page->numbers.size(), 1U);
  EXPECT_EQ(page->after, "A");
  EXPECT_EQ(FaultsOf(ReadNumberPage(JsonObject(R"({"data":[{}]})"))), "data[0].id: Required");
}

TEST(GraphBlocks, SayWhomTheyCouldNotBlock) {
  ExpectJson(BlockBody("4915550001234"),
             R"({"messaging_product":"whatsapp","block_users":[{"user":"+4915550001234"}]})");
  EXPECT_TRUE(
      ReadBlockAnswer(JsonObject(R"({"messaging_product":"whatsapp","block_users":{"added_users":[)"
                                 R"({"input":"+4915550001234","wa_id":"4915550001234"}]}})"))
          .has_value());
  const auto failed = ReadBlockAnswer(JsonObject(
      R"({"block_users":{"added_users":[],"failed_users":[{"input":"+4915550001234","errors":[)"
      R"({"message":"Failed to block","code":139101,"error_data":{"details":"Re-engage first"}}]}]}})"));
  EXPECT_EQ(failed.error().code, base::ErrorCode::kInvalidState);
  EXPECT_EQ(failed.error().text, "Re-engage first");
  const auto page = ReadBlockedPage(
      JsonObject(R"({"data":[{"messaging_product":"whatsapp","wa_id":"4915550001234"}],)"
                 R"("paging":{"cursors":{"after":"A","before":"B"}}})"));
  EXPECT_EQ(page->phones, std::vector<std::string>{"4915550001234"});
  EXPECT_EQ(page->after, "");
}

TEST(GraphFiles, AreUploadedAndFound) {
  EXPECT_EQ(*ReadUploadAnswer(JsonObject(R"({"id":"7001"})")), "7001");
  EXPECT_EQ(FaultsOf(ReadUploadAnswer(JsonObject("{}"))), "id: Required");
  const std::string hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  const auto file = ReadFileNode(JsonObject(
      R"({"messaging_product":"whatsapp","url":"https://media.example/7001","mime_type":"image/png",)"
      R"("sha256":")" +
      hex + R"(","file_size":"303833","id":"7001"})"));
  ASSERT_TRUE(file.has_value()) << FaultsOf(file);
  EXPECT_EQ(file->url, "https://media.example/7001");
  EXPECT_EQ(file->mime_type, "image/png");
  EXPECT_EQ(file->sha256, hex);
  EXPECT_EQ(file->size, 303833);
  EXPECT_EQ(DigestIn("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="), hex);
  EXPECT_EQ(DigestIn("abc"), "");
}

}  // namespace
}  // namespace parley::link::cloud::format
