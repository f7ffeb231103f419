// What people do beside writing: profiles, address books, blocks, presence, chats and history.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Actor Phone(const char* number) { return Actor{number, ""}; }

// The notices of one kind that a device heard.
template <class N>
std::vector<N> Heard(const TestDevice& device) {
  std::vector<N> found;
  for (const Item& item : device.items)
    if (const auto* notice = std::get_if<Notice>(&item.content))
      if (const auto* content = std::get_if<N>(&notice->content)) found.push_back(*content);
  return found;
}

TEST(Profile, IsChangedOnTheDeviceAndToldToWhoeverKnowsTheNumber) {
  TestWorld world;
  const std::string desk = world.Link(kAnn), laptop = world.Link(kAnn), bob = world.Link(kBob),
                    cat = world.Link(kCat);
  TestDevice desk_hears(world, desk), laptop_hears(world, laptop), bob_hears(world, bob),
      cat_hears(world, cat);
  ASSERT_TRUE(world.network->SaveContact(Phone(kBob), kAnn, "Ann"));
  PersonChange change;
  change.about = "Busy";
  change.vertical = "Education";
  change.websites = std::vector<std::string>{"https://ann.example"};
  ASSERT_TRUE(world.network->ChangeProfile({kAnn, desk}, change));
  world.Run();
  EXPECT_THAT(Heard<ProfileChanged>(desk_hears), IsEmpty());
  ASSERT_EQ(Heard<ProfileChanged>(laptop_hears).size(), 1u);
  ASSERT_EQ(Heard<ProfileChanged>(bob_hears).size(), 1u);
  EXPECT_THAT(Heard<ProfileChanged>(cat_hears), IsEmpty());
  EXPECT_EQ(Heard<ProfileChanged>(bob_hears)[0].person.about, "Busy");
  world.Kill();
  EXPECT_EQ(world.network->FindPerson(kAnn)->vertical, "Education");
}

TEST(Profile, FaultsAreAllReported) {
  TestWorld world;
  PersonChange change;
  change.about = std::string(kMaxAbout + 1, 'x');
  change.email = "@";
  change.websites = std::vector<std::string>{"ftp://x"};
  change.vertical = "Piracy";
  const auto changed = world.network->ChangeProfile(Phone(kAnn), change);
  ASSERT_FALSE(changed);
  std::vector<std::string> paths;
  for (const base::FieldFault& fault : changed.error().faults) paths.push_back(fault.path);
  EXPECT_THAT(paths, ElementsAre("about", "email", "websites[0]", "vertical"));
}

TEST(Actors, ArePhonesThatAreOnAndDevicesOfTheirOwn) {
  TestWorld world;
  const std::string bob = world.Link(kBob);
  ASSERT_TRUE(world.network->SetOnline(kAnn, false));
  const auto save = [&](const Actor& by) {
    return world.network->SaveContact(by, kCat, "Cat").error().code;
  };
  EXPECT_EQ(save(Phone(kAnn)), base::ErrorCode::kInvalidState);
  EXPECT_EQ(save({kAnn, bob}), base::ErrorCode::kNotFound);
  EXPECT_EQ(save(Phone("15559999")), base::ErrorCode::kNotFound);
  ASSERT_TRUE(world.network->Unlink(kBob, bob));
  EXPECT_EQ(save({kBob, bob}), base::ErrorCode::kGone);
}

TEST(AddressBook, IsKeptByNumberAndToldToTheOtherDevices) {
  TestWorld world;
  const std::string desk = world.Link(kAnn), laptop = world.Link(kAnn);
  TestDevice desk_hears(world, desk), laptop_hears(world, laptop);
  ASSERT_TRUE(world.network->SaveContact({kAnn, desk}, kBob, "Bob"));
  ASSERT_TRUE(world.network->SaveContact({kAnn, desk}, kBob, "Bob"));  // nothing new
  ASSERT_TRUE(world.network->SaveContact(Phone(kAnn), "15559999", "Nobody yet"));
  ASSERT_TRUE(world.network->RemoveContact(Phone(kAnn), "15559999"));
  EXPECT_EQ(world.network->RemoveContact(Phone(kAnn), "15559999").error().code,
            base::ErrorCode::kNotFound);
  EXPECT_EQ(world.network->SaveContact(Phone(kAnn), "0", "").error().faults.size(), 2u);
  world.Run();
  EXPECT_EQ(Heard<ContactChanged>(desk_hears).size(), 2u);
  EXPECT_THAT(
      Heard<ContactChanged>(laptop_hears),
      ElementsAre(ContactChanged{kAnn, kBob, "Bob"}, ContactChanged{kAnn, "15559999", "Nobody yet"},
                  ContactChanged{kAnn, "15559999", ""}));
  world.Kill();
  EXPECT_EQ(world.network->ContactName(kAnn, kBob), "Bob");
  EXPECT_EQ(world.network->ContactName(kBob, kAnn), "");
  EXPECT_EQ(world.network->ListContacts(kAnn, "", 10)->size(), 1u);
  EXPECT_THAT(world.network->ListContacts(kAnn, kBob, 10).value(), IsEmpty());
}

