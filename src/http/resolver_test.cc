#include <gtest/gtest.h>

#include <map>

#include "http/address_guard.h"

namespace parley::http {
namespace {

using Addresses = base::Result<std::vector<std::string>>;

// Answers from a table and counts.
class TableResolver final : public Resolver {
 public:
  base::Task<Addresses> Resolve(std::string host) override {
    ++asked;
    const auto found = table.find(host);
    if (found == table.end()) co_return base::Error(base::ErrorCode::kUnavailable, "unknown");
    co_return found->second;
  }
  std::map<std::string, std::vector<std::string>> table;
  int asked = 0;
};

class ResolveAllowedTest : public testing::Test {
 protected:
  Addresses Ask(std::string host) {
    Addresses answer = base::Error(base::ErrorCode::kInternal, "never answered");
    scheduler.Spawn("ask", Fill(resolver, guard, std::move(host), answer));
    scheduler.RunReady();
    return answer;
  }
  static base::Task<> Fill(Resolver& resolver, AddressGuard& guard, std::string host,
                           Addresses& answer) {
    answer = co_await ResolveAllowed(resolver, guard, std::move(host));
  }

  base::VirtualScheduler scheduler{base::FromUnixMs(0)};
  TableResolver resolver;
  AddressGuard guard{{}};
};

TEST_F(ResolveAllowedTest, GivesTheAllowedAddressesInOrder) {
  resolver.table["a.example"] = {"2606:4700::1", "8.8.8.8"};
  const Addresses answer = Ask("a.example");
  ASSERT_TRUE(answer);
  const std::vector<std::string> expected = {"2606:4700::1", "8.8.8.8"};
  EXPECT_EQ(*answer, expected);
}

TEST_F(ResolveAllowedTest, OneRefusedAddressRefusesTheHost) {
  resolver.table["a.example"] = {"8.8.8.8", "10.0.0.1"};
  const Addresses answer = Ask("a.example");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, base::ErrorCode::kAddressRefused);
  // The outside is not told what the name stands for.
  EXPECT_EQ(answer.error().public_text().find("10.0.0.1"), std::string_view::npos);
  EXPECT_EQ(answer.error().detail, "a.example is 10.0.0.1");
}

TEST_F(ResolveAllowedTest, LiteralAddressesNeedNoResolver) {
  EXPECT_TRUE(Ask("8.8.8.8"));
  EXPECT_EQ(Ask("::1").error().code, base::ErrorCode::kAddressRefused);
  EXPECT_EQ(resolver.asked, 0);
}

TEST_F(ResolveAllowedTest, PassesOnThatAHostIsUnknown) {
  EXPECT_EQ(Ask("nowhere.example").error().code, base::ErrorCode::kUnavailable);
}

class SystemResolverTest : public testing::Test {
 protected:
  base::Task<> Fill(std::string host) {
    Addresses answer = co_await resolver->Resolve(std::move(host));
    answers.push_back(std::move(answer));
    if (answers.size() == expected) scheduler.Stop();
  }
  void Ask(std::initializer_list<const char*> hosts) {
    expected = answers.size() + hosts.size();
    for (const char* host : hosts) scheduler.Spawn("ask", Fill(host));
    scheduler.Run();
  }

  base::RealScheduler scheduler;
  std::unique_ptr<base::BlockingPool> pool = base::MakeBlockingPool(2);
  std::unique_ptr<Resolver> resolver = MakeSystemResolver(*pool, scheduler);
  std::vector<Addresses> answers;
  std::size_t expected = 0;
};

TEST_F(SystemResolverTest, FindsLocalhostForAllWhoAskAtOnce) {
  Ask({"localhost", "localhost", "localhost"});
  ASSERT_EQ(answers.size(), 3u);
  for (const Addresses& answer : answers) {
    ASSERT_TRUE(answer);
    ASSERT_FALSE(answer->empty());
    EXPECT_TRUE(answer->front() == "127.0.0.1" || answer->front() == "::1") << answer->front();
  }
}

// A label over 63 characters cannot exist, so that no name server is asked.
TEST_F(SystemResolverTest, NamesTheHostThatIsUnknown) {
  const std::string host = std::string(64, 'a') + ".example";
  Ask({host.c_str()});
  ASSERT_FALSE(answers[0]);
  EXPECT_EQ(answers[0].error().code, base::ErrorCode::kUnavailable);
  EXPECT_NE(answers[0].error().text.find(host), std::string::npos);
}

TEST_F(SystemResolverTest, MayGoWhileALookupIsUnderWay) {
  scheduler.Spawn("ask", Fill("localhost"));
  scheduler.Post([this] {
    resolver.reset();
    expected = 1;
  });
  scheduler.Run();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_TRUE(answers[0]);
}

}  // namespace
}  // namespace parley::http
