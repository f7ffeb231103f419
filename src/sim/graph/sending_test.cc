// What can be sent, and what arrives of it.
#include "base/digest.h"
#include "base/encoding.h"
#include "sim/graph/ids.h"
#include "sim/graph/test_graph.h"

namespace parley::sim::graph {
namespace {

using net::kAnn;

class SendingTest : public GraphTest {
 protected:
  SendingTest() {
    Greet();
    Number number = shop.number;
    number.pair_limit = false;
    EXPECT_TRUE(front->ChangeNumber(number));
  }

  // What arrived last at Ann's phone, as the network's JSON.
  std::string Arrived() {
    Run();
    const auto inbox = world.network->ListInbox(kAnn, 0, net::kMaxPage);
    if (inbox->empty()) return "";
    std::string text;
    AppendJsonForm(text, inbox->back().message.content);
    return text;
  }
  net::Content ArrivedContent() {
    Run();
    return world.network->ListInbox(kAnn, 0, net::kMaxPage)->back().message.content;
  }
  std::string Interactive(const std::string& more) {
    return SendTo(kAnn, R"("type":"interactive","interactive":{)" + more + "}");
  }
  std::string Upload(const std::string& type, const std::string& bytes) {
    const std::string body =
        "--x\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n"
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n"
        "Content-Type: " +
        type + "\r\n\r\n" + bytes + "\r\n--x--\r\n";
    Do(http::Method::kPost, shop.number.id + "/media", body, "multipart/form-data; boundary=x");
    return std::string(base::FindText(last, "id"));
  }
  // "200" and the bytes of a URL that the API gave.
  std::string Download(const std::string& url) {
    http::Request request;
    request.target = url.substr(url.find("/graph/"));
    request.headers.Set("Authorization", "Bearer " + token);
    auto kept = std::make_shared<std::optional<http::Response>>();
    world.scheduler.Spawn("request", KeepAnswer(front.get(), std::move(request), kept));
    world.scheduler.RunReady();
    return std::to_string((*kept)->status) + " " + std::string((*kept)->text()).substr(0, 100);
  }
};

TEST_F(SendingTest, SendsMediaThatWasUploaded) {
  const std::string id = Upload("image/png", "pixels");
  ASSERT_TRUE(IsNodeId(id));
  SendTo(kAnn, R"("type":"image","image":{"id":")" + id + R"(","caption":"Look"})");
  EXPECT_EQ(LastError(), "");
  const auto content = std::get<net::MediaContent>(ArrivedContent());
  EXPECT_EQ(content.caption, "Look");
  EXPECT_EQ(content.media.mime_type, "image/png");
  EXPECT_EQ(*world.media->Open(content.media.sha256)->bytes, "pixels");
  SendTo(kAnn, R"("type":"image","image":{"id":"123"})");
  EXPECT_EQ(LastError(), "131009");
  SendTo(kAnn, R"("type":"image","image":{"id":"123","link":"http://a.test/b"})");
  EXPECT_EQ(LastError(), "100");
  SendTo(kAnn, R"("type":"sticker","sticker":{"id":"123","caption":"no"})");
  EXPECT_EQ(LastError(), "100");
}

TEST_F(SendingTest, ShowsDownloadsAndDeletesMedia) {
  const std::string id = Upload("application/pdf; charset=x", "%PDF");
  Get(id);
  EXPECT_EQ(base::FindText(last, "mime_type"), "application/pdf");
  EXPECT_EQ(base::FindText(last, "sha256"), base::ToHexText(base::AsText(base::Sha256("%PDF"))));
  EXPECT_EQ(base::ToText(last.at("file_size")), "4");
  const std::string url(base::FindText(last, "url"));
  EXPECT_TRUE(url.starts_with("http://127.0.0.1:9000/graph/media/" + id + "?"));
  EXPECT_EQ(Download(url), "200 %PDF");
  EXPECT_TRUE(Download(url + "0").starts_with("404 "));
  EXPECT_TRUE(Get(id + "?phone_number_id=1").starts_with("400 "));
  token = "";
  EXPECT_TRUE(Download(url).starts_with("401 "));
  token = shop.token;
  Run(std::chrono::minutes(6));
  EXPECT_TRUE(Download(url).starts_with("404 "));
  EXPECT_EQ(Do(http::Method::kDelete, id), R"(200 {"success":true})");
  EXPECT_TRUE(Get(id).starts_with("400 "));
  EXPECT_EQ(Upload("application/zip", "PK"), "");
  EXPECT_EQ(LastError(), "100");
  EXPECT_EQ(Upload("image/png", std::string((5 << 20) + 1, 'x')), "");
}

TEST_F(SendingTest, FetchesLinksAndTellsLaterWhenThatFails) {
  app->files["http://files.test/a/b.pdf?c=d"] = {"application/pdf", "%PDF"};
  app->files["http://files.test/big.png"] = {"image/png", std::string((5 << 20) + 1, 'x')};
  app->files["http://files.test/a.exe"] = {"application/x-dosexec", "MZ"};
  SendTo(kAnn, R"("type":"document","document":{"link":"http://files.test/a/b.pdf?c=d"})");
  EXPECT_EQ(std::get<net::MediaContent>(ArrivedContent()).media.file_name, "b.pdf");
  app->posts.clear();
  std::vector<std::string> failed;
  for (const char* link :
       {"http://files.test/big.png", "http://files.test/a.exe", "http://files.test/none.png"}) {
    EXPECT_TRUE(SendTo(kAnn, R"("type":"image","image":{"link":")" + std::string(link) + "\"}")
                    .starts_with("200 "));
    failed.push_back("failed " + LastWamid() + " 131053");
  }
  Run();
  EXPECT_EQ(Statuses(), failed);
}

TEST_F(SendingTest, SendsVoiceLocationContactsAndReactions) {
  const std::string id = Upload("audio/ogg", "OggS");
  SendTo(kAnn, R"("type":"audio","audio":{"id":")" + id + R"(","voice":true})");
  EXPECT_TRUE(net::IsVoice(ArrivedContent()));
  SendTo(kAnn, R"("type":"location","location":{"latitude":"1.5","longitude":-2,"name":"A",)"
               R"("address":"B"})");
  EXPECT_EQ(Arrived(),
            R"({"kind":"location","latitude":1.5,"longitude":-2.0,"name":"A","address":"B"})");
  SendTo(kAnn, R"("type":"location","location":{"latitude":91,"longitude":0})");
  EXPECT_EQ(LastError(), "100");
  SendTo(kAnn, R"("type":"contacts","contacts":[{"name":{"formatted_name":"Bo B","first_name":)"
               R"("Bo"},"phones":[{"phone":"+1 5","type":"HOME","wa_id":"15"}]}])");
  EXPECT_EQ(Arrived(), R"({"kind":"contacts","cards":[{"formatted_name":"Bo B","first_name":"Bo",)"
                       R"("phones":[{"phone":"+1 5","type":"HOME","wa_id":"15"}]}]})");
  SendTo(kAnn, R"("type":"contacts","contacts":[{"name":{"formatted_name":"Bo B"}}])");
  EXPECT_EQ(LastError(), "131009");
  SendTo(kAnn, R"("type":"contacts","contacts":[{"name":{"formatted_name":"B","first_name":"B"},)"
               R"("pets":[]}])");
  EXPECT_EQ(LastError(), "100");
  const std::string greeting = world.Type(kAnn, kShop, "react to this");
  Run();
  const std::string wamid(base::FindText(Messages().back(), "id"));
  SendTo(kAnn, R"("type":"reaction","reaction":{"message_id":")" + wamid + R"(","emoji":"👍"})");
  EXPECT_EQ(LastError(), "");
  Run();
  EXPECT_EQ(world.network->ListOutbox(kAnn, 0, 9)->back().marks.reactions.size(), 1u);
  SendTo(kAnn, R"("type":"reaction","reaction":{"message_id":"wamid.x","emoji":"👍"})");
  EXPECT_EQ(LastError(), "131009");
}

TEST_F(SendingTest, SendsListsButtonsAndProducts) {
  Interactive(R"("type":"list","header":{"type":"text","text":"H"},"body":{"text":"B"},)"
              R"("footer":{"text":"F"},"action":{"button":"Go","sections":[{"title":"S","rows":)"
              R"([{"id":"r1","title":"One","description":"D"}]}]})");
  EXPECT_EQ(Arrived(), R"({"kind":"list","body":"B","button":"Go","sections":[{"title":"S",)"
                       R"("rows":[{"id":"r1","title":"One","description":"D"}]}],"header":"H",)"
                       R"("footer":"F"})");
  const std::string id = Upload("image/jpeg", "jpeg");
  Interactive(R"("type":"button","header":{"type":"image","image":{"id":")" + id +
              R"("}},"body":{"text":"B"},"action":{"buttons":[{"type":"reply","reply":)"
              R"({"id":"y","title":"Yes"}}]})");
  EXPECT_EQ(std::get<net::ButtonsContent>(ArrivedContent()).media->mime_type, "image/jpeg");
  Interactive(R"("type":"cta_url","header":{"type":"image","image":{"id":")" + id +
              R"("}},"body":{"text":"B"},"action":{"name":"cta_url","parameters":)"
              R"({"display_text":"Look","url":"https://a.test/b"}})");
  const auto link = std::get<net::CtaUrlContent>(ArrivedContent());
  EXPECT_EQ(link.url, "https://a.test/b");
  EXPECT_EQ(link.media->mime_type, "image/jpeg");
  Interactive(R"("type":"flow","header":{"type":"text","text":"H"},"body":{"text":"B"},"footer":)"
              R"({"text":"F"},"action":{"name":"flow","parameters":{"flow_message_version":"3",)"
              R"("flow_name":"n","flow_cta":"Go","mode":"draft","flow_action":"navigate",)"
              R"("flow_action_payload":{"screen":"A","data":{"a":[1]}}}})");
  EXPECT_EQ(Arrived(), R"({"kind":"flow","body":"B","button":"Go","flow_name":"n",)"
                       R"("token":"unused","draft":true,"screen":"A","data":"{\"a\":[1]}",)"
                       R"("header_text":"H","footer":"F"})");
  Interactive(R"("type":"location_request_message","body":{"text":"Where?"},)"
              R"("action":{"name":"send_location"})");
  EXPECT_EQ(Arrived(), R"({"kind":"location_request","body":"Where?"})");
  Interactive(R"("type":"product","body":{"text":"B"},"action":{"catalog_id":"c",)"
              R"("product_retailer_id":"p"})");
  EXPECT_EQ(Arrived(), R"({"kind":"product","catalog_id":"c","product":"p","body":"B"})");
  Interactive(R"("type":"product_list","header":{"type":"text","text":"H"},"body":{"text":"B"},)"
              R"("action":{"catalog_id":"c","sections":[{"title":"S","product_items":)"
              R"([{"product_retailer_id":"p"}]}]})");
  EXPECT_EQ(Arrived(), R"({"kind":"product","catalog_id":"c","sections":[{"title":"S",)"
                       R"("products":["p"]}],"header":"H","body":"B"})");
  Interactive(R"("type":"catalog_message","body":{"text":"All"},"action":{"name":)"
              R"("catalog_message","parameters":{"thumbnail_product_retailer_id":"p"}})");
  EXPECT_EQ(std::get<net::ProductContent>(ArrivedContent()).body, "All");
}

