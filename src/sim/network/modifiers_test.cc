// Modifiers and answers: who may send them, and what they change when they arrive.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/rules.h"
#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Modifiers : public testing::Test {
 protected:
  base::Result<Typed> Type(const std::string& from, const std::string& to, Content content,
                           std::string quoted = "") {
    Draft draft;
    draft.to = to;
    draft.content = std::move(content);
    draft.quoted = std::move(quoted);
    return world.network->SendAsPerson(from, std::move(draft));
  }
  base::ErrorCode ErrorOf(const std::string& from, const std::string& to, Content content,
                          std::string quoted = "") {
    const auto typed = Type(from, to, std::move(content), std::move(quoted));
    EXPECT_FALSE(typed);
    return typed ? base::ErrorCode::kInternal : typed.error().code;
  }
  // What is shown of the message to everybody.
  Marks MarksOf(const std::string& id) { return world.network->FindMessages(id)->back().marks; }
  std::vector<std::string> ReactionsOf(const std::string& id) {
    std::vector<std::string> reactions;
    for (const Reaction& reaction : MarksOf(id).reactions)
      reactions.push_back(reaction.from + " " + reaction.emoji);
    return reactions;
  }
  std::vector<std::string> VotesOf(const std::string& id) {
    std::vector<std::string> votes;
    for (const Vote& vote : MarksOf(id).votes)
      for (const std::string& option : vote.options) votes.push_back(vote.from + " " + option);
    return votes;
  }
  PollContent Poll(bool multiple) { return PollContent{"When?", {"Mon", "Tue"}, multiple}; }

  TestWorld world;
};

TEST_F(Modifiers, AReactionIsARowAndAnItemAndStandsOnceItArrives) {
  TestDevice ann(world, world.Link(kAnn)), bob(world, world.Link(kBob));
  ann.SendText("m1", kBob, "hi");
  world.Run();
  const auto reaction = Type(kBob, kAnn, ReactionContent{"m1", "👍"});
  ASSERT_TRUE(reaction);
  EXPECT_THAT(ReactionsOf("m1"), IsEmpty());
  world.Run();
  EXPECT_THAT(ReactionsOf("m1"), ElementsAre("15550002 👍"));
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("👍"));
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("hi"));
  EXPECT_EQ(ann.heard.back(), "message " + reaction->id);
  EXPECT_EQ(bob.heard[1], "message " + reaction->id + " from me");
  const Message& item = std::get<IncomingMessage>(ann.items.back().content).message;
  EXPECT_EQ(std::get<ReactionContent>(item.content).target, "m1");
  EXPECT_EQ(world.network->ListInbox(kBob, 0, 1)->at(0).marks.reactions.size(), 1u);
  EXPECT_EQ(world.network->ListOutbox(kAnn, 0, 1)->at(0).marks.reactions.size(), 1u);
}

TEST_F(Modifiers, TheLastReactionOfAPersonStandsAndCanBeTakenBack) {
  const std::string id = world.Type(kAnn, kBob, "hi");
  world.Run();
  FaultRule late;
  late.effect = DelayMessage{std::chrono::seconds(5)};
  late.count = 1;
  ASSERT_TRUE(world.network->AddFault(late));
  ASSERT_TRUE(Type(kBob, kAnn, ReactionContent{id, "👍"}));
  ASSERT_TRUE(Type(kBob, kAnn, ReactionContent{id, "❤️"}));
  ASSERT_TRUE(Type(kAnn, kBob, ReactionContent{id, "😂"}));
  world.Run();
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("❤️", "👍"));  // the first came last
  EXPECT_THAT(ReactionsOf(id), ElementsAre("15550001 😂", "15550002 ❤️"));
  ASSERT_TRUE(Type(kBob, kAnn, ReactionContent{id, ""}));
  world.Run();
  EXPECT_THAT(ReactionsOf(id), ElementsAre("15550001 😂"));
}

