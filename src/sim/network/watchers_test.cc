#include "sim/network/watchers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Noted {
  ChangeCallback callback() {
    return [this](const Change& change) {
      heard.push_back(std::string(NameOf(change.kind)) + " " + change.number);
    };
  }
  std::vector<std::string> heard;
};

TEST(Watching, TellsOfOnePersonOrOfAll) {
  TestWorld world;
  Noted bob, all;
  const auto of_bob = world.network->WatchPerson(kBob, bob.callback());
  const auto of_all = world.network->WatchAll(all.callback());
  world.Type(kAnn, kBob, "hi");
  EXPECT_THAT(all.heard, IsEmpty());  // not from inside the call
  world.scheduler.RunReady();
  EXPECT_THAT(all.heard, ElementsAre("outbox 15550001"));
  EXPECT_THAT(bob.heard, IsEmpty());
  world.Run();
  EXPECT_THAT(bob.heard, ElementsAre("inbox 15550002"));
  ASSERT_TRUE(world.network->AddFault(FaultRule()));
  world.Run();
  EXPECT_EQ(all.heard.back(), "faults ");
  EXPECT_EQ(world.network->WatchPerson("15559999", bob.callback()).error().code,
            base::ErrorCode::kNotFound);
}

TEST(Watching, TellsOnceOfAllThatHappensInATurn) {
  TestWorld world;
  Noted noted;
  const auto watch = world.network->WatchPerson(kAnn, noted.callback());
  for (int i = 0; i < 5; ++i) world.Type(kAnn, kBob, "hi");
  world.scheduler.RunReady();
  EXPECT_THAT(noted.heard, ElementsAre("outbox 15550001"));
}

TEST(Watching, TellsOfDevicesAndPeople) {
  TestWorld world;
  Noted noted;
  const auto watch = world.network->WatchPerson(kAnn, noted.callback());
  const std::string id = world.Link(kAnn);
  world.Run();
  auto device = std::make_unique<TestDevice>(world, id);
  world.Run();
  device.reset();
  world.Run();
  ASSERT_TRUE(world.network->SetOnline(kAnn, false));
  world.Run();
  EXPECT_THAT(noted.heard, ElementsAre("devices 15550001", "devices 15550001", "devices 15550001",
                                       "person 15550001"));
}

TEST(Watching, EndsWithTheWatch) {
  TestWorld world;
  Noted noted;
  auto watch = world.network->WatchAll(noted.callback());
  world.Type(kAnn, kBob, "hi");
  watch.reset();
  world.Run();
  EXPECT_THAT(noted.heard, IsEmpty());

  // From inside its own callback, and after the network.
  std::unique_ptr<Watch> once;
  int calls = 0;
  once = world.network->WatchAll([&](const Change&) {
    ++calls;
    once.reset();
  });
  world.Type(kAnn, kBob, "hi");
  world.Run();
  EXPECT_EQ(calls, 1);

  // From inside another one's callback.
  std::unique_ptr<Watch> other;
  const auto ends_other = world.network->WatchAll([&](const Change&) { other.reset(); });
  other = world.network->WatchAll([](const Change&) { FAIL() << "told after its end"; });
  world.Type(kAnn, kBob, "hi");
  world.Run();
  auto late = world.network->WatchAll(noted.callback());
  world.network.reset();
}

}  // namespace
}  // namespace parley::sim::network
