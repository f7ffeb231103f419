// One SQLite connection with its prepared statements.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <unordered_map>

#include "storage/connection.h"
#include "storage/sqlite/log_vfs.h"

namespace parley::storage {

struct SqliteOpenOptions {
  bool read_only = false;
  std::string vfs;  // empty = SQLite's default; tests put their own beneath
  int busy_timeout_ms = 5000;
  bool gather_log = false;  // writes the log in large pieces (log_vfs.h): for who commits often
};

class SqliteConnection final : public Connection {
 public:
  // Opens or makes the file, in WAL mode with synchronous=FULL. kUnavailable names path, reason and
  // what to do.
  static base::Result<std::unique_ptr<SqliteConnection>> Open(const std::string& path,
                                                              const SqliteOpenOptions& options);
  ~SqliteConnection() override;

  base::Result<Rows> Query(const Sql& sql, std::initializer_list<Value> values) override;
  base::Result<std::int64_t> Execute(const Sql& sql, std::initializer_list<Value> values) override;
  std::int64_t last_insert_row() const override { return sqlite3_last_insert_rowid(db_); }

  // Gives back the pages that it keeps, and what its thread has freed. Not within a transaction.
  void Rest();

  // Runs one or more statements without values.
  base::Result<void> Script(const char* sql);
  // Rows changed since the connection was opened; tells whether something was written.
  std::int64_t total_changes() const { return sqlite3_total_changes64(db_); }
  // False after SQLite has rolled the transaction back by itself (disk full, I/O error).
  bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

  // The last failure, as one of opening the database.
  base::Error OpeningFailure(const std::string& path) const;

  sqlite3* handle() const { return db_; }

 private:
  class Statement;

  SqliteConnection(std::unique_ptr<LogVfs> log_vfs, sqlite3* db);
  base::Result<Statement*> Prepare(const Sql& sql, std::initializer_list<Value> values);
  base::Error Failure(const char* doing) const;

  std::unique_ptr<LogVfs> log_vfs_;
  sqlite3* db_;
  std::unordered_map<const Sql*, std::unique_ptr<Statement>> statements_;
};

}  // namespace parley::storage
