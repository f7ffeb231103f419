// Keeps the index's runs in shape, a little with each commit: writes the keys in memory as a run,
// merges runs of one level into one of the next, and deletes the blocks of runs that were merged or
// whose rows are all pruned.
//
// A step's effect counts when its transaction commits; after a rollback the step is taken again.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/result.h"
#include "storage/connection.h"
#include "storage/key_memory.h"
#include "storage/key_runs.h"
#include "storage/key_sizes.h"

namespace parley::storage {

// Thread: the writer's.
class KeyMaintenance {
 public:
  KeyMaintenance(Connection& db, KeyMemory& memory, KeyRuns& runs, const KeySizes& sizes);
  ~KeyMaintenance();

  // Inside a transaction that is about to be committed, with so many new keys; `alone` = it holds
  // nothing else.
  base::Result<void> Step(std::size_t new_keys, bool alone);
  void Committed();
  void RolledBack();

  // Whether the last step that was committed found something to do.
  bool due() const { return state_.due; }

  // At start-up: what a crash left half-written is to be deleted.
  base::Result<void> TakeUp();

 private:
  class Merger;
  // A run that is being written.
  struct Build {
    std::int64_t run = 0;  // 0 = none
    int level = 0;
    IndexKey last;                      // the last key that is in it, or was dropped
    std::int64_t digests = 0;           // keys of its filter
    NewestRows newest;                  // of its keys
    std::shared_ptr<KeyFilter> filter;  // keys that a rollback took back stay in it, harmlessly
    std::vector<std::int64_t> from;     // runs being merged into it; none: from memory
  };
  // A merge may be long, so the keys in memory are written in the middle of it.
  struct State {
    Build writing, merging;
    std::vector<std::int64_t> dropped;  // runs whose blocks are being deleted
    bool finished_writing = false;      // this step completed the run from memory
    bool runs_changed = false;          // this step changed what is listed
    bool due = true;                    // this step had something to do
  };

  std::size_t BlocksNow(std::size_t pressure) const;
  static Build NewBuild(std::int64_t run, int level, std::int64_t digests);
  base::Result<void> WriteBlock(Build& build, const std::vector<IndexKey>& block);
  base::Result<void> ListRun(Build& build);
  base::Result<void> ChooseMerge();
  base::Result<std::int64_t> NewNumber();
  base::Result<void> DropExpired();
  base::Result<void> BeginWriting();
  base::Result<void> WriteSome();
  base::Result<void> MergeSome();
  base::Result<void> DeleteSome();
  base::Result<void> StoreCovered(const CoveredRows& covered);
  // How many times the usual work a step does now, with so many runs.
  base::Result<std::size_t> MergePressure();

  Connection& db_;
  KeyMemory& memory_;
  KeyRuns& runs_;
  const KeySizes sizes_;
  std::size_t new_keys_ = 0;        // of the open transaction, or as many as its step is for
  std::unique_ptr<Merger> merger_;  // where the merge under way stands; made again when lost
  State state_, next_;              // as of the last commit; as of the open transaction
};

// Up to which rows the keys are in runs.
base::Result<CoveredRows> ReadCovered(Connection& db);

}  // namespace parley::storage
