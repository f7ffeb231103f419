#include "cli/command_line.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <set>
#include <sstream>

namespace parley::cli {
namespace {

namespace json = base::json;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kId = "01890000-0000-7000-8000-000000000001";
constexpr const char* kOther = "01890000-0000-7000-8000-000000000002";

// Answers as it was told to, in order, and remembers what it was asked.
class FakeApi final : public AdminApi {
 public:
  base::Result<json::value> Call(http::Method method, std::string path, json::value body,
                                 base::Duration) override {
    calls.push_back(fmt::format("{} {}{}", NameOf(method), path,
                                body.is_null() ? "" : " " + base::ToText(body)));
    if (answers.empty()) return json::value(json::object());
    auto answer = std::move(answers.front());
    answers.pop_front();
    return answer;
  }
  void Pause(base::Duration time) override { paused += time; }

  void Answer(const std::string& text) { answers.push_back(base::ParseJson(text).value()); }

  std::vector<std::string> calls;
  std::deque<base::Result<json::value>> answers;
  base::Duration paused{0};
};

class FakeLocal final : public Local {
 public:
  base::Result<json::object> Check() override { return Say("check"); }
  base::Result<json::object> Migrate() override { return Say("migrate"); }
  base::Result<json::object> Backup(const std::string& folder, bool with_key) override {
    return Say("backup " + folder + (with_key ? " with key" : " without key"));
  }
  base::Result<json::object> Restore(const std::string& backup) override {
    return Say("restore " + backup);
  }
  base::Result<json::object> WriteDocs(const std::string& folder) override {
    return Say("docs " + folder);
  }
  std::string Version() const override { return "1.2.3"; }

  std::vector<std::string> calls;
  json::object report;

 private:
  base::Result<json::object> Say(const std::string& call) {
    calls.push_back(call);
    return report;
  }
};

class CommandLineTest : public testing::Test {
 protected:
  // The exit code; 2 for what CLI11 refuses.
  int Run(std::vector<std::string> words) {
    CLI::App program;
    program.require_subcommand(1);
    choice_ = Choice();
    AddCommands(program, choice_, [](CLI::App& command) { command.add_option("--data"); });
    std::reverse(words.begin(), words.end());
    try {
      program.parse(words);
    } catch (const CLI::ParseError&) {
      return 2;
    }
    out_.str("");
    errors_.str("");
    Output output(choice_.json, out_, errors_);
    return cli::Run(choice_, api_, local_, output);
  }

