// The embedded store: SQLite in WAL mode behind one writer with group commit, a few readers, and a
// checkpointer on a connection of its own.
//
// The writer takes all jobs that wait, runs them in one transaction and commits once: one fsync for
// all of them. While it waits for the disk the next batch collects, so no timer is needed. When a
// job fails after it has written something, the batch is rolled back and run again with a savepoint
// around each job. A failed commit fails all of its jobs, and the store stays usable: as soon as
// the disk takes writes again, so does the store (docs/decisions/0013).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "core/store.h"
#include "storage/events.h"
#include "storage/key_sizes.h"

namespace parley::storage {

struct SqliteOptions {
  std::string path;
  std::string vfs;  // a registered SQLite VFS; empty = the default
  // No threads: jobs run inside Submit, on the caller's thread. For virtual time.
  bool run_inline = false;
  int readers = 2;
  std::size_t max_queue = 20000;         // jobs waiting for the writer; more is kOverloaded
  std::size_t max_batch = 1024;          // jobs in one transaction
  std::int64_t checkpoint_pages = 2000;  // WAL pages that wake the checkpointer (8 MB)
  std::int64_t wal_limit_pages = 16000;  // WAL pages at which the writer resets it (64 MB)
  int busy_timeout_ms = 5000;            // for a lock that another program holds
  KeySizes keys = {};
};

struct SqliteCounters {
  std::int64_t commits = 0;
  std::int64_t jobs = 0;
  std::int64_t reruns = 0;  // batches run a second time, with savepoints
  std::int64_t failed_commits = 0;
  std::int64_t refused = 0;       // queue full
  std::int64_t wal_resets = 0;    // checkpoints that the writer had to make itself
  bool upkeep_due = false;        // the key index has runs to write, merge or delete
  std::int64_t queued = 0;        // for the writer, now
  std::int64_t queued_reads = 0;  // for the readers, now
  MessageCounts messages{};       // since the start, by the status they took
  TranscriptionCounts transcriptions{};
};

class SqliteStore : public core::StoreBackend {
 public:
  virtual SqliteCounters counters() const = 0;  // Thread: any
  // Says that little is being written: the key index may be brought into shape, in transactions of
  // its own, until it is or until somebody writes. Without it that happens with the next writes, in
  // proportion to them. Thread: any.
  virtual void CalmNow() = 0;
  // Says that it has been calm for a while: the pages that the writer and the readers keep in
  // memory are given back to the system. Who needs one again reads it anew, as a rule from the
  // system's cache. Thread: any.
  virtual void Rest() = 0;
  // A copy of the database as of now, in one file. Thread: any; blocks until it is written.
  virtual base::Result<void> Backup(const std::string& path) = 0;
  // Every row of every table as text, in a fixed order, for comparing two stores.
  virtual base::Result<std::string> Dump() = 0;
};

// Opens, migrates and starts. The destructor finishes what is queued. kUnavailable with a sentence
// for the operator.
base::Result<std::unique_ptr<SqliteStore>> OpenSqlite(SqliteOptions options);

}  // namespace parley::storage
