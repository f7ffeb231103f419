#include "app/docs.h"

#include <gtest/gtest.h>

#include "app/option_sources.h"
#include "base/files.h"

namespace parley::app {
namespace {

// Runs in the top folder of the sources.
TEST(DocsTest, TheDocumentsAreWhatTheirTablesSay) {
  const auto documents = PrintDocuments();
  ASSERT_GE(documents.size(), 3u);
  for (const PrintedDocument& document : documents) {
    const auto kept = base::ReadFile(document.path);
    ASSERT_TRUE(kept.has_value()) << document.path << ": run parley docs .";
    EXPECT_EQ(*kept, document.text) << document.path << " is out of date: run parley docs .";
  }
}

// Whoever takes the marks off the example's lines gets the defaults.
TEST(DocsTest, TheExampleIsAConfiguration) {
  const auto example = base::ReadFile("parley.conf.example");
  ASSERT_TRUE(example.has_value());
  std::string plain;
  for (std::size_t begin = 0; begin < example->size();) {
    const std::size_t end = std::min(example->find('\n', begin), example->size());
    const std::string line = example->substr(begin, end - begin);
    const std::string name = line.substr(0, line.find(" ="));
    bool is_option = false;
    for (const OptionRow& row : OptionRows())
      is_option = is_option || name == "# " + std::string(row.name);
    plain += (is_option ? line.substr(2) : line) + "\n";
    begin = end + 1;
  }
  const std::string path = testing::TempDir() + "/parley_example.conf";
  ASSERT_TRUE(base::WriteFile(path, plain).has_value());
  OptionSources sources;
  sources.flags["config"] = path;
  sources.environment = [](const std::string&) { return std::optional<std::string>(); };
  const GatheredOptions gathered = GatherOptions(sources);
  EXPECT_TRUE(gathered.faults.empty()) << gathered.faults.front();
  for (const OptionRow& row : OptionRows()) {
    if (row.hidden || row.name == "config") continue;
    EXPECT_EQ(OptionText(row, gathered.options), OptionText(row, Options())) << row.name;
    EXPECT_NE(plain.find("\n" + std::string(row.name) + " ="), plain.npos) << row.name;
  }
}

}  // namespace
}  // namespace parley::app
