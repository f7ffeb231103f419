// A database that cannot be opened says why, and what the operator can do.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>

#include "storage/sqlite/sqlite_store.h"
#include "tests/support/slow_vfs.h"
#include "tests/support/temporary_folder.h"

namespace parley::storage {
namespace {

class StoreOpening : public ::testing::Test {
 protected:
  void Make() { ASSERT_TRUE(OpenSqlite(options_)); }
  void Run(const char* sql) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(options_.path.c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
  }
  void ExpectRefused(const std::string& because) {
    for (const bool run_inline : {true, false}) {
      options_.run_inline = run_inline;
      auto opened = OpenSqlite(options_);
      ASSERT_FALSE(opened);
      EXPECT_EQ(opened.error().code, base::ErrorCode::kUnavailable);
      EXPECT_NE(opened.error().text.find(because), std::string::npos) << opened.error().text;
    }
  }

  testing::TemporaryFolder folder_;
  testing::SlowVfs vfs_;
  SqliteOptions options_{.path = folder_.path() + "/parley.db", .vfs = "", .busy_timeout_ms = 20};
};

TEST_F(StoreOpening, ANewerSchemaIsRefusedByNumber) {
  Make();
  Run("PRAGMA user_version=4711");
  ExpectRefused("schema 4711");
}

TEST_F(StoreOpening, AnOlderSchemaIsBroughtForward) {
  Run("PRAGMA user_version=0");
  Make();
}

TEST_F(StoreOpening, AFileThatIsNoDatabaseIsNamed) {
  std::ofstream(options_.path) << std::string(8192, 'x');
  ExpectRefused(options_.path + ": it is damaged or no SQLite database; restore a backup");
}

TEST_F(StoreOpening, ADamagedDatabaseIsNamed) {
  Make();
  {
    std::fstream file(options_.path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file << std::string(4096 - 100, '\xEE');
  }
  ExpectRefused(options_.path);
}

TEST_F(StoreOpening, AnotherProgramsLockIsNamed) {
  Make();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(options_.path.c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE;", nullptr, nullptr,
                         nullptr),
            SQLITE_OK);
  ExpectRefused("another program has locked it; end that program");
  sqlite3_close(other);
  Make();
}

TEST_F(StoreOpening, AFolderThatIsNotThereIsNamed) {
  options_.path = folder_.path() + "/nowhere/parley.db";
  ExpectRefused("its folder is not there or may not be written; check --data");
}

TEST_F(StoreOpening, AFolderThatMayNotBeWrittenIsNamed) {
  Make();
  options_.vfs = vfs_.name();
  vfs_.RefuseLogs(true);
  ExpectRefused("its folder is not there or may not be written; check --data");
  vfs_.RefuseLogs(false);
  Make();
}

TEST_F(StoreOpening, AFullDiskIsNamed) {
  options_.vfs = vfs_.name();
  vfs_.FillDisk(true);
  ExpectRefused(options_.path);
  vfs_.FillDisk(false);
  Make();
}

}  // namespace
}  // namespace parley::storage
