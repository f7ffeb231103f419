// The key index alone, on a database in memory: runs, their merging and their end.
#include "storage/key_index.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "storage/read.h"
#include "storage/sqlite/migrations.h"

namespace parley::storage {
namespace {

constexpr Sql kCountRuns{"SELECT count(*) FROM key_runs"};
constexpr Sql kCountBlocks{"SELECT count(*) FROM key_blocks"};
constexpr Sql kHighestRun{"SELECT max(run) FROM key_runs"};
constexpr Sql kLowestLevelRuns{"SELECT count(*) FROM key_runs WHERE level=0"};
constexpr Sql kUnlistedBlock{
    "SELECT 1 FROM key_blocks WHERE run NOT IN (SELECT run FROM key_runs)"};
constexpr Sql kStrayBlock{
    "INSERT INTO key_blocks (run, first, keys) VALUES (99, zeroblob(25), x'')"};
constexpr Sql kStrayBlockOf1{
    "INSERT INTO key_blocks (run, first, keys) VALUES (1, CAST(printf('%025d', ?) AS BLOB), x'')"};
constexpr Sql kPutRow{
    "INSERT INTO messages (row, id, account, channel, chat, direction, origin, content, status, "
    "at, "
    "accepted_at, history) VALUES (?, CAST(printf('%016d', ?1) AS BLOB), 1, 1, 1, 1, 1, '', 2, 0, "
    "0, "
    "x'')"};
constexpr Sql kDeleteBelow{"DELETE FROM messages WHERE row<?"};

class KeyIndexTest : public ::testing::Test {
 protected:
  KeyIndexTest() { StartAnew(); }

  void StartAnew() {
    next_ = 1;
    index_.reset();
    db_ = std::move(*SqliteConnection::Open(":memory:", {}));
    EXPECT_TRUE(Migrate(*db_));
    Open();
  }

  // As after a crash: what was in memory only is gone.
  void Open() {
    memory_ = std::make_unique<KeyMemory>();
    filters_ = std::make_unique<KeyFilters>();
    index_ = std::make_unique<KeyIndex>(*db_, *memory_, *filters_, sizes_);
    ASSERT_TRUE(index_->Rebuild());
  }
  static IndexKey Link(std::int64_t row) {
    return IndexKey::Of(KeySpace::kLink, fmt::format("{:016}", row), row);
  }
  void Commit(bool kept = true) {
    ASSERT_TRUE(db_->Script("BEGIN"));
    const std::int64_t row = next_++;
    ASSERT_TRUE(db_->Execute(kPutRow, {row}));
    index_->Add(IndexKey::Of(KeySpace::kChannel, 1, row, 0));
    index_->Add(IndexKey::Of(KeySpace::kChat, 1, 0, row));
    index_->Add(Link(row));
    ASSERT_TRUE(index_->BeforeCommit(false));
    if (kept) {
      ASSERT_TRUE(db_->Script("COMMIT"));
      index_->Committed();
    } else {
      ASSERT_TRUE(db_->Script("ROLLBACK"));
      index_->RolledBack();
      --next_;
    }
  }
  // A transaction for the index alone.
  void Keep() {
    ASSERT_TRUE(db_->Script("BEGIN"));
    ASSERT_TRUE(index_->BeforeCommit(true));
    ASSERT_TRUE(db_->Script("COMMIT"));
    index_->Committed();
  }
  // The rows that the channel's keys lead to, in order.
  std::vector<std::int64_t> Rows() {
    KeyRange range;
    range.from = IndexKey::Of(KeySpace::kChannel, 1, 0, 0);
    range.until = IndexKey::Of(KeySpace::kChannel, 1, INT64_MAX, INT64_MAX);
    auto keys = index_->Find(range);
    EXPECT_TRUE(keys);
    std::vector<std::int64_t> rows;
    for (const IndexKey& key : *keys) rows.push_back(key.row());
    return rows;
  }
  std::vector<std::int64_t> From(std::int64_t first) {
    std::vector<std::int64_t> rows;
    for (std::int64_t row = first; row < next_; ++row) rows.push_back(row);
    return rows;
  }
  std::int64_t Ask(const Sql& sql) { return *ReadInteger(db_->Query(sql, {})); }