TEST_F(Modifiers, AMessageOfAnotherChatOrAModifierIsNoTarget) {
  const std::string id = world.Type(kAnn, kBob, "hi");
  EXPECT_EQ(ErrorOf(kBob, kAnn, ReactionContent{id, "👍"}), base::ErrorCode::kNotFound)
      << "before it arrived";
  world.Run();
  EXPECT_EQ(ErrorOf(kCat, kAnn, ReactionContent{id, "👍"}), base::ErrorCode::kNotFound);
  EXPECT_EQ(ErrorOf(kAnn, kCat, ReactionContent{id, "👍"}), base::ErrorCode::kNotFound);
  EXPECT_EQ(ErrorOf(kBob, kAnn, ReactionContent{"none", "👍"}), base::ErrorCode::kNotFound);
  const std::string reaction = Type(kBob, kAnn, ReactionContent{id, "👍"})->id;
  world.Run();
  EXPECT_EQ(ErrorOf(kAnn, kBob, ReactionContent{reaction, "👍"}), base::ErrorCode::kNotFound);
}

TEST_F(Modifiers, OnesOwnTextIsEditedForFifteenMinutes) {
  TestDevice ann(world, world.Link(kAnn));
  ann.SendText("m1", kBob, "helo");
  world.Run();
  EXPECT_EQ(ErrorOf(kBob, kAnn, EditContent{"m1", "mine"}), base::ErrorCode::kInvalidState);
  ann.Send("e1", kBob, EditContent{"m1", "hello"});
  world.Run();
  EXPECT_EQ(MarksOf("m1").edited, "hello");
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("helo", "hello"));  // rows are what arrived
  ann.Send("e2", kBob, EditContent{"m1", "hello!"});
  world.Run(std::chrono::minutes(15) - std::chrono::seconds(30));
  EXPECT_EQ(MarksOf("m1").edited, "hello!");
  ann.Send("e3", kBob, EditContent{"m1", "in time"});
  world.Run(std::chrono::seconds(1));
  ann.Send("e4", kBob, EditContent{"m1", "late"});
  world.Run();
  EXPECT_EQ(ann.answers.back(), "accepted");
  ann.Send("e5", kBob, EditContent{"m1", "too late"});
  world.Run();
  EXPECT_EQ(ann.answers.back(), "refused too-late");
  EXPECT_EQ(MarksOf("m1").edited, "late");
}

TEST_F(Modifiers, OnlyWhatHasTextIsEdited) {
  const std::string voice = Type(kAnn, kBob, world.Voice())->id;
  MediaContent picture;
  picture.kind = MessageKind::kImage;
  picture.media.sha256 = world.media->Store("png").value();
  picture.media.mime_type = "image/png";
  const std::string image = Type(kAnn, kBob, picture)->id;
  EXPECT_EQ(ErrorOf(kAnn, kBob, EditContent{voice, "x"}), base::ErrorCode::kInvalidState);
  EXPECT_TRUE(Type(kAnn, kBob, EditContent{image, "a caption"}));
}

TEST_F(Modifiers, OnesOwnMessageIsDeletedForSixtyHours) {
  const std::string first = world.Type(kAnn, kBob, "one"), second = world.Type(kAnn, kBob, "two");
  world.Run();
  EXPECT_EQ(ErrorOf(kBob, kAnn, DeleteContent{first}), base::ErrorCode::kInvalidState);
  ASSERT_TRUE(Type(kAnn, kBob, DeleteContent{first}));
  world.Run();
  EXPECT_TRUE(MarksOf(first).deleted);
  EXPECT_FALSE(MarksOf(second).deleted);
  EXPECT_THAT(world.InboxTexts(kBob), ElementsAre("one", "two", ""));
  EXPECT_EQ(ErrorOf(kAnn, kBob, EditContent{first, "x"}), base::ErrorCode::kInvalidState);
  EXPECT_EQ(ErrorOf(kBob, kAnn, ReactionContent{first, "👍"}), base::ErrorCode::kInvalidState);
  world.Run(std::chrono::hours(60));
  EXPECT_EQ(ErrorOf(kAnn, kBob, DeleteContent{second}), base::ErrorCode::kInvalidState);
}

