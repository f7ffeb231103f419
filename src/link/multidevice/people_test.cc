#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/messages/link_id.h"
#include "link/multidevice/test_messages.h"

namespace parley::link::multidevice {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(MessagesBetween, ReadingIsToldToWhoWrote) {
  const core::MessageId first = ann.Say(kBob, "first"), second = ann.Say(kBob, "second");
  world.Run();
  core::ReadChat read;
  read.chat = core::Address{core::AddressKind::kPhone, kAnn};
  const auto answer = world.Await(bob.topic->Request(read, std::chrono::seconds(5)));
  ASSERT_TRUE(answer);
  // The network brings it to each of her devices.
  for (const Node& node : bob.member.sent)
    if (node.Find("type") == "read") {
      EXPECT_EQ(*node.Find("to"), LidOf(kAnn) + "@lid");
      Node given = node;
      given.attributes.push_back(Attribute{"from", bob.member.lid.Text()});
      world.network.Push(ann.member, given);
    }
  world.Run();
  EXPECT_EQ(ann.StatusOf(first), core::MessageStatus::kRead);
  EXPECT_EQ(ann.StatusOf(second), core::MessageStatus::kRead);
  EXPECT_EQ(Sent(bob, "receipt", "read"), 1);
  core::MarkRead mark;
  mark.link_ids = {core::LinkIdOf(second), "unknown"};
  mark.played = true;
  ASSERT_TRUE(world.Await(bob.topic->Request(mark, std::chrono::seconds(5))));
  EXPECT_EQ(Sent(bob, "receipt", "played"), 1);
  EXPECT_EQ(bob.member.sent.back().Find("id"), core::LinkIdOf(second));
}

TEST_F(MessagesBetween, NumbersAreLookedUp) {
  core::CheckNumbers check;
  check.numbers = {core::Address{core::AddressKind::kPhone, kBob},
                   core::Address{core::AddressKind::kPhone, "15559999"}};
  const auto answer = world.Await(ann.topic->Request(check, std::chrono::seconds(5)));
  ASSERT_TRUE(answer);
  const auto& found = std::get<core::CheckNumbers::Answer>(*answer);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(found[0].on_network);
  EXPECT_EQ(found[0].peer.lid, LidOf(kBob));
  EXPECT_FALSE(found[1].on_network);
  core::ListGroups groups;
  EXPECT_EQ(world.Await(ann.topic->Request(groups, std::chrono::seconds(5))).error().code,
            base::ErrorCode::kNotSupported);
}

TEST_F(MessagesBetween, WhoIsWrittenToMayWriteBackAndTheirTokenGoesAlong) {
  int given = 0;
  world.network.on_query = [&](const Node& query) -> std::optional<Node> {
    if (query.Find("xmlns") == "privacy") ++given;
    return std::nullopt;
  };
  ann.Say(kBob, "first");
  ann.Say(kBob, "second");
  world.Run();
  EXPECT_EQ(given, 1);
  Node token("notification", {{"id", "n2"},
                              {"type", "privacy_token"},
                              {"from", bob.member.lid.WithoutDevice().Text()},
                              {"t", "1"}});
  token.content = Node::Children{
      Node("tokens", {},
           Node::Children{Node("token",
                               {{"type", "trusted_contact"},
                                {"t", std::to_string(base::ToUnixSeconds(world.scheduler.Now()))}},
                               Bytes{"their token"})})};
  world.network.Push(ann.member, token);
  world.Run();
  EXPECT_THAT(ann.member.pending, IsEmpty());
  ann.Say(kBob, "third");
  world.Run();
  const auto last = std::find_if(ann.member.sent.rbegin(), ann.member.sent.rend(),
                                 [](const Node& node) { return node.tag == "message"; });
  ASSERT_NE(last->FindChild("tctoken"), nullptr);
  EXPECT_EQ(last->FindChild("tctoken")->data(), "their token");
  world.Run();
  world.scheduler.RunFor(kTokenWeek);
  ann.Say(kBob, "a week later");
  world.Run();
  EXPECT_EQ(given, 2);
}

TEST_F(MessagesBetween, PeopleAreBlocked) {
  std::vector<Node> asked;
  world.network.on_query = [&](const Node& query) -> std::optional<Node> {
    if (query.Find("xmlns") == "blocklist") asked.push_back(*query.FindChild("item"));
    return std::nullopt;
  };
  core::SetBlocked block;
  block.who = core::Address{core::AddressKind::kPhone, kBob};
  block.blocked = true;
  EXPECT_TRUE(world.Await(ann.topic->Request(block, std::chrono::seconds(5))));
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked.front().Find("jid"), LidOf(kBob) + "@lid");
  EXPECT_EQ(asked.front().Find("pn_jid"), std::string(kBob) + "@s.whatsapp.net");
  block.who.value = "15559999";
  EXPECT_EQ(world.Await(ann.topic->Request(block, std::chrono::seconds(5))).error().code,
            base::ErrorCode::kNotOnNetwork);
}

Node CallOf(const TestEngine& from, const char* tag) {
  Node inside(tag, {{"call-id", "CALL1"}, {"call-creator", from.member.lid.Text()}});
  static int last = 0;
  return Node("call",
              {{"id", "c" + std::to_string(++last)}, {"from", from.member.lid.Text()}, {"t", "1"}},
              Node::Children{inside});
}

TEST_F(MessagesBetween, CallsAreToldAndRejected) {
  const auto told = [&] {
    std::vector<core::CallStatus> statuses;
    for (const core::Event& event : world.Events())
      if (const auto* call = std::get_if<core::CallHappened>(&event.body))
        statuses.push_back(call->call.status);
    return statuses;
  };
  world.network.Push(ann.member, CallOf(bob_phone, "offer"));
  world.network.Push(ann.member, CallOf(bob_phone, "transport"));
  world.Run();
  EXPECT_THAT(told(), ElementsAre(core::CallStatus::kRinging));
  EXPECT_THAT(ann.member.pending, IsEmpty());
  const auto reject = [&](const char* id) {
    core::RejectCall request;
    request.call = id;
    return world.Await(ann.topic->Request(request, std::chrono::seconds(5)));
  };
  EXPECT_EQ(reject("CALL2").error().code, base::ErrorCode::kNotFound);
  EXPECT_TRUE(reject("CALL1"));
  EXPECT_EQ(reject("CALL1").error().code, base::ErrorCode::kInvalidState);
  world.network.Push(ann.member, CallOf(bob_phone, "terminate"));
  world.Run();
  EXPECT_THAT(told(), ElementsAre(core::CallStatus::kRinging, core::CallStatus::kRejected));
  const Node& call = *std::find_if(ann.member.sent.begin(), ann.member.sent.end(),
                                   [](const Node& node) { return node.tag == "call"; });
  EXPECT_EQ(call.FindChild("reject")->Find("call-creator"), bob_phone.member.lid.Text());
}

// --------------------------------------------------------------------------------- crashes

}  // namespace
}  // namespace parley::link::multidevice
