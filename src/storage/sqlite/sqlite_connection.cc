#include "storage/sqlite/sqlite_connection.h"

#include <fmt/format.h>

#include "base/give_back.h"

namespace parley::storage {
namespace {

constexpr char kWriterPragmas[] =
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=OFF;"      // rows are deleted by operations that know what hangs on them
    "PRAGMA wal_autocheckpoint=0;"  // the checkpointer does it
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-65536;";  // 64 MB
constexpr char kReaderPragmas[] =
    "PRAGMA query_only=ON;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-16384;";
constexpr Sql kJournalMode{"PRAGMA journal_mode"};

// For the process, before its first connection: a connection is one thread's at a time, so SQLite
// needs no locks of its own beyond those of what connections share; and nobody reads its
// statistics of memory, which every allocation would lock for.
void ConfigureLibrary() {
  static const bool configured = sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK &&
                                 sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
  static_cast<void>(configured);  // it works without, slower
}

// What an operator can do about a database that does not open.
const char* AdviceFor(int code) {
  switch (code & 0xFF) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return "it is damaged or no SQLite database; restore a backup";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program has locked it; end that program";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return "it may not be written; check the owner and the permissions of the file and its "
             "folder";
    case SQLITE_CANTOPEN:
      return "the file or its folder is not there or may not be written; check --data";
    case SQLITE_FULL:
      return "the disk is full";
    default:
      return "see the log for the reason";
  }
}

}  // namespace

class SqliteConnection::Statement final : public Cursor {
 public:
  Statement(const SqliteConnection& owner, sqlite3_stmt* stmt) : owner_(owner), stmt_(stmt) {}
  ~Statement() override { sqlite3_finalize(stmt_); }

  void Bind(std::initializer_list<Value> values) {
    int index = 0;
    for (const Value& value : values) {
      ++index;
      const std::string_view bytes = value.bytes();
      // An empty view may hold a null pointer, which SQLite would bind as NULL.
      const char* data = bytes.data() != nullptr ? bytes.data() : "";
      switch (value.type()) {
        case Value::Type::kNull:
          sqlite3_bind_null(stmt_, index);
          break;
        case Value::Type::kInteger:
          sqlite3_bind_int64(stmt_, index, value.integer());
          break;
        case Value::Type::kText:
          sqlite3_bind_text64(stmt_, index, data, bytes.size(), SQLITE_STATIC, SQLITE_UTF8);
          break;
        case Value::Type::kBlob:
          sqlite3_bind_blob64(stmt_, index, data, bytes.size(), SQLITE_STATIC);
          break;
      }
    }
    open_ = true;
  }

  base::Result<bool> Next() override {
    const int code = sqlite3_step(stmt_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return owner_.Failure("step");
  }
  void Close() override {
    sqlite3_reset(stmt_);
    open_ = false;
  }
  bool IsNull(int column) const override {
    return sqlite3_column_type(stmt_, column) == SQLITE_NULL;
  }
  std::int64_t Integer(int column) const override { return sqlite3_column_int64(stmt_, column); }
  std::string_view Bytes(int column) const override {
    const void* data = sqlite3_column_blob(stmt_, column);
    const int size = sqlite3_column_bytes(stmt_, column);
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
  }
  bool open() const { return open_; }

 private:
  const SqliteConnection& owner_;
  sqlite3_stmt* stmt_;
  bool open_ = false;
};

base::Result<std::unique_ptr<SqliteConnection>> SqliteConnection::Open(
    const std::string& path, const SqliteOpenOptions& options) {
  ConfigureLibrary();
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_READWRITE |
                    (options.read_only ? 0 : SQLITE_OPEN_CREATE);
  std::unique_ptr<LogVfs> log_vfs;
  std::string vfs = options.vfs;
  if (options.gather_log) {
    log_vfs = std::make_unique<LogVfs>(vfs);
    if (!log_vfs->name().empty()) vfs = log_vfs->name();
  }
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &db, flags, vfs.empty() ? nullptr : vfs.c_str());
  auto connection = std::unique_ptr<SqliteConnection>(new SqliteConnection(std::move(log_vfs), db));
  if (code != SQLITE_OK) return connection->OpeningFailure(path);
  sqlite3_busy_timeout(db, options.busy_timeout_ms);
  if (!connection->Script(options.read_only ? kReaderPragmas : kWriterPragmas))
    return connection->OpeningFailure(path);
  if (options.read_only) return connection;
  // The pragma does not fail where it cannot have its way.
  PARLEY_TRY(rows, connection->Query(kJournalMode, {}));
  PARLEY_TRY(found, rows.Next());
  const bool in_memory = *sqlite3_db_filename(db, "main") == '\0';
  if (!in_memory && (!found || rows.View(0) != "wal"))
    return base::Error(
        base::ErrorCode::kUnavailable,
        fmt::format("Cannot open the database {}: its file system has no shared "
                    "memory files, which SQLite needs; choose a local disk with --data",
                    path));
  return connection;
}