TEST(Blocks, KeepMessagesOutWithoutTellingTheirSender) {
  TestWorld world;
  TestDevice bob(world, world.Link(kBob));
  ASSERT_TRUE(world.network->SetBlocked(Phone(kAnn), kBob, true));
  bob.SendText("m1", kAnn, "hello?");
  world.Type(kAnn, kBob, "I can still write");
  world.Run();
  EXPECT_THAT(bob.answers, ElementsAre("accepted"));
  EXPECT_THAT(world.InboxTexts(kAnn), IsEmpty());
  EXPECT_EQ(world.InboxTexts(kBob).size(), 1u);
  world.Kill();
  EXPECT_THAT(world.network->ListBlocked(kAnn).value(), ElementsAre(kBob));
  ASSERT_TRUE(world.network->SetBlocked(Phone(kAnn), kBob, false));
  world.Type(kBob, kAnn, "again");
  world.Run();
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("again"));  // what was kept out stays out
  EXPECT_EQ(world.network->SetBlocked(Phone(kAnn), "15559999", true).error().code,
            base::ErrorCode::kNotOnNetwork);
}

TEST(Facts, ShowWhatTheAskerMaySee) {
  TestWorld world;
  PersonChange change;
  change.is_business = true;
  change.verified_level = 1;
  change.verified_name = "Ann's";
  change.about = "Open";
  change.about_hidden = true;
  change.address = "1 Road";
  change.picture = world.media->Store("jpeg").value();
  ASSERT_TRUE(world.network->UpdatePerson(kAnn, change));
  const NumberFacts stranger = world.network->CheckNumber(kBob, kAnn).value();
  EXPECT_TRUE(stranger.exists && stranger.is_business && stranger.is_enterprise);
  EXPECT_EQ(stranger.verified_name, "Ann's");
  EXPECT_EQ(stranger.lid, world.network->FindPerson(kAnn)->lid);
  EXPECT_EQ(stranger.address, "1 Road");
  EXPECT_EQ(stranger.about, "");
  EXPECT_EQ(stranger.picture, *change.picture);
  PersonChange hide;
  hide.business_hidden = true;
  ASSERT_TRUE(world.network->UpdatePerson(kAnn, hide));
  EXPECT_FALSE(world.network->CheckNumber(kBob, kAnn)->is_business);
  EXPECT_EQ(world.network->CheckNumber(kBob, kAnn)->address, "");
  EXPECT_EQ(world.network->CheckNumber(kBob, kAnn)->verified_name, "Ann's");
  ASSERT_TRUE(world.network->SaveContact(Phone(kAnn), kBob, "Bob"));
  EXPECT_TRUE(world.network->CheckNumber(kBob, kAnn)->is_business);
  EXPECT_EQ(world.network->CheckNumber(kBob, kAnn)->about, "Open");
  ASSERT_TRUE(world.network->SetBlocked(Phone(kAnn), kBob, true));
  EXPECT_EQ(world.network->CheckNumber(kBob, kAnn)->about, "");
  EXPECT_EQ(world.network->CheckNumber(kBob, kAnn)->picture, "");
  EXPECT_FALSE(world.network->CheckNumber(kBob, "15559999")->exists);
}

TEST(PresenceOf, TypingIsSeenByTheOtherSideAndEndsByItself) {
  TestWorld world;
  ASSERT_TRUE(world.network->SetPresence(Phone(kAnn), PresenceKind::kComposing, kBob));
  EXPECT_EQ(world.network->PresenceOf(kAnn, kBob)->typing.at(0).chat, kBob);
  EXPECT_THAT(world.network->PresenceOf(kAnn, kCat)->typing, IsEmpty());
  world.Run(kTypingLife - base::Duration(1));
  EXPECT_EQ(world.network->PresenceOf(kAnn, "")->typing.size(), 1u);
  world.Run(base::Duration(1));
  EXPECT_THAT(world.network->PresenceOf(kAnn, "")->typing, IsEmpty());
  ASSERT_TRUE(world.network->SetPresence(Phone(kAnn), PresenceKind::kRecording, kBob));
  EXPECT_EQ(world.network->PresenceOf(kAnn, kBob)->typing.at(0).kind, PresenceKind::kRecording);
  ASSERT_TRUE(world.network->SetPresence(Phone(kAnn), PresenceKind::kPaused, kBob));
  EXPECT_THAT(world.network->PresenceOf(kAnn, kBob)->typing, IsEmpty());
  EXPECT_EQ(
      world.network->SetPresence(Phone(kAnn), PresenceKind::kComposing, "15559999").error().code,
      base::ErrorCode::kInvalidFields);
}

