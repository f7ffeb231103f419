// Each type of message as a webhook brings it. Source of the members: developers.facebook.com,
// /documentation/business-messaging/whatsapp/webhooks/reference/messages/ and the page of each
// type; .../webhooks/reference/smb_message_echoes.
#include "link/cloud/format/content_in.h"

#include "link/cloud/format/test_json.h"
#include "link/cloud/format/webhook_in.h"

namespace parley::link::cloud::format {
namespace {

std::vector<Profile> Profiles() {
  auto profiles =
      ReadProfiles(JsonObject(R"({"contacts":[{"profile":{"name":"Ada","username":"Ada.Moll"},)"
                              R"("wa_id":"4915550001234","user_id":"DE.8801"},)"
                              R"({"profile":{"name":"Bo"},"wa_id":"4915550009999"}]})"));
  EXPECT_TRUE(profiles.has_value());
  return profiles ? *profiles : std::vector<Profile>();
}

// `part` follows what all messages have.
std::string MessageText(const std::string& part) {
  return R"({"from":"4915550001234","id":"wamid.IN","timestamp":"1790000001",)" + part + "}";
}

base::Result<Incoming> ReadPart(const std::string& part) {
  return ReadMessage(Json(MessageText(part)), Profiles());
}

// The core's form of the content, and what is told beside it.
void ExpectContent(const base::Result<Incoming>& read, const std::string& expected) {
  ASSERT_TRUE(read.has_value()) << FaultsOf(read);
  EXPECT_EQ(read->unread, "");
  std::string form;
  core::AppendJsonForm(form, read->message.content);
  ExpectJson(Json(form), expected);
}

constexpr char kNoFile[] =
    R"("media":{"id":"00000000-0000-0000-0000-000000000000","mime_type":"","size":0,)"
    R"("sha256":"","file_name":""})";

TEST(ContentIn, Text) {
  const auto read = ReadPart(R"("type":"text","text":{"body":"Is it there?"})");
  ExpectContent(read, R"({"kind":"text","body":"Is it there?"})");
  const core::IncomingMessage& message = read->message;
  EXPECT_EQ(message.link_id, "wamid.IN");
  EXPECT_EQ(message.from.phone, "4915550001234");
  EXPECT_EQ(message.from.push_name, "Ada");
  EXPECT_EQ(message.from.username, "ada.moll");
  EXPECT_FALSE(message.from_me);
  EXPECT_EQ(base::ToUnixMs(message.at), 1'790'000'001'000);
  EXPECT_EQ(read->user_id, "DE.8801");
  EXPECT_EQ(message.quoted_link_id, "");
  EXPECT_FALSE(read->media || read->forwarded || read->from_ad);
}

// In Mexico and Brazil a wa_id can have a digit more or less than the number.
TEST(ContentIn, TheOnlyProfileIsTheSenders) {
  const std::string text = MessageText(R"("type":"text","text":{"body":"x"})");
  const auto profiles = ReadProfiles(
      JsonObject(R"({"contacts":[{"profile":{"name":"Di"},"wa_id":"49155500012345"}]})"));
  const auto read = ReadMessage(Json(text), *profiles);
  ASSERT_TRUE(read.has_value()) << FaultsOf(read);
  EXPECT_EQ(read->message.from.phone, "4915550001234");
  EXPECT_EQ(read->message.from.push_name, "Di");
  auto others = Profiles();
  others.erase(others.begin());
  others.push_back(others.front());
  EXPECT_EQ(ReadMessage(Json(text), others)->message.from.push_name, "");
}

TEST(ContentIn, ContextOfAnswersAndForwards) {
  const std::string text = R"("type":"text","text":{"body":"x"})";
  auto read = ReadPart(R"("context":{"from":"4930","id":"wamid.Q"},)" + text);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->message.quoted_link_id, "wamid.Q");
  EXPECT_FALSE(read->forwarded);
  read = ReadPart(R"("context":{"forwarded":true},)" + text);
  EXPECT_TRUE(read->forwarded && !read->frequently_forwarded);
  read = ReadPart(R"("context":{"frequently_forwarded":true},)" + text);
  EXPECT_TRUE(read->forwarded && read->frequently_forwarded);
  read = ReadPart(R"("referral":{"source_type":"ad","source_id":"5"},)" + text);
  EXPECT_TRUE(read->from_ad);
}

TEST(ContentIn, FilesAreToBeFetched) {
  const std::string digest = R"("sha256":"ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")";
  const std::string hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  auto read = ReadPart(R"("type":"image","image":{"caption":"our shop","mime_type":"image/jpeg",)" +
                       digest + R"(,"id":"7001","url":"https://media.example/7001"})");
  ExpectContent(read, R"({"kind":"image",)" + std::string(kNoFile) +
                          R"(,"caption":"our shop","view_once":false})");
  ASSERT_TRUE(read->media.has_value());
  EXPECT_EQ(read->media->id, "7001");
  EXPECT_EQ(read->media->mime_type, "image/jpeg");
  EXPECT_EQ(read->media->sha256, hex);

  read = ReadPart(R"("type":"video","video":{"id":"7002","mime_type":"video/mp4"})");
  ExpectContent(
      read, R"({"kind":"video",)" + std::string(kNoFile) + R"(,"caption":"","view_once":false})");
  EXPECT_EQ(read->media->sha256, "");

  read = ReadPart(R"("type":"audio","audio":{"id":"7003","mime_type":"audio/ogg; codecs=opus",)"
                  R"("voice":true})");
  ExpectContent(
      read, R"({"kind":"audio",)" + std::string(kNoFile) + R"(,"voice":true,"view_once":false})");
  EXPECT_EQ(read->media->mime_type, "audio/ogg; codecs=opus");

  read = ReadPart(R"("type":"document","document":{"id":"7004","mime_type":"application/pdf",)"
                  R"("filename":"Bill.pdf","caption":"May"})");
  ExpectContent(read, R"({"kind":"document",)" + std::string(kNoFile) +
                          R"(,"file_name":"Bill.pdf","caption":"May"})");
  EXPECT_EQ(read->media->file_name, "Bill.pdf");

  read = ReadPart(R"("type":"sticker","sticker":{"id":"7005","mime_type":"image/webp",)"
                  R"("animated":true})");
  ExpectContent(read, R"({"kind":"sticker",)" + std::string(kNoFile) + "}");

  core::Media media;
  media.ref.mime_type = "image/webp";
  media.ref.size = 9;
  media.ref.sha256 = hex;
  SetMedia(read->message, media);
  EXPECT_EQ(core::MediaOf(read->message.content)->sha256, hex);
  EXPECT_EQ(read->message.media->ref.size, 9);
}

TEST(ContentIn, Location) {
  ExpectContent(ReadPart(R"("type":"location","location":{"latitude":52.5163,"longitude":13.3777,)"
                         R"("name":"Gate","address":"Square 1","url":"https://m.example"})"),
                R"({"kind":"location","latitude":52.5163,"longitude":13.3777,"name":"Gate",)"
                R"("address":"Square 1","url":"https://m.example"})");
  EXPECT_EQ(FaultsOf(ReadPart(R"("type":"location","location":{"latitude":91,"longitude":0})")),
            "location.latitude: Number must be from -90 to 90");
}

TEST(ContentIn, Contacts) {
  ExpectContent(
      ReadPart(R"("type":"contacts","contacts":[{"name":{"formatted_name":"Ada Moll",)"
               R"("first_name":"Ada","last_name":"Moll","middle_name":"B","prefix":"Dr",)"
               R"("suffix":"jr"},"birthday":"1990-02-03","org":{"company":"Mill","department":"S",)"
               R"("title":"Head"},"addresses":[{"street":"1 Lane","city":"Ulm","state":"BW",)"
               R"("zip":"89073","country":"Germany","country_code":"de","type":"WORK"}],)"
               R"("emails":[{"email":"a@m.example","type":"WORK"}],)"
               R"("urls":[{"url":"https://m.example","type":"WORK"}],)"
               R"("phones":[{"phone":"+49 1555","wa_id":"491555","type":"CELL"}]},{"name":{}}])"),
      R"({"kind":"contacts","cards":[{"formatted_name":"Ada Moll","first_name":"Ada",)"
      R"("last_name":"Moll","middle_name":"B","prefix":"Dr","suffix":"jr",)"
      R"("birthday":"1990-02-03","org":{"company":"Mill","department":"S","title":"Head"},)"
      R"("addresses":[{"street":"1 Lane","city":"Ulm","state":"BW","zip":"89073",)"
      R"("country":"Germany","country_code":"de","type":"WORK"}],)"
      R"("emails":[{"email":"a@m.example","type":"WORK"}],)"
      R"("urls":[{"url":"https://m.example","type":"WORK"}],)"
      R"("phones":[{"phone":"+49 1555","type":"CELL","wa_id":"491555"}]},)"
      R"({"formatted_name":""}]})");
  EXPECT_EQ(FaultsOf(ReadPart(R"("type":"contacts","contacts":[{},{"emails":[{"email":[]}]}])")),
            "contacts[1].emails[0].email: Expected string, received array");
}

TEST(ContentIn, ReactionsWithoutAnEmojiAreTakenBack) {
  auto read = ReadPart(R"("type":"reaction","reaction":{"message_id":"wamid.T","emoji":"👍"})");
  ExpectContent(read, R"({"kind":"reaction","emoji":"👍"})");
  EXPECT_EQ(read->message.target_link_id, "wamid.T");
  ExpectContent(ReadPart(R"("type":"reaction","reaction":{"message_id":"wamid.T"})"),
                R"({"kind":"reaction","emoji":""})");
  ExpectContent(ReadPart(R"("type":"reaction","reaction":{"message_id":"wamid.T","emoji":""})"),
                R"({"kind":"reaction","emoji":""})");
}

TEST(ContentIn, Answers) {
  ExpectContent(ReadPart(R"("context":{"id":"wamid.Q"},"type":"button",)"
                         R"("button":{"payload":"stop-7","text":"Stop"})"),
                R"({"kind":"button_reply","id":"stop-7","title":"Stop","of_template":true})");
  ExpectContent(ReadPart(R"("type":"interactive","interactive":{"type":"button_reply",)"
                         R"("button_reply":{"id":"y","title":"Yes"}})"),
                R"({"kind":"button_reply","id":"y","title":"Yes","of_template":false})");
  ExpectContent(ReadPart(R"("type":"interactive","interactive":{"type":"list_reply",)"
                         R"("list_reply":{"id":"d1","title":"Monday","description":"early"}})"),
                R"({"kind":"list_reply","id":"d1","title":"Monday","description":"early"})");
}

TEST(ContentIn, EditsAndRevokes) {
  auto read =
      ReadPart(R"("type":"edit","edit":{"original_message_id":"wamid.O",)"
               R"("message":{"context":{"id":"M0"},"type":"text","text":{"body":"better"}}})");
  ExpectContent(read, R"({"kind":"edit","body":"better"})");
  EXPECT_EQ(read->message.target_link_id, "wamid.O");
  ExpectContent(ReadPart(R"("type":"edit","edit":{"original_message_id":"wamid.O",)"
                         R"("message":{"type":"image","image":{"caption":"new","id":"7"}}})"),
                R"({"kind":"edit","body":"new"})");
  read = ReadPart(R"("type":"revoke","revoke":{"original_message_id":"wamid.O"})");
  ExpectContent(read, R"({"kind":"delete"})");
  EXPECT_EQ(read->message.target_link_id, "wamid.O");
}

TEST(ContentIn, Orders) {
  const auto read = ReadPart(
      R"("type":"order","order":{"catalog_id":"8","text":"As soon as you can","product_items":[)"
      R"({"product_retailer_id":"mug","quantity":"2","item_price":"9.5","currency":"EUR"},)"
      R"({"product_retailer_id":"tea","quantity":1,"item_price":4.25,"currency":"EUR"}]})");
  ExpectContent(read, R"({"kind":"order","catalog_id":"8","items":[)"
                      R"({"product":"mug","quantity":2,"price":9.5,"currency":"EUR"},)"
                      R"({"product":"tea","quantity":1,"price":4.25,"currency":"EUR"}],)"
                      R"("note":"As soon as you can","body":)"
                      R"~("As soon as you can\n2 x mug (9.5 EUR)\n1 x tea (4.25 EUR)"})~");
  EXPECT_TRUE(read->message.opens_window);
  EXPECT_EQ(FaultsOf(ReadPart(R"("type":"order","order":{"catalog_id":"8"})")),
            "order.product_items: Required");
}

TEST(ContentIn, WhatWasFilledIntoAForm) {
  const auto read = ReadPart(
      R"("context":{"id":"wamid.Q"},"type":"interactive","interactive":{"type":"nfm_reply",)"
      R"("nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"city\":\"Ulm\"}"}})");
  ExpectContent(read, R"({"kind":"flow_reply","name":"flow","body":"Sent",)"
                      R"("response":"{\"city\":\"Ulm\"}"})");
  EXPECT_EQ(read->message.quoted_link_id, "wamid.Q");
  EXPECT_TRUE(read->message.opens_window);
}

TEST(ContentIn, WhatHasNoKindIsToldAsItCame) {
  auto read = ReadPart(R"("type":"hologram","hologram":{"angle":7})");
  ExpectContent(read, R"({"kind":"other","type":"hologram","details":"{\"angle\":7}",)"
                      R"("body":"A message of a kind that is not known here"})");
  EXPECT_TRUE(read->message.opens_window);
  ExpectContent(ReadPart(R"("type":"interactive","interactive":{"type":"call_reply","x":1})"),
                R"({"kind":"other","type":"interactive.call_reply",)"
                R"("body":"An answer of a kind that is not known here",)"
                R"("details":"{\"type\":\"call_reply\",\"x\":1}"})");
  const std::string large(70'000, 'x');
  read = ReadPart(R"("type":"hologram","hologram":")" + large + "\"");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(std::get<core::OtherContent>(read->message.content).details, "");
  EXPECT_EQ(ReadPart(R"("group_id":"Y2F","type":"text","text":{"body":"x"})")->unread, "group");
}

TEST(ContentIn, UnsupportedSaysWhy) {
  const auto read =
      ReadPart(R"("type":"unsupported","unsupported":{"type":"poll"},"errors":[{"code":131051,)"
               R"("title":"Unsupported","error_data":{"details":"Not supported"}}])");
  ExpectContent(read, R"({"kind":"other","type":"unsupported","body":"Not supported",)"
                      R"("details":"{\"type\":\"poll\"}"})");
  ASSERT_EQ(read->errors.size(), 1U);
  EXPECT_EQ(read->errors[0].code, 131051);
}

// What Meta says of people is no message of theirs.
TEST(ContentIn, SystemTellsANewNumber) {
  auto read = ReadPart(R"("type":"system","system":{"type":"user_changed_number",)"
                       R"("wa_id":"4915550007777","body":"User A changed"})");
  ExpectContent(read, R"({"kind":"other","type":"system","body":"User A changed","details":)"
                      R"("{\"type\":\"user_changed_number\",\"wa_id\":\"4915550007777\",)"
                      R"(\"body\":\"User A changed\"}"})");
  EXPECT_FALSE(read->message.opens_window);
  read = ReadPart(R"("type":"system","system":{"type":"customer_identity_changed"})");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(core::TextOf(read->message.content), "Something about this person has changed");
  read = ReadPart(R"("type":"request_welcome")");
  ExpectContent(read, R"({"kind":"other","type":"request_welcome","body":"Has opened the chat",)"
                      R"("details":""})");
  EXPECT_FALSE(read->message.opens_window);
}

TEST(ContentIn, EchoesAreToTheOtherSide) {
  const auto read = ReadEcho(
      Json(R"({"from":"4930111","to":"4915550009999","id":"wamid.E","timestamp":1790000002,)"
           R"("type":"text","text":{"body":"from the phone"}})"),
      Profiles());
  ExpectContent(read, R"({"kind":"text","body":"from the phone"})");
  EXPECT_TRUE(read->message.from_me);
  EXPECT_EQ(read->message.from.phone, "4915550009999");
  EXPECT_EQ(read->message.from.push_name, "Bo");
  EXPECT_EQ(base::ToUnixMs(read->message.at), 1'790'000'002'000);
}

// Business-scoped user ids: /documentation/business-messaging/whatsapp/business-scoped-user-ids
TEST(ContentIn, SomebodyWithoutANumberIsKnownByTheUsername) {
  const std::string message =
      R"({"from_user_id":"DE.8802","id":"wamid.U","timestamp":"1","type":"text",)"
      R"("text":{"body":"x"}})";
  auto profiles = ReadProfiles(JsonObject(
      R"({"contacts":[{"profile":{"name":"Cy","username":"cy"},"user_id":"DE.8802"}]})"));
  auto read = ReadMessage(Json(message), *profiles);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->unread, "");
  EXPECT_EQ(read->message.from.address(), (core::Address{core::AddressKind::kUsername, "cy"}));
  EXPECT_EQ(read->user_id, "DE.8802");
  read = ReadMessage(Json(message), {});
  EXPECT_EQ(read->unread, "no_number");
}

TEST(ContentIn, FaultsHaveTheirPath) {
  EXPECT_EQ(FaultsOf(ReadPart(R"("type":"text","text":{"body":7.5})")),
            "text.body: Expected string, received number");
  EXPECT_EQ(FaultsOf(ReadPart(R"("type":"text")")), "text: Required");
  EXPECT_EQ(FaultsOf(ReadPart(R"("type":"image","image":{})")), "image.id: Required");
  EXPECT_EQ(FaultsOf(ReadMessage(Json(R"({"id":"","type":"text","timestamp":-1})"), {})),
            "id: String must contain at least 1 character(s); "
            "timestamp: Number must be from 0 to 253402300799");
  EXPECT_EQ(FaultsOf(ReadMessage(Json("[]"), {})), ": Expected object");
  EXPECT_EQ(FaultsOf(ReadPart(R"("type":"text","text":7)")), "text: Expected object");
}

TEST(ContentIn, TextIsCleanAndBounded) {
  ExpectContent(ReadPart(R"("type":"text","text":{"body":"a\u0000b"})"),
                R"({"kind":"text","body":"ab"})");
  const std::string name(5000, 'n');
  const auto read = ReadPart(R"("type":"interactive","interactive":{"type":"button_reply",)"
                             R"("button_reply":{"id":"y","title":")" +
                             name + R"("}})");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(core::TextOf(read->message.content).size(), 4096U);
}

