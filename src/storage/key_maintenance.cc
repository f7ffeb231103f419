#include "storage/key_maintenance.h"

#include <algorithm>

#include "base/crash_point.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

// So many keys gather in memory before they are written: few enough to be made again quickly at
// start-up.
constexpr std::size_t kGeneration = 32 * 1024;
// So many runs of one level are merged into one. A search looks into each run.
constexpr std::size_t kRunsToMerge = 8;
// Work of one step: small beside the commit that it goes with.
constexpr std::size_t kBlocksPerStep = 12;
// With so many keys waiting behind those that are being written, or so many runs, a step does twice
// as much, with twice as many three times, and so on: both stay bounded however fast rows come.
constexpr std::size_t kBacklog = kGeneration / 4;
constexpr std::size_t kManyRuns = 24;
constexpr int kDeletedPerStep = 48;

constexpr Sql kCounter{"SELECT value FROM counters WHERE name=?"};
constexpr Sql kSetCounter{
    "INSERT INTO counters (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET "
    "value = excluded.value"};
constexpr std::string_view kMessages = "keys_of_messages";
constexpr std::string_view kIdempotency = "keys_of_idempotency";
constexpr std::string_view kLate = "keys_of_late";
constexpr Sql kForgetLate{"DELETE FROM late_keys WHERE row<=?"};
constexpr Sql kOldestMessage{"SELECT coalesce(min(row), 0) FROM messages"};
constexpr Sql kOldestRecord{"SELECT coalesce(min(row), 0) FROM idempotency"};

// Keys of several runs in order, each once.
class Merger {
 public:
  Merger(KeyRuns& runs, const std::vector<std::int64_t>& from) : runs_(runs) {
    for (const std::int64_t run : from) sources_.push_back(Source{run, {}, 0, false});
  }

  // The smallest key above `after`, or nullopt at the end.
  base::Result<std::optional<IndexKey>> Next(const IndexKey& after) {
    std::optional<IndexKey> smallest;
    for (Source& source : sources_) {
      PARLEY_CHECK(Advance(source, after));
      if (source.position == source.keys.size()) continue;
      const IndexKey& key = source.keys[source.position];
      if (!smallest || key < *smallest) smallest = key;
    }
    return smallest;
  }

 private:
  struct Source {
    std::int64_t run;
    std::vector<IndexKey> keys;
    std::size_t position;
    bool exhausted;
  };

  base::Result<void> Advance(Source& source, const IndexKey& after) {
    while (true) {
      while (source.position < source.keys.size() && source.keys[source.position] <= after)
        ++source.position;
      if (source.position < source.keys.size() || source.exhausted) return {};
      KeyRange range;
      range.from = after;
      range.until.bytes.fill(0xFF);
      source.keys.clear();
      source.position = 0;
      // One more than a block, because `after` itself may be among them.
      PARLEY_CHECK(runs_.Take(source.run, range, kKeysPerBlock + 1, source.keys));
      source.exhausted = source.keys.size() <= kKeysPerBlock;
    }
  }

  KeyRuns& runs_;
  std::vector<Source> sources_;
};

}  // namespace

base::Result<CoveredRows> ReadCovered(Connection& db) {
  CoveredRows covered;
  PARLEY_TRY(messages, ReadInteger(db.Query(kCounter, {kMessages})));
  PARLEY_TRY(idempotency, ReadInteger(db.Query(kCounter, {kIdempotency})));
  PARLEY_TRY(late, ReadInteger(db.Query(kCounter, {kLate})));
  covered.messages = messages;
  covered.idempotency = idempotency;
  covered.late = late;
  return covered;
}

base::Result<void> KeyMaintenance::StoreCovered(const CoveredRows& covered) {
  PARLEY_CHECK(db_.Execute(kSetCounter, {kMessages, covered.messages}));
  PARLEY_CHECK(db_.Execute(kSetCounter, {kIdempotency, covered.idempotency}));
  PARLEY_CHECK(db_.Execute(kSetCounter, {kLate, covered.late}));
  PARLEY_CHECK(db_.Execute(kForgetLate, {covered.late}));
  return {};
}

base::Result<void> KeyMaintenance::DeleteUnlisted() {
  PARLEY_TRY(unlisted, runs_.Unlisted());
  for (const std::int64_t run : unlisted) {
    bool done = false;
    while (!done) {
      PARLEY_TRY(deleted, runs_.DeleteBlocks(run, 1000));
      done = deleted;
    }
  }
  return {};
}

base::Result<void> KeyMaintenance::Step() {
  next_ = state_;
  next_.finished_writing = next_.runs_changed = false;
  if (next_.work == Work::kNone) PARLEY_CHECK(Choose());
  switch (next_.work) {
    case Work::kNone:
      return {};
    case Work::kWriting:
      return WriteSome();
    case Work::kMerging:
      return MergeSome();
    case Work::kDeleting:
      return DeleteSome();
  }
  return {};
}

