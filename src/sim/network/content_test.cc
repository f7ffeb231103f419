#include "sim/network/content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kSha(64, 'a');

std::string Written(const Content& content) {
  std::string out;
  AppendJsonForm(out, content);
  return out;
}

Content Read(std::string_view text) {
  Content content;
  EXPECT_TRUE(ReadJsonForm(base::ParseJson(text).value(), content)) << text;
  return content;
}

std::vector<std::string> FaultsOf(const Content& content) {
  std::vector<std::string> paths;
  const auto checked = Check(content);
  if (checked) return paths;
  for (const base::FieldFault& fault : checked.error().faults) paths.push_back(fault.path);
  return paths;
}

// One of each kind, in the order of the kinds, with every member.
const char* const kEveryKind[] = {
    R"({"kind":"text","body":"hi @15550002","mentions":["15550002"]})",
    R"({"kind":"image","media":{"sha256":"S","mime_type":"image/png","size":3,)"
    R"("file_name":"a.png"},"caption":"look","view_once":true,"mentions":["15550002"]})",
    R"({"kind":"video","media":{"sha256":"S","mime_type":"video/mp4","size":3},"caption":"see"})",
    R"({"kind":"audio","media":{"sha256":"S","mime_type":"audio/ogg","size":3},"voice":true})",
    R"({"kind":"document","media":{"sha256":"S","mime_type":"a/b","size":3,"file_name":"b.pdf"},)"
    R"("caption":"bill","file_name":"b.pdf"})",
    R"({"kind":"sticker","media":{"sha256":"S","mime_type":"image/webp","size":3}})",
    R"({"kind":"location","latitude":45.018337,"longitude":-73.968285,"name":"HQ",)"
    R"("address":"1 Street","url":"https://example.org"})",
    R"({"kind":"contacts","cards":[{"formatted_name":"John Smith","first_name":"John",)"
    R"("last_name":"Smith","middle_name":"A","prefix":"Lord","suffix":"Jr",)"
    R"("birthday":"2012-08-18","org":{"company":"C","department":"D","title":"T"},)"
    R"("addresses":[{"street":"1 Way","city":"M","state":"CA","zip":"9","country":"US",)"
    R"("country_code":"us","type":"HOME"}],"emails":[{"email":"a@b.c","type":"WORK"}],)"
    R"("urls":[{"url":"https://a.b","type":"WORK"}],)"
    R"("phones":[{"phone":"+1 650","type":"HOME","wa_id":"16505551234"}]}]})",
    R"({"kind":"poll","question":"When?","options":["Mon","Tue"],"multiple":true})",
    R"({"kind":"list","body":"Pick","button":"Open","sections":[{"title":"A",)"
    R"("rows":[{"id":"1","title":"One","description":"first"}]},)"
    R"({"title":"B","rows":[{"id":"2","title":"Two"}]}],"header":"H","footer":"F"})",
    R"({"kind":"buttons","body":"Sure?","buttons":[{"id":"y","title":"Yes"}],)"
    R"("media_kind":"image","media":{"sha256":"S","mime_type":"image/png","size":3},)"
    R"("footer":"F"})",
    R"({"kind":"location_request","body":"Where?"})",
    R"({"kind":"template","name":"promo","language":"en","namespace":"n","category":"MARKETING",)"
    R"("body":"Hello Bob","header":"H","footer":"F","components":[{"type":"body"}],)"
    R"("buttons":["Stop"]})",
    R"({"kind":"product","catalog_id":"c","sections":[{"title":"A","products":["1","2"]}],)"
    R"("header":"H","body":"B","footer":"F"})",
    R"({"kind":"list_reply","id":"1","title":"One","description":"first"})",
    R"({"kind":"button_reply","id":"y","title":"Yes"})",
    R"({"kind":"reaction","target":"m1","emoji":"👍"})",
    R"({"kind":"edit","target":"m1","body":"better"})",
    R"({"kind":"delete","target":"m1"})",
    R"({"kind":"vote","target":"m1","options":["Mon"]})",
    R"({"kind":"cta_url","body":"B","button":"Open","url":"https://a.b","media_kind":"image",)"
    R"("media":{"sha256":"S","mime_type":"image/png","size":3},"footer":"F"})",
    R"({"kind":"flow","body":"B","button":"Go","flow_name":"n","token":"t","draft":true,)"
    R"("screen":"A","data":"{\"a\":1}","header_text":"H","footer":"F"})",
    R"({"kind":"flow_reply","name":"flow","body":"Sent","response":"{\"flow_token\":\"t\"}"})",
};

