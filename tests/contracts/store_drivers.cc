#include "tests/contracts/store_drivers.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/scheduler.h"
#include "storage/sqlite/sqlite_store.h"
#include "tests/support/temporary_folder.h"

namespace parley::testing {
namespace {

namespace fs = std::filesystem;

// Runs are written after a few keys and merged after a few runs.
constexpr storage::KeySizes kSmall{.generation = 24,
                                   .keys_per_block = 4,
                                   .runs_to_merge = 3,
                                   .blocks_per_step = 2,
                                   .deleted_per_step = 3,
                                   .many_runs = 6,
                                   .clock_slack = std::chrono::seconds(30),
                                   .usual_lateness = std::chrono::seconds(1)};

class SqliteUnderTest final : public StoreUnderTest {
 public:
  explicit SqliteUnderTest(bool run_inline) : inline_(run_inline) { Open(); }

  void RunAll(std::vector<Job> jobs) override {
    RunJobs(std::move(jobs));
    if (++runs_ % 5 == 0) ComeToRest();
  }

  void Restart(bool clean) override {
    const std::string next = fmt::format("{}/{}.db", folder_.path(), ++opened_);
    if (clean) store_.reset();
    // The database first: what a checkpoint changes meanwhile is in the log as well.
    fs::copy_file(path_, next);
    if (fs::exists(path_ + "-wal")) fs::copy_file(path_ + "-wal", next + "-wal");
    store_.reset();
    path_ = next;
    Open();
  }

 private:
  void RunJobs(std::vector<Job> jobs) {
    if (inline_) {
      base::VirtualScheduler scheduler(base::FromUnixMs(0));
      core::Store store(*store_, scheduler);
      for (const Job& job : jobs) scheduler.Spawn("job", job(store));
      scheduler.RunReady();
      return;
    }
    base::RealScheduler scheduler;
    core::Store store(*store_, scheduler);
    std::size_t left = jobs.size();
    const auto counted = [&scheduler, &left](base::Task<> task) -> base::Task<> {
      co_await std::move(task);
      if (--left == 0) scheduler.Stop();
    };
    for (const Job& job : jobs) scheduler.Spawn("job", counted(job(store)));
    if (left > 0) scheduler.Run();
  }

  // The whole upkeep that is due; then nothing is kept in memory.
  void ComeToRest() {
    while (store_->counters().upkeep_due) {
      store_->CalmNow();
      std::this_thread::yield();
    }
    store_->Rest();
  }

  void Open() {
    storage::SqliteOptions options;
    options.path = path_;
    options.run_inline = inline_;
    options.keys = kSmall;
    options.checkpoint_pages = 20;
    options.wal_limit_pages = 100;
    auto store = storage::OpenSqlite(options);
    if (!store) {
      std::fprintf(stderr, "%s (%s)\n", store.error().text.c_str(), store.error().detail.c_str());
      std::abort();
    }
    store_ = std::move(*store);
  }

  const bool inline_;
  TemporaryFolder folder_{TemporaryFolder::InMemory()};
  int opened_ = 0, runs_ = 0;
  std::string path_ = folder_.path() + "/0.db";
  std::unique_ptr<storage::SqliteStore> store_;
};

constexpr StoreDriver kDrivers[] = {
    {"SqliteInline",
     [] { return std::unique_ptr<StoreUnderTest>(std::make_unique<SqliteUnderTest>(true)); }},
    {"SqliteThreaded",
     [] { return std::unique_ptr<StoreUnderTest>(std::make_unique<SqliteUnderTest>(false)); }},
};

}  // namespace

std::span<const StoreDriver> StoreDrivers() { return kDrivers; }

}  // namespace parley::testing