void KeyMaintenance::Committed() {
  state_ = next_;
  if (state_.finished_writing) memory_.FinishWriting();
  if (state_.runs_changed) runs_.Forget();  // read anew when next needed
}

// Memory is bounded, so writing it comes first; old blocks are deleted before new ones are made.
base::Result<void> KeyMaintenance::Choose() {
  if (memory_.writing() != nullptr || memory_.size() >= kGeneration) {
    if (memory_.writing() == nullptr) memory_.StartWriting();
    PARLEY_TRY(run, runs_.NextNumber());
    const absl::btree_set<IndexKey>& keys = memory_.writing()->keys;
    Begin(Work::kWriting, run, 0, std::count_if(keys.begin(), keys.end(), &KeyFilter::Covers));
    return {};
  }
  if (!next_.dropped.empty()) {
    next_.work = Work::kDeleting;
    return {};
  }
  PARLEY_TRY(runs, runs_.All());
  for (const KeyRun& first : *runs) {
    std::vector<std::int64_t> same;
    std::int64_t digests = 0;
    for (const KeyRun& run : *runs) {
      if (run.level != first.level || same.size() == kRunsToMerge) continue;
      same.push_back(run.number);
      digests += run.digests;
    }
    if (same.size() < kRunsToMerge) continue;
    PARLEY_TRY(run, runs_.NextNumber());
    Begin(Work::kMerging, run, first.level + 1, digests);
    next_.from = std::move(same);
    return {};
  }
  return {};
}

base::Result<std::size_t> KeyMaintenance::BlocksNow() {
  PARLEY_TRY(runs, runs_.All());
  return kBlocksPerStep * (1 + memory_.size() / kBacklog + runs->size() / kManyRuns);
}

void KeyMaintenance::Begin(Work work, std::int64_t run, int level, std::int64_t digests) {
  next_.work = work;
  next_.run = run;
  next_.level = level;
  next_.last = IndexKey();
  next_.digests = 0;
  next_.filter = std::make_shared<KeyFilter>(static_cast<std::size_t>(digests));
}

base::Result<void> KeyMaintenance::WriteBlock(const std::vector<IndexKey>& block) {
  for (const IndexKey& key : block) {
    if (!KeyFilter::Covers(key)) continue;
    next_.filter->Add(key);
    ++next_.digests;
  }
  return runs_.WriteBlock(next_.run, block);
}

base::Result<void> KeyMaintenance::ListRun() {
  PARLEY_CHECK(runs_.List(KeyRun{next_.run, next_.level, next_.digests, next_.filter}));
  next_.work = Work::kNone;
  next_.filter.reset();
  next_.runs_changed = true;
  return {};
}

base::Result<void> KeyMaintenance::WriteSome() {
  const absl::btree_set<IndexKey>& keys = memory_.writing()->keys;
  auto key = keys.upper_bound(next_.last);
  PARLEY_TRY(most, BlocksNow());
  std::vector<IndexKey> block;
  for (std::size_t blocks = 0; blocks < most && key != keys.end(); ++blocks) {
    block.clear();
    for (; block.size() < kKeysPerBlock && key != keys.end(); ++key) block.push_back(*key);
    PARLEY_CHECK(WriteBlock(block));
    next_.last = block.back();
  }
  if (key != keys.end()) return {};
  PARLEY_CHECK(StoreCovered(memory_.writing()->covered));
  next_.finished_writing = true;
  return ListRun();
}

base::Result<void> KeyMaintenance::MergeSome() {
  base::ReachCrashPoint("before_merge_step");
  PARLEY_TRY(oldest_message, ReadInteger(db_.Query(kOldestMessage, {})));
  PARLEY_TRY(oldest_record, ReadInteger(db_.Query(kOldestRecord, {})));
  Merger merger(runs_, next_.from);
  std::vector<IndexKey> block;
  bool at_end = false;
  PARLEY_TRY(most, BlocksNow());
  for (std::size_t blocks = 0; blocks < most && !at_end; ++blocks) {
    block.clear();
    while (block.size() < kKeysPerBlock) {
      PARLEY_TRY(key, merger.Next(next_.last));
      at_end = !key;
      if (at_end) break;
      next_.last = *key;
      // Keys of rows that were pruned end here.
      const std::int64_t oldest =
          key->space() == KeySpace::kIdempotency ? oldest_record : oldest_message;
      if (key->row() >= oldest) block.push_back(*key);
    }
    if (!block.empty()) PARLEY_CHECK(WriteBlock(block));
  }
  if (!at_end) return {};
  for (const std::int64_t run : next_.from) PARLEY_CHECK(runs_.Unlist(run));
  next_.dropped.insert(next_.dropped.end(), next_.from.begin(), next_.from.end());
  next_.from.clear();
  return ListRun();
}

base::Result<void> KeyMaintenance::DeleteSome() {
  PARLEY_TRY(done, runs_.DeleteBlocks(next_.dropped.back(), kDeletedPerStep));
  if (done) next_.dropped.pop_back();
  next_.work = Work::kNone;
  return {};
}

}  // namespace parley::storage
