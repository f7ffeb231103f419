#include "storage/sqlite/sqlite_store.h"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "base/log.h"
#include "storage/read.h"
#include "storage/sqlite/batch.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/job_queue.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/sqlite_connection.h"
#include "storage/transaction.h"

namespace parley::storage {
namespace {

// Continues every job on its own scheduler, with one post per scheduler.
void ResumeAll(Jobs jobs) {
  while (!jobs.empty()) {
    base::Scheduler* scheduler = jobs.front()->scheduler;
    std::vector<base::Resume> group;
    Jobs rest;
    for (core::StoreJob* job : jobs) {
      if (job->scheduler == scheduler)
        group.push_back(std::move(job->resume));
      else
        rest.push_back(job);
    }
    scheduler->Post([group = std::move(group)]() mutable {
      for (base::Resume& resume : group) resume();
    });
    jobs = std::move(rest);
  }
}

// What the writer, the inline form and the counters share.
class WriterState {
 public:
  WriterState(SqliteConnection& connection, const SqliteOptions& options)
      : options_(options), runner_(connection, memory_, filters_, options.keys) {
    sqlite3_wal_hook(
        connection.handle(),
        [](void* self, sqlite3*, const char*, int pages) {
          static_cast<WriterState*>(self)->wal_pages_ = pages;
          return SQLITE_OK;
        },
        this);
  }

  base::Result<void> Prepare() { return runner_.Prepare(); }
  KeyMemory& memory() { return memory_; }
  KeyFilters& filters() { return filters_; }

  // Runs and commits; the jobs are finished, not resumed. Without jobs it is the index's upkeep.
  void Run(const Jobs& jobs) {
    const BatchRunner::Outcome outcome = runner_.Run(jobs);
    upkeep_due_ = outcome.upkeep_due;
    ++commits_;
    jobs_ += static_cast<std::int64_t>(jobs.size());
    reruns_ += outcome.rerun;
    failed_ += !outcome.committed;
    if (outcome.committed && outcome.changes.directory) ++directory_generation_;
    if (wal_pages_ > options_.wal_limit_pages) {
      ++wal_resets_;
      runner_.ResetWal();
    }
    if (!outcome.committed || !outcome.changes.events.any) return;
    for (std::size_t i = 0; i < messages_.size(); ++i)
      messages_[i] += outcome.changes.events.messages[i];
    for (std::size_t i = 0; i < transcriptions_.size(); ++i)
      transcriptions_[i] += outcome.changes.events.transcriptions[i];
    if (on_events_) on_events_();
  }

  SqliteCounters counters() const {
    SqliteCounters counters;
    counters.commits = commits_;
    counters.jobs = jobs_;
    counters.reruns = reruns_;
    counters.failed_commits = failed_;
    counters.wal_resets = wal_resets_;
    counters.upkeep_due = upkeep_due_;
    for (std::size_t i = 0; i < messages_.size(); ++i) counters.messages[i] = messages_[i];
    for (std::size_t i = 0; i < transcriptions_.size(); ++i)
      counters.transcriptions[i] = transcriptions_[i];
    return counters;
  }

  std::uint64_t directory_generation() const { return directory_generation_; }
  std::int64_t wal_pages() const { return wal_pages_; }
  bool upkeep_due() const { return upkeep_due_; }
  void OnEvents(std::function<void()> listener) { on_events_ = std::move(listener); }

