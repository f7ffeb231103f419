#include "storage/sqlite/batch.h"

#include "base/crash_point.h"
#include "base/log.h"

namespace parley::storage {
namespace {

constexpr Sql kBegin{"BEGIN IMMEDIATE"};
constexpr Sql kCommit{"COMMIT"};
constexpr Sql kRollback{"ROLLBACK"};
constexpr Sql kSavepoint{"SAVEPOINT job"};
constexpr Sql kRelease{"RELEASE job"};
constexpr Sql kRollbackJob{"ROLLBACK TO job"};
constexpr Sql kCountLost{
    "INSERT INTO counters (name, value) VALUES ('lost_commits', 1) ON CONFLICT (name) DO UPDATE "
    "SET "
    "value = value + 1"};

// What callers are told when the disk does not take writes.
constexpr std::chrono::seconds kRetryAfter{1};

base::Error LostTransaction() {
  return base::Error(base::ErrorCode::kUnavailable, "",
                     "SQLite rolled the transaction back by itself (disk full or I/O error)");
}

}  // namespace

BatchRunner::Outcome BatchRunner::Run(const std::vector<core::StoreJob*>& jobs) {
  Outcome outcome;
  transaction_.TakeChanges();
  if (lost_commit_ && !Overwrite()) {
    FailAll(jobs, base::Error(base::ErrorCode::kUnavailable, "", "the disk still refuses writes"));
    return outcome;
  }
  if (auto begun = connection_.Execute(kBegin, {}); !begun) {
    FailAll(jobs, begun.error());
    return outcome;
  }
  Pass pass = RunTogether(jobs);
  if (pass == Pass::kRunAgain) {
    outcome.rerun = true;
    pass = RunApart(jobs);
  }
  if (pass != Pass::kDone) {
    FailAll(jobs, LostTransaction());
    return outcome;
  }
  if (auto sliced = transaction_.keys().BeforeCommit(jobs.empty()); !sliced) {
    FailAll(jobs, sliced.error());
    return outcome;
  }
  base::ReachCrashPoint("before_commit");
  if (auto committed = connection_.Execute(kCommit, {}); !committed) {
    FailAll(jobs, committed.error());
    lost_commit_ = true;
    Overwrite();
    return outcome;
  }
  base::ReachCrashPoint("after_commit_before_resume");
  transaction_.keys().Committed();
  outcome.committed = true;
  outcome.upkeep_due = transaction_.keys().upkeep_due();
  outcome.changes = transaction_.TakeChanges();
  return outcome;
}

// Without savepoints: right as long as no job fails after having written.
BatchRunner::Pass BatchRunner::RunTogether(const std::vector<core::StoreJob*>& jobs) {
  for (core::StoreJob* job : jobs) {
    const std::int64_t before = connection_.total_changes();
    const bool done = job->Run(transaction_);
    // The next job's writes would each be a transaction of their own.
    if (!connection_.in_transaction()) return Pass::kLost;
    if (done || connection_.total_changes() == before) continue;
    transaction_.Forget();
    transaction_.keys().RolledBack();
    if (!connection_.Execute(kRollback, {}) || !connection_.Execute(kBegin, {})) return Pass::kLost;
    return Pass::kRunAgain;
  }
  return Pass::kDone;
}

BatchRunner::Pass BatchRunner::RunApart(const std::vector<core::StoreJob*>& jobs) {
  transaction_.TakeChanges();
  for (core::StoreJob* job : jobs) {
    if (!connection_.Execute(kSavepoint, {})) return Pass::kLost;
    const std::size_t keys = transaction_.keys().pending();
    const SqlEventStore::Appended appended = transaction_.event_rows().appended();
    const bool done = job->Run(transaction_);
    if (!connection_.in_transaction()) return Pass::kLost;
    if (!done) {
      transaction_.Forget();
      transaction_.keys().CutPending(keys);
      transaction_.event_rows().SetAppended(appended);
      if (!connection_.Execute(kRollbackJob, {})) return Pass::kLost;
    }
    if (!connection_.Execute(kRelease, {})) return Pass::kLost;
  }
  return Pass::kDone;
}

void BatchRunner::FailAll(const std::vector<core::StoreJob*>& jobs, const base::Error& error) {
  transaction_.Forget();
  transaction_.keys().RolledBack();
  transaction_.TakeChanges();
  if (connection_.in_transaction()) (void)connection_.Execute(kRollback, {});
  base::LogError("The store could not commit", {{"jobs", jobs.size()}, {"reason", error.detail}});
  base::Error unavailable(base::ErrorCode::kUnavailable, "", error.detail);
  unavailable.retry_after = kRetryAfter;
  for (core::StoreJob* job : jobs) job->Fail(unavailable);
}

// The frames of a failed commit may lie in the log, or in the system's cache of it, whole: a
// recovery would take them for committed. Committing something else in their place ends that.
bool BatchRunner::Overwrite() {
  const bool done = connection_.Execute(kBegin, {}) && connection_.Execute(kCountLost, {}) &&
                    connection_.Execute(kCommit, {});
  if (!done && connection_.in_transaction()) (void)connection_.Execute(kRollback, {});
  lost_commit_ = !done;
  return done;
}

void BatchRunner::ResetWal() {
  const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr,
                                             SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
  if (code != SQLITE_OK && code != SQLITE_BUSY)
    base::LogWarning("The write-ahead log could not be reset", {{"reason", sqlite3_errstr(code)}});
}

}  // namespace parley::storage
