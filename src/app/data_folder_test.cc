#include "app/data_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

namespace parley::app {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using testing::HasSubstr;

class DataFolderTest : public testing::Test {
 protected:
  DataFolderTest() { fs::remove_all(home_); }
  ~DataFolderTest() override { fs::remove_all(home_); }

  static int ModeOf(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? static_cast<int>(status.st_mode & 0777) : -1;
  }

  const std::string home_ = testing::TempDir() + "/parley_folder_" +
                            testing::UnitTest::GetInstance()->current_test_info()->name();
  const std::string folder_ = home_ + "/a/data";
  const std::unique_ptr<base::Random> random_ = base::MakeSeededRandom(1);
};

TEST_F(DataFolderTest, IsMadeForItsOwnerAlone) {
  const auto lock = LockFolder(folder_);
  ASSERT_TRUE(lock.has_value());
  EXPECT_EQ(ModeOf(folder_), 0700);
  ASSERT_TRUE(LoadFolderKey(folder_, "", *random_).has_value());
  EXPECT_EQ(ModeOf(folder_ + "/key"), 0600);
  EXPECT_EQ(ModeOf(folder_ + "/lock"), 0600);
}

TEST_F(DataFolderTest, MayBeNamedFromTheWorkingFolder) {
  const fs::path before = fs::current_path();
  fs::create_directories(home_);
  fs::current_path(home_);
  for (const char* name : {"data", "./other", "third/"}) {
    EXPECT_TRUE(LockFolder(name).has_value()) << name;
    EXPECT_EQ(ModeOf(name), 0700) << name;
  }
  fs::current_path(before);
}

TEST_F(DataFolderTest, AFolderThatIsThereKeepsItsMode) {
  fs::create_directories(folder_);
  ::chmod(folder_.c_str(), 0750);
  ASSERT_TRUE(LockFolder(folder_).has_value());
  EXPECT_EQ(ModeOf(folder_), 0750);
}

TEST_F(DataFolderTest, TheSecondToLockIsToldWhoHasIt) {
  {
    const auto lock = LockFolder(folder_);
    ASSERT_TRUE(lock.has_value());
    EXPECT_EQ(LockHolder(folder_), ::getpid());
    const auto second = LockFolder(folder_);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::kInvalidState);
    EXPECT_THAT(second.error().text, HasSubstr("(process " + std::to_string(::getpid()) + ")"));
    EXPECT_THAT(second.error().text, HasSubstr("--data"));
  }
  EXPECT_EQ(LockHolder(folder_), 0);
  EXPECT_TRUE(LockFolder(folder_).has_value());
}

TEST_F(DataFolderTest, AFileInTheWayIsNamedWithTheOption) {
  fs::create_directories(home_);
  ASSERT_TRUE(WriteFile(home_ + "/a", "").has_value());
  const auto lock = LockFolder(folder_);
  ASSERT_FALSE(lock.has_value());
  EXPECT_THAT(lock.error().text, HasSubstr(folder_));
  EXPECT_THAT(lock.error().text, HasSubstr("--data"));
}

TEST_F(DataFolderTest, TheKeyIsMadeOnceAndReadAgain) {
  const auto lock = LockFolder(folder_);
  const auto made = LoadFolderKey(folder_, "", *random_);
  const auto read = LoadFolderKey(folder_, "", *random_);
  ASSERT_TRUE(made.has_value() && read.has_value());
  EXPECT_EQ(*made, *read);
  EXPECT_EQ(KeyFingerprint(*made), KeyFingerprint(*read));
  EXPECT_EQ(KeyFingerprint(*made).size(), 12u);
}

// Another key could not open what the first one sealed.
TEST_F(DataFolderTest, NoNewKeyIsMadeForADatabaseThatIsThere) {
  const auto lock = LockFolder(folder_);
  ASSERT_TRUE(WriteFile(folder_ + "/parley.db", "").has_value());
  const auto key = LoadFolderKey(folder_, "", *random_);
  ASSERT_FALSE(key.has_value());
  EXPECT_THAT(key.error().text, HasSubstr("--key-file"));
  EXPECT_FALSE(fs::exists(folder_ + "/key"));
}

TEST_F(DataFolderTest, AKeyOfTheWrongSizeIsRefused) {
  const auto lock = LockFolder(folder_);
  for (const std::string& text : {std::string(), std::string("abcd\n"), std::string("not hex"),
                                  std::string(63, 'a'), std::string(66, 'a')}) {
    ASSERT_TRUE(WriteFile(folder_ + "/key", text).has_value());
    const auto key = LoadFolderKey(folder_, "", *random_);
    ASSERT_FALSE(key.has_value()) << text;
    EXPECT_THAT(key.error().text, HasSubstr("64 hex digits"));
    EXPECT_THAT(key.error().text, HasSubstr("--key-file"));
    if (!text.empty()) {
      EXPECT_THAT(key.error().text, testing::Not(HasSubstr(text.substr(0, 8))));
    }
  }
}

TEST_F(DataFolderTest, AHalfRestoredFolderIsRefused) {
  const auto lock = LockFolder(folder_);
  EXPECT_TRUE(CheckRestored(folder_).has_value());
  ASSERT_TRUE(WriteFile(folder_ + "/restoring", "").has_value());
  const auto checked = CheckRestored(folder_);
  ASSERT_FALSE(checked.has_value());
  EXPECT_THAT(checked.error().text, HasSubstr("parley restore"));
}

}  // namespace
}  // namespace parley::app