 private:
  const SqliteOptions& options_;
  KeyMemory memory_;
  KeyFilters filters_;
  BatchRunner runner_;
  std::function<void()> on_events_;  // constant once jobs run
  std::atomic<std::int64_t> wal_pages_{0}, commits_{0}, jobs_{0}, reruns_{0}, failed_{0},
      wal_resets_{0};
  std::atomic<bool> upkeep_due_{true};  // until a step has found nothing to do
  std::array<std::atomic<std::int64_t>, std::tuple_size_v<MessageCounts>> messages_{};
  std::array<std::atomic<std::int64_t>, std::tuple_size_v<TranscriptionCounts>> transcriptions_{};
  std::atomic<std::uint64_t> directory_generation_{1};
};

// Runs one read job in a snapshot of its own.
void RunRead(SqliteConnection& connection, SqlTransaction& transaction, core::StoreJob& job) {
  transaction.Forget();
  transaction.keys().Renew();
  auto begun = connection.Script("BEGIN");
  if (!begun) return job.Fail(begun.error());
  job.Run(transaction);
  if (auto ended = connection.Script("COMMIT"); !ended) (void)connection.Script("ROLLBACK");
}

SqliteOpenOptions OpenOptions(const SqliteOptions& options, bool read_only) {
  SqliteOpenOptions open;
  open.read_only = read_only;
  open.vfs = options.vfs;
  open.busy_timeout_ms = options.busy_timeout_ms;
  return open;
}

base::Result<std::unique_ptr<SqliteConnection>> OpenWriter(const SqliteOptions& options) {
  SqliteOpenOptions open = OpenOptions(options, false);
  open.gather_log = true;
  PARLEY_TRY(connection, SqliteConnection::Open(options.path, open));
  // What a crash left in the log may lie in the system's cache only, after a failed sync: it is
  // written again, to the database, before anything is built on it (docs/decisions/0013).
  const int code = sqlite3_wal_checkpoint_v2(connection->handle(), nullptr,
                                             SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code == SQLITE_BUSY)
    base::LogWarning("Another program reads the database, its log stays", {{"path", options.path}});
  else if (code != SQLITE_OK)
    return connection->OpeningFailure(options.path);
  PARLEY_CHECK(Migrate(*connection));
  return std::move(connection);
}

// An error of opening, for the operator.
base::Error ForOperator(base::Error error, const std::string& path) {
  if (error.text.empty()) error.text = fmt::format("The database {} could not be read", path);
  return error;
}

// Values are quoted as SQL does; rows come in the order of the table's key.
base::Result<std::string> DumpOf(SqliteConnection& connection) {
  static constexpr Sql kTables{
      "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' "
      "ORDER BY name"};
  const auto name = [](const Rows& rows) -> base::Result<std::string> { return rows.Text(0); };
  PARLEY_TRY(tables, ReadAll(connection.Query(kTables, {}), name));
  std::string dump;
  for (const std::string& table : tables) {
    static constexpr Sql kColumns{
        "SELECT group_concat('quote(' || name || ')', '||'',''||') FROM pragma_table_info(?)"};
    PARLEY_TRY(columns, ReadAll(connection.Query(kColumns, {table}), name));
    const std::string text = fmt::format("SELECT {} FROM {} ORDER BY 1", columns[0], table);
    dump += table + "\n";
    sqlite3_exec(
        connection.handle(), text.c_str(),
        [](void* out, int, char** values, char**) {
          *static_cast<std::string*>(out) += std::string("  ") + values[0] + "\n";
          return 0;
        },
        &dump, nullptr);
  }
  return dump;
}

// ------------------------------------------------------------------------------------- threads

class ThreadedStore final : public SqliteStore {
 public:
  ThreadedStore(SqliteOptions options, std::unique_ptr<SqliteConnection> writer)
      : options_(std::move(options)),
        connection_(std::move(writer)),
        state_(*connection_, options_),
        writes_(options_.max_queue),
        reads_(options_.max_queue) {}

  base::Result<void> Start() {
    PARLEY_CHECK(state_.Prepare());
    for (int i = 0; i < options_.readers; ++i) {
      PARLEY_TRY(reader, SqliteConnection::Open(options_.path, OpenOptions(options_, true)));
      threads_.emplace_back([this, connection = std::move(reader)] { ReadLoop(*connection); });
    }
    PARLEY_TRY(checkpointer, SqliteConnection::Open(options_.path, OpenOptions(options_, false)));
    checkpointer_ =
        std::thread([this, connection = std::move(checkpointer)] { CheckpointLoop(*connection); });
    threads_.emplace_back([this] { WriteLoop(); });
    return {};
  }

  ~ThreadedStore() override {
    writes_.Stop();
    reads_.Stop();
    for (std::thread& thread : threads_) thread.join();
    {
      const std::lock_guard lock(checkpoint_mutex_);
      stopping_ = true;
    }
    checkpoint_due_.notify_all();
    if (checkpointer_.joinable()) checkpointer_.join();
  }

  bool SubmitWrite(core::StoreJob* job) override { return Push(writes_, job); }
  bool SubmitRead(core::StoreJob* job) override { return Push(reads_, job); }
  std::uint64_t directory_generation() const override { return state_.directory_generation(); }
  void OnEvents(std::function<void()> listener) override { state_.OnEvents(std::move(listener)); }

  SqliteCounters counters() const override {
    SqliteCounters counters = state_.counters();
    counters.refused = refused_;
    counters.queued = static_cast<std::int64_t>(writes_.size());
    counters.queued_reads = static_cast<std::int64_t>(reads_.size());
    return counters;
  }
  void CalmNow() override {
    if (state_.upkeep_due()) writes_.Nudge();
  }
  void Rest() override {
    writes_.Rest();
    reads_.Rest();
  }
  base::Result<void> Backup(const std::string& path) override {
    return CopyDatabase(options_.path, path, options_.vfs);
  }
  base::Result<std::string> Dump() override {
    PARLEY_TRY(connection, SqliteConnection::Open(options_.path, OpenOptions(options_, true)));
    return DumpOf(*connection);
  }

 private:
  bool Push(JobQueue& queue, core::StoreJob* job) {
    if (queue.Push(job)) return true;
    ++refused_;
    return false;
  }

