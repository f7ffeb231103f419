// The control API's routes about groups and newsletters.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "sim/control/control.h"
#include "sim/network/test_world.h"

namespace parley::sim::control {
namespace {

using http::Method;
using network::TestWorld;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

base::Task<> Keep(http::Service* service, http::Request request, std::string* kept) {
  const http::Response response = co_await service->Handle(std::move(request));
  *kept = std::to_string(response.status) + " " + std::string(response.text());
}

// Ann, +15550001, has a group with Bob, +15550002; Cat, +15550003, is outside.
class GroupRoutesTest : public testing::Test {
 protected:
  GroupRoutesTest() {
    created = Post("/groups", R"({"by": "+15550001", "subject": "Friends",
                                  "participants": ["+15550002", "+15559999"]})");
    id = Member(created, "id");
    group = "/groups/" + id;
  }

  std::string Do(Method method, std::string target, std::string body = "") {
    http::Request request;
    request.method = method;
    request.target = std::move(target);
    request.body = std::move(body);
    std::string kept = "pending";
    world.scheduler.Spawn("request", Keep(control.get(), std::move(request), &kept));
    world.scheduler.RunReady();
    return kept;
  }
  std::string Get(std::string target) { return Do(Method::kGet, std::move(target)); }
  std::string Post(std::string target, std::string body) {
    return Do(Method::kPost, std::move(target), std::move(body));
  }
  // The text of the first member with this name.
  static std::string Member(const std::string& answer, const std::string& name) {
    const std::size_t at = answer.find("\"" + name + "\":\"");
    if (at == std::string::npos) return "";
    const std::size_t begin = at + name.size() + 4;
    return answer.substr(begin, answer.find('"', begin) - begin);
  }

  TestWorld world;
  std::unique_ptr<http::Service> control = MakeControl(world.scheduler, *world.network);
  std::string created, id, group;
};

TEST_F(GroupRoutesTest, AGroupIsCreatedAndShown) {
  EXPECT_THAT(created, StartsWith("201 "));
  EXPECT_THAT(created, HasSubstr(R"("results":[{"number":"+15550002","status":200},)"
                                 R"({"number":"+15559999","status":404}])"));
  const std::string shown = Get(group + "?by=15550001");
  EXPECT_EQ(shown, R"(200 {"id":")" + id + R"(","address":")" + id +
                       R"(@g.us","subject":"Friends","owner":"+15550001","created_at":1700000000,)"
                       R"("announce":false,"restrict":false,"join_approval":false,)"
                       R"("member_add_mode":"all","invite_code":")" +
                       Member(created, "invite_code") +
                       R"(","size":2,"participants":[{"number":"+15550001","role":"superadmin",)"
                       R"("joined_at":1700000000},{"number":"+15550002","role":"member",)"
                       R"("joined_at":1700000000}]})");
  EXPECT_THAT(Get(group + "?by=15550002"), Not(HasSubstr("invite_code")));
  EXPECT_THAT(Get(group + "?by=15550003"), StartsWith("404 "));
  EXPECT_THAT(Get(group), StartsWith("200 "));
  EXPECT_THAT(Get("/groups?by=15550002"), HasSubstr(id));
  EXPECT_EQ(Get("/groups?by=15550003"), R"(200 {"groups":[]})");
  EXPECT_THAT(Get("/groups?limit=1"), HasSubstr(id));
  EXPECT_THAT(Post("/groups", R"({"by": "15550001", "subject": ""})"),
              AllOf(StartsWith("422 "), HasSubstr(R"("path":"subject")")));
}

TEST_F(GroupRoutesTest, ParticipantsChange) {
  const std::string target = group + "/participants";
  EXPECT_EQ(Post(target, R"({"by": "15550001", "action": "add",
                             "participants": ["15550003", "15550002", "nobody"]})"),
            R"(200 {"results":[{"number":"+15550003","status":200},)"
            R"({"number":"+15550002","status":409},{"number":"+nobody","status":404}]})");
  EXPECT_THAT(
      Post(target, R"({"by": "15550002", "action": "promote", "participants": ["15550002"]})"),
      StartsWith("403 "));
  EXPECT_THAT(Post(target, R"({"by": "15550002", "action": "join", "participants": ["1"]})"),
              StartsWith("422 "));
  EXPECT_EQ(Post(group + "/leave", R"({"by": "15550001"})"), "204 ");
  EXPECT_THAT(Get(group), HasSubstr(R"({"number":"+15550002","role":"superadmin")"));
}

TEST_F(GroupRoutesTest, SettingsChange) {
  EXPECT_THAT(Do(Method::kPatch, group,
                 R"({"by": "15550001", "subject": "Foes", "announce": true, "restrict": true,
                     "join_approval": true, "member_add_mode": "admin", "picture": "anBlZw=="})"),
              AllOf(HasSubstr(R"("subject":"Foes")"), HasSubstr(R"("announce":true)"),
                    HasSubstr(R"("restrict":true)"), HasSubstr(R"("join_approval":true)"),
                    HasSubstr(R"("member_add_mode":"admin")"), HasSubstr(R"("picture":)")));
  EXPECT_THAT(Do(Method::kPatch, group, R"({"by": "15550002", "subject": "Mine"})"),
              StartsWith("403 "));
  EXPECT_EQ(Post(group + "/mute", R"({"by": "15550002", "until": 1700003600})"), "204 ");
  EXPECT_THAT(Get(group + "?by=15550002"), HasSubstr(R"("muted_until":1700003600)"));
  EXPECT_EQ(Post(group + "/mute", R"({"by": "15550002"})"), "204 ");
  EXPECT_THAT(Get(group + "?by=15550002"), HasSubstr(R"("muted_until":253402300799)"));
  EXPECT_EQ(Post(group + "/mute", R"({"by": "15550002", "muted": false})"), "204 ");
  EXPECT_THAT(Get(group + "?by=15550002"), Not(HasSubstr("muted_until")));
}

