// What comes in, as the app hears of it.
#include "base/digest.h"
#include "base/encoding.h"
#include "sim/graph/ids.h"
#include "sim/graph/test_graph.h"

namespace parley::sim::graph {
namespace {

using net::kAnn;

class IncomingTest : public GraphTest {
 protected:
  // The message that the app hears of, without from, id and timestamp.
  std::string HeardOf(net::Content content, std::string quoted = "") {
    app->posts.clear();
    net::Draft draft;
    draft.to = kShop;
    draft.content = std::move(content);
    draft.quoted = std::move(quoted);
    const auto typed = world.network->SendAsPerson(kAnn, draft);
    EXPECT_TRUE(typed);
    Run();
    const auto messages = Messages();
    if (messages.size() != 1) return "messages: " + std::to_string(messages.size());
    base::json::object message;
    for (const auto& member : messages[0])
      if (member.key() != "from" && member.key() != "id" && member.key() != "timestamp")
        message[member.key()] = member.value();
    return base::ToText(message);
  }
  net::MediaContent File(net::MessageKind kind, std::string type, std::string bytes) {
    net::MediaContent content;
    content.kind = kind;
    content.media.sha256 = *world.media->Store(bytes);
    content.media.mime_type = std::move(type);
    return content;
  }
};

TEST_F(IncomingTest, TellsInAsciiAndSignsThat) {
  world.Type(kAnn, kShop,
             "Gr\xc3\xbc\xc3\x9f"
             "e \xe2\x82\xac \xf0\x9f\x91\x8b ~\x7f");
  Run();
  ASSERT_EQ(app->posts.size(), 1u);
  const http::ClientRequest& post = app->posts[0];
  EXPECT_NE(post.body.find(R"(Gr\u00fc\u00dfe \u20ac \ud83d\udc4b ~\u007f)"), std::string::npos);
  EXPECT_EQ(post.headers.Get("X-Hub-Signature-256"),
            "sha256=" + base::ToHexText(base::AsText(base::HmacSha256("secret", post.body))));
}

TEST_F(IncomingTest, TellsOfFilesThatCanBeFetched) {
  net::MediaContent image = File(net::MessageKind::kImage, "image/jpeg", "jpeg");
  image.caption = "Look";
  const std::string heard = HeardOf(image);
  const std::string id(base::FindText(Messages()[0].at("image").as_object(), "id"));
  EXPECT_EQ(heard, R"({"type":"image","image":{"mime_type":"image/jpeg","sha256":")" +
                       base::ToBase64(base::AsText(base::Sha256("jpeg"))) + R"(","id":")" + id +
                       R"(","caption":"Look"}})");
  Get(id);
  EXPECT_EQ(base::FindText(last, "sha256"), image.media.sha256);
  net::MediaContent voice = File(net::MessageKind::kAudio, "audio/ogg; codecs=opus", "OggS");
  voice.media.voice = true;
  EXPECT_NE(HeardOf(voice).find(R"("voice":true)"), std::string::npos);
  net::MediaContent file = File(net::MessageKind::kDocument, "application/pdf", "%PDF");
  file.media.file_name = "a.pdf";
  EXPECT_NE(HeardOf(file).find(R"("filename":"a.pdf")"), std::string::npos);
  const std::string webp("RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0", 20);
  EXPECT_NE(HeardOf(File(net::MessageKind::kSticker, "image/webp", webp + "\x12"))
                .find(R"("animated":true)"),
            std::string::npos);
  EXPECT_NE(HeardOf(File(net::MessageKind::kSticker, "image/webp", webp + "\x10"))
                .find(R"("animated":false)"),
            std::string::npos);
}

TEST_F(IncomingTest, TellsOfPlacesCardsAndReactions) {
  net::LocationContent place;
  place.latitude = 1.5;
  place.longitude = -2.25;
  place.name = "A";
  EXPECT_EQ(HeardOf(place), R"({"type":"location","location":{"latitude":1.5,)"
                            R"("longitude":-2.25,"name":"A"}})");
  net::ContactCard card;
  card.formatted_name = "Bo B";
  card.org = net::CardOrganization{"Acme", "", "Boss"};
  card.phones.push_back({"+1 5", "HOME", "15"});
  EXPECT_EQ(HeardOf(net::ContactsContent{{card}}),
            R"({"type":"contacts","contacts":[{"name":{"formatted_name":"Bo B"},"org":{"company":)"
            R"("Acme","title":"Boss"},"phones":[{"phone":"+1 5","wa_id":"15","type":"HOME"}]}]})");
  SendText(kAnn, "Hi");
  const std::string wamid = LastWamid();
  Run();
  EXPECT_EQ(HeardOf(net::ReactionContent{wamid, "👍"}),
            R"({"type":"reaction","reaction":{"message_id":")" + wamid + R"(","emoji":"👍"}})");
  EXPECT_EQ(HeardOf(net::ReactionContent{wamid, ""}),
            R"({"type":"reaction","reaction":{"message_id":")" + wamid + R"("}})");
  EXPECT_EQ(HeardOf(net::TextContent{"an answer"}, wamid),
            R"({"context":{"from":"15550100","id":")" + wamid +
                R"("},"type":"text","text":{"body":"an answer"}})");
}

