// What "accepted" is worth: nothing is answered before the disk has it, a disk that fails is
// answered with 503 in each dialect's own shape, and afterwards the store works as if nothing had
// happened. The whole gateway on real threads over a disk that does as it is told.
#include <gtest/gtest.h>

#include <filesystem>

#include "base/json.h"
#include "core/messages/message_store.h"
#include "tests/support/real_world.h"
#include "tests/support/slow_vfs.h"
#include "tests/support/temporary_folder.h"

namespace parley::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

struct DialectCase {
  const char* name;
  int accepted;  // its status
  http::Request (*send)(const RealWorld::Keys& keys, const std::string& text);
  const char* refusal;  // what its 503 looks like
};

http::Request Post(std::string target, std::string body) {
  http::Request request;
  request.method = http::Method::kPost;
  request.target = std::move(target);
  request.headers.Set("Content-Type", "application/json");
  request.body = std::move(body);
  return request;
}

constexpr DialectCase kDialects[] = {
    {"Wapio", 202,
     [](const RealWorld::Keys& keys, const std::string& text) {
       http::Request request =
           Post("/api/send-message", R"({"to":"+15550100","kind":"text","text":")" + text + "\"}");
       request.headers.Set("Authorization", "Bearer " + keys.wapio_key);
       return request;
     },
     R"({"success":false,"message":"Temporarily unavailable, try again","reason_code":"unavailable"})"},
    {"TwoChat", 200,
     [](const RealWorld::Keys& keys, const std::string& text) {
       http::Request request =
           Post("/open/whatsapp/send-message",
                R"({"from_number":"+15550201","to_number":"+15550100","text":")" + text + "\"}");
       request.headers.Set("X-User-API-Key", keys.twochat_key);
       return request;
     },
     R"({"success":false,"error":true,"message":"Temporarily unavailable, try again"})"},
    {"OneMsg", 200,
     [](const RealWorld::Keys& keys, const std::string& text) {
       return Post("/" + keys.channel.code + "/sendMessage?token=" + keys.onemsg_token,
                   R"({"phone":"15550100","body":")" + text + "\"}");
     },
     R"({"sent":false,"message":"Temporarily unavailable, try again"})"},
};

class Durability : public ::testing::TestWithParam<DialectCase> {
 protected:
  Durability() {
    storage::SqliteOptions options;
    options.path = folder_.path() + "/parley.db";
    options.vfs = vfs_.name();
    world_ = std::make_unique<RealWorld>(options);
    keys_ = world_->MakeChannel("15550201");
  }

  std::future<http::Response> Send(const std::string& text) {
    return world_->Start(GetParam().send(keys_, text));
  }
  // The texts of all messages, oldest first.
  std::vector<std::string> Stored() {
    core::MessageStore::Page page;
    page.channel = keys_.channel.row;
    page.newest_first = false;
    page.limit = 0;
    auto messages = world_->Read([page, account = keys_.account](const core::Transaction& tx) {
      return tx.messages().List(account, page);
    });
    std::vector<std::string> texts;
    if (!messages) return {"error"};
    for (const core::MessageInChat& found : *messages)
      texts.push_back(core::TextOf(found.message.content));
    return texts;
  }
  void ExpectAccepted(http::Response response) {
    EXPECT_EQ(response.status, GetParam().accepted) << response.text();
  }
  void ExpectRefused(http::Response response) {
    EXPECT_EQ(response.status, 503) << response.text();
    EXPECT_EQ(response.headers.Get("Retry-After"), "1");
    auto body = base::ParseJson(response.text());
    auto expected = base::ParseJson(GetParam().refusal);
    ASSERT_TRUE(body && body->is_object()) << response.text();
    for (const auto& member : expected->as_object())
      EXPECT_EQ(body->as_object()[member.key()], member.value()) << response.text();
    // Nothing of the inside in it.
    EXPECT_EQ(response.text().find("SQLite"), std::string_view::npos);
  }

  TemporaryFolder folder_;
  SlowVfs vfs_;
  std::unique_ptr<RealWorld> world_;
  RealWorld::Keys keys_;
};

TEST_P(Durability, NothingIsAnsweredBeforeTheSyncReturns) {
  ExpectAccepted(Send("first").get());
  vfs_.HoldSyncs();
  auto answer = Send("second");
  ASSERT_TRUE(vfs_.WaitForHeldSync(20s));
  // The gateway's thread goes on meanwhile, and reads: an answer would have come by now.
  for (int i = 0; i < 20; ++i) EXPECT_EQ(Stored(), std::vector<std::string>{"first"});
  EXPECT_EQ(answer.wait_for(0s), std::future_status::timeout);
  const std::int64_t before = vfs_.syncs();
  vfs_.Release();
  ExpectAccepted(answer.get());
  EXPECT_GT(vfs_.syncs(), before);
  EXPECT_EQ(Stored(), (std::vector<std::string>{"first", "second"}));
}

TEST_P(Durability, AFailedSyncIsAnswered503AndLeavesNothing) {
  ExpectAccepted(Send("first").get());
  vfs_.FailSyncs(-1);
  ExpectRefused(Send("lost").get());
  ExpectRefused(Send("lost too").get());
  EXPECT_EQ(Stored(), std::vector<std::string>{"first"});
  vfs_.FailSyncs(0);
  ExpectAccepted(Send("second").get());
  EXPECT_EQ(Stored(), (std::vector<std::string>{"first", "second"}));
  EXPECT_GE(world_->store().counters().failed_commits, 2);
}

TEST_P(Durability, AFullDiskIsAnswered503UntilThereIsSpace) {
  ExpectAccepted(Send("first").get());
  vfs_.FillDisk(true);
  for (int i = 0; i < 5; ++i) ExpectRefused(Send("lost").get());
  EXPECT_EQ(Stored(), std::vector<std::string>{"first"});  // reading goes on
  vfs_.FillDisk(false);
  ExpectAccepted(Send("second").get());
  EXPECT_EQ(Stored(), (std::vector<std::string>{"first", "second"}));
}

TEST_P(Durability, WhatFailedDoesNotComeBackAfterACrash) {
  ExpectAccepted(Send("first").get());
  vfs_.FailSyncs(1);
  http::Response refused = Send("lost").get();
  // Somebody else's commit may have had the one failure.
  while (refused.status != 503) {
    vfs_.FailSyncs(1);
    refused = Send("lost").get();
  }
  const std::vector<std::string> before = Stored();
  // A crash: what is in the files, and nothing else.
  const std::string copy = folder_.path() + "/copy.db";
  fs::copy_file(folder_.path() + "/parley.db", copy);
  fs::copy_file(folder_.path() + "/parley.db-wal", copy + "-wal");
  world_.reset();
  storage::SqliteOptions options;
  options.path = copy;
  world_ = std::make_unique<RealWorld>(options);
  EXPECT_EQ(Stored(), before);
}

INSTANTIATE_TEST_SUITE_P(Dialects, Durability, ::testing::ValuesIn(kDialects),
                         [](const auto& dialect) { return dialect.param.name; });

}  // namespace
}  // namespace parley::testing
