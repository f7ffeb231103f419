// Runs a batch of store jobs as one transaction on one connection.
#pragma once

#include <vector>

#include "core/store.h"
#include "storage/sqlite/sqlite_connection.h"
#include "storage/transaction.h"

namespace parley::storage {

// Thread: the writer's.
class BatchRunner {
 public:
  BatchRunner(SqliteConnection& connection, KeyMemory& memory, KeyFilters& filters,
              const KeySizes& sizes)
      : connection_(connection), transaction_(connection, memory, filters, sizes) {}

  // Before the first batch: see KeyIndex::Rebuild.
  base::Result<void> Prepare() { return transaction_.keys().Rebuild(); }

  struct Outcome {
    bool committed = false;
    bool rerun = false;
    bool upkeep_due = false;  // see KeyIndex::BeforeCommit; false after a failure
    SqlTransaction::Changes changes;
  };
  // Every job has its result afterwards: its own, or kUnavailable when the commit failed. What
  // failed to commit does not come back, not even after a crash: docs/decisions/0013. No jobs: a
  // transaction for the index's upkeep alone.
  Outcome Run(const std::vector<core::StoreJob*>& jobs);

  // Writes the whole WAL back into the database and starts it anew.
  void ResetWal();

 private:
  enum class Pass { kDone, kRunAgain, kLost };
  Pass RunTogether(const std::vector<core::StoreJob*>& jobs);
  Pass RunApart(const std::vector<core::StoreJob*>& jobs);
  void FailAll(const std::vector<core::StoreJob*>& jobs, const base::Error& error);
  bool Overwrite();

  SqliteConnection& connection_;
  SqlTransaction transaction_;
  bool lost_commit_ = false;  // one failed, and nothing was committed since
};

}  // namespace parley::storage
