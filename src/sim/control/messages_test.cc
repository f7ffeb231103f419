// The control API's routes about messages and what is done to them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/control/test_requests.h"

namespace parley::sim::control {
namespace {

using network::kAnn;
using network::kBob;
using network::TestDevice;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

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

TEST_F(ControlTest, AFormIsFilledIn) {
  TestDevice shop(world, world.Link(kBob, network::Profile::kBusiness));
  world.Type(kAnn, kBob, "hello");
  world.Run();
  network::FlowContent flow;
  flow.body = "Book a table";
  flow.button = "Book";
  flow.flow_name = "tables";
  flow.token = "t-7";
  flow.data_exchange = true;
  shop.Send("f1", kAnn, flow);
  shop.SendText("m1", kAnn, "no form");
  world.Run();
  EXPECT_THAT(Post("/people/15550001/fill_in", R"({"message": "m1"})"),
              HasSubstr(R"([{"path":"message","message":"It has no form to fill in"}])"));
  EXPECT_THAT(Post("/people/15550001/fill_in", R"({"message": "f1", "fields": []})"),
              HasSubstr(R"([{"path":"fields","message":"Must be an object"}])"));
  EXPECT_THAT(Post("/people/15550001/fill_in", R"({"message": "f1", "fields": {"guests": 2}})"),
              StartsWith("201 "));
  world.Run();
  EXPECT_THAT(Get("/people/15550002/inbox?after=1"),
              HasSubstr(R"("quoted":"f1","content":{"kind":"flow_reply","name":"flow",)"
                        R"("body":"Sent","response":"{\"guests\":2,\"flow_token\":)"
                        R"(\"t-7\"}"})"));
}

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

}  // namespace
}  // namespace parley::sim::control
