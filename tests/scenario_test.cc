// Runs every scenario of tests/scenarios and compares its transcript with the golden file of the
// same name. With PARLEY_UPDATE_GOLDEN=1 the golden files are written instead; read them.
#include "tests/support/scenario.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

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

// Those that run on the direct link, or those that run on the native one.
std::vector<std::string> ScenarioFiles(ScenarioLinks not_on) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator("tests/scenarios"))
    if (entry.path().extension() == ".scenario" && LinksOf(ReadFile(entry.path())) != not_on)
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

std::string NameOf(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(0, info.param.find('.'));
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, Scenario,
                         ::testing::ValuesIn(ScenarioFiles(ScenarioLinks::kNative)), NameOf);
INSTANTIATE_TEST_SUITE_P(Files, ScenarioOnTheWire,
                         ::testing::ValuesIn(ScenarioFiles(ScenarioLinks::kDirect)), NameOf);

}  // namespace
}  // namespace parley::testing