TEST(PresenceOf, OfADeviceEndsWithItsConnection) {
  TestWorld world;
  const std::string ann = world.Link(kAnn);
  EXPECT_EQ(world.network->SetPresence({kAnn, ann}, PresenceKind::kAvailable, "").error().code,
            base::ErrorCode::kInvalidState);
  {
    TestDevice device(world, ann);
    ASSERT_TRUE(world.network->SetPresence({kAnn, ann}, PresenceKind::kAvailable, ""));
    EXPECT_TRUE(world.network->PresenceOf(kAnn, kBob)->available);
    world.Run();
  }
  const SeenPresence seen = world.network->PresenceOf(kAnn, kBob).value();
  EXPECT_FALSE(seen.available);
  EXPECT_EQ(seen.last_seen, world.network->Now());
  TestDevice device(world, ann);
  EXPECT_FALSE(world.network->PresenceOf(kAnn, kBob)->available);
  ASSERT_TRUE(world.network->SetPresence(Phone(kAnn), PresenceKind::kAvailable, ""));
  ASSERT_TRUE(world.network->SetBlocked(Phone(kAnn), kBob, true));
  EXPECT_FALSE(world.network->PresenceOf(kAnn, kBob)->available);
  EXPECT_TRUE(world.network->PresenceOf(kAnn, kCat)->available);
}

TEST(Chats, AreMutedArchivedReadAndDeleted) {
  TestWorld world;
  TestDevice device(world, world.Link(kAnn)), bob(world, world.Link(kBob));
  world.Type(kBob, kAnn, "one");
  world.Type(kBob, kAnn, "two");
  world.Run(std::chrono::seconds(1));
  world.Type(kCat, kAnn, "three");
  world.Run(std::chrono::seconds(1));
  const auto change = [&](std::string chat, ChatAction action, std::optional<base::Time> until) {
    return world.network->ChangeChat(Phone(kAnn), ChatChange{std::move(chat), action, until});
  };
  std::vector<ChatSummary> chats = world.network->ListChats(kAnn).value();
  ASSERT_EQ(chats.size(), 2u);
  EXPECT_EQ(chats[0].chat, kCat);
  EXPECT_EQ(chats[1].unread, 2u);
  const base::Time until = world.network->Now() + std::chrono::hours(8);
  ASSERT_TRUE(change(kBob, ChatAction::kMute, until));
  ASSERT_TRUE(change(kBob, ChatAction::kArchive, {}));
  ASSERT_TRUE(change(kBob, ChatAction::kRead, {}));
  EXPECT_EQ(change(kBob, ChatAction::kMute, world.network->Now()).error().code,
            base::ErrorCode::kInvalidFields);
  EXPECT_EQ(change("15559999", ChatAction::kMute, {}).error().code, base::ErrorCode::kNotFound);
  world.Run();
  EXPECT_EQ(Heard<ChatChanged>(device).size(), 3u);
  EXPECT_EQ(Heard<ChatChanged>(device)[0].muted_until, until);
  EXPECT_EQ(bob.heard.size(), 6u);  // both own messages, delivered, and read
  world.Kill();
  chats = world.network->ListChats(kAnn).value();
  EXPECT_TRUE(chats[1].archived && chats[1].muted);
  EXPECT_EQ(chats[1].unread, 0u);
  world.Run(std::chrono::hours(8));
  EXPECT_FALSE(world.network->ListChats(kAnn)->at(1).muted);
  ASSERT_TRUE(change(kBob, ChatAction::kDelete, {}));
  EXPECT_EQ(world.network->ListChats(kAnn)->size(), 1u);
  world.Type(kBob, kAnn, "anew");
  world.Run();
  EXPECT_FALSE(world.network->ListChats(kAnn)->at(0).archived);
  EXPECT_EQ(world.network->ListChats(kAnn)->at(0).unread, 1u);
}

TEST(History, IsGivenToADeviceLinkedLaterAndMarked) {
  NetworkOptions options;
  options.history_per_chat = 2;
  TestWorld world(1, options);
  world.Type(kBob, kAnn, "too old");
  const std::string b = world.Type(kBob, kAnn, "b");
  world.Run();
  const std::string c = world.Type(kAnn, kBob, "c");
  world.Run();
  const std::string d = world.Type(kCat, kAnn, "d");
  world.Run();
  const std::string phone = world.Link(kAnn), business = world.Link(kAnn, Profile::kBusiness);
  world.Kill();
  const std::string e = world.Type(kCat, kAnn, "e");
  world.Run();
  TestDevice device(world, phone), official(world, business);
  world.Run();
  EXPECT_THAT(device.heard, ElementsAre("message " + b, "message " + c + " from me", "message " + d,
                                        "message " + e));
  EXPECT_TRUE(std::get<IncomingMessage>(device.items[2].content).history);
  EXPECT_FALSE(std::get<IncomingMessage>(device.items[3].content).history);
  EXPECT_THAT(official.heard, ElementsAre("message " + e));
  ASSERT_TRUE(world.network->ChangeChat(Phone(kAnn), ChatChange{kBob, ChatAction::kDelete, {}}));
  TestDevice later(world, world.Link(kAnn));
  world.Run();
  EXPECT_THAT(later.heard, ElementsAre("message " + d, "message " + e));
}

}  // namespace
}  // namespace parley::sim::network