  Choice choice_;
  FakeApi api_;
  FakeLocal local_;
  std::ostringstream out_, errors_;
};

struct CallCase {
  std::vector<std::string> words;
  std::string call;  // the last one
};

TEST_F(CommandLineTest, EachCommandCallsItsRoute) {
  const std::string account = std::string("/accounts/") + kId;
  const std::string channel = account + "/channels/" + kOther;
  const std::vector<CallCase> cases = {
      {{"account", "create", "Shop", "--plan", "paid", "--trial", "--expires", "2026-12-31",
        "--per-minute", "60", "--burst", "5", "--setting", "wapio_envelope", "--setting",
        "onemsg_viewed=false"},
       R"(POST /accounts {"plan":"paid","on_trial":true,"expires_at":"2026-12-31T00:00:00.000Z",)"
       R"("requests_per_minute":60,"burst":5,"settings":{"wapio_envelope":true,)"
       R"("onemsg_viewed":false},"name":"Shop"})"},
      {{"account", "show", kId}, "GET " + account},
      {{"account", "set", kId, "--block", "unpaid", "--name", "New"},
       "PATCH " + account + R"( {"blocked":true,"block_reason":"unpaid","name":"New"})"},
      {{"account", "set", kId, "--unblock", "--never-expires", "--no-trial"},
       "PATCH " + account +
           R"( {"on_trial":false,"expires_at":null,"blocked":false,"block_reason":""})"},
      {{"key", "create", kId, "wapio", "--label", "ci"},
       "POST " + account + R"(/keys {"dialect":"wapio","label":"ci"})"},
      {{"key", "renew", kId, "abc/def"}, "POST " + account + "/keys/abc%2Fdef/renew"},
      {{"key", "revoke", kId, "abcdef"}, "DELETE " + account + "/keys/abcdef"},
      {{"channel", "create", kId, "Front desk", "--phone", "+15550100", "--link", "simulated",
        "--profile", "business"},
       "POST " + account +
           R"(/channels {"label":"Front desk","phone":"+15550100","link":"simulated",)"
           R"("link_profile":"business"})"},
      {{"channel", "show", kId, kOther}, "GET " + channel},
      {{"channel", "delete", kId, kOther, "--yes"}, "DELETE " + channel},
      {{"channel", "key", kId, kOther, "1msg"}, "POST " + channel + R"(/keys {"dialect":"1msg"})"},
      {{"webhook", "secret", kId, kOther},
       "POST " + account + "/subscriptions/" + kOther + "/secret {}"},
      {{"webhook", "secret", kId, kOther, "--secret", "sixteen-bytes-ok"},
       "POST " + account + "/subscriptions/" + kOther + R"(/secret {"secret":"sixteen-bytes-ok"})"},
      {{"deliveries", "replay", kId, kOther, "7"},
       "POST " + account + "/subscriptions/" + kOther + R"(/replay {"from":7,"to":7})"},
      {{"deliveries", "replay", kId, kOther, "7", "9", "--also-done"},
       "POST " + account + "/subscriptions/" + kOther +
           R"(/replay {"from":7,"to":9,"also_done":true})"},
      {{"deliveries", "list", kId, "--webhook", kOther, "--state", "dead", "--limit", "5"},
       "GET " + account + "/deliveries?limit=5&subscription=" + kOther + "&state=dead"},
  };
  for (const CallCase& one : cases) {
    EXPECT_EQ(Run(one.words), 0) << one.call << errors_.str();
    ASSERT_FALSE(api_.calls.empty());
    EXPECT_EQ(api_.calls.back(), one.call);
  }
}

TEST_F(CommandLineTest, ConnectShowsTheChannelAfterwards) {
  const std::string path = fmt::format("/accounts/{}/channels/{}", kId, kOther);
  EXPECT_EQ(Run({"channel", "connect", kId, kOther}), 0);
  EXPECT_THAT(api_.calls, ElementsAre("POST " + path + "/connect", "GET " + path));
}

TEST_F(CommandLineTest, WhatIsCalledWronglyCallsNobody) {
  const std::vector<std::vector<std::string>> cases = {
      {},
      {"account"},
      {"account", "explode"},
      {"account", "show"},
      {"account", "show", kId, "more"},
      {"account", "set", kId},
      {"account", "set", kId, "--per-minute", "many"},
      {"account", "create", "x", "--expires", "soon"},
      {"account", "list", "--colour", "red"},
      {"key", "create", kId, "telegram"},
      {"channel", "key", kId, kOther, "2chat"},
      {"channel", "delete", kId, kOther},
      {"channel", "pair", kId, kOther, "--timeout", "ever"},
      {"events", "--after", "yesterday"},
      {"deliveries", "list", kId, "--state", "lost"},
      {"deliveries", "replay", kId, kOther, "-3"},
      {"backup"},
      {"restore"},
  };
  for (const auto& words : cases) EXPECT_EQ(Run(words), 2) << testing::PrintToString(words);
  EXPECT_THAT(api_.calls, ElementsAre());
  EXPECT_THAT(local_.calls, ElementsAre());
}

TEST_F(CommandLineTest, AccountsAndChannelsAreFoundByName) {
  api_.Answer(fmt::format(R"({{"accounts": [{{"account_id": "{}", "name": "Shop"}}],
                              "next": null}})",
                          kId));
  api_.Answer(fmt::format(R"({{"channels": [{{"channel_id": "x", "label": "Back", "phone": null}},
                              {{"channel_id": "{}", "label": "Front", "phone": "+15550100"}}],
                              "next": null}})",
                          kOther));
  EXPECT_EQ(Run({"channel", "show", "Shop", "+15550100"}), 0) << errors_.str();
  EXPECT_EQ(api_.calls.back(), fmt::format("GET /accounts/{}/channels/{}", kId, kOther));
}

TEST_F(CommandLineTest, AnUnknownOrAmbiguousNameIsRefused) {
  api_.Answer(R"({"accounts": [], "next": null})");
  EXPECT_EQ(Run({"account", "show", "Shop"}), 1);
  EXPECT_EQ(errors_.str(), "parley: There is no account 'Shop'; parley account list shows them\n");
  api_.Answer(R"({"accounts": [{"account_id": "1", "name": "Shop"},
                               {"account_id": "2", "name": "Shop"}], "next": null})");
  EXPECT_EQ(Run({"account", "show", "Shop"}), 1);
  EXPECT_THAT(errors_.str(), HasSubstr("More than one account"));
}

