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
