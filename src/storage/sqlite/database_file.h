// A database file without a running store over it: what `check`, `migrate`, `backup` and `restore`
// do. A server may have the file open at the same time; only MigrateFile needs it alone.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace parley::storage {

// The newest schema that this program knows.
int NewestSchema();

// The schema of the file; 0 when it is empty. kUnavailable when it is no database.
base::Result<int> SchemaOf(const std::string& path);

// What SQLite's quick_check finds: one line per fault, none when the file is sound.
base::Result<std::vector<std::string>> FaultsOf(const std::string& path);

struct SchemaChange {
  int from = 0, to = 0;
};
// Makes or migrates the file. Refuses a newer schema by number.
base::Result<SchemaChange> MigrateFile(const std::string& path);

// Writes the database as of now into one new file, `to`. `vfs` as in SqliteOptions.
base::Result<void> CopyDatabase(const std::string& from, const std::string& to,
                                const std::string& vfs = {});

}  // namespace parley::storage