TEST_F(Modifiers, AVoteIsForOptionsOfAPollOfAnybodyInTheChat) {
  const std::string one = Type(kAnn, kBob, Poll(false))->id,
                    many = Type(kAnn, kBob, Poll(true))->id;
  const std::string text = world.Type(kAnn, kBob, "no poll");
  world.Run();
  EXPECT_EQ(ErrorOf(kBob, kAnn, VoteContent{one, {"Wed"}}), base::ErrorCode::kInvalidState);
  EXPECT_EQ(ErrorOf(kBob, kAnn, VoteContent{one, {"Mon", "Tue"}}), base::ErrorCode::kInvalidState);
  EXPECT_EQ(ErrorOf(kBob, kAnn, VoteContent{text, {}}), base::ErrorCode::kInvalidState);
  ASSERT_TRUE(Type(kBob, kAnn, VoteContent{one, {"Mon"}}));
  ASSERT_TRUE(Type(kBob, kAnn, VoteContent{one, {"Tue"}}));
  ASSERT_TRUE(Type(kBob, kAnn, VoteContent{many, {"Tue", "Mon"}}));
  world.Run();
  EXPECT_THAT(VotesOf(one), ElementsAre("15550002 Tue"));
  EXPECT_THAT(VotesOf(many), ElementsAre("15550002 Tue", "15550002 Mon"));
  ASSERT_TRUE(Type(kBob, kAnn, VoteContent{one, {}}));
  world.Run();
  EXPECT_THAT(VotesOf(one), IsEmpty());
  // Who asks may vote, too.
  ASSERT_TRUE(Type(kAnn, kBob, VoteContent{one, {"Mon"}}));
  world.Run();
  EXPECT_THAT(VotesOf(one), ElementsAre("15550001 Mon"));
}

TEST_F(Modifiers, AnAnswerQuotesTheMessageThatOffersIt) {
  TestDevice shop(world, world.Link(kAnn, Profile::kBusiness));
  world.Type(kBob, kAnn, "hello");
  world.Run();
  ButtonsContent buttons;
  buttons.body = "Sure?";
  buttons.buttons = {{"y", "Yes"}, {"n", "No"}};
  shop.Send("b1", kBob, buttons);
  world.Run();
  EXPECT_THAT(shop.answers, ElementsAre("accepted"));
  EXPECT_EQ(ErrorOf(kBob, kAnn, ButtonReplyContent{"y", "Yes"}), base::ErrorCode::kNotFound);
  EXPECT_EQ(ErrorOf(kBob, kAnn, ButtonReplyContent{"x", "Yes"}, "b1"),
            base::ErrorCode::kInvalidState);
  EXPECT_EQ(ErrorOf(kBob, kAnn, ButtonReplyContent{"y", "No"}, "b1"),
            base::ErrorCode::kInvalidState);
  const auto answer = Type(kBob, kAnn, ButtonReplyContent{"n", "No"}, "b1");
  ASSERT_TRUE(answer);
  world.Run();
  const Message& item = std::get<IncomingMessage>(shop.items.back().content).message;
  EXPECT_EQ(item.quoted, "b1");
  EXPECT_EQ(item.content, Content(ButtonReplyContent{"n", "No"}));
}

TEST_F(Modifiers, AFormIsAnsweredWithItsToken) {
  TestDevice shop(world, world.Link(kAnn, Profile::kBusiness));
  const std::string hello = world.Type(kBob, kAnn, "hello");
  world.Run();
  FlowContent flow;
  flow.body = "Book a table";
  flow.button = "Book";
  flow.flow_id = "7";
  flow.token = "t-7";
  flow.screen = "FIRST";
  shop.Send("f1", kBob, flow);
  world.Run();
  EXPECT_THAT(shop.answers, ElementsAre("accepted"));
  EXPECT_EQ(AnswerTo(TextContent{"hello"}, {}), std::nullopt);
  const auto filled_in = AnswerTo(flow, {{"city", "Ulm"}, {"flow_token", "mine"}});
  ASSERT_TRUE(filled_in);
  const auto& reply = std::get<FlowReplyContent>(*filled_in);
  EXPECT_EQ(reply.response, R"({"city":"Ulm","flow_token":"t-7"})");
  EXPECT_EQ(ErrorOf(kBob, kAnn, *filled_in), base::ErrorCode::kNotFound);
  EXPECT_EQ(ErrorOf(kBob, kAnn, *filled_in, hello), base::ErrorCode::kInvalidState);
  EXPECT_EQ(ErrorOf(kBob, kAnn, FlowReplyContent{"flow", "Sent", R"({"flow_token":"t-8"})"}, "f1"),
            base::ErrorCode::kInvalidState);
  EXPECT_EQ(ErrorOf(kBob, kAnn, FlowReplyContent{"flow", "Sent", "[]"}, "f1"),
            base::ErrorCode::kInvalidFields);
  ASSERT_TRUE(Type(kBob, kAnn, *filled_in, "f1"));
  world.Run();
  EXPECT_EQ(std::get<IncomingMessage>(shop.items.back().content).message.content, *filled_in);
}

