#include "sim/control/control.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.h"
#include "base/json.h"
#include "sim/network/test_world.h"

namespace parley::sim::control {
namespace {

using http::Method;
using network::kAnn;
using network::kBob;
using network::kTestStart;
using network::TestDevice;
using network::TestWorld;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

base::Task<> Keep(http::Service& service, http::Request request,
                  std::shared_ptr<std::optional<http::Response>> kept) {
  http::Response response = co_await service.Handle(std::move(request));
  *kept = std::move(response);
}

class ControlTest : public testing::Test {
 protected:
  using Pending = std::shared_ptr<std::optional<http::Response>>;

  Pending Start(Method method, std::string target, std::string body = "") {
    http::Request request;
    request.method = method;
    request.target = std::move(target);
    request.body = std::move(body);
    request.headers.Set("Host", "127.0.0.1:9000");
    return Start(std::move(request));
  }
  Pending Start(http::Request request) {
    auto kept = std::make_shared<std::optional<http::Response>>();
    world.scheduler.Spawn("request", Keep(*control, std::move(request), kept));
    world.scheduler.RunReady();
    return kept;
  }

  // "200 {...}" of a request that is answered at once.
  std::string Do(Method method, std::string target, std::string body = "") {
    return Text(Start(method, std::move(target), std::move(body)));
  }
  std::string Get(std::string target) { return Do(Method::kGet, std::move(target)); }
  std::string Post(std::string target, std::string body) {
    return Do(Method::kPost, std::move(target), std::move(body));
  }
  static std::string Text(const Pending& pending) {
    if (!*pending) return "pending";
    const std::string text((*pending)->text());
    return std::to_string((*pending)->status) + (text.empty() ? "" : " " + text);
  }

  TestWorld world;
  std::unique_ptr<http::Service> control = MakeControl(world.scheduler, *world.network);
};

// ------------------------------------------------------------------------------ fixed by contract

TEST_F(ControlTest, APersonSendsAndTheOtherFindsItInTheInbox) {
  EXPECT_EQ(Post("/people", R"({"number": "15550009", "name": "Zoe"})").substr(0, 4), "201 ");
  const std::string sent =
      Post("/people/+15550009/send", R"({"to": "+15550001", "kind": "text", "text": "hi"})");
  EXPECT_THAT(sent, StartsWith("201 {\"id\":\"3EB0"));
  const std::string id = sent.substr(sent.find("3EB0"), 24);
  EXPECT_EQ(sent, "201 {\"id\":\"" + id + "\",\"seq\":1,\"timestamp\":1700000000}");
  EXPECT_EQ(Get("/people/15550001/inbox"), "200 {\"messages\":[]}");
  world.Run();
  EXPECT_EQ(Get("/people/15550001/inbox"),
            "200 {\"messages\":[{\"seq\":1,\"id\":\"" + id +
                "\",\"from\":\"+15550009\",\"kind\":\"text\",\"text\":\"hi\","
                "\"timestamp\":1700000000,\"content\":{\"kind\":\"text\",\"body\":\"hi\"}}]}");
}

TEST_F(ControlTest, TheInboxIsReadInPagesAfterASeq) {
  for (const char* text : {"one", "two", "three"}) world.Type(kAnn, kBob, text);
  world.Run();
  EXPECT_THAT(Get("/people/15550002/inbox?after=2"), StartsWith("200 {\"messages\":[{\"seq\":3,"));
  EXPECT_EQ(Get("/people/+15550002/inbox?after=3"), "200 {\"messages\":[]}");
  EXPECT_EQ(Get("/people/15550002/inbox?after=99"), "200 {\"messages\":[]}");
  const std::string page = Get("/people/15550002/inbox?after=0&limit=2");
  EXPECT_THAT(page, HasSubstr("\"text\":\"two\""));
  EXPECT_THAT(page, testing::Not(HasSubstr("three")));
  EXPECT_THAT(Get("/people/15550002/inbox?limit=1001"),
              HasSubstr(R"("fields":[{"path":"limit","message":"Must be from 1 to 1000"}])"));
  EXPECT_THAT(Get("/people/15550002/inbox?after=x"), StartsWith("422 "));
}

TEST_F(ControlTest, MediaIsSentAsBase64AndFetchedByItsUrl) {
  const std::string body = R"({"to": "15550002", "kind": "image", "text": "look",
      "media": {"data": "YWJj", "mime_type": "image/png", "file_name": "a.png"}})";
  EXPECT_THAT(Post("/people/15550001/send", body), StartsWith("201 "));
  world.Run();
  const std::string sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  EXPECT_THAT(
      Get("/people/15550002/inbox"),
      HasSubstr(R"("kind":"image","text":"look","timestamp":1700000000,)"
                R"("media":{"url":"http://127.0.0.1:9000/media/)" +
                sha256 + R"(","mime_type":"image/png","size":3,"file_name":"a.png","sha256":")" +
                sha256 + "\"}"));
  const Pending media = Start(Method::kGet, "/media/" + sha256);
  EXPECT_EQ(Text(media), "200 abc");
  EXPECT_EQ((*media)->headers.Get("Content-Type"), "application/octet-stream");
  EXPECT_THAT(Get("/media/" + std::string(64, '0')), StartsWith("404 "));
  EXPECT_THAT(Get("/media/..%2Fnetwork.log"), StartsWith("404 "));
}

