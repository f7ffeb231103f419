#include "sim/network/pairing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;

struct Shown final : PairingListener {
  explicit Shown(TestWorld& world) : world(world) {}
  void OnQr(std::string_view text, base::Time expires) override {
    qrs.emplace_back(text);
    shown_at.push_back(world.MsSinceStart());
    life = expires - world.network->Now();
  }
  void OnPaired(const DeviceInfo& device) override { paired = device; }
  void OnEnded(std::string_view reason) override { ended = reason; }

  TestWorld& world;
  std::vector<std::string> qrs;
  std::vector<std::int64_t> shown_at;
  base::Duration life{0};
  std::optional<DeviceInfo> paired;
  std::string ended;
};

TEST(PairingByQr, TheTextChangesEvery20SecondsSixTimesAndEnds) {
  TestWorld world;
  Shown shown(world);
  const auto offer = world.network->OfferQr(Profile::kPhone, shown);
  EXPECT_TRUE(shown.qrs.empty());  // not from inside the call
  EXPECT_EQ(offer->expires() - world.network->Now(), std::chrono::seconds(120));
  world.Run(std::chrono::minutes(10));
  EXPECT_THAT(shown.shown_at, ElementsAre(0, 20000, 40000, 60000, 80000, 100000));
  EXPECT_EQ(shown.life, std::chrono::seconds(20));
  EXPECT_EQ(std::set<std::string>(shown.qrs.begin(), shown.qrs.end()).size(), 6u);
  EXPECT_EQ(shown.ended, "expired");
  EXPECT_EQ(world.network->Scan(kAnn, shown.qrs.back()).error().code, base::ErrorCode::kNotFound);
}

TEST(PairingByQr, ScanningTheCurrentTextLinksTheDevice) {
  TestWorld world;
  Shown shown(world);
  const auto offer = world.network->OfferQr(Profile::kPhone, shown);
  world.Run(std::chrono::seconds(30));
  ASSERT_EQ(shown.qrs.size(), 2u);
  EXPECT_EQ(world.network->Scan(kAnn, shown.qrs[0]).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(world.network->Scan("15559999", shown.qrs[1]).error().code, base::ErrorCode::kNotFound);
  ASSERT_TRUE(world.network->Scan(kAnn, shown.qrs[1]));
  EXPECT_FALSE(shown.paired);  // not from inside the call
  EXPECT_EQ(world.network->Scan(kBob, shown.qrs[1]).error().code, base::ErrorCode::kNotFound);
  world.Run(std::chrono::minutes(10));
  ASSERT_TRUE(shown.paired);
  EXPECT_EQ(shown.paired->id, "15550001:1");
  EXPECT_EQ(shown.paired->number, kAnn);
  EXPECT_EQ(shown.qrs.size(), 2u);
  EXPECT_EQ(shown.ended, "");
  TestDevice device(world, shown.paired->id);
  EXPECT_NE(device.connection, nullptr);
}

TEST(PairingByQr, AWithdrawnOfferShowsNothingAnyMore) {
  TestWorld world;
  Shown shown(world);
  auto offer = world.network->OfferQr(Profile::kPhone, shown);
  world.Run(std::chrono::seconds(1));
  offer.reset();
  world.Run(std::chrono::minutes(10));
  EXPECT_EQ(shown.qrs.size(), 1u);
  EXPECT_EQ(shown.ended, "");
  EXPECT_FALSE(world.network->Scan(kAnn, shown.qrs[0]));
}

TEST(PairingByCode, TheCodeIsForOneNumber) {
  TestWorld world;
  Shown shown(world);
  auto offer = world.network->OfferCode(kAnn, Profile::kPhone, shown);
  ASSERT_TRUE(offer);
  const std::string code((*offer)->code());
  ASSERT_EQ(code.size(), 9u);
  EXPECT_EQ(code[4], '-');
  EXPECT_EQ(code.find_first_not_of("123456789ABCDEFGHJKLMNPQRSTVWXYZ-"), std::string::npos);
  EXPECT_EQ(world.network->EnterCode(kBob, code).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(world.network->EnterCode(kAnn, "1111-1111").error().code, base::ErrorCode::kNotFound);

  std::string typed = code.substr(0, 4) + code.substr(5);  // as people type it
  for (char& c : typed) c = static_cast<char>(std::tolower(c));
  ASSERT_TRUE(world.network->EnterCode(kAnn, typed));
  world.Run();
  ASSERT_TRUE(shown.paired);
  EXPECT_EQ(shown.paired->number, kAnn);
  EXPECT_EQ(world.network->EnterCode(kAnn, code).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(world.network->OfferCode("15559999", Profile::kPhone, shown).error().code,
            base::ErrorCode::kNotOnNetwork);
}

TEST(PairingByCode, TheCodeExpires) {
  TestWorld world;
  Shown shown(world);
  auto offer = world.network->OfferCode(kAnn, Profile::kPhone, shown);
  world.Run(std::chrono::minutes(10));
  EXPECT_EQ(shown.ended, "expired");
  EXPECT_FALSE(world.network->EnterCode(kAnn, (*offer)->code()));
}

TEST(Pairing, APhoneHasFourDevicesAtMost) {
  TestWorld world;
  for (int i = 0; i < 4; ++i) world.Link(kAnn);
  EXPECT_EQ(world.network->LinkDirectly(kAnn, Profile::kPhone).error().code,
            base::ErrorCode::kInvalidState);
  ASSERT_TRUE(world.network->Unlink(kAnn, "15550001:2"));
  EXPECT_EQ(world.Link(kAnn), "15550001:5");
}

TEST(Pairing, AnOfferMayOutliveTheNetwork) {
  TestWorld world;
  Shown shown(world);
  const auto by_qr = world.network->OfferQr(Profile::kPhone, shown);
  const auto by_code = world.network->OfferCode(kAnn, Profile::kPhone, shown);
  world.network.reset();
  world.scheduler.RunFor(std::chrono::minutes(10));
  EXPECT_EQ(shown.ended, "");
}

}  // namespace
}  // namespace parley::sim::network