TEST_F(Modifiers, PhonesAndBusinessesSendDifferentKinds) {
  TestDevice ann(world, world.Link(kAnn)), shop(world, world.Link(kAnn, Profile::kBusiness));
  world.Type(kBob, kAnn, "hello");
  world.Run();
  const Content list = ListContent{"Pick", "Open", {{"", {{"1", "One", ""}}}}, "", ""};
  ann.Send("l1", kBob, list);
  ann.Send("p1", kBob, Poll(false));
  shop.Send("l2", kBob, list);
  shop.Send("p2", kBob, Poll(false));
  shop.Send("e2", kBob, EditContent{"l2", "x"});
  world.Run();
  EXPECT_THAT(ann.answers, ElementsAre("refused unsupported-kind", "accepted"));
  EXPECT_THAT(shop.answers,
              ElementsAre("accepted", "refused unsupported-kind", "refused unsupported-kind"));
  EXPECT_EQ(ErrorOf(kBob, kAnn, list), base::ErrorCode::kInvalidState);
}

TEST_F(Modifiers, ProductsAreNotForBusinessesAndTemplatesNeedNoWindow) {
  TestDevice shop(world, world.Link(kAnn, Profile::kBusiness));
  PersonChange change;
  change.is_business = true;
  ASSERT_TRUE(world.network->UpdatePerson(kCat, change));
  world.Type(kBob, kAnn, "hello");
  world.Type(kCat, kAnn, "hello");
  world.Run();
  ProductContent product;
  product.catalog_id = "c";
  product.product = "sku";
  shop.Send("p1", kBob, product);
  shop.Send("p2", kCat, product);
  TemplateDraft draft;
  draft.name = "promo";
  draft.language = "en";
  draft.components = base::ParseJson(R"([{"type":"BODY","text":"Hello"}])").value();
  ASSERT_TRUE(world.network->CreateTemplate({kAnn, ""}, draft));
  world.Run(std::chrono::hours(25));
  TemplateContent promo;
  promo.name = "promo";
  promo.language = "en";
  shop.SendText("t1", kBob, "late");
  shop.Send("t2", kBob, promo);
  promo.components =
      base::ParseJson(R"([{"type":"body","parameters":[{"type":"text","text":"x"}]}])").value();
  shop.Send("t3", kBob, promo);
  promo.name = "other";
  shop.Send("t4", kBob, promo);
  world.Run();
  EXPECT_THAT(shop.answers, ElementsAre("accepted", "refused 131051", "refused 131047", "accepted",
                                        "refused 132000", "refused 132001"));
  EXPECT_EQ(world.InboxTexts(kBob).back(), "Hello");  // as the template has it
}

TEST_F(Modifiers, WhatIsDroppedOrFailsChangesNothing) {
  TestDevice bob(world, world.Link(kBob));
  const std::string id = world.Type(kAnn, kBob, "hi");
  world.Run();
  bob.Send("r1", kAnn, ReactionContent{id, "👍"});
  ASSERT_TRUE(world.network->FailMessage("r1", "470", ""));
  FaultRule drop;
  drop.effect = DropMessage{};
  drop.match.kind = MessageKind::kReaction;
  ASSERT_TRUE(world.network->AddFault(drop));
  bob.Send("r2", kAnn, ReactionContent{id, "❤️"});
  world.Run();
  EXPECT_THAT(bob.answers, ElementsAre("accepted", "accepted"));
  EXPECT_THAT(ReactionsOf(id), IsEmpty());
}