TEST_F(ControlTest, APersonIsCreatedOnce) {
  EXPECT_EQ(Post("/people", R"({"number": "+4915112345678", "name": "Zoe", "lid": "77001",
                 "username": "zoe", "platform": "iphone", "is_business": true,
                 "verified_name": "Zoe's", "verified_level": 1, "description": "Shoes",
                 "picture": "YWJj", "picture_hidden": true, "online": false})"),
            R"(201 {"number":"+4915112345678","name":"Zoe","lid":"77001","username":"zoe",)"
            R"("picture":"http://127.0.0.1:9000/media/)"
            R"(ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",)"
            R"("picture_hidden":true,"platform":"iphone","is_business":true,)"
            R"("verified_name":"Zoe's","verified_level":1,"description":"Shoes",)"
            R"("about_hidden":false,"group_add":"everyone","online":false})");
  EXPECT_EQ(
      Post("/people", R"({"number": "4915112345678", "name": "Again"})"),
      R"(409 {"error":{"code":"already_exists","message":"The number belongs to somebody else"}})");
}

// ------------------------------------------------------------------------------------------ people

TEST_F(ControlTest, PeopleAreListedShownAndChanged) {
  EXPECT_THAT(Get("/people?limit=1"), HasSubstr(R"({"people":[{"number":"+15550001")"));
  EXPECT_THAT(Get("/people?after=%2B15550001&limit=1"), HasSubstr(R"("number":"+15550002")"));
  EXPECT_THAT(Get("/people?after=x"), StartsWith("422 "));
  const std::string changed = Do(Method::kPatch, "/people/+15550001",
                                 R"({"name": "Ann", "picture": "YWJj", "platform": "iphone"})");
  EXPECT_THAT(changed, StartsWith(R"(200 {"number":"+15550001","name":"Ann")"));
  EXPECT_EQ(Get("/people/15550001"), changed);
  EXPECT_THAT(Do(Method::kPatch, "/people/15550001", R"({"picture": ""})"),
              testing::Not(HasSubstr("\"picture\":")));
  EXPECT_THAT(Do(Method::kPatch, "/people/15550001", R"({"picture": "*"})"),
              HasSubstr(R"([{"path":"picture","message":"Must be Base64"}])"));
  EXPECT_THAT(Get("/people/15559999"), StartsWith(R"(404 {"error":{"code":"not_found")"));
  EXPECT_THAT(Get("/people/nobody"), StartsWith("404 "));
}

TEST_F(ControlTest, AllFaultyFieldsAreNamed) {
  EXPECT_EQ(Post("/people", R"({"name": 7, "platform": "nokia", "verified_level": 9})"),
            R"(422 {"error":{"code":"invalid_fields","message":"Validation failed","fields":[)"
            R"({"path":"number","message":"Required"},)"
            R"({"path":"name","message":"Expected string, received number"},)"
            R"({"path":"platform","message":"Invalid value"},)"
            R"({"path":"verified_level","message":"Number must be from 0 to 2"}]}})");
  EXPECT_THAT(Post("/people/15550001/send",
                   R"({"to": "home", "kind": "document", "voice": true,
                       "media": {"data": "*", "mime_type": "a/b"}})"),
              HasSubstr(R"("fields":[{"path":"to","message":"Must be 5 to 15 digits that do not )"
                        R"(begin with 0, with or without '+'"},)"
                        R"({"path":"media.data","message":"Must be Base64"},)"
                        R"({"path":"voice","message":"Only audio can be a voice message"}])"));
  EXPECT_THAT(Post("/people/15550001/send", R"({"to": "15550002"})"),
              HasSubstr(R"([{"path":"text","message":"Required"}])"));
  EXPECT_THAT(Post("/people/15550001/send", R"({"to": "15550002", "kind": "audio"})"),
              HasSubstr(R"([{"path":"media","message":"Required"}])"));
  EXPECT_THAT(Post("/people/15550001/send", R"({"to": "15559999", "text": "hi"})"),
              StartsWith(R"(422 {"error":{"code":"not_on_network")"));
}

