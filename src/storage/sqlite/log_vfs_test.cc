#include "storage/sqlite/log_vfs.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>

#include "storage/sqlite/sqlite_connection.h"
#include "tests/support/temporary_folder.h"

namespace parley::storage {
namespace {

constexpr Sql kPut{"INSERT INTO numbers (n, text) VALUES (?, ?)"};
constexpr Sql kCount{"SELECT count(*), sum(length(text)) FROM numbers"};
constexpr Sql kCheck{"PRAGMA integrity_check"};

class LogVfsTest : public ::testing::Test {
 protected:
  LogVfsTest() {
    writer_ = Open(true);
    EXPECT_TRUE(writer_->Script("CREATE TABLE numbers (n INTEGER PRIMARY KEY, text TEXT) STRICT"));
  }
  std::unique_ptr<SqliteConnection> Open(bool gather) {
    SqliteOpenOptions options;
    options.gather_log = gather;
    auto opened = SqliteConnection::Open(path_, options);
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
  void Put(int from, int until) {
    for (int n = from; n < until; ++n)
      ASSERT_TRUE(writer_->Execute(kPut, {std::int64_t{n}, std::string(1000, 'x')}));
  }
  static std::string Count(SqliteConnection& connection) {
    auto rows = connection.Query(kCount, {});
    if (!rows || !*rows->Next()) return "an error";
    return fmt::format("{} rows of {} bytes", rows->Integer(0), rows->Integer(1));
  }
  static std::string Check(SqliteConnection& connection) {
    auto rows = connection.Query(kCheck, {});
    if (!rows || !*rows->Next()) return "an error";
    return rows->Text(0);
  }
  std::uintmax_t LogSize() { return std::filesystem::file_size(path_ + "-wal"); }

  testing::TemporaryFolder folder_{testing::TemporaryFolder::InMemory()};
  std::string path_ = folder_.path() + "/a.db";
  std::unique_ptr<SqliteConnection> writer_;
};

TEST_F(LogVfsTest, OthersSeeACommitAndNothingBeforeIt) {
  auto reader = Open(false);
  ASSERT_TRUE(writer_->Script("BEGIN"));
  Put(0, 100);
  EXPECT_EQ(Count(*reader), "0 rows of 0 bytes");
  ASSERT_TRUE(writer_->Script("COMMIT"));
  EXPECT_EQ(Count(*reader), "100 rows of 100000 bytes");
  EXPECT_GT(LogSize(), 100'000u);
}

// With a cache of a few pages SQLite writes to the log in the middle of a transaction, and reads
// from there what it wrote.
TEST_F(LogVfsTest, ATransactionReadsWhatIsNotWrittenYet) {
  ASSERT_TRUE(writer_->Script("PRAGMA cache_size=10"));
  ASSERT_TRUE(writer_->Script("BEGIN"));
  Put(0, 3000);  // far more than what is gathered at most
  EXPECT_EQ(Count(*writer_), "3000 rows of 3000000 bytes");
  ASSERT_TRUE(writer_->Script("UPDATE numbers SET text='y' WHERE n % 2 = 0"));
  EXPECT_EQ(Count(*writer_), "3000 rows of 1501500 bytes");
  ASSERT_TRUE(writer_->Script("COMMIT"));
  auto reader = Open(false);
  EXPECT_EQ(Count(*reader), "3000 rows of 1501500 bytes");
  EXPECT_EQ(Check(*reader), "ok");
}

TEST_F(LogVfsTest, WhatIsRolledBackIsOverwritten) {
  Put(0, 10);
  ASSERT_TRUE(writer_->Script("PRAGMA cache_size=10"));
  ASSERT_TRUE(writer_->Script("BEGIN"));
  Put(10, 500);
  ASSERT_TRUE(writer_->Script("ROLLBACK"));
  Put(10, 20);
  auto reader = Open(false);
  EXPECT_EQ(Count(*reader), "20 rows of 20000 bytes");
  EXPECT_EQ(Check(*reader), "ok");
}

// A copy of the files is what a crash would leave.
TEST_F(LogVfsTest, ACrashLeavesEveryCommit) {
  ASSERT_TRUE(writer_->Script("PRAGMA cache_size=10"));
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(writer_->Script("BEGIN"));
    Put(i * 100, i * 100 + 100);
    ASSERT_TRUE(writer_->Script("COMMIT"));
    if (i == 10) {
      ASSERT_EQ(sqlite3_wal_checkpoint_v2(writer_->handle(), nullptr, SQLITE_CHECKPOINT_RESTART,
                                          nullptr, nullptr),
                SQLITE_OK);
    }
    const std::string copy = fmt::format("{}/copy{}.db", folder_.path(), i);
    std::filesystem::copy_file(path_, copy);
    std::filesystem::copy_file(path_ + "-wal", copy + "-wal");
    auto recovered = SqliteConnection::Open(copy, {});
    ASSERT_TRUE(recovered);
    EXPECT_EQ(Count(**recovered),
              fmt::format("{} rows of {} bytes", i * 100 + 100, (i * 100 + 100) * 1000));
    EXPECT_EQ(Check(**recovered), "ok");
  }
}

TEST_F(LogVfsTest, AnUnknownVfsIsAnError) {
  SqliteOpenOptions options;
  options.gather_log = true;
  options.vfs = "nowhere";
  EXPECT_FALSE(SqliteConnection::Open(path_, options));
}

}  // namespace
}  // namespace parley::storage
