#include "app/backup.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "app/data_folder.h"
#include "base/digest.h"
#include "base/encoding.h"
#include "storage/sqlite/database_file.h"

namespace parley::app {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class BackupTest : public testing::Test {
 protected:
  BackupTest() {
    fs::remove_all(home_);
    lock_ = LockFolder(data_).value();
    source_.data = data_;
    source_.key = LoadFolderKey(data_, "", *random_).value();
    EXPECT_TRUE(storage::MigrateFile(data_ + "/parley.db").has_value());
    source_.copy_database = [this](const std::string& path) {
      return storage::CopyDatabase(data_ + "/parley.db", path);
    };
    EXPECT_TRUE(WriteFile(data_ + "/demo.json", "{}").has_value());
    EXPECT_TRUE(WriteFile(data_ + "/admin.token", "secret").has_value());
    fs::create_directories(data_ + "/sim/media");
    EXPECT_TRUE(WriteFile(data_ + "/sim/network.log", "log").has_value());
    AddBlob("a picture");
  }
  ~BackupTest() override {
    lock_.reset();
    fs::remove_all(home_);
  }

  // Its path below the data folder.
  std::string AddBlob(const std::string& bytes) {
    const std::string sha256 = base::ToHexText(base::AsText(base::Sha256(bytes)));
    const std::string path = "media/" + sha256.substr(0, 2) + "/" + sha256.substr(2);
    fs::create_directories(fs::path(data_ + "/" + path).parent_path());
    EXPECT_TRUE(WriteFile(data_ + "/" + path, bytes).has_value());
    return path;
  }

  base::Result<BackupReport> Back(bool with_key = true) {
    return MakeBackup(source_, backup_, with_key, base::FromUnixMs(0));
  }

  // Paths below the folder, without what belongs to one process.
  static std::vector<std::string> FilesOf(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && entry.path().filename() != "lock")
        files.push_back(entry.path().lexically_relative(folder).string());
    std::sort(files.begin(), files.end());
    return files;
  }

  void Damage(std::string_view start) {
    for (const std::string& path : FilesOf(backup_)) {
      if (!path.starts_with(start)) continue;
      ASSERT_TRUE(WriteFile(backup_ + "/" + path, "other").has_value());
    }
  }

  const std::string home_ = testing::TempDir() + "/parley_backup_" +
                            testing::UnitTest::GetInstance()->current_test_info()->name();
  const std::string data_ = home_ + "/data", backup_ = home_ + "/backup", fresh_ = home_ + "/fresh";
  const std::unique_ptr<base::Random> random_ = base::MakeSeededRandom(1);
  std::unique_ptr<FolderLock> lock_;
  BackupSource source_;
};

TEST_F(BackupTest, RestoresEverythingButTheAdminToken) {
  const auto report = Back();
  ASSERT_TRUE(report.has_value()) << report.error().public_text();
  EXPECT_EQ(report->head.files, 5);
  EXPECT_EQ(report->copied, 5);
  EXPECT_TRUE(report->head.key_included);
  EXPECT_EQ(report->head.schema, storage::NewestSchema());
  EXPECT_THAT(report->damaged, IsEmpty());

  const auto head = RestoreBackup(backup_, fresh_);
  ASSERT_TRUE(head.has_value()) << head.error().public_text();
  std::vector<std::string> wanted = FilesOf(data_);
  std::erase(wanted, "admin.token");
  std::erase_if(wanted, [](const std::string& path) { return path.starts_with("parley.db-"); });
  EXPECT_EQ(FilesOf(fresh_), wanted);
  EXPECT_EQ(*base::ReadFile(fresh_ + "/key"), *base::ReadFile(data_ + "/key"));
  EXPECT_TRUE(storage::FaultsOf(fresh_ + "/parley.db")->empty());
  EXPECT_EQ((fs::status(fresh_).permissions() & fs::perms::all), fs::perms::owner_all);
}

TEST_F(BackupTest, WithoutKeyHoldsNoKey) {
  const auto report = Back(false);
  ASSERT_TRUE(report.has_value());
  EXPECT_FALSE(report->head.key_included);
  EXPECT_EQ(report->head.key_fingerprint, KeyFingerprint(source_.key));
  ASSERT_TRUE(RestoreBackup(backup_, fresh_).has_value());
  EXPECT_FALSE(fs::exists(fresh_ + "/key"));
  EXPECT_FALSE(fs::exists(fresh_ + "/demo.json"));
  for (const std::string& path : FilesOf(backup_))
    EXPECT_THAT(*base::ReadFile(backup_ + "/" + path),
                testing::Not(HasSubstr(base::ReadFile(data_ + "/key")->substr(0, 64))));
}

TEST_F(BackupTest, AKeyThatLiesElsewhereStaysThere) {
  source_.has_own_key = false;
  ASSERT_TRUE(Back().has_value());
  for (const std::string& path : FilesOf(backup_)) EXPECT_FALSE(path.starts_with("key"));
}

TEST_F(BackupTest, ASecondOneCopiesWhatIsNewAndForgetsWhatIsGone) {
  ASSERT_TRUE(Back().has_value());
  const std::string added = AddBlob("another picture");
  ASSERT_TRUE(WriteFile(data_ + "/sim/network.log", "log, longer").has_value());
  fs::remove(data_ + "/demo.json");
  const auto report = Back();
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->copied, 3);  // the picture, the network's file and the database
  const std::vector<std::string> files = FilesOf(backup_);
  EXPECT_EQ(files.size(), 6u);  // five and the manifest: no second network.log, no demo.json
  ASSERT_TRUE(RestoreBackup(backup_, fresh_).has_value());
  EXPECT_EQ(*base::ReadFile(fresh_ + "/sim/network.log"), "log, longer");
  EXPECT_TRUE(fs::exists(fresh_ + "/" + added));
}

