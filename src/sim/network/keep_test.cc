#include "sim/network/keep.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"

namespace parley::sim::network {
namespace {

constexpr std::string_view kTestMark = "keep of a test\n";

std::string Text(const Keep& keep, std::string_view name) {
  const std::string* found = keep.Find(name);
  return found == nullptr ? "(nothing)" : *found;
}

TEST(Keep, RemembersTheLastValueOfEachName) {
  MemoryLog log;
  {
    const auto keep = std::move(Keep::Open(log, kTestMark).value());
    keep->Set("one", "1");
    keep->Set("two", std::string("\0\1", 2));
    keep->Set("one", "first");
    keep->Set("three", "3");
    keep->Set("three", "");
  }
  const auto again = std::move(Keep::Open(log, kTestMark).value());
  EXPECT_EQ(Text(*again, "one"), "first");
  EXPECT_EQ(Text(*again, "two"), std::string("\0\1", 2));
  EXPECT_EQ(Text(*again, "three"), "(nothing)");
  std::string names;
  again->Visit("t", [&names](std::string_view name, std::string_view) { names += name; });
  EXPECT_EQ(names, "two");
}

TEST(Keep, CutsOffARecordThatIsNotWhole) {
  MemoryLog log;
  std::move(Keep::Open(log, kTestMark).value())->Set("one", "1");
  const std::string whole = log.bytes();
  for (std::size_t cut = whole.size() - 1; cut > 0; --cut) {
    MemoryLog torn(whole.substr(0, cut));
    const auto keep = std::move(Keep::Open(torn, kTestMark).value());
    EXPECT_EQ(Text(*keep, "one"), "(nothing)");
    keep->Set("two", "2");
    EXPECT_EQ(Text(*std::move(Keep::Open(torn, kTestMark).value()), "two"), "2") << cut;
  }
}

TEST(Keep, RefusesWhatIsNotItsFile) {
  MemoryLog log("something else, and not short");
  const auto keep = Keep::Open(log, kTestMark);
  ASSERT_FALSE(keep);
  EXPECT_EQ(keep.error().code, base::ErrorCode::kInvalidState);
}

TEST(Keep, WritesAFileAnewThatHoldsMuchWaste) {
  const std::string path =
      (std::filesystem::path(testing::TempDir()) / "parley_keep_test").string();
  std::filesystem::remove(path);
  {
    const auto log = std::move(OpenKeepFile(path, kTestMark).value());
    const auto keep = std::move(Keep::Open(*log, kTestMark).value());
    for (int i = 0; i < 12; ++i)
      keep->Set("large", std::string(500'000, static_cast<char>('a' + i)));
    keep->Set("small", "s");
  }
  const auto log = std::move(OpenKeepFile(path, kTestMark).value());
  EXPECT_LT(log->size(), 600'000u);
  const auto keep = std::move(Keep::Open(*log, kTestMark).value());
  EXPECT_EQ(Text(*keep, "large"), std::string(500'000, 'l'));
  EXPECT_EQ(Text(*keep, "small"), "s");
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace parley::sim::network