TEST_F(ControlTest, WhatIsNotARequestIsAnsweredInTheSameShape) {
  EXPECT_EQ(Post("/people", "{"),
            R"(400 {"error":{"code":"malformed_body",)"
            R"("message":"Invalid JSON: incomplete JSON at line 1, column 2"}})");
  EXPECT_THAT(Get("/unknown"), StartsWith(R"(404 {"error":{"code":"not_found")"));
  const Pending wrong = Start(Method::kPut, "/people");
  EXPECT_EQ(Text(wrong),
            R"(405 {"error":{"code":"method_not_allowed","message":"Method not allowed"}})");
  EXPECT_EQ((*wrong)->headers.Get("Allow"), "GET, POST");
  http::Request large;
  large.method = Method::kPost;
  large.target = "/people/15550001/send";
  EXPECT_GT(control->BodyLimit(large), 40u << 20);
  large.body_state = http::BodyState::kTooLarge;
  EXPECT_THAT(Text(Start(large)), StartsWith("413 "));
  large.body_state = http::BodyState::kNoRoom;
  EXPECT_THAT(Text(Start(large)), StartsWith("503 "));
}

// --------------------------------------------------------------------------------------- the phone

TEST_F(ControlTest, ALongPollAnswersWhenAMessageArrives) {
  const Pending poll = Start(Method::kGet, "/people/15550002/inbox?wait=30");
  EXPECT_EQ(Text(poll), "pending");
  world.Run(std::chrono::seconds(5));
  EXPECT_EQ(Text(poll), "pending");
  world.Type(kAnn, kBob, "at last");
  world.Run(std::chrono::seconds(1));
  EXPECT_THAT(Text(poll), HasSubstr("at last"));
  EXPECT_THAT(Get("/people/15550002/inbox?wait=30"), HasSubstr("at last"));  // at once
}

TEST_F(ControlTest, ALongPollEndsEmptyWhenTheTimeIsUp) {
  const Pending poll = Start(Method::kGet, "/people/15550002/inbox?wait=2");
  // News that are not in the inbox do not end it.
  world.Type(kBob, kAnn, "not for Bob");
  world.Run(base::Duration(1999));
  EXPECT_EQ(Text(poll), "pending");
  world.Run(base::Duration(1));
  EXPECT_EQ(Text(poll), "200 {\"messages\":[]}");
  EXPECT_THAT(Get("/people/15550002/inbox?wait=31"),
              HasSubstr(R"([{"path":"wait","message":"Must be from 0 to 30"}])"));
  EXPECT_THAT(Get("/people/15559999/inbox?wait=30"), StartsWith("404 "));
}

TEST_F(ControlTest, MessagesAreReadPlayedAndSeenInTheOutbox) {
  TestDevice bob(world, world.Link(kBob));
  bob.SendText("m1", kAnn, "one");
  bob.SendText("m2", kAnn, "two");
  bob.Send("v1", kAnn, world.Voice());
  world.Run();
  EXPECT_EQ(Post("/people/15550001/read", R"({"id": "m2"})"), "200 {\"rows\":1}");
  EXPECT_EQ(Post("/people/15550001/read", R"({"up_to": 2})"), "200 {\"rows\":1}");
  EXPECT_EQ(Post("/people/15550001/read", R"({"id": "v1", "played": true})"), "200 {\"rows\":1}");
  EXPECT_THAT(Post("/people/15550001/read", R"({"id": "m1", "played": true})"), StartsWith("409 "));
  EXPECT_THAT(Post("/people/15550001/read", R"({"id": "zz"})"), StartsWith("404 "));
  EXPECT_THAT(Post("/people/15550001/read", "{}"), HasSubstr("Give either id or up_to"));
  world.Run();
  EXPECT_THAT(bob.heard, ElementsAre("delivered m1", "delivered m2", "delivered v1", "read m2",
                                     "read m1", "read v1", "played v1"));
  const std::string outbox = Get("/people/15550002/outbox?after=1");
  EXPECT_THAT(outbox, HasSubstr(R"("seq":2,"id":"m2","to":"+15550001","kind":"text")"));
  EXPECT_THAT(outbox, HasSubstr(R"("status":"played")"));
}