TEST_F(SendingTest, RefusesInteractivesThatAreWrong) {
  struct {
    const char* more;
    const char* error;
  } const cases[] = {
      {R"("type":"button","body":{"text":"B"},"action":{"buttons":[]})", "100"},
      {R"("type":"button","body":{"text":"B"},"action":{"buttons":[{"type":"reply","reply":)"
       R"({"id":"1","title":"Longer than 20 letters"}}]})",
       "100"},
      {R"("type":"list","action":{"button":"Go","sections":[]})", "100"},
      {R"("type":"list","body":{"text":"B"},"action":{"button":"G","sections":[{"rows":[{"id":"1",)"
       R"("title":"t"}]}],"more":1})",
       "100"},
      {R"("type":"list","body":{"text":"B"},"action":{"button":"G","sections":[{"rows":[{"id":"1",)"
       R"("title":"t"},{"id":"1","title":"u"}]}]})",
       "131009"},
      {R"("type":"flow","body":{"text":"B"},"action":{"name":"flow"})", "100"},
      {R"("type":"cta_url","body":{"text":"B"},"action":{"name":"cta_url","parameters":)"
       R"({"display_text":"Go","url":"nowhere"}})",
       "131009"},
      {R"("type":"cta_url","action":{"name":"cta_url","parameters":)"
       R"({"display_text":"Go","url":"https://a.test"}})",
       "100"},
      {R"("type":"order_status","body":{"text":"B"},"action":{"name":"review_order"})", "131051"},
      {R"("type":"dance","body":{"text":"B"},"action":{"name":"flow"})", "131009"},
  };
  for (const auto& row : cases) {
    Interactive(row.more);
    EXPECT_EQ(LastError(), row.error) << row.more;
  }
}

