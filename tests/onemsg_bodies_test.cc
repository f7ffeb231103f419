// 1MSG takes the body of every POST as JSON, as a form and as multipart: each of its routes is
// called with all three, and does and answers the same.
//
// A new POST route needs a row in kCalls; the test fails until it has one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/onemsg/dialect.h"
#include "base/json.h"
#include "http/forms.h"
#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

namespace json = base::json;

constexpr char kPerson[] = "15550100";
constexpr char kPicture[] = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAA=";

// What of each call is new every time: {tag} a word, {message} an incoming message, {media} an
// upload, {gone} a template that may be removed. {picture} is a file.
struct PostCall {
  const char* route;
  const char* body;
};
constexpr PostCall kCalls[] = {
    {"/me", R"({"about": "{tag}", "websites": ["https://shop.test", "https://{tag}.test"]})"},
    {"/commerce", R"({"params": {"is_cart_enabled": false, "is_catalog_visible": true}})"},
    {"/readMessage", R"({"messageId": "{message}", "typingIndicator": true})"},
    {"/addTemplate",
     R"({"name": "new_{tag}", "category": "UTILITY", "language": "en",
         "components": [{"type": "BODY", "text": "At {{1}}?"}]})"},
    {"/removeTemplate", R"({"name": "{gone}"})"},
    {"/sendTemplate",
     R"({"phone": 15550100, "template": "visit", "namespace": "",
         "language": {"policy": "deterministic", "code": "en"},
         "params": [{"type": "body", "parameters": [{"type": "text", "text": "{tag}"}]}]})"},
    {"/settings", R"({"ackNotificationsOn": true, "webhookUrl": "https://hooks.test/{tag}"})"},
    {"/webhook", R"({"webhookUrl": ["https://hooks.test/1{tag}", "https://hooks.test/2{tag}"]})"},
    {"/sendMessage",
     R"({"phone": 15550100, "body": "{tag}", "quotedMsgId": "{message}",
         "mentionedPhones": ["15550100"]})"},
    {"/sendFile",
     R"({"phone": 15550100, "body": "{picture}", "filename": "a.png", "caption": "{tag}"})"},
    {"/sendLocation", R"({"phone": 15550100, "lat": 45.5, "lng": "-73.9", "name": "{tag}"})"},
    {"/sendContact",
     R"({"phone": 15550100,
         "contacts": [{"name": {"formatted_name": "{tag}", "first_name": "{tag}"}}]})"},
    {"/sendReaction", R"({"phone": 15550100, "body": "👍", "quotedMsgId": "{message}"})"},
    {"/sendList",
     R"({"phone": 15550100, "body": "{tag}", "action": "Open",
         "sections": [{"rows": [{"id": "1", "title": "One"}, {"id": "2", "title": "Two"}]}]})"},
    {"/sendButton",
     R"({"phone": 15550100, "body": "{tag}", "header": {"type": "text", "text": "Hi"},
         "sections": [{"type": "reply", "reply": {"id": "1", "title": "One"}}]})"},
    {"/sendLocationRequest", R"({"phone": 15550100, "body": "{tag}"})"},
    {"/sendProduct",
     R"({"phone": 15550100, "action": {"catalog_id": "c1", "product_retailer_id": "{tag}"}})"},
    {"/uploadMedia", R"({"body": "{picture}"})"},
    {"/deleteMedia", R"({"mediaId": "{media}"})"},
};

// A member as text, which is what a form has: lists and objects as JSON.
std::string TextOf(const json::value& value) {
  if (!value.is_string()) return base::ToText(value);
  return std::string(value.get_string().data(), value.get_string().size());
}

void AsJson(const json::object& members, http::Request& request) {
  request.headers.Set("Content-Type", "application/json");
  request.body = base::ToText(members);
}
void AsForm(const json::object& members, http::Request& request) {
  request.headers.Set("Content-Type", "application/x-www-form-urlencoded");
  for (const auto& member : members)
    request.body += (request.body.empty() ? "" : "&") + std::string(member.key()) + "=" +
                    http::PercentEncode(TextOf(member.value()));
}
void AsMultipart(const json::object& members, http::Request& request) {
  request.headers.Set("Content-Type", "multipart/form-data; boundary=edge");
  for (const auto& member : members)
    request.body += "--edge\r\nContent-Disposition: form-data; name=\"" +
                    std::string(member.key()) + "\"\r\n\r\n" + TextOf(member.value()) + "\r\n";
  request.body += "--edge--\r\n";
}

struct BodyType {
  const char* tag;
  void (*write)(const json::object& members, http::Request& request);
};
constexpr BodyType kBodyTypes[] = {{"json", &AsJson}, {"form", &AsForm}, {"multi", &AsMultipart}};

