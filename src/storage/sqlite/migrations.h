// The schema of the SQLite store, as numbered forward steps.
#pragma once

#include <span>
#include <string_view>

#include "storage/sqlite/sqlite_connection.h"

namespace parley::storage {

struct Migration {
  int number;
  std::string_view name;
  const char* sql;
};
std::span<const Migration> SqliteMigrations();

// Brings the database to the newest step, each in a transaction of its own. Refuses a database that
// a newer Parley has written, by number.
base::Result<void> Migrate(SqliteConnection& connection);
// The newest step that the database has; 0 for an empty one.
base::Result<int> SchemaVersion(SqliteConnection& connection);

}  // namespace parley::storage
