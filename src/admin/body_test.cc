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

TEST(Patched, ChangesWhatIsThereAlone) {
  core::ChannelSettings current;
  current.typing = true;
  current.ack_notifications = true;
  const auto body = ReadBody<ChangedChannelBody>(
      RequestOf(R"({"settings": {"ack_notifications": false, "raw_hooks": true}})"));
  ASSERT_TRUE(body);
  const core::ChannelSettings changed = Patched(current, body->members, "settings");
  EXPECT_TRUE(changed.typing);
  EXPECT_FALSE(changed.ack_notifications);
  EXPECT_TRUE(changed.raw_hooks);
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

}  // namespace
}  // namespace parley::admin
