// Runs every scenario of tests/scenarios and compares its transcript with the golden file of the
// same name. With PARLEY_UPDATE_GOLDEN=1 the golden files are written instead; read them.
#include "tests/support/scenario.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace parley::testing {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string ScenarioText(const std::string& file) { return ReadFile("tests/scenarios/" + file); }

fs::path GoldenOf(const std::string& file) {
  return fs::path("tests/golden") / fs::path(file).replace_extension(".txt");
}

// Those that name one of these links.
std::vector<std::string> ScenarioFiles(const std::set<ScenarioLinks>& links) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator("tests/scenarios"))
    if (entry.path().extension() == ".scenario" && links.contains(LinksOf(ReadFile(entry.path()))))
      files.push_back(fs::relative(entry.path(), "tests/scenarios").string());
  std::sort(files.begin(), files.end());
  return files;
}

void CompareWithGolden(const std::string& file, const std::string& transcript) {
  const fs::path golden = GoldenOf(file);
  if (std::getenv("PARLEY_UPDATE_GOLDEN") != nullptr) {
    fs::create_directories(golden.parent_path());
    std::ofstream(golden, std::ios::binary) << transcript;
  }
  EXPECT_EQ(ReadFile(golden), transcript)
      << "The wire changed; if that is meant, write it with PARLEY_UPDATE_GOLDEN=1 and read it.";
}

class Scenario : public ::testing::TestWithParam<std::string> {};

TEST_P(Scenario, GoesAsTold) {
  const ScenarioResult result = RunScenario(ScenarioText(GetParam()), 1);
  ASSERT_EQ(result.failure, "") << result.transcript;
  CompareWithGolden(GetParam(), result.transcript);
}

// With native channels, over the simulated network's wire. What a program sees of a scenario of
// both links is the same as on the direct one.
class ScenarioOnTheWire : public ::testing::TestWithParam<std::string> {};

TEST_P(ScenarioOnTheWire, GoesAsTold) {
  const std::string text = ScenarioText(GetParam());
  const ScenarioResult result = RunScenario(text, 1, core::LinkKind::kMultiDevice);
  ASSERT_EQ(result.failure, "") << result.transcript;
  if (LinksOf(text) == ScenarioLinks::kNative)
    CompareWithGolden(GetParam(), result.transcript);
  else
    EXPECT_EQ(WithoutChance(ReadFile(GoldenOf(GetParam()))), WithoutChance(result.transcript));
}

// With channels on the Cloud API, over the simulated Graph.
class ScenarioOnTheGraph : public ::testing::TestWithParam<std::string> {};

TEST_P(ScenarioOnTheGraph, GoesAsTold) {
  const ScenarioResult result = RunScenario(ScenarioText(GetParam()), 1, core::LinkKind::kCloud);
  ASSERT_EQ(result.failure, "") << result.transcript;
  CompareWithGolden(GetParam(), result.transcript);
}

std::string NameOf(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(0, info.param.find('.'));
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(
    Files, Scenario,
    ::testing::ValuesIn(ScenarioFiles({ScenarioLinks::kDirect, ScenarioLinks::kBoth})), NameOf);
INSTANTIATE_TEST_SUITE_P(
    Files, ScenarioOnTheWire,
    ::testing::ValuesIn(ScenarioFiles({ScenarioLinks::kNative, ScenarioLinks::kBoth})), NameOf);
INSTANTIATE_TEST_SUITE_P(Files, ScenarioOnTheGraph,
                         ::testing::ValuesIn(ScenarioFiles({ScenarioLinks::kCloud})), NameOf);

}  // namespace
}  // namespace parley::testing
