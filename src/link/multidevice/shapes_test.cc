// Whether stanzas about messages have the parts that those of other clients have
// (tests/support/shapes.h).
#include "tests/support/shapes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/messages/link_id.h"
#include "link/multidevice/profiles.h"
#include "link/multidevice/test_world.h"

namespace parley::link::multidevice {
namespace {

class Shapes : public ::testing::Test {
 protected:
  Shapes()
      : ann_phone(world.Add("15550100", 0)),
        bob_phone(world.Add("15550200", 0)),
        ann(world.Add("15550100", 3)),
        bob(world.Add("15550200", 4)) {}
  ~Shapes() override {
    for (const auto& engine : world.engines) engine->Crash();
  }

  core::MessageId Queued(core::MessageId id) {
    world.Run();
    return id;
  }
  void Ask(core::LinkRequest request) {
    EXPECT_TRUE(world.Await(ann.topic->Request(std::move(request), std::chrono::seconds(5))));
    world.Run();
  }

  TestWorld world;
  TestEngine &ann_phone, &bob_phone, &ann, &bob;
};

constexpr const char* kBobsNumber = "15550200";

TEST_F(Shapes, AreThoseOfOtherClients) {
  std::vector<Node> sent;
  world.network.on_query = [&](const Node& query) -> std::optional<Node> {
    sent.push_back(query);
    return std::nullopt;
  };
  const core::MessageId first = Queued(ann.Say(kBobsNumber, "first"));
  bob.Say("15550100", "answer");
  world.Run();
  const core::MessageId theirs = ann.Messages().back().message.id;
  core::ReactionContent heart;
  heart.target = theirs;
  heart.emoji = "\xe2\x9d\xa4";
  Queued(ann.Queue(kBobsNumber, heart));
  core::EditContent edit;
  edit.target = first;
  edit.body = "better";
  Queued(ann.Queue(kBobsNumber, edit));
  core::DeleteContent gone;
  gone.target = first;
  Queued(ann.Queue(kBobsNumber, gone));
  Queued(ann.Queue(kBobsNumber, core::LocationContent()));
  core::PollContent poll;
  poll.question = "When?";
  poll.options = {"today", "tomorrow"};
  Queued(ann.Queue(kBobsNumber, poll));

  int damaged = 0;
  world.network.on_delivery = [&](Node& message, const Jid&) {
    if (++damaged > 3) return true;
    auto& bytes = std::get<Bytes>(std::get<Node::Children>(message.content).front().content).value;
    bytes[bytes.size() / 2] ^= 1;
    return true;
  };
  Queued(ann.Say(kBobsNumber, "damaged"));
  Queued(bob.Say("15550100", "damaged, too"));
  world.network.on_delivery = nullptr;

  core::ReadChat read;
  read.chat = core::Address{core::AddressKind::kPhone, kBobsNumber};
  Ask(read);
  core::ShowPresence typing;
  typing.chat = read.chat;
  typing.kind = core::PresenceKind::kComposing;
  Ask(typing);
  typing.kind = core::PresenceKind::kPaused;
  Ask(typing);
  typing.kind = core::PresenceKind::kUnavailable;
  typing.chat.reset();
  Ask(typing);
  core::CheckNumbers check;
  check.numbers = {read.chat};
  Ask(check);
  core::SetBlocked block;
  block.who = read.chat;
  block.blocked = true;
  Ask(block);
  Node offer("offer", {{"call-id", "CALL1"}, {"call-creator", bob_phone.member.lid.Text()}});
  world.network.Push(ann.member,
                     Node("call", {{"id", "c1"}, {"from", bob_phone.member.lid.Text()}, {"t", "1"}},
                          Node::Children{offer}));
  world.Run();
  core::RejectCall reject;
  reject.call = "CALL1";
  Ask(reject);

  // Those of files, which this test has none of.
  const Jid bobs(kBobsNumber, JidServer::kUser);
  sent.push_back(AskForPicture(bobs, PictureSize::kWhole, std::nullopt));
  sent.push_back(SetOwnPicture("a JPEG"));
  sent.push_back(SetOwnAbout("Out"));
  sent.push_back(AskForLooks(bobs, "1"));

  testing::ShapeBook book;
  for (const TestEngine* engine : {&ann, &bob})
    sent.insert(sent.end(), engine->member.sent.begin(), engine->member.sent.end());
  for (const Node& stanza : sent) book.Compare(stanza);
  EXPECT_THAT(book.differences, ::testing::IsEmpty());
  EXPECT_THAT(book.compared, ::testing::IsSupersetOf({"message text",
                                                      "message reaction",
                                                      "message text edit 1",
                                                      "message text edit 7",
                                                      "message poll",
                                                      "message text again",
                                                      "receipt retry",
                                                      "receipt read",
                                                      "chatstate composing",
                                                      "chatstate paused",
                                                      "presence unavailable",
                                                      "call reject",
                                                      "iq get usync usync",
                                                      "iq get encrypt key",
                                                      "iq set blocklist item",
                                                      "iq set privacy tokens",
                                                      "iq get w:profile:picture picture",
                                                      "iq set w:profile:picture picture",
                                                      "iq set status status",
                                                      "ack call",
                                                      "ack receipt"}));
}

}  // namespace
}  // namespace parley::link::multidevice
