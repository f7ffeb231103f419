// Two people's engines on a network of their own: the ground of tests about messages.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "link/multidevice/test_world.h"

namespace parley::link::multidevice {

inline constexpr const char* kAnn = "15550100";
inline constexpr const char* kBob = "15550200";

// Ann's companion and Bob's, each with the phone that it belongs to.
class MessagesBetween : public ::testing::Test {
 protected:
  MessagesBetween()
      : ann_phone(world.Add(kAnn, 0)),
        bob_phone(world.Add(kBob, 0)),
        ann(world.Add(kAnn, 3)),
        bob(world.Add(kBob, 4)) {}
  ~MessagesBetween() override {
    EXPECT_FALSE(world.network.key_used_twice);
    for (const auto& engine : world.engines) engine->Crash();
  }

  // What `from` has sent of that tag and type.
  static int Sent(const TestEngine& from, std::string_view tag, std::string_view type) {
    int count = 0;
    for (const Node& node : from.member.sent)
      count += node.tag == tag && node.Find("type").value_or("") == type;
    return count;
  }
  // Errors in acknowledgements of messages.
  static std::vector<std::string> Refusals(const TestEngine& from) {
    std::vector<std::string> errors;
    for (const Node& node : from.member.sent)
      if (node.tag == "ack" && node.Find("class") == "message" && node.Find("error"))
        errors.emplace_back(*node.Find("error"));
    return errors;
  }

  TestWorld world;
  TestEngine &ann_phone, &bob_phone, &ann, &bob;
};

}  // namespace parley::link::multidevice
