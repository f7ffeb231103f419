#include "storage/sqlite/database_file.h"

#include "storage/read.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/sqlite_connection.h"

namespace parley::storage {
namespace {

constexpr Sql kQuickCheck{"PRAGMA quick_check(20)"};
constexpr Sql kVacuumInto{"VACUUM INTO ?"};

}  // namespace

int NewestSchema() { return SqliteMigrations().back().number; }

base::Result<int> SchemaOf(const std::string& path) {
  PARLEY_TRY(connection, SqliteConnection::Open(path, {true, {}}));
  return SchemaVersion(*connection);
}

base::Result<std::vector<std::string>> FaultsOf(const std::string& path) {
  PARLEY_TRY(connection, SqliteConnection::Open(path, {true, {}}));
  const auto line = [](const Rows& rows) -> base::Result<std::string> { return rows.Text(0); };
  PARLEY_TRY(lines, ReadAll(connection->Query(kQuickCheck, {}), line));
  if (lines.size() == 1 && lines[0] == "ok") lines.clear();
  return std::move(lines);
}

base::Result<SchemaChange> MigrateFile(const std::string& path) {
  PARLEY_TRY(connection, SqliteConnection::Open(path, {false, {}}));
  SchemaChange change;
  PARLEY_TRY(from, SchemaVersion(*connection));
  change.from = from;
  PARLEY_CHECK(Migrate(*connection));
  PARLEY_TRY(to, SchemaVersion(*connection));
  change.to = to;
  return change;
}

base::Result<void> CopyDatabase(const std::string& from, const std::string& to,
                                const std::string& vfs) {
  PARLEY_TRY(source, SqliteConnection::Open(from, {true, vfs}));
  // VACUUM INTO only reads this database, but query_only forbids it.
  PARLEY_CHECK(source->Script("PRAGMA query_only=OFF"));
  PARLEY_CHECK(source->Execute(kVacuumInto, {to}));
  return {};
}

}  // namespace parley::storage
