#include "sim/network/billing.h"

#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

// Ann is a business with two templates, Bob has written to her.
class BillingTest : public testing::Test {
 protected:
  BillingTest() {
    PersonChange change;
    change.is_business = true;
    EXPECT_TRUE(world.network->UpdatePerson(kAnn, change));
    Hand("offer", TemplateCategory::kMarketing);
    Hand("visit", TemplateCategory::kUtility);
    world.Type(kBob, kAnn, "Hello");
    world.Run();
    device_id = world.Link(kAnn, Profile::kBusiness);
    Connect();
  }

  void Hand(const char* name, TemplateCategory category) {
    TemplateDraft draft;
    draft.name = name;
    draft.language = "en";
    draft.category = category;
    draft.components = base::ParseJson(R"([{"type":"BODY","text":"Hi"}])").value();
    ASSERT_TRUE(world.network->CreateTemplate(Actor{kAnn, ""}, std::move(draft)));
    ASSERT_TRUE(world.network->ReviewTemplate(kAnn, name, "", TemplateStatus::kApproved, ""));
  }
  void Connect() { device = std::make_unique<TestDevice>(world, device_id); }

  std::optional<BilledConversation> Send(std::string id, Content content) {
    DeviceMessage message;
    message.id = std::move(id);
    message.to = kBob;
    message.content = std::move(content);
    std::optional<BilledConversation> conversation;
    bool accepted = false;
    device->connection->Send(std::move(message), [&](SendResult result) {
      accepted = std::holds_alternative<Accepted>(result);
      if (accepted) conversation = std::get<Accepted>(result).conversation;
    });
    world.Run();
    EXPECT_TRUE(accepted);
    return conversation;
  }
  static Content Named(const char* name) {
    TemplateContent content;
    content.name = name;
    content.language = "en";
    return content;
  }

  TestWorld world;
  std::string device_id;
  std::unique_ptr<TestDevice> device;
};

TEST_F(BillingTest, IsOnePerCategoryForADay) {
  const auto answer = Send("m1", TextOfBody("Hi Bob"));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->category, BilledCategory::kService);
  EXPECT_FALSE(answer->billable);
  EXPECT_EQ(answer->id.size(), 32u);
  EXPECT_EQ(Send("m2", TextOfBody("Still here?")), answer);

  const auto offer = Send("m3", Named("offer"));
  ASSERT_TRUE(offer);
  EXPECT_EQ(offer->category, BilledCategory::kMarketing);
  EXPECT_TRUE(offer->billable);
  EXPECT_NE(offer->id, answer->id);
  const auto visit = Send("m4", Named("visit"));
  ASSERT_TRUE(visit);
  EXPECT_EQ(visit->category, BilledCategory::kUtility);
  EXPECT_EQ(Send("m5", Named("offer")), offer);

  world.Run(kBilledTime);
  const auto next = Send("m6", Named("offer"));
  ASSERT_TRUE(next);
  EXPECT_NE(next->id, offer->id);
  EXPECT_GT(next->expires_at, offer->expires_at);
}

TEST_F(BillingTest, OutlivesARestart) {
  const auto before = Send("m1", Named("offer"));
  device.reset();
  world.Kill();
  Connect();
  EXPECT_EQ(Send("m2", Named("offer")), before);
}

TEST_F(BillingTest, IsInTheReceipts) {
  const auto answer = Send("m1", TextOfBody("Hi Bob"));
  ASSERT_TRUE(answer);
  std::size_t receipts = 0;
  for (const Item& item : device->items)
    if (const auto* receipt = std::get_if<Receipt>(&item.content)) {
      ++receipts;
      EXPECT_EQ(receipt->conversation, answer);
    }
  EXPECT_EQ(receipts, 1u);
}

// A phone and its companions are billed nothing.
TEST_F(BillingTest, IsOfBusinessDevicesAlone) {
  device_id = world.Link(kAnn, Profile::kPhone);
  Connect();
  EXPECT_FALSE(Send("m1", TextOfBody("Hi Bob")));
}

}  // namespace
}  // namespace parley::sim::network