std::string WithSha(std::string text) {
  for (std::size_t at; (at = text.find(":\"S\"")) != std::string::npos;)
    text.replace(at + 2, 1, kSha);
  return text;
}

TEST(Contents, EveryKindIsWrittenAndReadWithEveryMember) {
  std::uint8_t kind = 0;
  for (const char* form : kEveryKind) {
    const std::string text = WithSha(form);
    const Content content = Read(text);
    EXPECT_EQ(static_cast<std::uint8_t>(KindOf(content)), ++kind) << text;
    EXPECT_EQ(Written(content), text);
    EXPECT_THAT(FaultsOf(content), IsEmpty()) << text;
  }
  EXPECT_EQ(kind, kMessageKindNames.rows.size());
}

TEST(Contents, TheTextIsWhatAPersonReads) {
  std::vector<std::string> texts;
  for (const char* form : kEveryKind) texts.push_back(TextOf(Read(WithSha(form))));
  EXPECT_THAT(texts, ElementsAre("hi @15550002", "look", "see", "", "bill", "", "HQ", "John Smith",
                                 "When?", "Pick", "Sure?", "Where?", "Hello Bob", "B", "One", "Yes",
                                 "👍", "better", "", "Mon", "B", "B", "Sent"));
  EXPECT_EQ(TextOf(Read(R"({"kind":"location","latitude":1.5,"longitude":-2})")), "1.5, -2.0");
  EXPECT_EQ(TextOf(Read(R"({"kind":"product","catalog_id":"c","product":"sku"})")), "sku");
}

TEST(Contents, WhatOlderFilesHoldIsStillRead) {
  EXPECT_EQ(TextOf(Read(R"({"kind":"text","text":"hi"})")), "hi");
  const Content voice = Read(
      R"({"kind":"audio","text":"","media":{"sha256":"s","mime_type":"a","size":1,"voice":true}})");
  EXPECT_TRUE(IsVoice(voice));
  EXPECT_EQ(TextOf(Read(R"({"kind":"image","text":"look",)"
                        R"("media":{"sha256":"s","mime_type":"a","size":1}})")),
            "look");
  Content content;
  EXPECT_FALSE(ReadJsonForm(base::ParseJson(R"({"kind":"image","text":"x"})").value(), content));
  EXPECT_FALSE(ReadJsonForm(base::ParseJson(R"({"kind":"dance"})").value(), content));
}

TEST(Contents, AllFaultsAreReportedWithTheirPaths) {
  EXPECT_THAT(FaultsOf(TextContent{"", {"x"}}), ElementsAre("body", "mentions[0]"));
  EXPECT_THAT(FaultsOf(TextContent{std::string(kMaxText + 1, 'x'), {}}), ElementsAre("body"));
  EXPECT_THAT(FaultsOf(TextContent{"\xff", {}}), ElementsAre("body"));
  MediaContent sticker;
  sticker.kind = MessageKind::kSticker;
  sticker.media.voice = sticker.view_once = true;
  EXPECT_THAT(FaultsOf(sticker),
              ElementsAre("media.sha256", "media.mime_type", "media.voice", "view_once"));
  EXPECT_THAT(FaultsOf(LocationContent{91, -181, "", "", ""}),
              ElementsAre("latitude", "longitude"));
  EXPECT_THAT(FaultsOf(ContactsContent()), ElementsAre("cards"));
  ContactCard nameless;
  nameless.phones.push_back(CardPhone{std::string(51, '1'), "", ""});
  EXPECT_THAT(FaultsOf(ContactsContent{{nameless}}),
              ElementsAre("cards[0].formatted_name", "cards[0].phones[0].phone"));
  EXPECT_THAT(FaultsOf(PollContent{"", {"a", "a", ""}, false}),
              ElementsAre("question", "options[2]", "options[1]"));
  EXPECT_THAT(FaultsOf(PollContent{"q", std::vector<std::string>(13, "a"), false})[0], "options");
  EXPECT_THAT(FaultsOf(LocationRequestContent{std::string(1025, 'x')}), ElementsAre("body"));
  EXPECT_THAT(FaultsOf(ReactionContent{"", "ab"}), ElementsAre("target", "emoji"));
  EXPECT_THAT(FaultsOf(ReactionContent{"m", "7"}), ElementsAre("emoji"));
  EXPECT_THAT(FaultsOf(ReactionContent{"m", "7️⃣"}), IsEmpty());
  EXPECT_THAT(FaultsOf(ReactionContent{"m", ""}), IsEmpty());
  EXPECT_THAT(FaultsOf(EditContent{"m", ""}), ElementsAre("body"));
  EXPECT_THAT(FaultsOf(VoteContent{"m", {"a", "a"}}), ElementsAre("options[1]"));
}