TEST_F(SendingTest, RefusesFormsThatAreWrong) {
  struct {
    const char* parameters;
    const char* error;
  } const cases[] = {
      {R"("flow_id":"7","flow_action_payload":{"screen":"A"})", ""},
      {R"("flow_id":"7","flow_action":"data_exchange")", ""},
      {R"("flow_action_payload":{"screen":"A"})", "100"},
      {R"("flow_id":"7","flow_name":"n","flow_action_payload":{"screen":"A"})", "100"},
      {R"("flow_id":"7")", "100"},
      {R"("flow_id":"7","flow_action":"data_exchange","flow_action_payload":{"screen":"A"})",
       "100"},
      {R"("flow_id":"7","flow_action_payload":{"screen":"A","data":{}})", "100"},
      {R"("flow_id":"7","flow_action_payload":{"data":{"a":1}})", "100"},
      {R"("flow_id":"7","mode":"secret","flow_action_payload":{"screen":"A"})", "100"},
      {R"("flow_id":"7","more":1,"flow_action_payload":{"screen":"A"})", "100"},
  };
  for (const auto& row : cases) {
    Interactive(R"("type":"flow","body":{"text":"B"},"action":{"name":"flow","parameters":)"
                R"({"flow_message_version":"3","flow_cta":"Go",)" +
                std::string(row.parameters) + "}}");
    EXPECT_EQ(LastError(), row.error) << row.parameters;
  }
  Interactive(R"("type":"flow","body":{"text":"B"},"action":{"name":"flow","parameters":)"
              R"({"flow_message_version":"2","flow_cta":"Go","flow_id":"7",)"
              R"("flow_action":"data_exchange"}})");
  EXPECT_EQ(LastError(), "100");
}

