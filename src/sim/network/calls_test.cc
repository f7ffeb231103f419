#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "ringing", "missed", ... as a device hears them.
std::vector<std::string> HeardCalls(const TestDevice& device) {
  std::vector<std::string> found;
  for (const Item& item : device.items)
    if (const auto* notice = std::get_if<Notice>(&item.content))
      if (const auto* call = std::get_if<CallChanged>(&notice->content))
        found.emplace_back(NameOf(call->call.status));
  return found;
}

std::vector<std::string> Listed(const TestWorld& world, const char* number) {
  std::vector<std::string> found;
  for (const Call& call : world.network->ListCalls(number).value())
    found.emplace_back(NameOf(call.status));
  return found;
}

class CallTest : public testing::Test {
 protected:
  Call Ring(bool video = false) {
    CallDraft draft;
    draft.to = kBob;
    draft.video = video;
    auto call = world.network->MakeCall(kAnn, draft);
    EXPECT_TRUE(call);
    return call ? *call : Call();
  }

  TestWorld world;
  const std::string device = world.Link(kBob);
};

TEST_F(CallTest, IsAnsweredOnThePhoneAndEnded) {
  TestDevice bob(world, device);
  const Call call = Ring(true);
  EXPECT_TRUE(call.video);
  world.Run();
  EXPECT_EQ(world.network->HangUp(kBob, call.id).error().code, base::ErrorCode::kInvalidState);
  ASSERT_TRUE(world.network->AcceptCall(kBob, call.id));
  world.Run(std::chrono::minutes(5));
  EXPECT_EQ(world.network->HangUp(kAnn, call.id)->status, CallStatus::kEnded);
  world.Run();
  EXPECT_THAT(HeardCalls(bob), ElementsAre("ringing", "accepted", "ended"));
  const Call shown = world.network->ListCalls(kBob)->at(0);
  EXPECT_EQ(shown.at, kTestStart);
  EXPECT_EQ(shown.changed_at, kTestStart + std::chrono::seconds(310));
}

TEST_F(CallTest, IsRejectedByTheDevice) {
  const std::string other = world.Link(kBob);
  TestDevice bob(world, device), second(world, other);
  const Call call = Ring();
  ASSERT_TRUE(world.network->RejectCall({kBob, device}, call.id));
  EXPECT_EQ(world.network->RejectCall({kBob, other}, call.id).error().code,
            base::ErrorCode::kInvalidState);
  EXPECT_EQ(world.network->RejectCall({kAnn, ""}, call.id).error().code,
            base::ErrorCode::kNotFound);
  world.Run(std::chrono::minutes(2));
  EXPECT_THAT(HeardCalls(bob), ElementsAre("ringing"));
  EXPECT_THAT(HeardCalls(second), ElementsAre("ringing", "rejected"));
  EXPECT_THAT(Listed(world, kAnn), ElementsAre("rejected"));
}

TEST_F(CallTest, IsMissedAfter45SecondsAlsoOverARestart) {
  Ring();
  world.Run(std::chrono::seconds(40));
  world.Kill();
  world.Run(base::Duration(4999));
  EXPECT_THAT(Listed(world, kBob), ElementsAre("ringing"));
  world.Run(base::Duration(1));
  EXPECT_THAT(Listed(world, kBob), ElementsAre("missed"));
  TestDevice bob(world, device);
  world.Run();
  EXPECT_THAT(HeardCalls(bob), ElementsAre("ringing", "missed"));
}

TEST_F(CallTest, IsMissedWhenTheCallerHangsUpFirst) {
  TestDevice bob(world, device);
  const Call call = Ring();
  world.Run(std::chrono::seconds(5));
  ASSERT_TRUE(world.network->HangUp(kAnn, call.id));
  world.Run(std::chrono::minutes(2));
  EXPECT_THAT(HeardCalls(bob), ElementsAre("ringing", "missed"));
}

TEST_F(CallTest, ThatNobodyCouldHearIsMissedWhenThePhoneIsBack) {
  ASSERT_TRUE(world.network->Unlink(kBob, device));
  ASSERT_TRUE(world.network->SetOnline(kBob, false));
  Ring();
  world.Run(std::chrono::minutes(1));
  EXPECT_THAT(Listed(world, kBob), IsEmpty());
  EXPECT_THAT(Listed(world, kAnn), ElementsAre("unreached"));
  world.Kill();
  ASSERT_TRUE(world.network->SetOnline(kBob, true));
  EXPECT_THAT(Listed(world, kBob), ElementsAre("missed"));
}

TEST_F(CallTest, OfABlockedNumberNeverRings) {
  TestDevice bob(world, device);
  ASSERT_TRUE(world.network->SetBlocked({kBob, ""}, kAnn, true));
  const Call call = Ring();
  EXPECT_EQ(world.network->AcceptCall(kBob, call.id).error().code, base::ErrorCode::kNotFound);
  world.Run(std::chrono::minutes(1));
  EXPECT_THAT(HeardCalls(bob), IsEmpty());
  EXPECT_THAT(Listed(world, kBob), IsEmpty());
  EXPECT_THAT(Listed(world, kAnn), ElementsAre("unreached"));
}

TEST_F(CallTest, NeedsSomebodyElseOnTheNetwork) {
  EXPECT_EQ(world.network->MakeCall(kAnn, {"15559999", "", false}).error().code,
            base::ErrorCode::kNotOnNetwork);
  EXPECT_EQ(world.network->MakeCall(kAnn, {kAnn, "", false}).error().code,
            base::ErrorCode::kInvalidFields);
  EXPECT_EQ(world.network->MakeCall(kAnn, {kBob, "120363000000000009", false}).error().code,
            base::ErrorCode::kNotFound);
}

}  // namespace
}  // namespace parley::sim::network
