// The inbox of the admin API where a scenario cannot look: long lists, and what is too much.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <set>

#include "core/messages/messages.h"
#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

using namespace std::chrono_literals;
namespace json = base::json;

class Inbox : public ::testing::Test {
 protected:
  Inbox()
      : world(1),
        alice(world.MakeChannel("alice", "15550200", "phone", std::nullopt)),
        base("/parley/v1/accounts/" + alice.account.id.value.ToText()),
        channel(base + "/channels/" + alice.channel.id.value.ToText()) {}

  http::Request RequestTo(http::Method method, const std::string& target, std::string body = "") {
    http::Request request;
    request.method = method;
    request.target = target;
    request.body = std::move(body);
    request.headers.Set("Authorization", std::string("Bearer ") + VirtualWorld::kAdminToken);
    return request;
  }
  json::value Get(const std::string& target) {
    const http::Response response = world.Call(RequestTo(http::Method::kGet, target));
    EXPECT_EQ(response.status, 200) << target << " " << response.text();
    return *base::ParseJson(response.text());
  }

  std::string NumberOf(int person) { return std::to_string(15550300 + person); }
  void Writes(int person, const std::string& text) {
    const std::string number = NumberOf(person);
    if (known_.insert(person).second) {
      sim::network::Person added;
      added.number = number;
      added.push_name = "person " + std::to_string(person);
      EXPECT_TRUE(world.network().AddPerson(added));
    }
    sim::network::Draft draft;
    draft.to = "15550200";
    draft.content = sim::network::TextContent{text};
    EXPECT_TRUE(world.network().SendAsPerson(number, std::move(draft)));
  }

  // A member of every item of a list, page by page; `cursor` is the parameter that goes on.
  std::vector<std::string> All(const std::string& target, const char* list, const char* member,
                               const std::string& cursor) {
    std::vector<std::string> all;
    std::string next;
    for (int pages = 0; pages < 100; ++pages) {
      const json::value page = Get(target + (next.empty() ? "" : "&" + cursor + "=" + next));
      for (const json::value& item : page.at(list).as_array())
        all.emplace_back(item.at(member).as_string());
      if (page.at("next").is_null()) return all;
      next = page.at("next").as_string();
    }
    ADD_FAILURE() << "the pages have no end";
    return all;
  }

  VirtualWorld world;
  const VirtualWorld::ChannelKeys alice;
  const std::string base, channel;

 private:
  std::set<int> known_;
};

TEST_F(Inbox, ChatsComeOncePageByPageTheLastOneWrittenInFirst) {
  std::vector<std::string> expected;
  for (int person = 0; person < 23; ++person) {
    Writes(person, "hi");
    world.Pass(2min);
    expected.insert(expected.begin(), NumberOf(person) + "@s.whatsapp.net");
  }
  EXPECT_EQ(All(channel + "/chats?limit=5", "chats", "chat", "after"), expected);
  EXPECT_EQ(All(channel + "/chats?limit=500", "chats", "chat", "after"), expected);
  EXPECT_EQ(All(channel + "/chats?limit=1&query=Person%2022", "chats", "chat", "after"),
            std::vector<std::string>(1, NumberOf(22) + "@s.whatsapp.net"));
  for (const char* cursor : {"", "x", "1-", "-1-1", "1-1x", "1-0"})
    EXPECT_EQ(world.Call(RequestTo(http::Method::kGet, channel + "/chats?after=" + cursor)).status,
              422)
        << cursor;
}

TEST_F(Inbox, MessagesOfOneInstantComeOncePageByPage) {
  std::vector<std::string> expected;
  for (int i = 0; i < 31; ++i) {
    Writes(1, "message " + std::to_string(i));
    if (i % 10 == 9) world.Pass(1s);
    expected.insert(expected.begin(), "message " + std::to_string(i));
  }
  world.Pass(1s);
  const std::string target = channel + "/chats/" + NumberOf(1) + "@s.whatsapp.net/messages";
  EXPECT_EQ(All(target + "?limit=4", "messages", "text", "before"), expected);
  const http::Response unknown =
      world.Call(RequestTo(http::Method::kGet, target + "?before=" + base::Uuid().ToText()));
  EXPECT_EQ(unknown.status, 422) << unknown.text();
  EXPECT_TRUE(
      Get(channel + "/chats/15559999@s.whatsapp.net/messages").at("messages").as_array().empty());
}

TEST_F(Inbox, ASearchLooksAtABoundedNumberAndGoesOn) {
  Writes(1, "a Needle, with its thread");
  for (int i = 0; i < 2 * core::kSearchedAtOnce; ++i) {
    Writes(1, "hay");
    if (i % 50 == 0) world.Pass(1s);
  }
  world.Pass(1s);
  const json::value found = Get(channel + "/messages?query=nEEDLE");
  ASSERT_EQ(found.at("messages").as_array().size(), 1u);
  EXPECT_TRUE(found.at("next").is_null());

  core::SearchQuery query;
  query.text = "needle";
  query.most = core::kSearchedAtOnce;
  const auto row = std::make_shared<const core::Channel>(alice.channel);
  int calls = 1;
  auto page = world.Await(world.core().messages.Search(row, query));
  for (; page && page->more; ++calls) {
    EXPECT_TRUE(page->messages.empty());
    query.before = page->searched_to;
    page = world.Await(world.core().messages.Search(row, query));
  }
  EXPECT_EQ(calls, 3);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->messages.size(), 1u);
}

TEST_F(Inbox, AFileThatIsTooLargeOrTooMuchIsNotStored) {
  http::Request large = RequestTo(http::Method::kPost, base + "/uploads");
  large.body_state = http::BodyState::kTooLarge;
  EXPECT_EQ(world.Call(std::move(large)).status, 413);
  http::Request crowded = RequestTo(http::Method::kPost, base + "/uploads");
  crowded.body_state = http::BodyState::kNoRoom;
  EXPECT_EQ(world.Call(std::move(crowded)).status, 503);
  EXPECT_EQ(world.Call(RequestTo(http::Method::kPost, base + "/uploads")).status, 422);
  EXPECT_EQ(world.Call(RequestTo(http::Method::kPost, base + "/uploads?kind=poll", "text")).status,
            422);
}

}  // namespace
}  // namespace parley::testing
