// The same seed gives the same run, byte for byte, in two processes; another seed gives another
// one. In every run, whatever must hold holds (support/random_traffic.cc).
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

namespace parley::testing {
namespace {

namespace fs = std::filesystem;

constexpr int kSteps = 700;
constexpr const char* kFiles[] = {"events", "store", "webhooks", "network"};

struct Outcome {
  int exit_code = -1;
  std::string output;
  std::map<std::string, std::string> files;
  std::map<std::string, std::int64_t> counts;
};

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// In a process of its own.
Outcome RunSeed(int seed, const std::string& name) {
  Outcome run;
  const fs::path folder = fs::path(::testing::TempDir()) / ("determinism-" + name);
  fs::remove_all(folder);
  fs::create_directories(folder);
  const std::string command = std::string(DETERMINISM_RUN) + " " + std::to_string(seed) + " " +
                              std::to_string(kSteps) + " '" + folder.string() + "' 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return run;
  char buffer[4096];
  for (std::size_t n; (n = fread(buffer, 1, sizeof(buffer), pipe)) > 0;)
    run.output.append(buffer, n);
  run.exit_code = pclose(pipe);
  for (const char* file : kFiles) run.files[file] = ReadFile(folder / file);
  std::istringstream counts(ReadFile(folder / "counts"));
  std::string what;
  for (std::int64_t count; counts >> what >> count;) run.counts[what] = count;
  fs::remove_all(folder);
  return run;
}

class Determinism : public ::testing::TestWithParam<int> {};

TEST_P(Determinism, TheSameSeedGivesTheSameRun) {
  const std::string name = std::to_string(GetParam());
  const Outcome first = RunSeed(GetParam(), name + "a");
  EXPECT_EQ(first.exit_code, 0) << first.output;
  // Enough of everything, so that what holds does not hold for want of trouble.
  EXPECT_GE(first.counts.at("events"), 1000);
  EXPECT_GE(first.counts.at("accepted"), 150);
  EXPECT_GE(first.counts.at("received"), 80);
  EXPECT_GE(first.counts.at("posts"), 1000);
  EXPECT_GE(first.counts.at("failed_posts"), 20);
  EXPECT_GE(first.counts.at("crashes"), 1);
  EXPECT_GE(first.counts.at("faults"), 10);

  const Outcome second = RunSeed(GetParam(), name + "b");
  EXPECT_EQ(first.output, second.output);
  for (const char* file : kFiles) {
    EXPECT_FALSE(first.files.at(file).empty()) << file;
    EXPECT_TRUE(first.files.at(file) == second.files.at(file)) << file << " differs";
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Determinism, ::testing::Values(1, 2, 3));

TEST(AnotherSeed, GivesAnotherRun) {
  const Outcome one = RunSeed(1, "one"), two = RunSeed(2, "two");
  for (const char* file : kFiles)
    EXPECT_TRUE(one.files.at(file) != two.files.at(file)) << file << " is the same";
}

}  // namespace
}  // namespace parley::testing