TEST_F(ControlTest, AVoiceMessageQuotesAnother) {
  EXPECT_THAT(Post("/people/15550001/send",
                   R"({"to": "15550002", "kind": "audio", "voice": true, "quoted": "q1",
                       "media": {"data": "YWJj", "mime_type": "audio/ogg"}})"),
              StartsWith("201 "));
  world.Run();
  const network::InboxRow row = world.network->ListInbox(kBob, 0, 1)->at(0);
  EXPECT_TRUE(network::IsVoice(row.message.content));
  EXPECT_EQ(row.message.quoted, "q1");
}

TEST_F(ControlTest, EveryKindThatAPersonCanTypeIsSentAndShown) {
  const auto send = [this](std::string members) {
    EXPECT_THAT(Post("/people/15550001/send", R"({"to": "15550002", )" + members + "}"),
                StartsWith("201 "));
  };
  send(R"("text": "hi @15550003", "mentions": ["+15550003"])");
  send(
      R"("kind": "image", "view_once": true, "media": {"data": "YWJj", "mime_type": "image/png"})");
  send(R"("kind": "location", "quoted": "q1",
          "location": {"latitude": 45.018337, "longitude": -73.968285, "name": "HQ"})");
  send(R"("kind": "contacts", "contacts": [{"formatted_name": "Zoe",
          "phones": [{"phone": "+1 555", "wa_id": "1555"}]}])");
  send(R"("kind": "poll", "poll": {"question": "When?", "options": ["Mon", "Tue"]})");
  world.Run();
  const std::string inbox = Get("/people/15550002/inbox");
  EXPECT_THAT(inbox, HasSubstr(R"("content":{"kind":"text","body":"hi @15550003",)"
                               R"("mentions":["15550003"]}})"));
  EXPECT_THAT(inbox, HasSubstr(R"("view_once":true}})"));
  EXPECT_THAT(inbox, HasSubstr(R"("kind":"location","text":"HQ","timestamp":1700000000,)"
                               R"("quoted":"q1","content":{"kind":"location",)"
                               R"("latitude":45.018337,"longitude":-73.968285,"name":"HQ"}})"));
  EXPECT_THAT(inbox, HasSubstr(R"("kind":"contacts","text":"Zoe",)"));
  EXPECT_THAT(inbox, HasSubstr(R"("phones":[{"phone":"+1 555","wa_id":"1555"}]}]}})"));
  EXPECT_THAT(inbox, HasSubstr(R"({"kind":"poll","question":"When?","options":["Mon","Tue"]}})"));
  EXPECT_THAT(Get("/people/15550001/outbox?after=4"), HasSubstr(R"("content":{"kind":"poll",)"));
}

TEST_F(ControlTest, AKindTakesItsOwnMembersOnly) {
  EXPECT_THAT(Post("/people/15550001/send",
                   R"({"to": "15550002", "kind": "location", "poll": {"question": "q",
                       "options": ["a"]}})"),
              HasSubstr(R"("fields":[{"path":"location","message":"Required"},{"path":"poll",)"
                        R"("message":"The kind 'location' does not take this"}])"));
  EXPECT_THAT(Post("/people/15550001/send",
                   R"({"to": "15550002", "kind": "poll", "poll": {"question": "q",
                       "options": ["a", "a"]}})"),
              HasSubstr(R"([{"path":"poll.options[1]","message":"Is there twice"}])"));
  EXPECT_THAT(Post("/people/15550001/send",
                   R"({"to": "15550002", "kind": "location",
                       "location": {"latitude": 91, "longitude": 0}})"),
              HasSubstr(R"("path":"location.latitude")"));
  EXPECT_THAT(Post("/people/15550001/send", R"({"to": "15550002", "kind": "list"})"),
              HasSubstr(R"([{"path":"kind","message":"Not typed like this;)"));
  EXPECT_THAT(
      Post("/people/15550001/send", R"({"to": "15550002", "text": "x", "mentions": ["me"]})"),
      HasSubstr(R"([{"path":"mentions[0]")"));
}