TEST_F(Modifiers, EverythingIsTheSameAfterARestart) {
  const std::string id = world.Type(kAnn, kBob, "helo");
  const std::string poll = Type(kAnn, kBob, Poll(false))->id;
  world.Run();
  ASSERT_TRUE(Type(kAnn, kBob, EditContent{id, "hello"}));
  ASSERT_TRUE(Type(kBob, kAnn, VoteContent{poll, {"Mon"}}));
  world.Run();
  ASSERT_TRUE(Type(kBob, kAnn, ReactionContent{id, "👍"}));  // under way when it is killed
  world.Kill();
  EXPECT_EQ(MarksOf(id).edited, "hello");
  EXPECT_THAT(VotesOf(poll), ElementsAre("15550002 Mon"));
  EXPECT_THAT(ReactionsOf(id), IsEmpty());
  world.Run();
  EXPECT_THAT(ReactionsOf(id), ElementsAre("15550002 👍"));
}

TEST_F(Modifiers, InAGroupEverybodyReactsAndVotesAndSeesItOnce) {
  GroupDraft draft;
  draft.subject = "Friends";
  draft.participants = {kBob, kCat};
  const auto group = world.network->groups().Create(kAnn, draft);
  ASSERT_TRUE(group);
  const std::string address = GroupAddress(group->group.id);
  const std::string poll = Type(kAnn, address, Poll(true))->id;
  const std::string outside = world.Type(kAnn, kBob, "in another chat");
  world.Run();
  EXPECT_EQ(ErrorOf(kBob, address, ReactionContent{outside, "👍"}), base::ErrorCode::kNotFound);
  EXPECT_EQ(ErrorOf(kBob, kAnn, ReactionContent{poll, "👍"}), base::ErrorCode::kNotFound);
  EXPECT_EQ(ErrorOf(kBob, address, DeleteContent{poll}), base::ErrorCode::kInvalidState);
  ASSERT_TRUE(Type(kBob, address, ReactionContent{poll, "👍"}));
  ASSERT_TRUE(Type(kCat, address, ReactionContent{poll, "❤️"}));
  ASSERT_TRUE(Type(kBob, address, VoteContent{poll, {"Mon"}}));
  ASSERT_TRUE(Type(kCat, address, VoteContent{poll, {"Mon", "Tue"}}));
  world.Run();
  EXPECT_THAT(ReactionsOf(poll), ElementsAre("15550002 👍", "15550003 ❤️"));
  EXPECT_THAT(VotesOf(poll), ElementsAre("15550002 Mon", "15550003 Mon", "15550003 Tue"));
  EXPECT_THAT(world.InboxTexts(kAnn), ElementsAre("👍", "❤️", "Mon", "Mon, Tue"));
  EXPECT_EQ(world.network->ListInbox(kCat, 0, 1)->at(0).marks.votes.size(), 2u);
  ASSERT_TRUE(Type(kAnn, address, DeleteContent{poll}));
  world.Run();
  world.Kill();
  EXPECT_TRUE(world.network->ListInbox(kBob, 0, 1)->at(0).marks.deleted);
  EXPECT_TRUE(world.network->ListOutbox(kAnn, 0, 1)->at(0).marks.deleted);
}

TEST_F(Modifiers, ViewOnceMediaIsOpened) {
  TestDevice ann(world, world.Link(kAnn));
  MediaContent picture;
  picture.kind = MessageKind::kImage;
  picture.media.sha256 = world.media->Store("png").value();
  picture.media.mime_type = "image/png";
  ann.Send("i1", kBob, picture);
  picture.view_once = true;
  ann.Send("i2", kBob, picture);
  world.Run();
  EXPECT_FALSE(world.network->Read(kBob, "i1", true));
  EXPECT_TRUE(world.network->Read(kBob, "i2", true));
  world.Run();
  EXPECT_EQ(ann.heard.back(), "played i2");
}

}  // namespace
}  // namespace parley::sim::network
