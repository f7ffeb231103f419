#include "admin/body.h"

#include <gtest/gtest.h>

#include "admin/account_schema.h"
#include "admin/channel_schema.h"
#include "admin/schema.h"

namespace parley::admin {
namespace {

http::Request RequestOf(std::string body) {
  http::Request request;
  request.headers.Set("Content-Type", "application/json");
  request.body = std::move(body);
  return request;
}

std::string FaultsOf(const base::Error& error) {
  std::string text;
  for (const base::FieldFault& fault : error.faults) text += fault.path + ": " + fault.text + "\n";
  return text;
}

TEST(ReadBody, TellsAllFaultsAndUnknownFieldsTogether) {
  const auto body = ReadBody<NewAccountBody>(RequestOf(
      R"({"plan": 5, "blokced": true, "burst": -1, "settings": {"wapio_envelop": true}})"));
  ASSERT_FALSE(body);
  EXPECT_EQ(body.error().code, base::ErrorCode::kInvalidFields);
  EXPECT_EQ(FaultsOf(body.error()),
            "name: Required\n"
            "plan: Expected string, received number\n"
            "burst: Number must be from 0 to 10000000\n"
            "blokced: Unknown field\n"
            "settings.wapio_envelop: Unknown field\n");
}

TEST(ReadBody, LooksIntoLists) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  const auto value = base::ParseJson(R"({"error": {"faults": [{"path": ""}, {"pat": ""}]}})");
  FindUnknown(*value, base::Describe<ErrorReply>(), "", faults);
  EXPECT_EQ(FaultsOf(faults), "error.faults[1].pat: Unknown field\n");
}

TEST(ReadBody, RefusesWhatIsNoObject) {
  const auto body = ReadBody<NewKeyBody>(RequestOf("[]"));
  ASSERT_FALSE(body);
  EXPECT_EQ(FaultsOf(body.error()), "body: Expected object, received array\n");
}

TEST(ReadBody, TellsNullFromLeftOut) {
  const auto body = ReadBody<ChangedAccountBody>(RequestOf(R"({"expires_at": null})"));
  ASSERT_TRUE(body);
  EXPECT_TRUE(body->IsNull("expires_at"));
  EXPECT_FALSE(body->IsNull("name"));
}

TEST(PatchOf, TouchesOnlyWhatTheBodyNames) {
  const auto body = ReadBody<ChangedChannelBody>(
      RequestOf(R"({"settings": {"ack_notifications": false, "typing": null}})"));
  ASSERT_TRUE(body);
  const auto patch = PatchOf<core::ChannelSettings>(body->members, "settings");
  core::ChannelSettings settings;
  settings.typing = settings.read_incoming = true;  // whatever others have made of it meanwhile
  patch(settings);
  EXPECT_TRUE(settings.typing);
  EXPECT_TRUE(settings.read_incoming);
  EXPECT_FALSE(settings.ack_notifications);
}

TEST(PatchOf, LooksIntoWhatAValueHolds) {
  const auto patch_of = [](std::string settings) {
    const auto body = ReadBody<ChangedAccountBody>(RequestOf(std::move(settings)));
    EXPECT_TRUE(body);
    return PatchOf<core::AccountSettings>(body->members, "settings");
  };
  core::AccountSettings settings;
  patch_of(R"({"settings": {"conversation_prices": {"marketing": 0.5, "utility": 0.2}}})")(
      settings);
  ASSERT_TRUE(settings.conversation_prices);
  EXPECT_EQ(settings.conversation_prices->marketing, 0.5);
  patch_of(R"({"settings": {"conversation_prices": {"utility": null, "service": 1}}})")(settings);
  EXPECT_EQ(settings.conversation_prices->marketing, 0.5) << "it was not named";
  EXPECT_EQ(settings.conversation_prices->utility, std::nullopt);
  EXPECT_EQ(settings.conversation_prices->service, 1.0);
  patch_of(R"({"settings": {"wapio_envelope": true, "conversation_prices": null}})")(settings);
  EXPECT_TRUE(settings.wapio_envelope);
  EXPECT_TRUE(settings.conversation_prices) << "null is no value of a setting";
}

}  // namespace
}  // namespace parley::admin
