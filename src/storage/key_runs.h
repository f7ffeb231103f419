// Sorted runs of index keys in the database.
//
// key_blocks holds blocks of keys, named by run and first key; key_runs lists the runs that are
// complete. Blocks of a run that is not listed are being written or being deleted, and nobody reads
// them. A run never changes, and its number is never given again while a snapshot may see it: a
// number is above all that have a block or a listing, and the run with the highest number is only
// unlisted together with the listing of a higher one, or after it.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "storage/connection.h"
#include "storage/key_filter.h"
#include "storage/key_memory.h"

namespace parley::storage {

using KeyFilterPtr = std::shared_ptr<const KeyFilter>;

struct KeyRun {
  std::int64_t number = 0;
  int level = 0;             // 0: written from memory; n + 1: merged from runs of level n
  std::int64_t digests = 0;  // how many keys its filter holds
  NewestRows newest;
  KeyFilterPtr filter;
};

// Filters of listed runs, shared by all connections: a run never changes. Thread: any.
class KeyFilters {
 public:
  KeyFilterPtr Find(std::int64_t run) const;
  void Keep(std::int64_t run, KeyFilterPtr filter);
  // Drops those of runs that are not in the list.
  void Retain(const std::vector<KeyRun>& runs);

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::int64_t, KeyFilterPtr> filters_;  // guarded by mutex_
};

// One connection's view. Thread: its connection's.
class KeyRuns {
 public:
  KeyRuns(Connection& db, KeyFilters& filters) : db_(db), filters_(filters) {}

  // The complete runs, oldest first, read once until Forget.
  base::Result<const std::vector<KeyRun>*> All();
  void Forget() { known_.reset(); }
  // The writer's, when a change of the list was committed: drops filters that nobody needs any
  // more.
  void ListChanged() {
    known_.reset();
    tidy_ = true;
  }

  // The first `most` keys of the range in one run, in the range's direction.
  base::Result<void> Take(std::int64_t run, const KeyRange& range, std::int64_t most,
                          std::vector<IndexKey>& into);

  // Writing. All of it counts when the transaction is committed; call ListChanged then.
  base::Result<std::int64_t> NextNumber();  // above every run that has a block or a listing
  base::Result<void> WriteBlock(std::int64_t run, const std::vector<IndexKey>& keys);
  base::Result<void> List(const KeyRun& run);
  base::Result<void> Unlist(std::int64_t run);
  // Deletes up to `limit` blocks of a run that is not listed; returns whether none is left.
  base::Result<bool> DeleteBlocks(std::int64_t run, int limit);
  // Runs that have blocks but no listing.
  base::Result<std::vector<std::int64_t>> Unlisted();

 private:
  base::Result<KeyFilterPtr> FilterOf(std::int64_t run);

  Connection& db_;
  KeyFilters& filters_;
  std::optional<std::vector<KeyRun>> known_;
  bool tidy_ = false;  // the next list read says which filters stay
};

}  // namespace parley::storage
