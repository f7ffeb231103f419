#include "storage/sqlite/migrations.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "storage/read.h"

namespace parley::storage {
namespace {

std::unique_ptr<SqliteConnection> OpenEmpty() {
  return std::move(*SqliteConnection::Open(":memory:", {}));
}

// The schema as text, for comparing.
std::string SchemaOf(SqliteConnection& db) {
  static constexpr Sql kSchema{
      "SELECT coalesce(group_concat(name || ' ' || sql, ';'), '') FROM (SELECT name, sql FROM "
      "sqlite_master WHERE sql IS NOT NULL ORDER BY name)"};
  auto rows = db.Query(kSchema, {});
  return rows && *rows->Next() ? rows->Text(0) : "";
}

TEST(Migrations, AreNumberedFromOneWithoutGaps) {
  int expected = 1;
  for (const Migration& migration : SqliteMigrations()) EXPECT_EQ(migration.number, expected++);
}

TEST(Migrations, BringAnEmptyDatabaseToTheNewest) {
  auto db = OpenEmpty();
  EXPECT_EQ(*SchemaVersion(*db), 0);
  ASSERT_TRUE(Migrate(*db));
  EXPECT_EQ(*SchemaVersion(*db), SqliteMigrations().back().number);
  const std::string schema = SchemaOf(*db);
  ASSERT_TRUE(Migrate(*db));  // nothing is left to do
  EXPECT_EQ(SchemaOf(*db), schema);
}

// From every older one, with the same result.
TEST(Migrations, GoForwardFromEveryStep) {
  auto newest = OpenEmpty();
  ASSERT_TRUE(Migrate(*newest));
  for (const Migration& last : SqliteMigrations()) {
    auto db = OpenEmpty();
    for (const Migration& step : SqliteMigrations()) {
      if (step.number > last.number) break;
      ASSERT_TRUE(db->Script(step.sql));
      ASSERT_TRUE(db->Script(fmt::format("PRAGMA user_version={}", step.number).c_str()));
    }
    ASSERT_TRUE(Migrate(*db)) << "from " << last.number;
    EXPECT_EQ(SchemaOf(*db), SchemaOf(*newest)) << "from " << last.number;
  }
}

// What the tenth says of rows that were there before.
TEST(Migrations, KeepWhatOwnersAndPlansAreAddedTo) {
  auto db = OpenEmpty();
  for (const Migration& step : SqliteMigrations()) {
    if (step.number == 10) {
      ASSERT_TRUE(db->Script(
          "INSERT INTO accounts (row, id, name, plan, on_trial, blocked, block_reason, "
          "requests_per_minute, burst, settings, created_at) VALUES "
          "(1, zeroblob(16), 'a', 'p', 0, 0, '', 10, 10, '{}', 0);"
          "INSERT INTO chats (row, channel, kind, person) VALUES (1, 1, 1, 1), (2, 1, 1, 2), "
          "(3, 1, 1, 3);"
          "INSERT INTO messages (row, id, account, channel, chat, direction, origin, content, "
          "status, at, accepted_at, history) VALUES "
          "(1, CAST('message-1-of-ten' AS BLOB), 1, 1, 1, 1, 1, '', 2, 100, 150, x''), "
          "(2, CAST('message-2-of-ten' AS BLOB), 1, 1, 1, 1, 1, '', 2, 100, 900, x''), "
          "(3, CAST('message-3-of-ten' AS BLOB), 1, 1, 2, 1, 1, '', 2, 300, 300, x'');"
          "INSERT INTO media (id, account, mime_type, size, sha256, file_name, created_at) VALUES "
          "(zeroblob(16), 1, 'image/png', 1, '', '', 0)"));
    }
    ASSERT_TRUE(db->Script(step.sql));
  }
  static constexpr Sql kLate{
      "SELECT group_concat(late) FROM (SELECT late FROM chats ORDER BY row)"};
  static constexpr Sql kMedia{"SELECT count(*) FROM media WHERE channel IS NULL"};
  static constexpr Sql kLimit{"SELECT messages_per_month FROM accounts"};
  auto late = db->Query(kLate, {});
  ASSERT_TRUE(late && *late->Next());
  EXPECT_EQ(late->Text(0), "800,0,0");
  EXPECT_EQ(*ReadInteger(db->Query(kMedia, {})), 1);
  EXPECT_EQ(*ReadInteger(db->Query(kLimit, {})), 0);
}

TEST(Migrations, RefuseANewerDatabaseByNumber) {
  auto db = OpenEmpty();
  ASSERT_TRUE(Migrate(*db));
  ASSERT_TRUE(db->Script("PRAGMA user_version=4711"));
  const std::string schema = SchemaOf(*db);
  auto migrated = Migrate(*db);
  ASSERT_FALSE(migrated);
  EXPECT_EQ(migrated.error().code, base::ErrorCode::kUnavailable);
  EXPECT_NE(migrated.error().text.find("4711"), std::string::npos);
  EXPECT_NE(migrated.error().text.find("restore a backup"), std::string::npos);
  EXPECT_EQ(SchemaOf(*db), schema);
}

TEST(Migrations, AStepThatFailsLeavesNothingOfItself) {
  auto db = OpenEmpty();
  // In the way of the first step, but not of its first statement.
  ASSERT_TRUE(db->Script("CREATE TABLE messages (x)"));
  const std::string schema = SchemaOf(*db);
  EXPECT_FALSE(Migrate(*db));
  EXPECT_EQ(SchemaOf(*db), schema);
  EXPECT_EQ(*SchemaVersion(*db), 0);
}

}  // namespace
}  // namespace parley::storage