TEST(ContentIn, MembersThatMetaAddedAreNamed) {
  const auto read =
      ReadPart(R"("type":"text","text":{"body":"x"},"mood":"good","from_user_id":"DE.1")");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->unknown, std::vector<std::string>{"mood"});
}

// ------------------------------------------------------------------------------- the whole body

constexpr char kBody[] =
    R"({"object":"whatsapp_business_account","entry":[{"id":"55001","time":1790000003,"changes":[)"
    R"({"field":"messages","value":{"messaging_product":"whatsapp","metadata":{)"
    R"("display_phone_number":"4930111","phone_number_id":"66001"},"contacts":[{"profile":{)"
    R"("name":"Ada"},"wa_id":"4915550001234"}],"messages":[)"
    R"({"from":"4915550001234","id":"wamid.1","timestamp":"1790000001","type":"text",)"
    R"("text":{"body":"one"}},{"from":"4915550001234","id":"wamid.2"},)"
    R"({"from":"4915550001234","id":"wamid.3","timestamp":"1790000002","type":"text",)"
    R"("text":{"body":"three"}}],"statuses":[{"id":"wamid.S","status":"read",)"
    R"("timestamp":"1790000002","recipient_id":"4915550001234"},7],)"
    R"("errors":[{"code":131000,"title":"Something went wrong"}],"weather":"fair"}},)"
    R"({"field":"account_review_update","value":{"decision":"APPROVED"}},{"field":7}]}]})";