TEST_F(CommandLineTest, ListsFollowTheirPages) {
  api_.Answer(R"({"accounts": [{"account_id": "1", "name": "A"}], "next": "1 &"})");
  api_.Answer(R"({"accounts": [{"account_id": "2", "name": "B"}], "next": null})");
  EXPECT_EQ(Run({"account", "list", "--json"}), 0);
  EXPECT_THAT(api_.calls,
              ElementsAre("GET /accounts?limit=200", "GET /accounts?limit=200&after=1%20%26"));
  EXPECT_EQ(out_.str(), R"([{"account_id":"1","name":"A"},{"account_id":"2","name":"B"}])"
                        "\n");
}

TEST_F(CommandLineTest, RefusalsOfTheServerAreExitCodeOne) {
  base::Error refusal(base::ErrorCode::kInvalidFields, "Validation failed");
  refusal.faults = {{"name", "must have at most 200 characters"}};
  api_.answers.push_back(refusal);
  EXPECT_EQ(Run({"account", "create", "x"}), 1);
  EXPECT_EQ(errors_.str(), "parley: Validation failed\n  name: must have at most 200 characters\n");
}

TEST_F(CommandLineTest, PairShowsTheCodeAndWaits) {
  api_.Answer(R"({"qr": "2@first"})");
  api_.Answer(R"({"state": "pairing"})");
  api_.Answer(R"({"qr": "2@first"})");
  api_.Answer(R"({"state": "pairing"})");
  api_.Answer(R"({"qr": "2@second"})");
  api_.Answer(R"({"state": "connecting"})");
  api_.Answer(R"({"state": "connected", "phone": "+15550100"})");
  EXPECT_EQ(Run({"channel", "pair", kId, kOther}), 0) << errors_.str();
  const std::string out = out_.str();
  EXPECT_THAT(out, HasSubstr("▀"));
  EXPECT_EQ(out.find("2@first"), out.rfind("2@first"));  // shown once
  EXPECT_THAT(out, HasSubstr("2@second"));
  EXPECT_THAT(out, HasSubstr("Connected as +15550100."));
  EXPECT_EQ(api_.paused, std::chrono::seconds(4));
}

TEST_F(CommandLineTest, PairByNumberShowsTheEightCharacters) {
  api_.Answer(R"({"code": "ABCD1234"})");
  EXPECT_EQ(Run({"channel", "pair", kId, kOther, "--phone", "+15550100", "--no-wait"}), 0);
  EXPECT_THAT(out_.str(), HasSubstr("ABCD1234"));
  EXPECT_THAT(api_.calls.back(), HasSubstr(R"(/pair {"phone":"+15550100"})"));
}

TEST_F(CommandLineTest, PairSaysWhyItEnded) {
  api_.Answer(R"({"qr": "2@first"})");
  api_.Answer(R"({"state": "pending", "state_reason": "qr_expired"})");
  EXPECT_EQ(Run({"channel", "pair", kId, kOther}), 1);
  EXPECT_THAT(errors_.str(), HasSubstr("the channel is pending: qr_expired"));

  api_.Answer(R"({"qr": "2@first"})");
  for (int i = 0; i < 2; ++i) {
    api_.Answer(R"({"state": "pairing"})");
    api_.Answer(R"({"qr": "2@first"})");
  }
  api_.Answer(R"({"state": "pairing", "state_reason": null})");
  EXPECT_EQ(Run({"channel", "pair", kId, kOther, "--timeout", "2s"}), 1);
  EXPECT_THAT(errors_.str(), HasSubstr("not connected in time"));
}

TEST_F(CommandLineTest, EventsEndAtTheEndAndCountToTheirLimit) {
  api_.Answer(R"({"events": [{"position": 3, "at": "T", "name": "n", "channel_id": null,
                              "body": {"a": 1}}], "next": 3})");
  api_.Answer(R"({"events": [], "next": 9})");  // what was filtered out moves it on
  api_.Answer(R"({"events": [], "next": 9})");
  EXPECT_EQ(Run({"events", "--account", kId}), 0) << errors_.str();
  EXPECT_THAT(api_.calls,
              ElementsAre(fmt::format("GET /events?limit=200&account={}", kId),
                          fmt::format("GET /events?limit=200&account={}&after=3", kId),
                          fmt::format("GET /events?limit=200&account={}&after=9", kId)));
  EXPECT_THAT(out_.str(), HasSubstr(R"({"a":1})"));

  api_.calls.clear();
  api_.Answer(R"({"events": [{"position": 6}], "next": 6})");
  EXPECT_EQ(Run({"events", "--after", "5", "--limit", "1", "--json", "--follow"}), 0);
  EXPECT_THAT(api_.calls, ElementsAre("GET /events?limit=1&after=5&wait=30"));
  EXPECT_EQ(out_.str(), "{\"position\":6}\n");
}

