// Each kind as the body of a request. Source of the members: developers.facebook.com,
// /documentation/business-messaging/whatsapp/messages/ and the page of each type.
#include "link/cloud/format/content_out.h"

#include <set>

#include "link/cloud/format/test_json.h"

namespace parley::link::cloud::format {
namespace {

constexpr char kOurId[] = "01a3185c-500a-7000-8000-00000000000a";

core::OutgoingMessage Outgoing(core::Content content) {
  core::OutgoingMessage message;
  message.id = core::MessageId(*base::Uuid::Parse(kOurId));
  message.to = core::Address{core::AddressKind::kPhone, "4915550001234"};
  message.content = std::move(content);
  return message;
}

core::MediaRef Ref(std::string mime_type, std::string file_name = "") {
  core::MediaRef ref;
  ref.mime_type = std::move(mime_type);
  ref.file_name = std::move(file_name);
  return ref;
}

base::Result<base::json::object> BodyOf(core::Content content,
                                        const std::vector<MediaHandle>& files = {}) {
  return MessageBody(Outgoing(std::move(content)), files);
}

// `part` stands beside what all messages have.
void ExpectBody(const base::Result<base::json::object>& body, const std::string& part) {
  ASSERT_TRUE(body.has_value()) << FaultsOf(body);
  ExpectJson(*body, R"({"messaging_product":"whatsapp","recipient_type":"individual",)"
                    R"("to":"+4915550001234","biz_opaque_callback_data":")" +
                        std::string(kOurId) + "\"," + part + "}");
}

TEST(ContentOut, Text) {
  ExpectBody(BodyOf(core::TextContent{"Good morning"}),
             R"("type":"text","text":{"preview_url":false,"body":"Good morning"})");
}

TEST(ContentOut, TextWithALinkAsksForItsPreview) {
  ExpectBody(BodyOf(core::TextContent{"see https://parley.example/a"}),
             R"("type":"text","text":{"preview_url":true,"body":"see https://parley.example/a"})");
}

TEST(ContentOut, AnAnswerNamesWhatItAnswers) {
  core::OutgoingMessage message = Outgoing(core::TextContent{"yes"});
  message.quoted = core::MessageReference{"wamid.QUOTED", false, {}};
  ExpectBody(MessageBody(message, {}), R"("context":{"message_id":"wamid.QUOTED"},"type":"text",)"
                                       R"("text":{"preview_url":false,"body":"yes"})");
}

TEST(ContentOut, ImageById) {
  ExpectBody(BodyOf(core::ImageContent{Ref("image/png"), "our shop"}, {{"7001", ""}}),
             R"("type":"image","image":{"id":"7001","caption":"our shop"})");
}

TEST(ContentOut, VideoByLink) {
  ExpectBody(BodyOf(core::VideoContent{Ref("video/mp4"), ""}, {{"", "https://cdn.example/v.mp4"}}),
             R"("type":"video","video":{"link":"https://cdn.example/v.mp4"})");
}

TEST(ContentOut, AudioIsAVoiceMessageOnlyWhenItIsOne) {
  core::AudioContent audio;
  audio.media = Ref("audio/ogg");
  ExpectBody(BodyOf(audio, {{"7002", ""}}), R"("type":"audio","audio":{"id":"7002"})");
  audio.voice = true;
  ExpectBody(BodyOf(audio, {{"7002", ""}}), R"("type":"audio","audio":{"id":"7002","voice":true})");
}

TEST(ContentOut, DocumentHasANameOfItsOwnOrItsFiles) {
  ExpectBody(BodyOf(core::DocumentContent{Ref("application/pdf", "tmp.pdf"), "Bill.pdf", "May"},
                    {{"7003", ""}}),
             R"("type":"document","document":{"id":"7003","filename":"Bill.pdf","caption":"May"})");
  ExpectBody(
      BodyOf(core::DocumentContent{Ref("application/pdf", "tmp.pdf"), "", ""}, {{"7003", ""}}),
      R"("type":"document","document":{"id":"7003","filename":"tmp.pdf"})");
}

TEST(ContentOut, Sticker) {
  ExpectBody(BodyOf(core::StickerContent{Ref("image/webp")}, {{"7004", ""}}),
             R"("type":"sticker","sticker":{"id":"7004"})");
}

TEST(ContentOut, Location) {
  core::LocationContent place;
  place.latitude = 52.5163;
  place.longitude = 13.3777;
  ExpectBody(BodyOf(place),
             R"("type":"location","location":{"latitude":52.5163,"longitude":13.3777})");
  place.address = "Square 1";  // which Meta shows below a name only
  ExpectBody(BodyOf(place),
             R"("type":"location","location":{"latitude":52.5163,"longitude":13.3777,)"
             R"("name":"Square 1"})");
  place.name = "Gate";
  place.url = "https://maps.example";  // Meta has no place for it
  ExpectBody(BodyOf(place),
             R"("type":"location","location":{"latitude":52.5163,"longitude":13.3777,)"
             R"("name":"Gate","address":"Square 1"})");
}

TEST(ContentOut, Contacts) {
  core::ContactCard card;
  card.formatted_name = "Dr. Ada B. Moll jr.";
  card.first_name = "Ada";
  card.last_name = "Moll";
  card.middle_name = "B.";
  card.prefix = "Dr.";
  card.suffix = "jr.";
  card.birthday = "1990-02-03";
  card.org = core::ContactCard::Organisation{"Mill Ltd", "Sales", "Head"};
  card.addresses.emplace().push_back({"1 Lane", "Ulm", "BW", "89073", "Germany", "de", "WORK"});
  card.emails.emplace().push_back({"ada@mill.example", "WORK"});
  card.urls.emplace().push_back({"https://mill.example", "WORK"});
  card.phones.emplace().push_back({"+49 1555 0009", "CELL", "4915550009"});
  core::ContactCard bare;
  bare.formatted_name = "Bo";
  core::ContactsContent contacts;
  contacts.cards = {card, bare};
  ExpectBody(
      BodyOf(contacts),
      R"("type":"contacts","contacts":[{"name":{"formatted_name":"Dr. Ada B. Moll jr.",)"
      R"("first_name":"Ada","last_name":"Moll","middle_name":"B.","prefix":"Dr.","suffix":"jr."},)"
      R"("birthday":"1990-02-03","org":{"company":"Mill Ltd","department":"Sales","title":"Head"},)"
      R"("addresses":[{"street":"1 Lane","city":"Ulm","state":"BW","zip":"89073",)"
      R"("country":"Germany","country_code":"de","type":"WORK"}],)"
      R"("emails":[{"email":"ada@mill.example","type":"WORK"}],)"
      R"("urls":[{"url":"https://mill.example","type":"WORK"}],)"
      R"("phones":[{"phone":"+49 1555 0009","type":"CELL","wa_id":"4915550009"}]},)"
      R"({"name":{"formatted_name":"Bo","first_name":"Bo"}}])");
}

TEST(ContentOut, ReactionAndTakingItBack) {
  core::OutgoingMessage message = Outgoing(core::ReactionContent{std::nullopt, "👍"});
  message.target = core::MessageReference{"wamid.TARGET", false, {}};
  ExpectBody(MessageBody(message, {}),
             R"("type":"reaction","reaction":{"message_id":"wamid.TARGET","emoji":"👍"})");
  message.content = core::ReactionContent();
  ExpectBody(MessageBody(message, {}),
             R"("type":"reaction","reaction":{"message_id":"wamid.TARGET","emoji":""})");
  message.target.reset();
  EXPECT_EQ(MessageBody(message, {}).error().code, base::ErrorCode::kNotFound);
}

TEST(ContentOut, List) {
  core::ListContent list;
  list.body = "Which day?";
  list.button = "Days";
  list.header = "Delivery";
  list.footer = "Free of charge";
  list.sections = {{"Week", {{"d1", "Monday", "early"}, {"d2", "Tuesday", std::nullopt}}}};
  ExpectBody(
      BodyOf(list),
      R"("type":"interactive","interactive":{"type":"list","header":{"type":"text",)"
      R"("text":"Delivery"},"body":{"text":"Which day?"},"footer":{"text":"Free of charge"},)"
      R"("action":{"button":"Days","sections":[{"title":"Week","rows":[)"
      R"({"id":"d1","title":"Monday","description":"early"},{"id":"d2","title":"Tuesday"}]}]}})");
}

TEST(ContentOut, Buttons) {
  core::ButtonsContent buttons;
  buttons.body = "Sure?";
  buttons.buttons = {{"y", "Yes"}, {"n", "No"}};
  const std::string action =
      R"("action":{"buttons":[{"type":"reply","reply":{"id":"y","title":"Yes"}},)"
      R"({"type":"reply","reply":{"id":"n","title":"No"}}]})";
  ExpectBody(BodyOf(buttons),
             R"("type":"interactive","interactive":{"type":"button","body":{"text":"Sure?"},)" +
                 action + "}");
  buttons.header_text = "Order 7";
  buttons.footer = "by Mill";
  ExpectBody(BodyOf(buttons),
             R"("type":"interactive","interactive":{"type":"button",)"
             R"("header":{"type":"text","text":"Order 7"},"body":{"text":"Sure?"},)"
             R"("footer":{"text":"by Mill"},)" +
                 action + "}");
  buttons.footer.clear();
  buttons.media_kind = core::ContentKind::kDocument;
  buttons.media = Ref("application/pdf", "offer.pdf");
  ExpectBody(BodyOf(buttons, {{"7005", ""}}),
             R"("type":"interactive","interactive":{"type":"button","header":{"type":"document",)"
             R"("document":{"id":"7005","filename":"offer.pdf"}},"body":{"text":"Sure?"},)" +
                 action + "}");
}

// Source: /messages/interactive-cta-url-messages.
TEST(ContentOut, AButtonThatOpensAPage) {
  core::CtaUrlContent link;
  link.body = "See what is free";
  link.button = "See dates";
  link.url = "https://shop.example/dates?of=7";
  const std::string action = R"("action":{"name":"cta_url","parameters":{"display_text":)"
                             R"("See dates","url":"https://shop.example/dates?of=7"}})";
  ExpectBody(BodyOf(link), R"("type":"interactive","interactive":{"type":"cta_url",)"
                           R"("body":{"text":"See what is free"},)" +
                               action + "}");
  link.header_text = "Free";
  link.footer = "until May";
  ExpectBody(BodyOf(link), R"("type":"interactive","interactive":{"type":"cta_url","header":)"
                           R"({"type":"text","text":"Free"},"body":{"text":"See what is free"},)"
                           R"("footer":{"text":"until May"},)" +
                               action + "}");
  link.header_text.clear();
  link.footer.clear();
  link.media_kind = core::ContentKind::kImage;
  link.media = Ref("image/png", "a.png");
  ExpectBody(BodyOf(link, {{"7006", ""}}),
             R"("type":"interactive","interactive":{"type":"cta_url","header":{"type":"image",)"
             R"("image":{"id":"7006"}},"body":{"text":"See what is free"},)" +
                 action + "}");
}

// Source: /flows/guides/sendingaflow.
TEST(ContentOut, AButtonThatOpensAForm) {
  core::FlowContent flow;
  flow.body = "Book a table";
  flow.button = "Book";
  flow.flow_id = "1197715005513101";
  flow.token = "table-7";
  flow.screen = "BOOKING";
  flow.data = R"({"days":["Mon",2]})";
  const std::string head = R"("type":"interactive","interactive":{"type":"flow",)"
                           R"("body":{"text":"Book a table"},"action":{"name":"flow",)"
                           R"("parameters":{"flow_message_version":"3",)";
  ExpectBody(BodyOf(flow), head + R"("flow_id":"1197715005513101","flow_cta":"Book",)"
                                  R"("flow_token":"table-7","mode":"published",)"
                                  R"("flow_action":"navigate","flow_action_payload":)"
                                  R"({"screen":"BOOKING","data":{"days":["Mon",2]}}}}})");
  flow.flow_id.clear();
  flow.flow_name = "tables";
  flow.token.clear();
  flow.screen.clear();
  flow.data.clear();
  flow.draft = flow.data_exchange = true;
  ExpectBody(BodyOf(flow), head + R"("flow_name":"tables","flow_cta":"Book","mode":"draft",)"
                                  R"("flow_action":"data_exchange"}}})");
}

TEST(ContentOut, LocationRequest) {
  ExpectBody(BodyOf(core::LocationRequestContent{"Where to?"}),
             R"("type":"interactive","interactive":{"type":"location_request_message",)"
             R"("body":{"text":"Where to?"},"action":{"name":"send_location"}})");
}

TEST(ContentOut, OneProductSeveralAndTheCatalog) {
  core::ProductContent product;
  product.catalog = "88001";
  product.product = "sku-1";
  product.body = "Look";
  product.footer = "new";
  ExpectBody(BodyOf(product),
             R"("type":"interactive","interactive":{"type":"product","body":{"text":"Look"},)"
             R"("footer":{"text":"new"},"action":{"catalog_id":"88001",)"
             R"("product_retailer_id":"sku-1"}})");
  product.product.clear();
  product.footer.clear();
  product.header = "Shop";
  product.sections = {{"Bread", {"sku-1", "sku-2"}}};
  ExpectBody(BodyOf(product),
             R"("type":"interactive","interactive":{"type":"product_list",)"
             R"("header":{"type":"text","text":"Shop"},"body":{"text":"Look"},)"
             R"("action":{"catalog_id":"88001","sections":[{"title":"Bread","product_items":[)"
             R"({"product_retailer_id":"sku-1"},{"product_retailer_id":"sku-2"}]}]}})");
  product.sections.clear();
  product.header.clear();
  ExpectBody(BodyOf(product), R"("type":"interactive","interactive":{"type":"catalog_message",)"
                              R"("body":{"text":"Look"},"action":{"name":"catalog_message"}})");
}

core::TemplateContent TemplateWith(std::string_view components) {
  core::TemplateContent content;
  content.name = "parcel_sent";
  content.language = "en_GB";
  content.space = "not-sent";
  if (!components.empty()) content.components = Json(components);
  return content;
}

constexpr char kTemplateHead[] = R"("type":"template","template":{"name":"parcel_sent",)"
                                 R"("language":{"policy":"deterministic","code":"en_GB"})";

TEST(ContentOut, TemplateWithoutParameters) {
  ExpectBody(BodyOf(TemplateWith("")), std::string(kTemplateHead) + "}");
}

// What the core has no part in goes as it was given.
// Source: /documentation/business-messaging/whatsapp/templates/ (limited-time offers, coupon codes,
// catalog, authentication).
TEST(ContentOut, TemplateWithParameters) {
  const std::string components =
      R"([{"type":"body","parameters":[{"type":"text","text":"Ada"},{"type":"currency",)"
      R"("currency":{"fallback_value":"9 EUR","code":"EUR","amount_1000":9000}}]},)"
      R"({"type":"limited_time_offer","parameters":[{"type":"limited_time_offer",)"
      R"("limited_time_offer":{"expiration_time_ms":1790000000000}}]},)"
      R"({"type":"button","sub_type":"copy_code","index":"0",)"
      R"("parameters":[{"type":"coupon_code","coupon_code":"MAY25"}]},)"
      R"({"type":"button","sub_type":"CATALOG","index":1,)"
      R"("parameters":[{"type":"action","action":{"thumbnail_product_retailer_id":"sku-1"}}]},)"
      R"({"type":"button","sub_type":"url","index":"2",)"
      R"("parameters":[{"type":"text","text":"246810"}]}])";
  ExpectBody(BodyOf(TemplateWith(components)),
             std::string(kTemplateHead) + R"(,"components":)" + components + "}");
}

TEST(ContentOut, TemplateButtonsAreWrittenAsMetaWantsThem) {
  ExpectBody(BodyOf(TemplateWith(R"([{"type":"BUTTON","sub_type":"QUICK_REPLY",)"
                                 R"("parameters":[{"type":"text","text":"stop-7"}]}])")),
             std::string(kTemplateHead) +
                 R"(,"components":[{"type":"BUTTON","sub_type":"QUICK_REPLY","index":"0",)"
                 R"("parameters":[{"type":"payload","payload":"stop-7"}]}]})");
}

TEST(ContentOut, TemplateHeaderHasTheFileThatWasUploaded) {
  core::TemplateContent content =
      TemplateWith(R"([{"type":"header","parameters":[{"type":"document","document":{)"
                   R"("link":"https://theirs.example/x","filename":"theirs"}}]},)"
                   R"({"type":"body","parameters":[{"type":"text","text":"Ada"}]}])");
  content.media_kind = core::ContentKind::kDocument;
  content.media = Ref("application/pdf", "ours.pdf");
  const std::string body = R"({"type":"body","parameters":[{"type":"text","text":"Ada"}]})";
  const std::string header = R"({"type":"header","parameters":[{"type":"document",)"
                             R"("document":{"id":"7006","filename":"ours.pdf"}}]})";
  const std::string expected =
      std::string(kTemplateHead) + R"(,"components":[)" + header + "," + body + "]}";
  ExpectBody(BodyOf(content, {{"7006", ""}}), expected);
  content.components = Json("[" + body + "]");  // the program named the file elsewhere
  ExpectBody(BodyOf(content, {{"7006", ""}}), expected);
}

// Source: /documentation/business-messaging/whatsapp/templates/marketing-templates/media-card-...
TEST(ContentOut, CardsHaveTheirFilesByTheirPlaces) {
  core::TemplateContent content = TemplateWith(
      R"([{"type":"carousel","cards":[)"
      R"({"card_index":1,"components":[{"type":"header","parameters":[{"type":"image",)"
      R"("image":{"id":"mine-1"}}]},{"type":"button","sub_type":"quick_reply","index":0,)"
      R"("parameters":[{"type":"text","text":"more"}]}]},)"
      R"({"card_index":0,"components":[{"type":"header","parameters":[{"type":"video",)"
      R"("video":{"id":"mine-0"}}]}]}]}])");
  content.card_media = {{0, core::ContentKind::kVideo, Ref("video/mp4")},
                        {1, core::ContentKind::kImage, Ref("image/png")}};
  ExpectBody(BodyOf(content, {{"7100", ""}, {"7101", ""}}),
             std::string(kTemplateHead) +
                 R"(,"components":[{"type":"carousel","cards":[)"
                 R"({"card_index":1,"components":[{"type":"header","parameters":[{"type":"image",)"
                 R"("image":{"id":"7101"}}]},{"type":"button","sub_type":"quick_reply","index":0,)"
                 R"("parameters":[{"type":"payload","payload":"more"}]}]},)"
                 R"({"card_index":0,"components":[{"type":"header","parameters":[{"type":"video",)"
                 R"("video":{"id":"7100"}}]}]}]}]})");
}

TEST(ContentOut, WhatIsNotCarriedIsRefused) {
  const auto code = [](core::Content content, std::vector<MediaHandle> files = {}) {
    return BodyOf(std::move(content), files).error().code;
  };
  EXPECT_EQ(code(core::PollContent()), base::ErrorCode::kNotSupported);
  EXPECT_EQ(code(core::EditContent()), base::ErrorCode::kNotSupported);
  EXPECT_EQ(code(core::DeleteContent()), base::ErrorCode::kNotSupported);
  core::ImageContent once;
  once.view_once = true;
  EXPECT_EQ(code(once, {{"7001", ""}}), base::ErrorCode::kNotSupported);
  EXPECT_EQ(code(core::StickerContent()), base::ErrorCode::kInternal);  // no handle
  core::OutgoingMessage message = Outgoing(core::TextContent{"hi"});
  message.to.kind = core::AddressKind::kLid;
  EXPECT_EQ(MessageBody(message, {}).error().code, base::ErrorCode::kNotSupported);
}

// One of each kind: the list of what is carried is what MessageBody takes.
TEST(ContentOut, TheKindsThatAreCarriedAreThoseThatAreTaken) {
  std::set<core::ContentKind> taken;
  const core::Content all[] = {
      core::TextContent(),        core::ImageContent(),    core::VideoContent(),
      core::AudioContent(),       core::DocumentContent(), core::StickerContent(),
      core::LocationContent(),    core::ContactsContent(), core::PollContent(),
      core::ListContent(),        core::ButtonsContent(),  core::LocationRequestContent(),
      core::TemplateContent(),    core::ProductContent(),  core::ListReplyContent(),
      core::ButtonReplyContent(), core::ReactionContent(), core::EditContent(),
      core::DeleteContent(),      core::VoteContent(),     core::OrderContent(),
      core::FlowReplyContent(),   core::OtherContent(),    core::CtaUrlContent(),
      core::FlowContent()};
  for (const core::Content& content : all) {
    core::OutgoingMessage message = Outgoing(content);
    message.target = core::MessageReference{"wamid.TARGET", false, {}};
    if (MessageBody(message, {{"7", ""}})) taken.insert(core::KindOf(content));
  }
  const auto carried = CarriedKinds();
  EXPECT_EQ(std::size(all), core::kContentKindNames.rows.size());
  EXPECT_EQ(taken, std::set<core::ContentKind>(carried.begin(), carried.end()));
}

// Source: /messages/mark-messages-as-read, /typing-indicators.
TEST(ContentOut, MarkingAsRead) {
  ExpectJson(ReadBody("wamid.IN", false),
             R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN"})");
  ExpectJson(ReadBody("wamid.IN", true),
             R"({"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN",)"
             R"("typing_indicator":{"type":"text"}})");
}

TEST(ContentOut, TheAnswerNamesTheMessage) {
  const auto answer = ReadSentAnswer(JsonObject(
      R"({"messaging_product":"whatsapp","contacts":[{"input":"+4915550001234",)"
      R"("wa_id":"4915550001234"}],"messages":[{"id":"wamid.NEW","message_status":"accepted"}]})"));
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->link_id, "wamid.NEW");
  EXPECT_EQ(answer->wa_id, "4915550001234");
  EXPECT_EQ(answer->status, "accepted");
  EXPECT_EQ(FaultsOf(ReadSentAnswer(JsonObject(R"({"messages":[{}]})"))),
            "messages[0].id: Required");
  EXPECT_EQ(FaultsOf(ReadSentAnswer(JsonObject(R"({"success":true})"))), "messages: Required");
}

}  // namespace
}  // namespace parley::link::cloud::format