TEST(Contents, ListsButtonsAndProductsHaveWhatsAppsLimits) {
  ListContent list{"b", std::string(21, 'x'), {}, "", ""};
  list.sections.resize(2);
  for (ListSection& section : list.sections)
    for (int i = 0; i < 6; ++i)
      section.rows.push_back(
          ListRow{std::to_string(i), std::string(25, 't'), std::string(73, 'd')});
  std::vector<std::string> faults = FaultsOf(list);
  EXPECT_THAT(faults, testing::IsSupersetOf({"button", "sections[0].rows[0].title",
                                             "sections[1].rows[5].description", "sections[0].title",
                                             "sections[1].rows[0].id", "sections"}));
  EXPECT_EQ(faults.size(), 1 + 24 + 2 + 6 + 1u);

  ButtonsContent buttons;
  buttons.body = "b";
  buttons.buttons.assign(4, {"same", std::string(21, 'x')});
  buttons.header_text = "H";
  buttons.media_kind = MessageKind::kAudio;
  buttons.media = Media{kSha, "audio/ogg", 1, "", false};
  EXPECT_THAT(FaultsOf(buttons), ElementsAre("buttons", "buttons[0].title", "buttons[1].title",
                                             "buttons[2].title", "buttons[1].id", "buttons[2].id",
                                             "buttons[3].id", "media_kind", "media"));

  ProductContent product;
  product.catalog_id = "c";
  EXPECT_THAT(FaultsOf(product), IsEmpty());  // the whole catalog
  product.product = "1";
  product.sections.resize(2);
  product.sections[0].products.assign(16, "x");
  product.sections[1].products.assign(15, "x");
  EXPECT_THAT(FaultsOf(product), ElementsAre("product", "header", "body", "sections[0].title",
                                             "sections[1].title", "sections"));
}

TEST(Contents, NothingIsTooLongForTheFile) {
  ContactCard card;
  card.formatted_name = "n";
  card.addresses.resize(50);
  for (CardAddress& address : card.addresses) address.street = std::string(500, 's');
  EXPECT_THAT(FaultsOf(ContactsContent{{card}}), IsEmpty());
  EXPECT_THAT(FaultsOf(ContactsContent{std::vector<ContactCard>(50, card)}), ElementsAre("body"));
}

TEST(Contents, ComponentsAreNotTooDeepForTheFile) {
  TemplateContent content;
  content.name = "promo";
  content.language = "en";
  content.components = base::ParseJson(std::string(23, '[') + std::string(23, ']')).value();
  EXPECT_THAT(FaultsOf(content), IsEmpty());
  content.components = base::ParseJson(std::string(25, '[') + std::string(25, ']')).value();
  EXPECT_THAT(FaultsOf(content), ElementsAre("components"));
}

TEST(Contents, AChoiceMakesTheAnswer) {
  const Content list = Read(kEveryKind[9]), content = Read(kEveryKind[12]);
  EXPECT_EQ(ChoiceOf(list, "1"), Content(ListReplyContent{"1", "One", "first"}));
  EXPECT_EQ(ChoiceOf(list, "3"), std::nullopt);
  EXPECT_EQ(ChoiceOf(content, "Stop"), Content(ButtonReplyContent{"Stop", "Stop"}));
  EXPECT_EQ(ChoiceOf(TextContent{"1", {}}, "1"), std::nullopt);
}

}  // namespace
}  // namespace parley::sim::network