TEST_F(CommandLineTest, AFollowerOutlivesARestart) {
  api_.Answer(R"({"events": [{"position": 6}], "next": 6})");
  api_.answers.push_back(base::Error(base::ErrorCode::kUnavailable, "No answer"));
  api_.Answer(R"({"events": [{"position": 7}], "next": 7})");
  EXPECT_EQ(Run({"events", "--follow", "--limit", "2", "--json"}), 0);
  EXPECT_EQ(out_.str(), "{\"position\":6}\n{\"position\":7}\n");

  api_.answers.push_back(base::Error(base::ErrorCode::kUnavailable, "No answer"));
  EXPECT_EQ(Run({"events", "--follow"}), 1) << "one that never reached it does not try for ever";
}

TEST_F(CommandLineTest, FolderCommandsCallTheFolder) {
  EXPECT_EQ(Run({"backup", "there"}), 0);
  EXPECT_EQ(Run({"backup", "there", "--without-key"}), 0);
  EXPECT_EQ(Run({"restore", "there"}), 0);
  EXPECT_EQ(Run({"migrate"}), 0);
  EXPECT_EQ(Run({"docs", "here"}), 0);
  EXPECT_THAT(local_.calls, ElementsAre("backup there with key", "backup there without key",
                                        "restore there", "migrate", "docs here"));
  EXPECT_EQ(Run({"version"}), 0);
  EXPECT_EQ(out_.str(), "Parley 1.2.3\n");
}

TEST_F(CommandLineTest, CheckFailsWhenThereAreProblems) {
  EXPECT_EQ(Run({"check"}), 0);
  EXPECT_EQ(out_.str(), "No problems found.\n");
  local_.report = base::ParseJson(R"({"problems": [{"option": "listen", "text": "--listen: taken"}],
                                      "notes": ["data folder x"]})")
                      .value()
                      .as_object();
  EXPECT_EQ(Run({"check"}), 1);
  EXPECT_EQ(out_.str(), "ok       data folder x\nproblem  --listen: taken\nProblems found: 1.\n");
}

TEST_F(CommandLineTest, CheckOfAChannelSaysWhatToDo) {
  api_.Answer(R"({"findings": [{"check": "token", "ok": true, "text": "Fine"}]})");
  EXPECT_EQ(Run({"channel", "check", kId, kOther}), 0);
  EXPECT_EQ(api_.calls.back(),
            std::string("POST /accounts/") + kId + "/channels/" + kOther + "/cloud/check");
  api_.Answer(R"({"findings": [{"check": "token", "ok": true, "text": "Fine"},
                               {"check": "fields", "ok": false, "text": "Bad", "fix": "Do this"}]})");
  EXPECT_EQ(Run({"channel", "check", kId, kOther}), 1);
  EXPECT_EQ(out_.str(),
            "ok       token         Fine\n"
            "problem  fields        Bad\n"
            "                       Do this\n"
            "Problems found: 1.\n");
  api_.Answer(R"({"findings": [{"check": "fields", "ok": false, "text": "Bad"}]})");
  EXPECT_EQ(Run({"channel", "check", kId, kOther, "--json"}), 1);
  EXPECT_EQ(base::ParseJson(out_.str()).value(),
            base::ParseJson(R"({"findings": [{"check": "fields", "ok": false, "text": "Bad"}]})")
                .value());
}

TEST_F(CommandLineTest, EveryCommandIsDocumented) {
  const std::string printed = PrintCommands();
  std::set<std::string_view> names;
  for (const Command& row : Commands()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.summary.empty()) << row.name;
    EXPECT_EQ(printed.find("## parley " + std::string(row.name)) == printed.npos, row.hidden);
    for (const ArgumentSpec& spec : row.arguments) EXPECT_FALSE(spec.help.empty()) << spec.name;
  }
}

}  // namespace
}  // namespace parley::cli
