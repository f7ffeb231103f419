#include "sim/control/control.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.h"
#include "base/json.h"
#include "sim/control/test_requests.h"

namespace parley::sim::control {
namespace {

using http::Method;
using network::kAnn;
using network::kBob;
using network::TestDevice;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

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
  for (const char* type : {"image/png", "audio/ogg", "video/mp4", "audio/ogg;%20codecs=opus"}) {
    const std::string shown(type, 0, std::string_view(type).find(';'));
    const Pending typed = Start(Method::kGet, "/media/" + sha256 + "?type=" + type);
    EXPECT_EQ(Text(typed), "200 abc");
    EXPECT_EQ((*typed)->headers.Get("Content-Type"), shown);
  }
  for (const char* type : {"text/html", "image/svg%2Bxml", "image/", "image", "image/png%0D%0AX:y"})
    EXPECT_THAT(Get("/media/" + sha256 + "?type=" + type), StartsWith("422 ")) << type;
  EXPECT_THAT(Get("/media/" + std::string(64, '0')), StartsWith("404 "));
  EXPECT_THAT(Get("/media/..%2Fnetwork.log"), StartsWith("404 "));
}

TEST_F(ControlTest, UrlsAreBelowThePathThatPassesOn) {
  struct Case {
    const char *prefix, *url;
  };
  constexpr Case kCases[] = {
      {"/parley/v1/sim", "/parley/v1/sim/media/"},
      {"//evil.example", "http://127.0.0.1:9000/media/"},
      {"/a//b", "http://127.0.0.1:9000/media/"},
      {"/a\"b", "http://127.0.0.1:9000/media/"},
      {"a", "http://127.0.0.1:9000/media/"},
  };
  EXPECT_THAT(Do(Method::kPatch, "/people/15550001", R"({"picture": "YWJj"})"), StartsWith("200 "));
  for (const Case& one : kCases) {
    http::Request request;
    request.target = "/people/15550001";
    request.headers.Set("Host", "127.0.0.1:9000");
    request.headers.Set("X-Forwarded-Prefix", one.prefix);
    EXPECT_THAT(Text(Start(std::move(request))), HasSubstr(std::string("\"picture\":\"") + one.url))
        << one.prefix;
  }
}

TEST_F(ControlTest, NobodyWaitsWhenTheNetworkStops) {
  const Pending before = Start(Method::kGet, "/people/15550002/inbox?wait=30");
  EXPECT_EQ(Text(before), "pending");
  control->EndWaits();
  world.scheduler.RunReady();
  EXPECT_EQ(Text(before), "200 {\"messages\":[]}");
  EXPECT_EQ(Get("/people/15550002/inbox?wait=30"), "200 {\"messages\":[]}");
}

TEST_F(ControlTest, APersonIsCreatedOnce) {
  EXPECT_EQ(
      Post("/people", R"({"number": "+4915112345678", "name": "Zoe", "lid": "77001",
                 "username": "zoe", "platform": "iphone", "is_business": true,
                 "verified_name": "Zoe's", "verified_level": 1, "description": "Shoes",
                 "picture": "YWJj", "picture_hidden": true, "online": false})"),
      R"(201 {"number":"+4915112345678","name":"Zoe","lid":"77001","username":"zoe",)"
      R"("picture":"http://127.0.0.1:9000/media/)"
      R"(ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",)"
      R"("picture_hidden":true,"platform":"iphone","is_business":true,)"
      R"("business_hidden":false,"verified_name":"Zoe's","verified_level":1,"description":"Shoes",)"
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

}  // namespace
}  // namespace parley::sim::control