TEST_F(SendingTest, SendsTemplatesOutsideTheWindow) {
  Post(shop.account.id + "/message_templates",
       R"({"name":"visit","language":"en","category":"UTILITY","components":[)"
       R"({"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"See you at {{1}}"},)"
       R"({"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Fine"}]}]})");
  EXPECT_EQ(LastError(), "");
  Run(std::chrono::hours(25));
  const std::string id = Upload("image/png", "pixels");
  const std::string used =
      R"("type":"template","template":{"name":"visit","language":{"code":"en"},"components":[)"
      R"({"type":"header","parameters":[{"type":"image","image":{"id":")" +
      id + R"("}}]},{"type":"body","parameters":[{"type":"text","text":"noon"}]}]})";
  EXPECT_TRUE(SendTo(kAnn, used).starts_with("200 "));
  EXPECT_NE(base::ToText(last).find(R"("message_status":"accepted")"), std::string::npos);
  app->posts.clear();
  const auto content = std::get<net::TemplateContent>(ArrivedContent());
  EXPECT_EQ(content.body, "See you at noon");
  EXPECT_EQ(content.media->mime_type, "image/png");
  const base::json::object status =
      Changes()[0].at("value").at("statuses").as_array()[0].as_object();
  EXPECT_EQ(base::ToText(status.at("pricing")),
            R"({"billable":true,"pricing_model":"PMP","category":"utility","type":"regular"})");
  SendTo(kAnn, R"("type":"template","template":{"name":"none","language":{"code":"en"}})");
  EXPECT_EQ(LastError(), "132001");
  SendTo(kAnn, R"("type":"template","template":{"name":"visit","language":{"code":"en"}})");
  EXPECT_EQ(LastError(), "132000");
  ASSERT_TRUE(
      world.network->ReviewTemplate(kShop, "visit", "en", net::TemplateStatus::kPaused, ""));
  SendTo(kAnn, used);
  EXPECT_EQ(LastError(), "132015");
}

