#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/messages/message_store.h"
#include "link/multidevice/test_messages.h"

namespace parley::link::multidevice {
namespace {

using ::testing::ElementsAre;

TEST_F(MessagesBetween, QuotesReactionsEditsAndDeletesFindTheirMessage) {
  const core::MessageId first = ann.Say(kBob, "first");
  world.Run();
  const core::MessageId theirs = bob.Messages().back().message.id;
  const core::MessageId answer = bob.Queue(kAnn, core::TextContent{"answer"}, theirs);
  core::ReactionContent heart;
  heart.target = theirs;
  heart.emoji = "\xe2\x9d\xa4";
  bob.Queue(kAnn, heart);
  world.Run();
  const core::Message heard = ann.Messages().back().message;
  EXPECT_EQ(core::TextOf(heard.content), "answer");
  EXPECT_EQ(heard.quoted, first);
  const auto reactions = *world.Read([row = ann.Get(first).row](const core::Transaction& tx) {
    return tx.messages().Reactions(row);
  });
  ASSERT_EQ(reactions.size(), 1u);
  EXPECT_EQ(reactions.front().emoji, heart.emoji);
  EXPECT_EQ(reactions.front().peer.phone, kBob);

  core::EditContent edit;
  edit.target = answer;
  edit.body = "better answer";
  bob.Queue(kAnn, edit);
  world.Run();
  EXPECT_THAT(ann.Heard(), ElementsAre("better answer"));
  EXPECT_THAT(bob_phone.Copied(), ElementsAre("better answer"));
  core::DeleteContent gone;
  gone.target = answer;
  bob.Queue(kAnn, gone);
  world.Run();
  EXPECT_EQ(ann.Messages().back().message.status, core::MessageStatus::kDeleted);
}

// What stands in the quote is the word of whoever sent it, and is believed by nobody.
TEST_F(MessagesBetween, AnAnswerToWhatIsNotHereIsAMessageWithoutAQuote) {
  proto::Message message;
  message.mutable_extended_text_message()->set_text("answer");
  auto& context = *message.mutable_extended_text_message()->mutable_context_info();
  context.set_stanza_id("UNKNOWN");
  context.set_participant(LidOf(kAnn) + "@lid");
  context.mutable_quoted_message()->set_conversation("made up");
  TestVoice voice(world, bob);
  voice.Say(ann, message.SerializeAsString());
  EXPECT_THAT(ann.Heard(), ElementsAre("answer"));
  ASSERT_EQ(ann.Messages().size(), 1u);
  EXPECT_EQ(ann.Messages().back().message.quoted, std::nullopt);
}

TEST_F(MessagesBetween, PlacesAndContactsArrive) {
  core::LocationContent place;
  place.latitude = 52.5;
  place.longitude = -13.25;
  place.name = "Here";
  ann.Queue(kBob, place);
  core::ContactsContent cards;
  cards.cards.resize(2);
  cards.cards[0].formatted_name = "Carl";
  cards.cards[0].phones.emplace() = {core::ContactCard::Phone{"+1 555 0300", "CELL", "15550300"}};
  cards.cards[1].formatted_name = "Dora";
  ann.Queue(kBob, cards);
  world.Run();
  const auto messages = bob.Messages();
  ASSERT_EQ(messages.size(), 2u);
  const auto& there = std::get<core::LocationContent>(messages[0].message.content);
  EXPECT_EQ(there.latitude, 52.5);
  EXPECT_EQ(there.longitude, -13.25);
  EXPECT_EQ(there.name, "Here");
  const auto& seen = std::get<core::ContactsContent>(messages[1].message.content);
  ASSERT_EQ(seen.cards.size(), 2u);
  EXPECT_EQ(seen.cards[0].phones->front().wa_id, "15550300");
  EXPECT_EQ(seen.cards[1].formatted_name, "Dora");
}

TEST_F(MessagesBetween, VotesAreReadByWhoeverHasThePoll) {
  core::PollContent poll;
  poll.question = "When?";
  poll.options = {"today", "tomorrow"};
  const core::MessageId asked = ann.Queue(kBob, poll);
  world.Run();
  ASSERT_EQ(bob.Messages().size(), 1u);
  const core::Message theirs = bob.Messages().front().message;
  core::VoteContent vote;
  vote.target = theirs.id;
  vote.options = {"tomorrow"};
  bob.Queue(kAnn, vote);
  world.Run();
  const auto votes = [&](core::MessageRow row) {
    return *world.Read([row](const core::Transaction& tx) { return tx.messages().Votes(row); });
  };
  const auto seen = votes(ann.Get(asked).row);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_THAT(seen.front().options, ElementsAre("tomorrow"));
  EXPECT_EQ(seen.front().peer.phone, kBob);
  // The voter's own phone has the poll, and the vote as a copy.
  const core::Message on_phone = bob_phone.Messages().front().message;
  EXPECT_THAT(votes(on_phone.row).front().options, ElementsAre("tomorrow"));
  // And who asked votes, too.
  core::VoteContent own;
  own.target = asked;
  own.options = {"today"};
  ann.Queue(kBob, own);
  world.Run();
  EXPECT_EQ(votes(theirs.row).size(), 2u);
}

// ------------------------------------------------------------------------ phone, requests, calls

}  // namespace
}  // namespace parley::link::multidevice
