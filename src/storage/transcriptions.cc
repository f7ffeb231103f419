#include "storage/transcriptions.h"

#include "storage/read.h"

namespace parley::storage {
namespace {

constexpr Sql kPut{
    "INSERT INTO transcription_jobs (engine, account, message, attempts, due) VALUES (?,?,?,?,?) "
    "ON CONFLICT (engine, account, message) DO UPDATE SET attempts=excluded.attempts, "
    "due=excluded.due"};
constexpr Sql kDelete{"DELETE FROM transcription_jobs WHERE engine=? AND account=? AND message=?"};
constexpr Sql kCount{"SELECT count(*) FROM transcription_jobs WHERE engine=? AND account=?"};
constexpr Sql kCountAll{"SELECT count(*) FROM transcription_jobs"};
constexpr Sql kFirstDue{
    "SELECT engine, account, message, attempts, due FROM transcription_jobs "
    "WHERE engine=? AND account>? AND due<=? ORDER BY account, message LIMIT 1"};
constexpr Sql kNextDue{"SELECT due FROM transcription_jobs WHERE due>? ORDER BY due LIMIT 1"};

base::Result<core::TranscriptionJob> Read(const Rows& rows) {
  core::TranscriptionJob job;
  job.engine = rows.Enum<core::TranscriptionEngine>(0);
  job.account = rows.RowNumber<core::AccountRow>(1);
  job.message = rows.RowNumber<core::MessageRow>(2);
  job.attempts = static_cast<int>(rows.Integer(3));
  job.due = rows.Time(4);
  return job;
}

}  // namespace

base::Result<void> SqlTranscriptionStore::Put(const core::TranscriptionJob& job) {
  PARLEY_CHECK(db_.Execute(kPut, {job.engine, job.account, job.message, job.attempts, job.due}));
  return {};
}

base::Result<void> SqlTranscriptionStore::Delete(const core::TranscriptionJob& job) {
  PARLEY_CHECK(db_.Execute(kDelete, {job.engine, job.account, job.message}));
  return {};
}

base::Result<int> SqlTranscriptionStore::CountWaiting(core::TranscriptionEngine engine,
                                                      core::AccountRow account) const {
  PARLEY_TRY(count, ReadInteger(db_.Query(kCount, {engine, account})));
  return static_cast<int>(count);
}

base::Result<std::int64_t> SqlTranscriptionStore::CountAll() const {
  return ReadInteger(db_.Query(kCountAll, {}));
}

base::Result<std::optional<core::TranscriptionJob>> SqlTranscriptionStore::FirstDue(
    core::TranscriptionEngine engine, core::AccountRow after, base::Time now) const {
  return ReadOne(db_.Query(kFirstDue, {engine, after, now}), Read);
}

base::Result<std::optional<base::Time>> SqlTranscriptionStore::NextDue(base::Time now) const {
  return ReadOne(db_.Query(kNextDue, {now}),
                 [](const Rows& rows) -> base::Result<base::Time> { return rows.Time(0); });
}

}  // namespace parley::storage