TEST_F(GroupRoutesTest, PeopleJoinByInvite) {
  const std::string code = Member(Get(group + "/invite?by=15550001"), "code");
  EXPECT_EQ(code.size(), 22u);
  EXPECT_THAT(Get(group + "/invite?by=15550002"), StartsWith("403 "));
  EXPECT_THAT(Get(group + "/invite"), StartsWith("422 "));
  EXPECT_THAT(Get("/invites/" + code), HasSubstr(R"("subject":"Friends")"));
  Do(Method::kPatch, group, R"({"by": "15550001", "join_approval": true})");
  EXPECT_EQ(Post("/invites/" + code + "/join", R"({"by": "15550003"})"),
            R"(200 {"group":")" + id + R"(","pending":true})");
  EXPECT_EQ(Get(group + "/requests?by=15550001"),
            R"(200 {"requests":[{"number":"+15550003","timestamp":1700000000}]})");
  EXPECT_EQ(Post(group + "/requests",
                 R"({"by": "15550001", "approve": true, "participants": ["15550003"]})"),
            R"(200 {"results":[{"number":"+15550003","status":200}]})");
  EXPECT_THAT(Get("/groups?by=15550003"), HasSubstr(id));
  EXPECT_THAT(Post(group + "/invite/revoke", R"({"by": "15550001"})"), StartsWith("200 "));
  EXPECT_THAT(Get("/invites/" + code), StartsWith("404 "));
}

TEST_F(GroupRoutesTest, AMessageToAGroupIsARowWithItsGroup) {
  const std::string address = id + "@g.us";
  EXPECT_THAT(Post("/people/15550002/send", R"({"to": ")" + address + R"(", "text": "hi"})"),
              StartsWith("201 "));
  world.Run();
  EXPECT_THAT(Get("/people/15550001/inbox"),
              AllOf(HasSubstr(R"("from":"+15550002")"), HasSubstr(R"("group":")" + address),
                    HasSubstr(R"("text":"hi")")));
  EXPECT_THAT(Get("/people/15550002/outbox"), HasSubstr(R"("to":")" + address + "\""));
  EXPECT_THAT(Post("/people/15550003/send", R"({"to": ")" + address + R"(", "text": "hi"})"),
              StartsWith("404 "));
  EXPECT_THAT(Post("/people/15550003/send", R"({"to": "x@g.us", "text": "hi"})"),
              AllOf(StartsWith("422 "), HasSubstr(R"("path":"to")")));
  EXPECT_THAT(Post("/faults", R"({"effect": "drop", "match": {"to": ")" + address + R"("}})"),
              AllOf(StartsWith("201 "), HasSubstr(address)));
}

TEST_F(GroupRoutesTest, NobodyActsOnAPhoneThatIsOffline) {
  Post("/people/15550001/online", R"({"online": false})");
  EXPECT_THAT(Post(group + "/leave", R"({"by": "15550001"})"), StartsWith("409 "));
  EXPECT_THAT(Post("/groups", R"({"by": "15550001", "subject": "x"})"), StartsWith("409 "));
}

TEST_F(GroupRoutesTest, WhoDoesNotWantToBeAddedIsAsked) {
  Do(Method::kPatch, "/people/15550003", R"({"group_add": "nobody"})");
  EXPECT_THAT(Get("/people/15550003"), HasSubstr(R"("group_add":"nobody")"));
  EXPECT_THAT(Post(group + "/participants",
                   R"({"by": "15550001", "action": "add", "participants": ["15550003"]})"),
              HasSubstr(R"("status":403)"));
}

TEST_F(GroupRoutesTest, NewslettersAreCreatedFollowedAndPostedTo) {
  const std::string made =
      Post("/newsletters", R"({"by": "15550001", "name": "Shoes", "description": "All of them"})");
  EXPECT_THAT(made, StartsWith("201 "));
  const std::string newsletter = Member(made, "id"), address = newsletter + "@newsletter";
  EXPECT_EQ(Post("/newsletters/" + newsletter + "/follow", R"({"by": "15550002"})"), "204 ");
  EXPECT_EQ(Get("/newsletters/" + Member(made, "invite_code")),
            R"(200 {"id":")" + newsletter + R"(","address":")" + address +
                R"(","name":"Shoes","description":"All of them","owner":"+15550001",)"
                R"("created_at":1700000000,"invite_code":")" +
                Member(made, "invite_code") + R"(","followers":["+15550002"]})");
  EXPECT_THAT(Post("/people/15550001/send", R"({"to": ")" + address + R"(", "text": "Sale"})"),
              StartsWith("201 "));
  world.Run();
  EXPECT_THAT(Get("/people/15550002/inbox"),
              AllOf(HasSubstr(R"("from":")" + address), Not(HasSubstr("\"group\""))));
  EXPECT_THAT(Post("/people/15550002/send", R"({"to": ")" + address + R"(", "text": "Sale"})"),
              StartsWith("403 "));
  EXPECT_THAT(Get("/newsletters?by=15550002"), HasSubstr(newsletter));
  EXPECT_EQ(Post("/newsletters/" + newsletter + "/unfollow", R"({"by": "15550002"})"), "204 ");
  EXPECT_EQ(Get("/newsletters?by=15550002"), R"(200 {"newsletters":[]})");
  EXPECT_THAT(Get("/newsletters/1"), StartsWith("404 "));
}

}  // namespace
}  // namespace parley::sim::control