TEST(WebhookIn, OneFaultyElementDoesNotKeepTheOthers) {
  const base::json::value body = Json(kBody);
  const auto changes = ReadChanges(body);
  ASSERT_TRUE(changes.has_value()) << FaultsOf(changes);
  ASSERT_EQ(changes->changes.size(), 2U);
  EXPECT_EQ(changes->malformed, 1);
  const Change& change = changes->changes[0];
  EXPECT_EQ(change.business_account, "55001");
  EXPECT_EQ(change.phone_number_id, "66001");
  EXPECT_EQ(change.display_phone_number, "4930111");
  EXPECT_EQ(base::ToUnixMs(change.at), 1'790'000'003'000);
  EXPECT_TRUE(IsAboutMessages(change));
  EXPECT_FALSE(IsAboutMessages(changes->changes[1]));

  const MessageNews news = ReadMessages(change);
  ASSERT_EQ(news.messages.size(), 2U);
  EXPECT_EQ(news.messages[0].message.link_id, "wamid.1");
  EXPECT_EQ(news.messages[1].message.link_id, "wamid.3");
  EXPECT_EQ(news.messages[1].message.from.push_name, "Ada");
  ASSERT_EQ(news.statuses.size(), 1U);
  ASSERT_EQ(news.errors.size(), 1U);
  EXPECT_EQ(news.errors[0].code, 131000);
  ASSERT_EQ(news.faults.size(), 2U);
  EXPECT_EQ(news.faults[0].faults[0].path, "messages[1].type");
  EXPECT_EQ(news.faults[1].faults[0].path, "statuses[1]");
  EXPECT_EQ(news.unknown, std::vector<std::string>{"weather"});
}