class OneMsgBodies : public ::testing::Test {
 protected:
  OneMsgBodies() : shop_(world_.MakeChannel("shop", "15550112", "business", std::nullopt)) {
    Sim("/people", R"({"number": "15550100", "name": "Bob"})");
    AddTemplate("visit");
    for (const BodyType& type : kBodyTypes) AddTemplate(std::string("gone_") + type.tag);
    Sim("/people/15550100/send", R"({"to": "15550112", "kind": "text", "text": "Are you open?"})");
    world_.Pass(std::chrono::seconds(6));
    // The history tells the incoming message's id.
    core::ChannelChange change;
    change.settings = [](core::ChannelSettings& settings) { settings.history_enabled = true; };
    const auto changed = world_.Await(
        world_.core().channels.Change(shop_.account.row, shop_.channel.row, std::move(change)));
    EXPECT_TRUE(changed);
    http::Request request;
    request.target = "/messages?token=" + shop_.onemsg_token;
    const json::value list = Parsed(world_.Call(std::move(request)));
    const json::array& messages = list.at("messages").as_array();
    EXPECT_EQ(messages.size(), 1u);
    if (!messages.empty()) message_ = TextOf(messages[0].at("id"));
  }

  http::Response Post(std::string_view route, const json::object& members, const BodyType& type) {
    http::Request request;
    request.method = http::Method::kPost;
    request.target = std::string(route) + "?token=" + shop_.onemsg_token;
    type.write(members, request);
    return world_.Call(std::move(request));
  }

  // The call's body with its marks filled in.
  json::object Members(const PostCall& call, const BodyType& type) {
    std::string text = call.body;
    const auto fill = [&text](std::string_view mark, std::string_view with) {
      for (std::size_t at; (at = text.find(mark)) != std::string::npos;)
        text.replace(at, mark.size(), with);
    };
    fill("{tag}", type.tag);
    fill("{gone}", std::string("gone_") + type.tag);
    fill("{message}", message_);
    fill("{picture}", kPicture);
    if (text.find("{media}") != std::string::npos) fill("{media}", Upload());
    return base::ParseJson(text).value().as_object();
  }

  static json::value Parsed(const http::Response& response) {
    return base::ParseJson(response.text()).value();
  }

 private:
  void Sim(const char* target, const char* body) {
    http::Request request;
    request.method = http::Method::kPost;
    request.target = target;
    request.headers.Set("Content-Type", "application/json");
    request.body = body;
    EXPECT_EQ(world_.CallSim(std::move(request)).status, 201) << target;
  }

  void AddTemplate(const std::string& name) {
    json::object members = base::ParseJson(kCalls[3].body).value().as_object();
    members["name"] = base::JsonView(name);
    EXPECT_EQ(Post("/addTemplate", members, kBodyTypes[0]).status, 200);
  }

  std::string Upload() {
    json::object members;
    members["body"] = kPicture;
    return TextOf(Parsed(Post("/uploadMedia", members, kBodyTypes[0])).at("mediaId"));
  }

  VirtualWorld world_{1};
  const VirtualWorld::ChannelKeys shop_;
  std::string message_;
};

// An answer without what is new in each.
std::string WithoutNews(const json::value& answer, const BodyType& type) {
  json::value rest = answer;
  for (const char* name : {"id", "mediaId"})
    if (rest.is_object()) rest.get_object().erase(name);
  std::string text = base::ToText(rest);
  for (std::size_t at; (at = text.find(type.tag)) != std::string::npos;)
    text.replace(at, std::string_view(type.tag).size(), "<tag>");
  return text;
}

TEST_F(OneMsgBodies, EveryPostTakesAllThree) {
  std::vector<std::string> called;
  for (const PostCall& call : kCalls) {
    SCOPED_TRACE(call.route);
    called.emplace_back(call.route);
    std::string first;
    for (const BodyType& type : kBodyTypes) {
      SCOPED_TRACE(type.tag);
      const http::Response response = Post(call.route, Members(call, type), type);
      ASSERT_EQ(response.status, 200) << response.text();
      const json::value answer = Parsed(response);
      if (const json::value* sent = base::Find(answer.as_object(), "sent")) {
        EXPECT_TRUE(sent->as_bool());
      }
      const std::string rest = WithoutNews(answer, type);
      if (first.empty()) first = rest;
      EXPECT_EQ(rest, first);
    }
  }
  std::vector<std::string> routes;
  for (const api::onemsg::Row& row : api::onemsg::Routes())
    if (row.spec.method == http::Method::kPost) routes.emplace_back(row.spec.pattern);
  EXPECT_THAT(called, ::testing::UnorderedElementsAreArray(routes));
}

}  // namespace
}  // namespace parley::testing
