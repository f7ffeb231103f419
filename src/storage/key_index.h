// KeyIndex: a sorted set of fixed-size keys that finds rows by what is in the keys, kept as a small
// log-structured merge tree inside the database.
//
// An ordinary index over something random or per chat makes each inserted row touch a page of its
// own, and the pages of a commit are what a commit costs (docs/decisions/0002). Here a new key goes
// into memory when its row is committed. When enough have gathered they are written as a sorted run
// of blocks, some with each following commit; when there are several runs of a size they are merged
// into a larger one, some blocks with each commit (key_maintenance.h). After a crash the keys that
// were only in memory are made again from the rows themselves: the database keeps, per kind of row,
// up to which row all keys are in runs.
//
// Keys may outlive their row, and a row's chat may change: whoever follows a key looks at the row.
#pragma once

#include <vector>

#include "base/result.h"
#include "storage/connection.h"
#include "storage/key_maintenance.h"
#include "storage/key_memory.h"
#include "storage/key_runs.h"
#include "storage/key_sizes.h"

namespace parley::storage {

// One connection's view of the index. Thread: its connection's.
class KeyIndex {
 public:
  KeyIndex(Connection& db, KeyMemory& memory, KeyFilters& filters, const KeySizes& sizes)
      : db_(db),
        memory_(memory),
        runs_(db, filters),
        maintenance_(db, memory, runs_, sizes),
        pin_(memory.pin()) {}

  // The keys of a range in its direction, at most limit. A range over one digest (kLink,
  // kIdempotency) must begin and end with it. A page goes on from the last key of the page before,
  // not by counting: keys may be added at any time.
  base::Result<std::vector<IndexKey>> Find(const KeyRange& range) const;

  // ------------------------------------------------------------------------------------ readers

  // Before a new snapshot begins: see KeyMemory::Pin.
  void Renew() {
    pin_ = memory_.pin();
    runs_.Forget();
  }

  // ------------------------------------------------------------------------------------- writer

  // Adds the key of a row that the open transaction inserts.
  void Add(const IndexKey& key) { pending_.push_back(Pending{key, 0}); }
  // Adds a key of a row that was there before.
  base::Result<void> AddLate(const IndexKey& key);
  // How many were added in the open transaction; and back to so many, for a rolled-back savepoint.
  std::size_t pending() const { return pending_.size(); }
  void CutPending(std::size_t count) {
    pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(count), pending_.end());
  }

  // Before a commit: writes some blocks, if any are due, and more when that is all the transaction
  // is for. After it: how it ended.
  base::Result<void> BeforeCommit(bool alone) { return maintenance_.Step(pending_.size(), alone); }
  // Whether the next step may have something to do.
  bool upkeep_due() const { return maintenance_.due(); }
  void Committed();
  void RolledBack();

  // At start-up, before the first transaction: clears what a crash left half-written and makes the
  // keys of rows that are in no run.
  base::Result<void> Rebuild();

 private:
  struct Pending {
    IndexKey key;
    std::int64_t late_row;  // in late_keys; 0 for a key of a new row
  };

  Connection& db_;
  KeyMemory& memory_;
  mutable KeyRuns runs_;
  KeyMaintenance maintenance_;
  KeyMemory::Pin pin_;
  std::vector<Pending> pending_;  // of the open transaction
  CoveredRows covered_;           // of everything committed so far
};

}  // namespace parley::storage
