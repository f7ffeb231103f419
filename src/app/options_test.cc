#include "app/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "app/option_sources.h"
#include "app/option_views.h"

namespace parley::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class OptionsTest : public testing::Test {
 protected:
  ~OptionsTest() override { std::filesystem::remove(path_); }

  void WriteConfig(const std::string& text) {
    std::ofstream(path_) << text;
    flags_["config"] = path_;
  }

  GatheredOptions Gather() const {
    OptionSources sources;
    sources.flags = flags_;
    sources.environment = [this](const std::string& name) -> std::optional<std::string> {
      const auto found = environment_.find(name);
      if (found == environment_.end()) return std::nullopt;
      return found->second;
    };
    return GatherOptions(sources);
  }

  const std::string path_ = testing::TempDir() + "/parley_options_" +
                            testing::UnitTest::GetInstance()->current_test_info()->name() + ".conf";
  std::map<std::string, std::string, std::less<>> flags_;
  std::map<std::string, std::string> environment_;
};

TEST_F(OptionsTest, DefaultsAreSound) { EXPECT_THAT(Gather().faults, IsEmpty()); }

TEST_F(OptionsTest, EveryRowHasItsOwnNameAndIsReadBackAsItIsPrinted) {
  std::set<std::string_view> names;
  for (const OptionRow& row : OptionRows()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.help.empty()) << row.name;
    Options read;
    const std::string text = OptionText(row, Options());
    EXPECT_EQ(SetOption(row, text, read), std::nullopt) << row.name;
    EXPECT_EQ(OptionText(row, read), text) << row.name;
  }
}

TEST_F(OptionsTest, EverySourceSetsEveryKind) {
  const std::map<std::string, std::string> wanted = {{"listen", "[::1]:9000"},
                                                     {"demo", "true"},
                                                     {"max-connections", "12"},
                                                     {"ca-files", "a.pem,b.pem"},
                                                     {"keep-events", "3h"}};
  std::string file;
  for (const auto& [name, value] : wanted) file += name + " = " + value + "\n";
  WriteConfig(file);
  const Options from_file = Gather().options;

  flags_ = {wanted.begin(), wanted.end()};
  const Options from_flags = Gather().options;

  flags_.clear();
  environment_ = {{"PARLEY_LISTEN", "[::1]:9000"},
                  {"PARLEY_DEMO", "true"},
                  {"PARLEY_MAX_CONNECTIONS", "12"},
                  {"PARLEY_CA_FILES", "a.pem,b.pem"},
                  {"PARLEY_KEEP_EVENTS", "3h"}};
  const Options from_environment = Gather().options;

  for (const Options& options : {from_file, from_flags, from_environment}) {
    EXPECT_EQ(options.listen, "[::1]:9000");
    EXPECT_TRUE(options.demo);
    EXPECT_EQ(options.max_connections, 12);
    EXPECT_THAT(options.ca_files, ElementsAre("a.pem", "b.pem"));
    EXPECT_EQ(options.keep_events, "3h");
  }
}

TEST_F(OptionsTest, FlagsGoBeforeEnvironmentBeforeFile) {
  WriteConfig("listen = 127.0.0.1:1\nkeep-media = 1d\nlog-level = error\n");
  environment_ = {{"PARLEY_LISTEN", "127.0.0.1:2"}, {"PARLEY_KEEP_MEDIA", "2d"}};
  flags_["listen"] = "127.0.0.1:3";
  const GatheredOptions gathered = Gather();
  EXPECT_THAT(gathered.faults, IsEmpty());
  EXPECT_EQ(gathered.options.listen, "127.0.0.1:3");
  EXPECT_EQ(gathered.options.keep_media, "2d");
  EXPECT_EQ(gathered.options.log_level, "error");
}

TEST_F(OptionsTest, EnvironmentNamesTheFileAndEmptyVariablesCountNot) {
  WriteConfig("listen = 127.0.0.1:1\n");
  flags_.clear();
  environment_ = {{"PARLEY_CONFIG", path_}, {"PARLEY_LISTEN", ""}};
  EXPECT_EQ(Gather().options.listen, "127.0.0.1:1");
}

TEST_F(OptionsTest, FileMayHaveCommentsBlanksAndQuotes) {
  WriteConfig(
      "# listen = 127.0.0.1:1\n\n  data   =  \"/var/lib/par ley\"  \r\nca-files = a , b,,\n"
      "public-url=https://x.example/#y");
  const GatheredOptions gathered = Gather();
  EXPECT_THAT(gathered.faults, IsEmpty());
  EXPECT_EQ(gathered.options.data, "/var/lib/par ley");
  EXPECT_THAT(gathered.options.ca_files, ElementsAre("a", "b"));
  EXPECT_EQ(gathered.options.public_url, "https://x.example/#y");
}