TEST(WebhookIn, WhatIsNoWebhookIsRefusedWithAPath) {
  const auto faults = [](const char* text) {
    const base::json::value body = Json(text);
    return FaultsOf(ReadChanges(body));
  };
  EXPECT_EQ(faults("[]"), ": Expected object");
  EXPECT_EQ(faults(R"({"object":"page","entry":[]})"), "object: Must be whatsapp_business_account");
  EXPECT_EQ(faults(R"({"object":"whatsapp_business_account"})"), "entry: Required");
  EXPECT_EQ(faults(R"({"object":"whatsapp_business_account","entry":[{"id":"1"}]})"),
            "entry[0].changes: Required");
  EXPECT_EQ(faults(R"({"object":"whatsapp_business_account","entry":[{"id":[]}]})"),
            "entry[0].id: Expected string, received array");
}

TEST(WebhookIn, ListsAreBounded) {
  std::string many;
  for (std::size_t i = 0; i <= kMaxOfChange; ++i) many += i == 0 ? "{}" : ",{}";
  const base::json::value body =
      Json(R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages",)"
           R"("value":{"messages":[)" +
           many + R"(],"statuses":{}}}]}]})");
  const auto changes = ReadChanges(body);
  ASSERT_TRUE(changes.has_value());
  const MessageNews news = ReadMessages(changes->changes[0]);
  ASSERT_EQ(news.faults.size(), 2U);
  EXPECT_EQ(news.faults[0].faults[0], (base::FieldFault{"messages", "Too many items"}));
  EXPECT_EQ(news.faults[1].faults[0], (base::FieldFault{"statuses", "Expected array"}));
}

}  // namespace
}  // namespace parley::link::cloud::format
