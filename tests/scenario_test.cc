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

std::vector<std::string> ScenarioFiles() {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator("tests/scenarios"))
    if (entry.path().extension() == ".scenario")
      files.push_back(fs::relative(entry.path(), "tests/scenarios").string());
  std::sort(files.begin(), files.end());
  return files;
}

class Scenario : public ::testing::TestWithParam<std::string> {};

TEST_P(Scenario, GoesAsTold) {
  const ScenarioResult result = RunScenario(ReadFile("tests/scenarios/" + GetParam()), 1);
  ASSERT_EQ(result.failure, "") << result.transcript;

  const fs::path golden = fs::path("tests/golden") / fs::path(GetParam()).replace_extension(".txt");
  if (std::getenv("PARLEY_UPDATE_GOLDEN") != nullptr) {
    fs::create_directories(golden.parent_path());
    std::ofstream(golden, std::ios::binary) << result.transcript;
  }
  EXPECT_EQ(ReadFile(golden), result.transcript)
      << "The wire changed; if that is meant, write it with PARLEY_UPDATE_GOLDEN=1 and read it.";
}

std::string NameOf(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(0, info.param.find('.'));
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, Scenario, ::testing::ValuesIn(ScenarioFiles()), NameOf);

}  // namespace
}  // namespace parley::testing
