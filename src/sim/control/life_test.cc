// The control API's routes about profiles, contacts, presence, calls, chats and businesses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/control/test_requests.h"

namespace parley::sim::control {
namespace {

using http::Method;
using network::kAnn;
using network::kBob;
using testing::HasSubstr;
using testing::StartsWith;

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