// What an interrupted second backup leaves: the first is still whole.
TEST_F(BackupTest, AFailedOneKeepsTheOneBefore) {
  ASSERT_TRUE(Back().has_value());
  source_.copy_database = [](const std::string& path) {
    EXPECT_TRUE(WriteFile(path, "half").has_value());
    return base::Error(ErrorCode::kUnavailable, "disk full");
  };
  ASSERT_TRUE(WriteFile(data_ + "/sim/network.log", "other").has_value());
  EXPECT_FALSE(Back().has_value());
  ASSERT_TRUE(RestoreBackup(backup_, fresh_).has_value());
  EXPECT_EQ(*base::ReadFile(fresh_ + "/sim/network.log"), "log");
}

TEST_F(BackupTest, DamagedMediaIsNamedAndLeftOut) {
  const std::string path = AddBlob("soon damaged");
  ASSERT_TRUE(WriteFile(data_ + "/" + path, "damaged").has_value());
  const auto report = Back();
  ASSERT_TRUE(report.has_value());
  EXPECT_THAT(report->damaged, ElementsAre(path));
  ASSERT_TRUE(RestoreBackup(backup_, fresh_).has_value());
  EXPECT_FALSE(fs::exists(fresh_ + "/" + path));
}

TEST_F(BackupTest, GoesNeitherIntoTheDataFolderNorBesideOtherThings) {
  const auto inside = MakeBackup(source_, data_ + "/backup", true, base::FromUnixMs(0));
  ASSERT_FALSE(inside.has_value());
  EXPECT_EQ(inside.error().code, ErrorCode::kInvalidState);
  EXPECT_FALSE(fs::exists(data_ + "/backup"));

  fs::create_directories(backup_);
  ASSERT_TRUE(WriteFile(backup_ + "/thesis.txt", "").has_value());
  const auto beside = Back();
  ASSERT_FALSE(beside.has_value());
  EXPECT_EQ(beside.error().code, ErrorCode::kInvalidState);
  EXPECT_THAT(FilesOf(backup_), ElementsAre("thesis.txt"));
}

TEST_F(BackupTest, IsNotRestoredOverSomething) {
  ASSERT_TRUE(Back().has_value());
  fs::create_directories(fresh_);
  ASSERT_TRUE(WriteFile(fresh_ + "/parley.db", "precious").has_value());
  const auto head = RestoreBackup(backup_, fresh_);
  ASSERT_FALSE(head.has_value());
  EXPECT_EQ(head.error().code, ErrorCode::kInvalidState);
  EXPECT_THAT(head.error().text, HasSubstr("--data"));
  EXPECT_EQ(*base::ReadFile(fresh_ + "/parley.db"), "precious");
}

TEST_F(BackupTest, ADamagedOneLeavesNothingBehind) {
  for (const std::string_view start : {"parley.db.", "key.", "media/", "sim/"}) {
    fs::remove_all(backup_);
    ASSERT_TRUE(Back().has_value());
    Damage(start);
    const auto head = RestoreBackup(backup_, fresh_);
    ASSERT_FALSE(head.has_value()) << start;
    EXPECT_THAT(head.error().text, HasSubstr(std::string(start)));
    EXPECT_THAT(FilesOf(fresh_), IsEmpty());
  }
}

TEST_F(BackupTest, AManifestThatWasChangedIsRefused) {
  ASSERT_TRUE(Back().has_value());
  const std::string path = backup_ + "/MANIFEST";
  const std::string good = *base::ReadFile(path);
  const auto replaced = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, text.npos) << from;
    return text.replace(at, from.size(), to);
  };
  const std::string sum(64, 'a');
  const std::pair<std::string, const char*> cases[] = {
      {"", "first line"},
      {"# Parley backup {\n", "1"},
      {replaced(fmt::format("\"schema\":{}", storage::NewestSchema()), "\"schema\":999"),
       "knows up to"},
      {replaced("\"format\":1", "\"format\":2"), "newer Parley"},
      {replaced("  key.", "  ../key."), "no backup has"},
      {replaced("  key.", "  /key."), "no backup has"},
      {replaced("  key.", "  admin.token."), "no backup has"},
      {replaced("  media/", "  media/../"), "no backup has"},
      {good + sum + "  key.aaaaaaaaaaaaaaaa\n", "lines are missing"},
      {good.substr(0, good.rfind('\n', good.size() - 2) + 1), "lines are missing"},
      {good.substr(0, good.size() - 4), "no backup has"},
      {good + "nonsense\n", "not a sum"},
  };
  for (const auto& [text, complaint] : cases) {
    ASSERT_TRUE(WriteFile(path, text).has_value());
    const auto head = RestoreBackup(backup_, fresh_);
    ASSERT_FALSE(head.has_value()) << text;
    EXPECT_THAT(std::string(head.error().public_text()), HasSubstr(complaint)) << text;
    EXPECT_FALSE(fs::exists(fresh_ + "/parley.db"));
  }
  ASSERT_TRUE(WriteFile(path, good).has_value());
  EXPECT_TRUE(RestoreBackup(backup_, fresh_).has_value());
}

TEST_F(BackupTest, AFolderWithoutManifestIsNoBackup) {
  const auto head = RestoreBackup(home_, fresh_);
  ASSERT_FALSE(head.has_value());
  EXPECT_EQ(head.error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(fs::exists(fresh_));
}

}  // namespace
}  // namespace parley::app