TEST_F(ControlTest, AMessageIsReactedToEditedDeletedAndVotedOn) {
  TestDevice bob(world, world.Link(kBob));
  bob.Send("p1", kAnn, network::PollContent{"When?", {"Mon", "Tue"}, false});
  world.Run();
  const std::string id = world.Type(kAnn, kBob, "helo");
  world.Run();
  EXPECT_THAT(Post("/people/15550001/react", R"({"message": "p1", "emoji": "👍"})"),
              StartsWith("201 {\"id\":\"3EB0"));
  EXPECT_THAT(Post("/people/15550001/vote", R"({"message": "p1", "options": ["Tue"]})"),
              StartsWith("201 "));
  EXPECT_THAT(Post("/people/15550001/edit", "{\"message\": \"" + id + "\", \"text\": \"hello\"}"),
              StartsWith("201 "));
  world.Run();
  EXPECT_THAT(Get("/messages/p1"),
              HasSubstr(R"("marks":{"reactions":[{"from":"+15550001","emoji":"👍"}],)"
                        R"("votes":[{"from":"+15550001","options":["Tue"]}]})"));
  EXPECT_THAT(Get("/people/15550001/inbox"), HasSubstr("\"marks\":{\"reactions\""));
  EXPECT_THAT(Get("/people/15550001/outbox"), HasSubstr("\"marks\":{\"edited\":\"hello\"}"));
  EXPECT_THAT(Post("/people/15550001/delete", "{\"message\": \"" + id + "\"}"), StartsWith("201 "));
  world.Run();
  EXPECT_THAT(Get("/people/15550002/inbox"),
              HasSubstr("\"marks\":{\"edited\":\"hello\",\"deleted\":true}"));
  EXPECT_THAT(Post("/people/15550001/delete", R"({"message": "p1"})"),
              StartsWith(R"(409 {"error":{"code":"invalid_state","message":"Only one's own)"));
  EXPECT_THAT(Post("/people/15550003/react", R"({"message": "p1", "emoji": "👍"})"),
              StartsWith("404 "));
  EXPECT_THAT(Post("/people/15550001/react", R"({"message": "p1", "emoji": "ok"})"),
              HasSubstr(R"([{"path":"emoji","message":"Must be one emoji, or empty"}])"));
}

TEST_F(ControlTest, ARowOfAListIsChosen) {
  TestDevice shop(world, world.Link(kBob, network::Profile::kBusiness));
  world.Type(kAnn, kBob, "hello");
  world.Run();
  shop.Send("l1", kAnn,
            network::ListContent{"Pick", "Open", {{"", {{"1", "One", "first"}}}}, "", ""});
  world.Run();
  EXPECT_THAT(Post("/people/15550001/choose", R"({"message": "l1", "id": "2"})"),
              HasSubstr(R"([{"path":"id","message":"The message offers no such row or button"}])"));
  EXPECT_THAT(Post("/people/15550001/choose", R"({"message": "l1", "id": "1"})"),
              StartsWith("201 "));
  world.Run();
  EXPECT_THAT(Get("/people/15550002/inbox?after=1"),
              HasSubstr(R"("kind":"list_reply","text":"One","timestamp":1700000020,)"
                        R"("quoted":"l1","content":{"kind":"list_reply","id":"1","title":"One",)"
                        R"("description":"first"}})"));
}

TEST_F(ControlTest, APhoneIsSwitchedOffAndOn) {
  EXPECT_THAT(Post("/people/15550002/online", R"({"online": false})"),
              HasSubstr("\"online\":false"));
  world.Type(kAnn, kBob, "later");
  world.Run();
  EXPECT_EQ(Get("/people/15550002/inbox"), "200 {\"messages\":[]}");
  EXPECT_THAT(Post("/people/15550002/send", R"({"to": "15550001", "text": "x"})"),
              StartsWith(R"(409 {"error":{"code":"invalid_state")"));
  EXPECT_THAT(Post("/people/15550002/online", R"({"online": true})"), StartsWith("200 "));
  world.Run();
  EXPECT_THAT(Get("/people/15550002/inbox"), HasSubstr("later"));
}

// ----------------------------------------------------------------------------------------- devices

struct LastQr final : network::PairingListener {
  void OnQr(std::string_view text, base::Time) override { qr = text; }
  void OnPaired(const network::DeviceInfo&) override {}
  void OnEnded(std::string_view) override {}
  std::string qr;
};

TEST_F(ControlTest, ADeviceIsLinkedByScanAndByCodeCutAndLoggedOut) {
  LastQr shown;
  const auto by_qr = world.network->OfferQr(network::Profile::kPhone, shown);
  world.scheduler.RunReady();
  EXPECT_THAT(Post("/people/15550001/scan", R"({"qr": "2@nonsense"})"), StartsWith("404 "));
  EXPECT_EQ(Post("/people/15550001/scan", "{\"qr\": \"" + shown.qr + "\"}"),
            R"(201 {"id":"15550001:1","number":"+15550001","profile":"phone",)"
            R"("linked_at":1700000000,"connected":false,"queued":0})");
  const auto by_code = world.network->OfferCode(kAnn, network::Profile::kBusiness, shown);
  const std::string code((*by_code)->code());
  EXPECT_THAT(Post("/people/15550002/enter-code", "{\"code\": \"" + code + "\"}"),
              StartsWith("404 "));
  EXPECT_THAT(Post("/people/+15550001/enter-code", "{\"code\": \"" + code + "\"}"),
              StartsWith("201 {\"id\":\"15550001:2\""));
  TestDevice device(world, "15550001:1");
  EXPECT_THAT(Get("/people/15550001/devices"), HasSubstr("\"connected\":true"));
  EXPECT_THAT(Post("/devices/15550001:1/disconnect", ""), HasSubstr("\"connected\":false"));
  world.Run();
  EXPECT_EQ(device.closed, network::CloseReason::kConnectionLost);
  EXPECT_EQ(Do(Method::kDelete, "/people/15550001/devices/15550001:1"), "204");
  EXPECT_THAT(Do(Method::kDelete, "/people/15550001/devices/15550001:1"), StartsWith("404 "));
  EXPECT_THAT(Post("/devices/15550001:1/disconnect", ""), StartsWith("410 "));
  EXPECT_THAT(Get("/people/15550001/devices"), testing::Not(HasSubstr("15550001:1")));
}

// --------------------------------------------------------------------------- messages and faults

TEST_F(ControlTest, AMessageIsShownAndFailed) {
  TestDevice ann(world, world.Link(kAnn));
  ann.SendText("id/with slash", kBob, "hi");
  world.Run();
  EXPECT_EQ(Get("/messages/id%2Fwith%20slash"),
            R"(200 {"messages":[{"id":"id/with slash","from":"+15550001","to":"+15550002",)"
            R"("kind":"text","text":"hi","timestamp":1700000000,)"
            R"("content":{"kind":"text","body":"hi"},"device":"15550001:1",)"
            R"("status":"delivered","copies":1,"copies_under_way":0}]})");
  EXPECT_THAT(Post("/messages/id%2Fwith%20slash/fail", R"({"code": "470", "text": "Too old"})"),
              HasSubstr("\"status\":\"failed\""));
  world.Run();
  EXPECT_EQ(ann.heard.back(), "failed id/with slash 470");
  EXPECT_THAT(Post("/messages/id%2Fwith%20slash/fail", R"({"code": "470"})"), StartsWith("409 "));
  EXPECT_THAT(Get("/messages/zz"), StartsWith("404 "));
}

TEST_F(ControlTest, FaultRulesAreSetListedAndRemoved) {
  EXPECT_EQ(Post("/faults", R"({"effect": "refuse", "code": "429", "retryable": true, "count": 2,
                          "match": {"to": "+15550002", "kind": "text"}})"),
            R"(201 {"id":1,"rule":{"effect":"refuse","match":{"to":"+15550002","kind":"text"},)"
            R"("count":2,"probability":1.0,"code":"429","text":"","retryable":true}})");
  TestDevice ann(world, world.Link(kAnn));
  ann.SendText("m1", kBob, "hi");
  world.Run();
  EXPECT_THAT(ann.answers, ElementsAre("refused 429, retryable"));
  EXPECT_THAT(Get("/faults"), HasSubstr("\"count\":1"));
  EXPECT_EQ(Do(Method::kDelete, "/faults/1"), "204");
  EXPECT_THAT(Do(Method::kDelete, "/faults/1"), StartsWith("404 "));
  EXPECT_THAT(Do(Method::kDelete, "/faults/one"), StartsWith("404 "));
  EXPECT_EQ(Get("/faults"), "200 {\"faults\":[]}");
  EXPECT_THAT(Post("/faults", R"({"effect": "delay"})"),
              HasSubstr(R"([{"path":"ms","message":"Required"}])"));
  EXPECT_THAT(Post("/faults", R"({"effect": "drop", "match": {"from": "x"}})"),
              HasSubstr("match.from"));
}

TEST_F(ControlTest, TellsTimeAndHealthAndItself) {
  EXPECT_EQ(Get("/time"), R"(200 {"timestamp":1700000000,"timestamp_ms":1700000000000,)"
                          R"("iso":"2023-11-14T22:13:20.000Z"})");
  EXPECT_EQ(Get("/healthz"), R"(200 {"status":"ok"})");
  const std::string document = Get("/openapi.json");
  EXPECT_THAT(document, HasSubstr("\"/people/{number}/inbox\""));
  EXPECT_TRUE(base::ParseJson(document.substr(4)));
}

// ------------------------------------------------------------------ what people do beside writing

TEST_F(ControlTest, AProfileIsChangedAndCheckedByOthers) {
  EXPECT_EQ(Do(Method::kPatch, "/people/15550001",
               R"({"about": "Busy", "about_hidden": true, "address": "1 Road", "email": "a@b.c",
                   "websites": ["https://x.example"], "vertical": "Education"})")
                .substr(0, 4),
            "200 ");
  EXPECT_THAT(Get("/people/15550001"),
              HasSubstr(R"("about":"Busy","about_hidden":true,"address":"1 Road","email":"a@b.c",)"
                        R"("websites":["https://x.example"],"vertical":"Education")"));
  const std::string facts = Get("/people/15550002/checks/+15550001");
  EXPECT_THAT(facts, StartsWith(R"(200 {"number":"+15550001","exists":true,)"));
  EXPECT_THAT(facts, testing::Not(HasSubstr("Busy")));
  EXPECT_EQ(Get("/people/15550002/checks/+15559999"),
            R"(200 {"number":"+15559999","exists":false})");
  EXPECT_THAT(Do(Method::kPatch, "/people/15550001", R"({"vertical": "Piracy"})"),
              HasSubstr(R"("path":"vertical")"));
}

TEST_F(ControlTest, AnAddressBookIsWrittenListedAndEmptied) {
  EXPECT_EQ(Do(Method::kPut, "/people/15550001/contacts/+15550002", R"({"name": "Bob"})"),
            R"(200 {"number":"+15550002","name":"Bob"})");
  EXPECT_EQ(Get("/people/15550001/contacts"),
            R"(200 {"contacts":[{"number":"+15550002","name":"Bob"}]})");
  EXPECT_EQ(Get("/people/15550001/contacts?after=15550002"), R"(200 {"contacts":[]})");
  EXPECT_EQ(Do(Method::kDelete, "/people/15550001/contacts/15550002"), "204");
  EXPECT_THAT(Do(Method::kDelete, "/people/15550001/contacts/15550002"), StartsWith("404 "));
  EXPECT_THAT(Do(Method::kPut, "/people/15550001/contacts/x", R"({"name": "Bob"})"),
              StartsWith("422 "));
}

TEST_F(ControlTest, ABlockedNumberIsListedUntilItIsUnblocked) {
  EXPECT_EQ(Do(Method::kPut, "/people/15550001/blocks/15550002"), "204");
  EXPECT_EQ(Get("/people/15550001/blocks"), R"(200 {"numbers":["+15550002"]})");
  EXPECT_EQ(Do(Method::kDelete, "/people/15550001/blocks/15550002"), "204");
  EXPECT_EQ(Get("/people/15550001/blocks"), R"(200 {"numbers":[]})");
  EXPECT_THAT(Do(Method::kPut, "/people/15550001/blocks/15559999"), StartsWith("422 "));
}

TEST_F(ControlTest, PresenceIsSeenAsTheViewerSeesIt) {
  EXPECT_EQ(Post("/people/15550001/presence", R"({"presence": "available"})"), "204");
  EXPECT_EQ(Post("/people/15550001/presence", R"({"presence": "composing", "to": "+15550002"})"),
            "204");
  EXPECT_EQ(Get("/people/15550001/presence?viewer=15550002"),
            R"(200 {"available":true,"typing":[{"to":"+15550002","kind":"composing"}]})");
  EXPECT_EQ(Get("/people/15550001/presence?viewer=15550003"),
            R"(200 {"available":true,"typing":[]})");
  EXPECT_EQ(Post("/people/15550001/presence", R"({"presence": "unavailable"})"), "204");
  EXPECT_THAT(Get("/people/15550001/presence"), HasSubstr(R"("last_seen":1700000000)"));
  EXPECT_THAT(Post("/people/15550001/presence", R"({"presence": "composing"})"),
              StartsWith("422 "));
}

TEST_F(ControlTest, ACallRingsAndIsRejected) {
  const std::string made = Post("/people/15550001/calls", R"({"to": "+15550002", "video": true})");
  EXPECT_THAT(made, StartsWith("201 {\"id\":\""));
  const std::string id = made.substr(11, 32);
  EXPECT_EQ(Get("/people/15550002/calls"),
            "200 {\"calls\":[{\"id\":\"" + id +
                R"(","from":"+15550001","to":"+15550002","video":true,"status":"ringing",)"
                R"("timestamp":1700000000,"changed":1700000000}]})");
  EXPECT_THAT(Post("/people/15550002/calls/" + id, R"({"action": "reject"})"),
              HasSubstr(R"("status":"rejected")"));
  EXPECT_THAT(Post("/people/15550002/calls/" + id, R"({"action": "accept"})"), StartsWith("409 "));
  EXPECT_THAT(Post("/people/15550003/calls/" + id, R"({"action": "hang_up"})"), StartsWith("404 "));
}

TEST_F(ControlTest, AChatIsMutedAndListed) {
  world.Type(kBob, kAnn, "hi");
  world.Run(std::chrono::seconds(1));
  EXPECT_EQ(Post("/people/15550001/chats/+15550002",
                 R"({"action": "mute", "muted_until_ms": 1700000100000})"),
            "204");
  EXPECT_EQ(Get("/people/15550001/chats"),
            R"(200 {"chats":[{"chat":"+15550002","last":1700000000,"unread":1,"archived":false,)"
            R"("muted":true,"muted_until_ms":1700000100000}]})");
  EXPECT_THAT(Post("/people/15550001/chats/x", R"({"action": "read"})"), StartsWith("404 "));
}

TEST_F(ControlTest, ATemplateIsHandedInReviewedAndRemoved) {
  const std::string body = R"({"name": "visit", "language": "en", "category": "UTILITY",
      "components": [{"type": "BODY", "text": "Hi {{1}}"}]})";
  EXPECT_THAT(Post("/people/15550001/templates", body), StartsWith("422 "));
  EXPECT_THAT(Do(Method::kPatch, "/people/15550001", R"({"is_business": true})"),
              StartsWith("200 "));
  EXPECT_THAT(Post("/people/15550001/templates", body),
              HasSubstr(R"("components":[{"type":"BODY","text":"Hi {{1}}"}],"status":"pending",)"
                        R"("rejected_reason":"NONE"})"));
  EXPECT_THAT(Post("/people/15550001/templates", body), StartsWith("409 "));
  EXPECT_THAT(Post("/people/15550001/templates/visit/review",
                   R"({"status": "rejected", "reason": "SCAM"})"),
              HasSubstr(R"("status":"rejected","rejected_reason":"SCAM")"));
  EXPECT_EQ(Do(Method::kDelete, "/people/15550001/templates/visit"), "204");
  EXPECT_THAT(Get("/people/15550001/templates"), HasSubstr(R"("templates":[]})"));
}

TEST_F(ControlTest, AShopHasSettings) {
  EXPECT_EQ(Get("/people/15550001/commerce"),
            R"(200 {"is_cart_enabled":true,"is_catalog_visible":true})");
  const std::string off = R"({"is_cart_enabled":false,"is_catalog_visible":true})";
  EXPECT_THAT(Do(Method::kPut, "/people/15550001/commerce", off), StartsWith("422 "));
  world.Link(kAnn, network::Profile::kBusiness);
  EXPECT_EQ(Do(Method::kPut, "/people/15550001/commerce", off), "200 " + off);
}

}  // namespace
}  // namespace parley::sim::control
