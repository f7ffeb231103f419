#include "app/event_samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"

namespace parley::app {
namespace {

// Whoever adds an event adds a happening that makes it.
TEST(EventSamples, EveryEventHasOne) {
  std::vector<std::string> without;
  for (const DialectSamples& dialect : EventSamples())
    for (const EventSample& event : dialect.events)
      if (event.body.empty()) without.emplace_back(event.name);
  EXPECT_THAT(without, ::testing::IsEmpty());
}

TEST(EventSamples, AreJsonThatNamesItsEvent) {
  for (const DialectSamples& dialect : EventSamples()) {
    for (const EventSample& event : dialect.events) {
      if (event.body.empty()) continue;
      const auto body = base::ParseJson(event.body);
      ASSERT_TRUE(body.has_value()) << event.name;
      const auto& members = body->as_object();
      if (dialect.title == "1MSG")
        EXPECT_NE(base::Find(members, event.name), nullptr) << event.name;
      else
        EXPECT_EQ(base::FindText(members, "event"), event.name);
    }
  }
}

}  // namespace
}  // namespace parley::app