TEST_F(IncomingTest, TellsWhatWasChosen) {
  Greet();
  SendTo(kAnn, R"("type":"interactive","interactive":{"type":"button","body":{"text":"B"},)"
               R"("action":{"buttons":[{"type":"reply","reply":{"id":"y","title":"Yes"}}]}})");
  const std::string buttons = LastWamid();
  Run();
  EXPECT_EQ(HeardOf(net::ButtonReplyContent{"y", "Yes"}, buttons),
            R"({"context":{"from":"15550100","id":")" + buttons +
                R"("},"type":"interactive","interactive":{"type":"button_reply","button_reply":)"
                R"({"id":"y","title":"Yes"}}})");
  SendTo(kAnn, R"("type":"interactive","interactive":{"type":"list","body":{"text":"B"},)"
               R"("action":{"button":"Go","sections":[{"rows":[{"id":"r1","title":"One",)"
               R"("description":"D"}]}]}})");
  const std::string list = LastWamid();
  Run();
  EXPECT_EQ(HeardOf(net::ListReplyContent{"r1", "One", "D"}, list),
            R"({"context":{"from":"15550100","id":")" + list +
                R"("},"type":"interactive","interactive":{"type":"list_reply","list_reply":)"
                R"({"id":"r1","title":"One","description":"D"}}})");
  SendTo(kAnn, R"("type":"interactive","interactive":{"type":"flow","body":{"text":"B"},)"
               R"("action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"7",)"
               R"("flow_cta":"Go","flow_token":"t","flow_action_payload":{"screen":"A"}}}})");
  const std::string flow = LastWamid();
  Run();
  EXPECT_EQ(HeardOf(net::FlowReplyContent{"flow", "Sent", R"({"flow_token":"t"})"}, flow),
            R"({"context":{"from":"15550100","id":")" + flow +
                R"("},"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":)"
                R"({"response_json":"{\"flow_token\":\"t\"}","body":"Sent","name":"flow"}}})");
  Post(shop.account.id + "/message_templates",
       R"({"name":"visit","language":"en","category":"UTILITY","components":[)"
       R"({"type":"BODY","text":"Coming?"},)"
       R"({"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Fine"}]}]})");
  Run();
  SendTo(kAnn, R"("type":"template","template":{"name":"visit","language":{"code":"en"},)"
               R"("components":[{"type":"button","sub_type":"quick_reply","index":"0",)"
               R"("parameters":[{"type":"payload","payload":"P1"}]}]})");
  const std::string used = LastWamid();
  Run();
  EXPECT_EQ(HeardOf(net::ButtonReplyContent{"P1", "Fine"}, used),
            R"({"context":{"from":"15550100","id":")" + used +
                R"("},"type":"button","button":{"payload":"P1","text":"Fine"}})");
}

TEST_F(IncomingTest, SaysWhatItDoesNotUnderstand) {
  net::PollContent poll;
  poll.question = "When?";
  poll.options = {"Now", "Later"};
  EXPECT_EQ(
      HeardOf(poll),
      R"({"type":"unsupported","errors":[{"code":131051,"title":"Message type unknown",)"
      R"("message":"Message type unknown","error_data":{"details":"Message type is currently )"
      R"(not supported."}}]})");
}

TEST_F(IncomingTest, EchoesWhatTheBusinessTypesOnItsPhone) {
  world.Type(kShop, kAnn, "from the phone");
  Run();
  ASSERT_EQ(Changes().size(), 1u);
  const base::json::object change = Changes()[0];
  EXPECT_EQ(base::FindText(change, "field"), "smb_message_echoes");
  const base::json::object echo = change.at("value").at("message_echoes").as_array()[0].as_object();
  EXPECT_EQ(base::FindText(echo, "from"), kShop);
  EXPECT_EQ(base::FindText(echo, "to"), kAnn);
  EXPECT_EQ(base::ToText(echo.at("text")), R"({"body":"from the phone"})");
}

TEST_F(IncomingTest, TellsOfTemplatesThatWereReviewed) {
  Post(shop.account.id + "/message_templates",
       R"({"name":"visit","language":"en","category":"UTILITY","components":[)"
       R"({"type":"BODY","text":"Coming?"}]})");
  const std::string id(base::FindText(last, "id"));
  EXPECT_EQ(base::FindText(last, "status"), "PENDING");
  Run();
  ASSERT_TRUE(world.network->ReviewTemplate(kShop, "visit", "en", net::TemplateStatus::kRejected,
                                            "ABUSIVE_CONTENT"));
  Run();
  ASSERT_EQ(Changes().size(), 2u);
  EXPECT_EQ(base::ToText(Changes()[0]),
            R"({"value":{"event":"APPROVED","message_template_id":)" + id +
                R"(,"message_template_name":"visit","message_template_language":"en",)"
                R"("message_template_category":"UTILITY","reason":"NONE"},)"
                R"("field":"message_template_status_update"})");
  EXPECT_EQ(base::FindText(Changes()[1].at("value").as_object(), "reason"), "ABUSIVE_CONTENT");
}

TEST_F(IncomingTest, TellsOfWhatTheNetworkCannotCarry) {
  const auto message = base::ParseJson(R"({"type":"order","order":{"catalog_id":"1"}})");
  const auto id = front->Receive(shop.number.id, kAnn, message->as_object());
  ASSERT_TRUE(id);
  ASSERT_TRUE(front->Tell(shop.number.id, "account_alerts", base::json::object()));
  Run();
  const base::json::object heard = Messages()[0];
  EXPECT_EQ(base::ToText(heard), R"({"from":"15550001","id":")" + *id +
                                     R"(","timestamp":"1700000000","type":"order","order":)"
                                     R"({"catalog_id":"1"}})");
  EXPECT_EQ(base::FindText(Changes()[1], "field"), "account_alerts");
}

}  // namespace
}  // namespace parley::sim::graph
