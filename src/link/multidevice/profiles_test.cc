#include "link/multidevice/profiles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "link/multidevice/test_messages.h"

namespace parley::link::multidevice {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Node PictureAnswer(std::vector<Attribute> attributes) {
  return Node("iq", {{"type", "result"}}, Node::Children{Node("picture", std::move(attributes))});
}
Node PictureError(const char* code) {
  return Node("iq", {{"type", "error"}}, Node::Children{Node("error", {{"code", code}})});
}

TEST(PictureUrl, IsReadOrThereIsNone) {
  EXPECT_EQ(*PictureUrlIn(PictureAnswer({{"id", "1"}, {"url", "https://pps.test/a.jpg"}})),
            "https://pps.test/a.jpg");
  EXPECT_EQ(*PictureUrlIn(PictureError("404")), "");
  EXPECT_EQ(*PictureUrlIn(PictureError("401")), "");
  EXPECT_EQ(*PictureUrlIn(PictureAnswer({{"status", "204"}})), "");
  EXPECT_EQ(*PictureUrlIn(Node("iq", {{"type", "result"}})), "");
  EXPECT_EQ(PictureUrlIn(PictureError("500")).error().code, base::ErrorCode::kUnavailable);
  const std::string long_url(kMaxPictureUrl + 1, 'a');
  EXPECT_EQ(PictureUrlIn(PictureAnswer({{"url", long_url}})).error().code,
            base::ErrorCode::kUnavailable);
}

// Who changed their picture or line, as the core was told.
std::vector<std::string> ChangedLooks(TestWorld& world) {
  std::vector<std::string> numbers;
  for (const core::Event& event : world.Events())
    if (const auto* changed = std::get_if<core::ContactChanged>(&event.body))
      numbers.push_back(changed->peer.phone);
  return numbers;
}

TEST_F(MessagesBetween, AnotherPictureIsTold) {
  const auto notification = [](const char* type, const std::string& from, const char* id) {
    return Node("notification", {{"from", from}, {"type", type}, {"id", id}, {"t", "1"}},
                Node::Children{Node("set", {{"jid", from}, {"id", "7"}})});
  };
  const std::string bobs = std::string(kBob) + "@s.whatsapp.net";
  world.network.Push(ann.member, notification("picture", bobs, "n1"));
  world.network.Push(ann.member, notification("status", bobs, "n2"));
  // One's own is no contact, and a group no person.
  world.network.Push(ann.member,
                     notification("picture", std::string(kAnn) + "@s.whatsapp.net", "n3"));
  world.network.Push(ann.member, notification("picture", "120363000000000001@g.us", "n4"));
  world.Run();
  EXPECT_THAT(ChangedLooks(world), ElementsAre(kBob, kBob));
  EXPECT_THAT(ann.member.pending, IsEmpty());
}

// Without files there is nothing to fetch with: it is refused and not taken for no picture.
TEST_F(MessagesBetween, PicturesAreRefusedWhereThereAreNoFiles) {
  core::FetchPicture fetch;
  fetch.who = core::Address{core::AddressKind::kPhone, kBob};
  const auto refused = world.Await(ann.topic->Request(fetch, std::chrono::seconds(5)));
  EXPECT_EQ(refused.error().code, base::ErrorCode::kNotSupported);
  core::ChangeProfile change;
  change.push_name = "Annie";
  change.about = "Not to be set";
  EXPECT_EQ(world.Await(ann.topic->Request(change, std::chrono::seconds(5))).error().code,
            base::ErrorCode::kNotSupported);
  EXPECT_EQ(world.network.queries, 0);
}

}  // namespace
}  // namespace parley::link::multidevice
