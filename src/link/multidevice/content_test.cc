// Contents of the core as messages of the network, and back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "link/multidevice/content_in.h"
#include "link/multidevice/content_out.h"
#include "link/multidevice/padding.h"
#include "link/multidevice/quotes.h"

namespace parley::link::multidevice {
namespace {

using ::testing::ElementsAre;

Pairing Own() {
  Pairing own;
  own.number = Jid("15550100", JidServer::kUser, 3);
  own.lid = Jid("915550100", JidServer::kLid, 3);
  return own;
}
const Jid kChat("915550200", JidServer::kLid);

class Contents : public ::testing::Test {
 protected:
  Written Write(core::Content content) {
    out.content = std::move(content);
    return MessageOf(out, writing).value();
  }
  // As somebody else reads it.
  Content Back(core::Content content) {
    proto::Message message;
    message.ParseFromString(Write(std::move(content)).message.SerializeAsString());
    return ContentOf(message);
  }

  Pairing own = Own();
  std::unique_ptr<base::Random> random = base::MakeSeededRandom(1);
  Writing writing{own, kChat, base::FromUnixMs(1'800'000'000'000), *random};
  core::OutgoingMessage out;
};

TEST_F(Contents, TextComesBack) {
  EXPECT_EQ(core::TextOf(*Back(core::TextContent{"h\xc3\xa9llo"}).content), "h\xc3\xa9llo");
  EXPECT_TRUE(Write(core::TextContent{"x"}).message.has_conversation());
}

TEST_F(Contents, AQuoteAndMentionsComeBack) {
  out.quoted.emplace();
  out.quoted->link_id = "ABC";
  out.quoted->sender.lid = "915550200";
  core::TextContent text{"@15550300 see"};
  text.mentions.emplace() = {"15550300"};
  const Content back = Back(text);
  EXPECT_EQ(back.quoted_id, "ABC");
  EXPECT_THAT(*std::get<core::TextContent>(*back.content).mentions, ElementsAre("15550300"));
  const Written written = Write(text);
  EXPECT_EQ(written.message.extended_text_message().context_info().participant(), "915550200@lid");
  out.quoted->from_me = true;
  EXPECT_EQ(Write(text).message.extended_text_message().context_info().participant(),
            "915550100@lid");
}

TEST_F(Contents, AnAnswerShowsWhatItAnswers) {
  out.quoted.emplace();
  out.quoted->link_id = "ABC";
  const auto shown = [&](core::Content quoted) {
    writing.quoted = std::move(quoted);
    return Write(core::TextContent{"answer"})
        .message.extended_text_message()
        .context_info()
        .quoted_message();
  };
  EXPECT_EQ(shown(core::TextContent{"question"}).conversation(), "question");
  EXPECT_EQ(shown(core::TextContent{std::string(kMaxQuotedText + 9, 'a')}).conversation().size(),
            kMaxQuotedText);
  core::ImageContent image;
  image.media.mime_type = "image/png";
  image.caption = "A cat";
  EXPECT_EQ(shown(image).image_message().caption(), "A cat");
  EXPECT_FALSE(shown(image).image_message().has_url());
  core::AudioContent voice;
  voice.voice = true;
  EXPECT_TRUE(shown(voice).audio_message().ptt());
  core::PollContent poll;
  poll.question = "When?";
  poll.options.assign(kMaxQuotedOptions + 1, "later");
  EXPECT_EQ(shown(poll).poll_creation_message().name(), "When?");
  EXPECT_EQ(shown(poll).poll_creation_message().options_size(), kMaxQuotedOptions);
  core::ContactsContent cards;
  cards.cards.resize(1);
  cards.cards[0].formatted_name = "Carl";
  EXPECT_EQ(shown(cards).contact_message().display_name(), "Carl");
  EXPECT_THAT(shown(cards).contact_message().vcard(), ::testing::HasSubstr("FN:Carl"));
  cards.cards.resize(2);
  EXPECT_EQ(shown(cards).contacts_array_message().display_name(), "2 contacts");
  core::LocationContent place;
  place.name = "Here";
  EXPECT_EQ(shown(place).location_message().name(), "Here");
  writing.quoted.reset();
  EXPECT_TRUE(Write(core::TextContent{"answer"})
                  .message.extended_text_message()
                  .context_info()
                  .quoted_message()
                  .has_conversation());
}

TEST_F(Contents, EveryCarriedKindIsWrittenAndNoOther) {
  out.target.emplace();
  out.target->from_me = true;
  out.target->link_id = "ABC";
  writing.poll_secret.emplace();
  writing.poll_author.lid = "915550200";
  core::ContactsContent contacts;
  contacts.cards.emplace_back();
  const std::vector<core::Content> all = {core::TextContent{},      core::ImageContent{},
                                          core::VideoContent{},     core::AudioContent{},
                                          core::DocumentContent{},  core::StickerContent{},
                                          core::LocationContent{},  contacts,
                                          core::PollContent{},      core::ListContent{},
                                          core::ButtonsContent{},   core::LocationRequestContent{},
                                          core::TemplateContent{},  core::ProductContent{},
                                          core::ListReplyContent{}, core::ButtonReplyContent{},
                                          core::ReactionContent{},  core::EditContent{},
                                          core::DeleteContent{},    core::VoteContent{},
                                          core::OrderContent{},     core::FlowReplyContent{},
                                          core::OtherContent{},     core::CtaUrlContent{},
                                          core::FlowContent{}};
  EXPECT_EQ(all.size(), core::kContentKindNames.rows.size());
  const auto carried = CarriedKinds();
  for (const core::Content& content : all) {
    out.content = content;
    const bool is_carried =
        std::find(carried.begin(), carried.end(), core::KindOf(content)) != carried.end();
    EXPECT_EQ(MessageOf(out, writing).has_value(), is_carried) << NameOf(core::KindOf(content));
  }
}

TEST_F(Contents, WhatIsDoneToOthersMessagesIsRefused) {
  out.target.emplace();
  out.target->link_id = "ABC";
  out.content = core::DeleteContent();
  EXPECT_EQ(MessageOf(out, writing).error().code, base::ErrorCode::kNotSupported);
  out.content = core::EditContent();
  EXPECT_FALSE(MessageOf(out, writing));
}

TEST_F(Contents, AVoteOpensWithItsPollsSecretAlone) {
  out.target.emplace();
  out.target->link_id = "POLL";
  writing.poll_secret = MessageSecret::From(std::string(32, 's'));
  writing.poll_author = Who{"15550200", "915550200"};
  core::VoteContent vote;
  vote.options = {"b"};
  const Content back = Back(vote);
  ASSERT_TRUE(back.vote);
  EXPECT_EQ(back.vote->poll_id, "POLL");
  const Who voter{"15550100", "915550100"};
  const auto open = [&](const MessageSecret& secret, const Who& by) {
    return OpenVote(secret, "POLL", writing.poll_author, by, back.vote->sealed);
  };
  const auto opened = open(*writing.poll_secret, voter);
  ASSERT_TRUE(opened);
  EXPECT_THAT(VoteOf(*opened, {"a", "b", "c"})->options, ElementsAre("b"));
  EXPECT_FALSE(open(MessageSecret(), voter));
  EXPECT_FALSE(open(*writing.poll_secret, Who{"15550300", ""}));
}

TEST_F(Contents, WrappersAreLookedThroughToADepth) {
  proto::Message message;
  proto::Message* inside = &message;
  for (int i = 0; i < kMaxWrappers; ++i)
    inside =
        (i % 2 == 0 ? inside->mutable_ephemeral_message() : inside->mutable_view_once_message_v2())
            ->mutable_message();
  inside->set_conversation("deep");
  EXPECT_EQ(core::TextOf(*ContentOf(message).content), "deep");
  inside->clear_conversation();
  inside->mutable_ephemeral_message()->mutable_message()->set_conversation("too deep");
  EXPECT_FALSE(ContentOf(message).content);
}

TEST_F(Contents, EveryVersionOfAPollIsRead) {
  const auto fill = [](proto::PollCreationMessage& poll) {
    poll.set_name("q");
    poll.add_options()->set_option_name("a");
    poll.set_selectable_options_count(1);
  };
  std::vector<proto::Message> versions(6);
  fill(*versions[0].mutable_poll_creation_message());
  fill(*versions[1].mutable_poll_creation_message_v2());
  fill(*versions[2].mutable_poll_creation_message_v3());
  fill(*versions[3]
            .mutable_poll_creation_message_v4()
            ->mutable_message()
            ->mutable_poll_creation_message_v3());
  fill(*versions[4].mutable_poll_creation_message_v5());
  fill(*versions[5].mutable_poll_creation_message_v6());
  for (proto::Message& message : versions) {
    message.mutable_message_context_info()->set_message_secret(std::string(32, 's'));
    const Content content = ContentOf(message);
    ASSERT_TRUE(content.content);
    const auto& poll = std::get<core::PollContent>(*content.content);
    EXPECT_EQ(poll.question, "q");
    EXPECT_FALSE(poll.multiple);
    EXPECT_TRUE(content.secret);
  }
}

TEST_F(Contents, AnEditIsReadInEitherForm) {
  proto::Message message;
  auto& edit = *message.mutable_protocol_message();
  edit.mutable_key()->set_id("ABC");
  edit.set_type(proto::ProtocolMessage::MESSAGE_EDIT);
  edit.mutable_edited_message()->mutable_extended_text_message()->set_text("new");
  proto::Message wrapped;
  *wrapped.mutable_edited_message()->mutable_message() = message;
  for (const proto::Message& form : {message, wrapped}) {
    const Content content = ContentOf(form);
    EXPECT_EQ(std::get<core::EditContent>(*content.content).body, "new");
    EXPECT_EQ(content.target_id, "ABC");
  }
}

TEST_F(Contents, WhatIsNotCarriedIsNamed) {
  proto::Message image;
  image.mutable_image_message()->set_caption("look");
  EXPECT_FALSE(ContentOf(image).content);
  EXPECT_EQ(ContentOf(image).unread, "image");
  proto::Message settings;
  settings.mutable_protocol_message()->set_type(proto::ProtocolMessage::EPHEMERAL_SETTING);
  EXPECT_EQ(ContentOf(settings).unread, "protocol");
  EXPECT_EQ(ContentOf(proto::Message()).unread, "unknown");
}

TEST_F(Contents, NothingUnsoundReachesTheCore) {
  proto::Message message;
  message.set_conversation(std::string("a\xff\0b\xe2\x82", 6));
  EXPECT_EQ(core::TextOf(*ContentOf(message).content),
            "a\xef\xbf\xbd"
            "b\xef\xbf\xbd\xef\xbf\xbd");
  message.set_conversation(std::string(kMaxTextBytes + 5, 'x'));
  EXPECT_EQ(core::TextOf(*ContentOf(message).content).size(), kMaxTextBytes);
  proto::Message place;
  place.mutable_location_message()->set_degrees_latitude(std::nan(""));
  EXPECT_FALSE(ContentOf(place).content);
  place.mutable_location_message()->set_degrees_latitude(91);
  EXPECT_FALSE(ContentOf(place).content);
  EXPECT_EQ(CleanText("\xe2\x82\xac\xe2\x82\xac", 4), "\xe2\x82\xac");
}

TEST(Padding, IsTakenOffAgainOrRefused) {
  const auto random = base::MakeSeededRandom(7);
  for (int i = 0; i < 100; ++i) {
    const std::string padded = Pad("text", *random);
    EXPECT_GT(padded.size(), 4u);
    EXPECT_LE(padded.size(), 4 + kMaxPadding);
    EXPECT_EQ(Unpad(padded).value(), "text");
  }
  EXPECT_FALSE(Unpad(""));
  EXPECT_FALSE(Unpad(std::string(1, '\0')));
  EXPECT_FALSE(Unpad("\x05"));
  EXPECT_FALSE(Unpad("x\x01\x02"));
  EXPECT_EQ(Unpad("\x01").value(), "");
}

}  // namespace
}  // namespace parley::link::multidevice