base::Error SqliteConnection::OpeningFailure(const std::string& path) const {
  base::Error error = Failure("open");
  error.code = base::ErrorCode::kUnavailable;
  error.text = fmt::format("Cannot open the database {}: {}", path,
                           AdviceFor(sqlite3_extended_errcode(db_)));
  return error;
}

SqliteConnection::SqliteConnection(std::unique_ptr<LogVfs> log_vfs, sqlite3* db)
    : log_vfs_(std::move(log_vfs)), db_(db) {}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close(db_);
}

base::Error SqliteConnection::Failure(const char* doing) const {
  const int code = sqlite3_extended_errcode(db_);
  std::string detail = fmt::format("SQLite {}: {} ({})", doing, sqlite3_errmsg(db_), code);
  if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
    return base::Error(base::ErrorCode::kAlreadyExists, "", std::move(detail));
  // A statement that the schema or the parser refuses is a bug; trying again would not help.
  const int primary = code & 0xFF;
  const bool bug = primary == SQLITE_CONSTRAINT || primary == SQLITE_ERROR ||
                   primary == SQLITE_MISMATCH || primary == SQLITE_MISUSE ||
                   primary == SQLITE_RANGE;
  return base::Error(bug ? base::ErrorCode::kInternal : base::ErrorCode::kUnavailable, "",
                     std::move(detail));
}

base::Result<SqliteConnection::Statement*> SqliteConnection::Prepare(
    const Sql& sql, std::initializer_list<Value> values) {
  std::unique_ptr<Statement>& slot = statements_[&sql];
  if (!slot) {
    sqlite3_stmt* stmt = nullptr;
    if (sqlite3_prepare_v3(db_, sql.text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, nullptr) !=
        SQLITE_OK)
      return Failure("prepare");
    slot = std::make_unique<Statement>(*this, stmt);
  }
  if (slot->open())
    return base::Error(base::ErrorCode::kInternal, "",
                       fmt::format("statement used inside itself: {}", sql.text));
  slot->Bind(values);
  return slot.get();
}

base::Result<Rows> SqliteConnection::Query(const Sql& sql, std::initializer_list<Value> values) {
  PARLEY_TRY(statement, Prepare(sql, values));
  return Rows(statement);
}

base::Result<std::int64_t> SqliteConnection::Execute(const Sql& sql,
                                                     std::initializer_list<Value> values) {
  PARLEY_TRY(statement, Prepare(sql, values));
  const Rows rows(statement);  // closes on every way out
  PARLEY_CHECK(statement->Next());
  return sqlite3_changes64(db_);
}

void SqliteConnection::Rest() {
  sqlite3_db_release_memory(db_);
  base::GiveBackMemory();
}

base::Result<void> SqliteConnection::Script(const char* sql) {
  if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return Failure("script");
  return {};
}

}  // namespace parley::storage