TEST_F(OptionsTest, FaultsOfTheFileNameTheLine) {
  WriteConfig(
      "listen = 127.0.0.1:1\nlisten-on = x\nmax-connections = many\n[server]\n"
      "listen = 127.0.0.1:2\nconfig = other\nkeep-events = soon\n");
  EXPECT_THAT(
      Gather().faults,
      ElementsAre(path_ + ":2: there is no option 'listen-on'. parley serve --help lists them",
                  path_ + ":4: expected name = value, as in listen = 127.0.0.1:8080",
                  path_ + ":5: listen is set twice. Keep one of the lines",
                  path_ + ":6: there is no option 'config'. parley serve --help lists them",
                  path_ + ":3: max-connections is 'many': give a whole number from 1 to 1000000000",
                  path_ + ":7: keep-events is 'soon': give a time as in 500ms, 30s, 5m, 2h or 7d"));
}

TEST_F(OptionsTest, AMissingFileIsNamed) {
  flags_["config"] = "/nowhere/parley.conf";
  EXPECT_THAT(
      Gather().faults,
      ElementsAre("Cannot read /nowhere/parley.conf: No such file or directory. Name another "
                  "file with --config"));
}

struct FaultCase {
  const char* option;
  const char* value;
  const char* fault;
};
constexpr FaultCase kFaultCases[] = {
    {"data", "", "--data is '': name a folder"},
    {"listen", "8080",
     "--listen is '8080': give an address and a port, as in 127.0.0.1:8080 or [::1]:8080"},
    {"listen", "127.0.0.1:65536",
     "--listen is '127.0.0.1:65536': give an address and a port, as in 127.0.0.1:8080 or "
     "[::1]:8080"},
    {"listen", "auto", "--listen is 'auto': give an address and a port"},
    {"public-url", "ftp://x", "--public-url is 'ftp://x': give an http or https URL"},
    {"demo", "perhaps", "--demo is 'perhaps': give true or false"},
    {"max-connections", "0", "--max-connections is '0': give a whole number from 1 to 1000000000"},
    {"max-connections", "1e3",
     "--max-connections is '1e3': give a whole number from 1 to 1000000000"},
    {"write-queue", "99999999999999999999",
     "--write-queue is '99999999999999999999': give a whole number from 1 to 1000000000"},
    {"stop-timeout", "-1s", "--stop-timeout is '-1s': give a time as in 500ms, 30s, 5m, 2h or 7d"},
    {"allow-networks", "10.0.0.0/8,mars",
     "--allow-networks is 'mars': give networks as in 10.0.0.0/8"},
    {"log-level", "loud", "--log-level is 'loud': choose one of debug, info, warning, error, off"},
    {"multidevice-at-once", "10001",
     "--multidevice-at-once is '10001': give a number from 1 to 10000"},
    {"multidevice-spacing", "61s", "--multidevice-spacing is '61s': give a time of up to 60s"},
    {"multidevice-first-keys", "9",
     "--multidevice-first-keys is '9': give a number from 10 to 812"},
    {"multidevice-first-keys", "813",
     "--multidevice-first-keys is '813': give a number from 10 to 812"},
    {"log-format", "xml", "--log-format is 'xml': choose one of text, json"},
};

TEST_F(OptionsTest, FaultsNameOptionValueAndFix) {
  for (const FaultCase& one : kFaultCases) {
    flags_ = {{one.option, one.value}};
    EXPECT_THAT(Gather().faults, ElementsAre(one.fault));
  }
}

TEST_F(OptionsTest, FaultsOfTheEnvironmentNameTheVariable) {
  environment_ = {{"PARLEY_LOG_LEVEL", "loud"}, {"PARLEY_WRITE_QUEUE", "x"}};
  EXPECT_THAT(
      Gather().faults,
      ElementsAre("PARLEY_WRITE_QUEUE is 'x': give a whole number from 1 to 1000000000",
                  "PARLEY_LOG_LEVEL is 'loud': choose one of debug, info, warning, error, off"));
}

TEST_F(OptionsTest, TheSimulatedNetworkListensBesideTheApis) {
  Options options;
  EXPECT_EQ(SimulatedListen(options), "127.0.0.1:8081");
  options.listen = "0.0.0.0:0";
  EXPECT_EQ(SimulatedListen(options), "127.0.0.1:0");
  options.sim_listen = "[::1]:5";
  EXPECT_EQ(SimulatedListen(options), "[::1]:5");
}

TEST_F(OptionsTest, AreShownWithWhereTheyComeFrom) {
  WriteConfig("listen = 127.0.0.1:1\nlog-level = error\nlog-format = json\n");
  environment_["PARLEY_LOG_LEVEL"] = "debug";
  flags_["log-format"] = "text";
  const GatheredOptions gathered = Gather();
  ASSERT_THAT(gathered.faults, IsEmpty());
  std::map<std::string, std::string> shown;
  for (const admin::OptionView& view : ViewsOf(gathered)) {
    shown[view.name] = *view.value + " by " + view.source + ", else " + view.default_value;
    EXPECT_FALSE(view.help.empty()) << view.name;
  }
  EXPECT_EQ(shown["listen"], "127.0.0.1:1 by file, else 127.0.0.1:8080");
  EXPECT_EQ(shown["log-level"], "debug by environment, else info");
  EXPECT_EQ(shown["log-format"], "text by flag, else text");
  EXPECT_EQ(shown["demo"], "false by default, else false");
  EXPECT_FALSE(shown.contains("crash-at"));
}

}  // namespace
}  // namespace parley::app