TEST_F(SendingTest, SendsOffersAndCodes) {
  Post(
      shop.account.id + "/message_templates",
      R"({"name":"offer","language":"en","category":"MARKETING","components":[)"
      R"({"type":"limited_time_offer","limited_time_offer":{"text":"Today","has_expiration":true}},)"
      R"({"type":"body","text":"Cheap"},{"type":"buttons","buttons":[{"type":"copy_code",)"
      R"("example":"ABC"},{"type":"url","text":"Shop","url":"https://shop.test/{{1}}"}]}]})");
  EXPECT_EQ(LastError(), "") << base::ToText(last);
  Post(shop.account.id + "/message_templates",
       R"({"name":"code","language":"en","category":"AUTHENTICATION","components":[)"
       R"({"type":"BODY"},{"type":"BUTTONS","buttons":[{"type":"OTP","otp_type":"COPY_CODE"}]}]})");
  EXPECT_EQ(LastError(), "") << base::ToText(last);
  Run();
  const auto offer = [](const std::string& ends) {
    return R"("type":"template","template":{"name":"offer","language":{"code":"en"},)"
           R"("components":[)" +
           ends +
           R"({"type":"button","sub_type":"copy_code","index":0,"parameters":[{"type":)"
           R"("coupon_code","coupon_code":"ABC"}]},{"type":"button","sub_type":"url","index":1,)"
           R"("parameters":[{"type":"text","text":"x"}]}]})";
  };
  SendTo(kAnn, offer(R"({"type":"limited_time_offer","parameters":[{"type":"limited_time_offer",)"
                     R"("limited_time_offer":{"expiration_time_ms":1700003600000}}]},)"));
  EXPECT_EQ(LastError(), "") << base::ToText(last);
  SendTo(kAnn, offer(""));
  EXPECT_EQ(LastError(), "132000");
  SendTo(kAnn, R"("type":"template","template":{"name":"code","language":{"code":"en"},)"
               R"("components":[{"type":"button","sub_type":"url","index":"0","parameters":)"
               R"([{"type":"text","text":"123456"}]}]})");
  EXPECT_EQ(LastError(), "") << base::ToText(last);
  Run();
  EXPECT_EQ(world.network->ListInbox(kAnn, 0, 9)->size(), 2u);
}

TEST_F(SendingTest, PutsTheFilesOfACarouselIntoItsCards) {
  const std::string card =
      R"({"components":[{"type":"HEADER","format":"IMAGE"},{"type":"BODY","text":"Card"},)"
      R"({"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Take"}]}]})";
  Post(shop.account.id + "/message_templates",
       R"({"name":"cards","language":"en","category":"MARKETING","components":[)"
       R"({"type":"BODY","text":"Look"},{"type":"CAROUSEL","cards":[)" +
           card + "," + card + R"(]}]})");
  EXPECT_EQ(LastError(), "") << base::ToText(last);
  Run();
  const std::string one = Upload("image/png", "one"), two = Upload("image/png", "two");
  const auto header = [](const std::string& id, int index) {
    return R"({"card_index":)" + std::to_string(index) +
           R"(,"components":[{"type":"header","parameters":[{"type":"image","image":{"id":")" + id +
           R"("}}]}]})";
  };
  SendTo(kAnn, R"("type":"template","template":{"name":"cards","language":{"code":"en"},)"
               R"("components":[{"type":"carousel","cards":[)" +
                   header(two, 1) + "," + header(one, 0) + "]}]}");
  EXPECT_EQ(LastError(), "") << base::ToText(last);
  const auto content = std::get<net::TemplateContent>(ArrivedContent());
  ASSERT_EQ(content.card_media.size(), 2u);
  EXPECT_EQ(content.card_media[0].card, 1);
  EXPECT_EQ(*world.media->Open(content.card_media[0].media.sha256)->bytes, "two");
}

}  // namespace
}  // namespace parley::sim::graph