  KeySizes sizes_{.generation = 12,
                  .keys_per_block = 4,
                  .runs_to_merge = 3,
                  .blocks_per_step = 4,
                  .deleted_per_step = 16,
                  .many_runs = 8};
  std::unique_ptr<SqliteConnection> db_;
  std::unique_ptr<KeyMemory> memory_;
  std::unique_ptr<KeyFilters> filters_;
  std::unique_ptr<KeyIndex> index_;
  std::int64_t next_ = 1;
};

TEST_F(KeyIndexTest, FindsEveryKeyWhereverItLies) {
  for (int i = 0; i < 300; ++i) {
    Commit();
    ASSERT_EQ(Rows(), From(1)) << "after " << i;
  }
  EXPECT_GT(Ask(kCountRuns), 1);
  EXPECT_LT(Ask(kCountRuns), 20);
  for (std::int64_t row = 1; row < next_; ++row) {
    auto found = index_->Find(KeyRange{Link(row), Link(row)});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->size(), 1u) << row;
  }
}

TEST_F(KeyIndexTest, ReadsPagesInBothDirections) {
  for (int i = 0; i < 100; ++i) Commit();
  KeyRange range;
  range.from = IndexKey::Of(KeySpace::kChannel, 1, 20, 0);
  range.until = IndexKey::Of(KeySpace::kChannel, 1, 70, 0);
  range.limit = 3;
  const auto first = index_->Find(range);
  ASSERT_EQ(first->size(), 3u);
  EXPECT_EQ(first->front().row(), 20);
  range.descending = true;
  const auto last = index_->Find(range);
  ASSERT_EQ(last->size(), 3u);
  EXPECT_EQ(last->front().row(), 70);
  std::swap(range.from, range.until);
  EXPECT_TRUE(index_->Find(range)->empty());
}

TEST_F(KeyIndexTest, ARollbackAtAnyPointChangesNothing) {
  for (int i = 0; i < 200; ++i) {
    Commit(false);
    Commit(false);
    Commit();
    ASSERT_EQ(Rows(), From(1)) << "after " << i;
  }
}

TEST_F(KeyIndexTest, ACrashAtAnyPointLosesNothing) {
  for (int i = 0; i < 120; ++i) {
    Commit();
    Open();
    ASSERT_EQ(Rows(), From(1)) << "after " << i;
  }
}

// The number of a half-written run must not become free before its deletion is over.
TEST_F(KeyIndexTest, NewRunsKeepTheirBlocksWhileAHalfWrittenOneIsDeleted) {
  sizes_.deleted_per_step = 1;
  for (int blocks = 1; blocks <= 12; ++blocks) {
    StartAnew();
    for (int i = 0; i < blocks; ++i) ASSERT_TRUE(db_->Execute(kStrayBlockOf1, {i}));
    Open();
    for (int i = 0; i < 20; ++i) {
      Commit();
      ASSERT_EQ(Rows(), From(1)) << i << " after " << blocks << " blocks";
    }
  }
}

// A merge may be long: what comes in meanwhile does not wait for its end in memory.
TEST_F(KeyIndexTest, MemoryIsWrittenInTheMiddleOfAMerge) {
  sizes_.blocks_per_step = 1;
  sizes_.moved_per_key = 0;
  sizes_.many_runs = 1000;
  StartAnew();
  for (int i = 0; i < 200; ++i) {
    Commit();
    ASSERT_LT(memory_->size(), 2 * sizes_.generation) << "after " << i;
    ASSERT_EQ(Rows(), From(1)) << "after " << i;
  }
  EXPECT_LT(Ask(kLowestLevelRuns), Ask(kCountRuns));  // merges came to an end, too
}

TEST_F(KeyIndexTest, UpkeepAloneComesToAnEnd) {
  sizes_.blocks_per_step = 1;
  sizes_.moved_per_key = 0;
  sizes_.many_runs = 1000;
  StartAnew();
  for (int i = 0; i < 200; ++i) Commit();
  EXPECT_TRUE(index_->upkeep_due());
  EXPECT_GE(Ask(kLowestLevelRuns), 3);
  for (int steps = 0; index_->upkeep_due(); ++steps) {
    ASSERT_LT(steps, 1000);
    Keep();
    ASSERT_EQ(Rows(), From(1)) << "after step " << steps;
  }
  EXPECT_LT(Ask(kLowestLevelRuns), 3);
  auto stray = db_->Query(kUnlistedBlock, {});
  EXPECT_FALSE(*stray->Next());
}

TEST_F(KeyIndexTest, WhatACrashLeftHalfWrittenIsDeleted) {
  ASSERT_TRUE(db_->Execute(kStrayBlock, {}));
  Open();
  for (int i = 0; i < 3; ++i) Commit();
  auto rows = db_->Query(Sql{"SELECT 1 FROM key_blocks WHERE run=99"}, {});
  ASSERT_TRUE(rows);
  EXPECT_FALSE(*rows->Next());
}

TEST_F(KeyIndexTest, RunsGoWithTheirRows) {
  for (int i = 0; i < 100; ++i) Commit();
  ASSERT_TRUE(db_->Execute(kDeleteBelow, {next_ - 1}));
  const std::int64_t blocks = Ask(kCountBlocks), highest = Ask(kHighestRun);
  for (int i = 0; i < 60; ++i) Commit();
  EXPECT_LT(Ask(kCountBlocks), blocks);
  EXPECT_GE(Ask(kHighestRun), highest);  // numbers are not given twice
  const auto rows = Rows();
  for (const std::int64_t row : From(100))
    EXPECT_TRUE(std::count(rows.begin(), rows.end(), row) == 1) << row;
  EXPECT_LT(rows.size(), 100u);
}

// Readers on old snapshots look for keys where they were; here: a pin from before a run was
// written.
TEST_F(KeyIndexTest, APinKeepsWhatItSaw) {
  for (int i = 0; i < 3; ++i) Commit();
  KeyIndex reader(*db_, *memory_, *filters_, sizes_);
  for (int i = 0; i < 50; ++i) Commit();
  reader.Renew();
  KeyRange range;
  range.from = IndexKey::Of(KeySpace::kChannel, 1, 0, 0);
  range.until = IndexKey::Of(KeySpace::kChannel, 1, INT64_MAX, INT64_MAX);
  EXPECT_EQ(reader.Find(range)->size(), 53u);
}

}  // namespace
}  // namespace parley::storage