  void WriteLoop() {
    std::uint64_t rests = 0;
    while (true) {
      const std::uint64_t before = rests;
      Jobs jobs = writes_.Take(options_.max_batch, rests);
      if (jobs.empty() && writes_.stopped()) return;
      if (jobs.empty() && rests != before) {
        connection_->Rest();
        continue;
      }
      state_.Run(jobs);
      if (jobs.empty() && state_.upkeep_due()) writes_.Nudge();
      ResumeAll(std::move(jobs));
      WakeCheckpointer();
    }
  }

  void ReadLoop(SqliteConnection& connection) {
    SqlTransaction transaction(connection, state_.memory(), state_.filters(), options_.keys);
    std::uint64_t rests = 0;
    while (true) {
      Jobs jobs = reads_.Take(1, rests);
      if (jobs.empty() && reads_.stopped()) return;
      if (jobs.empty()) {
        connection.Rest();
        continue;
      }
      RunRead(connection, transaction, *jobs.front());
      ResumeAll(std::move(jobs));
    }
  }

  // After so many new pages, not whenever there are so many: a checkpoint syncs twice, and a sync
  // of one thread holds up that of the other.
  void WakeCheckpointer() {
    const std::int64_t pages = state_.wal_pages();
    if (pages < checkpointed_pages_) checkpointed_pages_ = 0;  // the log was started anew
    if (pages - checkpointed_pages_ < options_.checkpoint_pages) return;
    checkpointed_pages_ = pages;
    {
      const std::lock_guard lock(checkpoint_mutex_);
      checkpoint_wanted_ = true;
    }
    checkpoint_due_.notify_one();
  }

  void CheckpointLoop(SqliteConnection& connection) {
    while (true) {
      {
        std::unique_lock lock(checkpoint_mutex_);
        checkpoint_due_.wait(lock, [&] { return stopping_ || checkpoint_wanted_; });
        if (stopping_) return;
        checkpoint_wanted_ = false;
      }
      const int code = sqlite3_wal_checkpoint_v2(connection.handle(), nullptr,
                                                 SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
      if (code != SQLITE_OK && code != SQLITE_BUSY)
        base::LogWarning("Checkpoint failed", {{"reason", sqlite3_errstr(code)}});
    }
  }

  const SqliteOptions options_;
  std::unique_ptr<SqliteConnection> connection_;
  WriterState state_;
  JobQueue writes_, reads_;
  std::atomic<std::int64_t> refused_{0};
  std::vector<std::thread> threads_;
  std::thread checkpointer_;
  std::int64_t checkpointed_pages_ = 0;  // the writer's: WAL pages at the last wake-up
  std::mutex checkpoint_mutex_;
  std::condition_variable checkpoint_due_;
  bool checkpoint_wanted_ = false;  // guarded by checkpoint_mutex_
  bool stopping_ = false;           // guarded by checkpoint_mutex_
};

// -------------------------------------------------------------------------------------- inline

class InlineStore final : public SqliteStore {
 public:
  InlineStore(SqliteOptions options, std::unique_ptr<SqliteConnection> writer)
      : options_(std::move(options)),
        connection_(std::move(writer)),
        state_(*connection_, options_),
        reader_(*connection_, state_.memory(), state_.filters(), options_.keys) {}

  base::Result<void> Start() { return state_.Prepare(); }

  bool SubmitWrite(core::StoreJob* job) override {
    const Jobs jobs{job};
    state_.Run(jobs);
    ResumeAll(jobs);
    return true;
  }
  bool SubmitRead(core::StoreJob* job) override {
    RunRead(*connection_, reader_, *job);
    ResumeAll({job});
    return true;
  }
  std::uint64_t directory_generation() const override { return state_.directory_generation(); }
  void OnEvents(std::function<void()> listener) override { state_.OnEvents(std::move(listener)); }
  SqliteCounters counters() const override { return state_.counters(); }
  void CalmNow() override {
    if (state_.upkeep_due()) state_.Run({});
  }
  void Rest() override { connection_->Rest(); }
  base::Result<void> Backup(const std::string& path) override {
    return CopyDatabase(options_.path, path, options_.vfs);
  }
  base::Result<std::string> Dump() override { return DumpOf(*connection_); }

 private:
  const SqliteOptions options_;
  std::unique_ptr<SqliteConnection> connection_;
  WriterState state_;
  SqlTransaction reader_;
};

}  // namespace

base::Result<std::unique_ptr<SqliteStore>> OpenSqlite(SqliteOptions options) {
  const std::string path = options.path;
  auto writer = OpenWriter(options);
  if (!writer) return ForOperator(writer.error(), path);
  const auto start = [&path](auto store) -> base::Result<std::unique_ptr<SqliteStore>> {
    if (auto started = store->Start(); !started) return ForOperator(started.error(), path);
    return std::unique_ptr<SqliteStore>(std::move(store));
  };
  if (options.run_inline)
    return start(std::make_unique<InlineStore>(std::move(options), std::move(*writer)));
  return start(std::make_unique<ThreadedStore>(std::move(options), std::move(*writer)));
}

}  // namespace parley::storage
