#include "storage/key_maintenance.h"

#include <algorithm>

#include "base/crash_point.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

constexpr Sql kCounter{"SELECT value FROM counters WHERE name=?"};
constexpr Sql kSetCounter{
    "INSERT INTO counters (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET "
    "value = excluded.value"};
constexpr std::string_view kMessages = "keys_of_messages";
constexpr std::string_view kIdempotency = "keys_of_idempotency";
constexpr std::string_view kLate = "keys_of_late";
constexpr Sql kForgetLate{"DELETE FROM late_keys WHERE row<=?"};
constexpr Sql kOldestMessage{"SELECT min(row) FROM messages"};
constexpr Sql kOldestRecord{"SELECT min(row) FROM idempotency"};

}  // namespace

// Keys of several runs in order, each once.
class KeyMaintenance::Merger {
 public:
  // Reads `page` keys of a run at once.
  Merger(KeyRuns& runs, const std::vector<std::int64_t>& from, std::size_t page)
      : runs_(runs), page_(page) {
    for (const std::int64_t run : from) waiting_.push_back(Source{run, {}, 0, false});
  }

  // The smallest key above `after`, or nullopt at the end. `after` never goes back.
  base::Result<std::optional<IndexKey>> Next(const IndexKey& after) {
    while (!heap_.empty() && heap_.front().key() <= after) {
      std::pop_heap(heap_.begin(), heap_.end(), IsLater);
      waiting_.push_back(std::move(heap_.back()));
      heap_.pop_back();
    }
    while (!waiting_.empty()) {
      Source source = std::move(waiting_.back());
      waiting_.pop_back();
      PARLEY_TRY(has_key, Advance(source, after));
      if (!has_key) continue;
      heap_.push_back(std::move(source));
      std::push_heap(heap_.begin(), heap_.end(), IsLater);
    }
    if (heap_.empty()) return std::optional<IndexKey>();
    return std::optional(heap_.front().key());
  }

 private:
  struct Source {
    std::int64_t run;
    std::vector<IndexKey> keys;
    std::size_t position;
    bool exhausted;  // nothing follows `keys`
    const IndexKey& key() const { return keys[position]; }
  };
  // The smallest key is at the heap's front.
  static bool IsLater(const Source& a, const Source& b) { return b.key() < a.key(); }

  // Whether the source has a key above `after`; it then stands at the first one.
  base::Result<bool> Advance(Source& source, const IndexKey& after) {
    while (true) {
      while (source.position < source.keys.size() && source.key() <= after) ++source.position;
      if (source.position < source.keys.size()) return true;
      if (source.exhausted) return false;
      KeyRange range;
      range.from = after;
      range.until.bytes.fill(0xFF);
      source.keys.clear();
      source.position = 0;
      // One more, because `after` itself may be among them.
      PARLEY_CHECK(
          runs_.Take(source.run, range, static_cast<std::int64_t>(page_) + 1, source.keys));
      source.exhausted = source.keys.size() <= page_;
    }
  }

  KeyRuns& runs_;
  const std::size_t page_;
  std::vector<Source> heap_;     // each at a key above the last `after`
  std::vector<Source> waiting_;  // to be advanced
};

KeyMaintenance::KeyMaintenance(Connection& db, KeyMemory& memory, KeyRuns& runs,
                               const KeySizes& sizes)
    : db_(db), memory_(memory), runs_(runs), sizes_(sizes) {}

KeyMaintenance::~KeyMaintenance() = default;

void KeyMaintenance::RolledBack() {
  next_ = state_;
  merger_.reset();  // it may have gone on
}

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

base::Result<void> KeyMaintenance::TakeUp() {
  PARLEY_TRY(unlisted, runs_.Unlisted());
  state_.dropped = next_.dropped = std::move(unlisted);
  return {};
}

// Memory is bounded, so writing it comes first; old blocks are deleted before new ones are made.
base::Result<void> KeyMaintenance::Step(std::size_t new_keys, bool alone) {
  new_keys_ = alone ? sizes_.keys_alone : new_keys;
  next_ = state_;
  next_.finished_writing = next_.runs_changed = false;
  next_.due = true;
  if (next_.writing.run == 0 &&
      (memory_.writing() != nullptr || memory_.size() >= sizes_.generation))
    PARLEY_CHECK(BeginWriting());
  if (next_.writing.run != 0) return WriteSome();
  if (next_.merging.run != 0) return MergeSome();
  PARLEY_CHECK(DropExpired());
  if (!next_.dropped.empty()) return DeleteSome();
  PARLEY_CHECK(ChooseMerge());
  if (next_.merging.run != 0) return MergeSome();
  next_.due = false;
  return {};
}

void KeyMaintenance::Committed() {
  state_ = next_;
  if (state_.finished_writing) memory_.FinishWriting();
  if (state_.runs_changed) runs_.ListChanged();
}

base::Result<void> KeyMaintenance::BeginWriting() {
  if (memory_.writing() == nullptr) memory_.StartWriting();
  PARLEY_TRY(run, NewNumber());
  const absl::btree_set<IndexKey>& keys = memory_.writing()->keys;
  next_.writing = NewBuild(run, 0, std::count_if(keys.begin(), keys.end(), &KeyFilter::Covers));
  return {};
}

// A run under deletion may have no block left: its number must not become that of a new run, whose
// blocks would be deleted with it. One that is being written may have no block yet.
base::Result<std::int64_t> KeyMaintenance::NewNumber() {
  PARLEY_TRY(number, runs_.NextNumber());
  for (const std::int64_t dropped : next_.dropped) number = std::max(number, dropped + 1);
  return std::max({number, next_.writing.run + 1, next_.merging.run + 1});
}

// Takes runs off the list whose rows are all pruned.
base::Result<void> KeyMaintenance::DropExpired() {
  PARLEY_TRY(runs, runs_.All());
  if (runs->empty()) return {};
  PARLEY_TRY(oldest_message, ReadInteger(db_.Query(kOldestMessage, {})));
  PARLEY_TRY(oldest_record, ReadInteger(db_.Query(kOldestRecord, {})));
  for (const KeyRun& run : *runs) {
    const NewestRows& newest = run.newest;
    // The highest number must not become free: see key_runs.h.
    if (run.number == runs->back().number) continue;
    if (newest.messages > 0 && newest.messages >= oldest_message) continue;
    if (newest.idempotency > 0 && newest.idempotency >= oldest_record) continue;
    PARLEY_CHECK(runs_.Unlist(run.number));
    next_.dropped.push_back(run.number);
    next_.runs_changed = true;
  }
  return {};
}

base::Result<void> KeyMaintenance::ChooseMerge() {
  PARLEY_TRY(runs, runs_.All());
  for (const KeyRun& first : *runs) {
    std::vector<std::int64_t> same;
    std::int64_t digests = 0;
    for (const KeyRun& run : *runs) {
      if (run.level != first.level || same.size() == sizes_.runs_to_merge) continue;
      same.push_back(run.number);
      digests += run.digests;
    }
    if (same.size() < sizes_.runs_to_merge) continue;
    PARLEY_TRY(run, NewNumber());
    next_.merging = NewBuild(run, first.level + 1, digests);
    next_.merging.from = std::move(same);
    return {};
  }
  return {};
}

base::Result<std::size_t> KeyMaintenance::MergePressure() {
  PARLEY_TRY(runs, runs_.All());
  return 1 + runs->size() / sizes_.many_runs;
}

std::size_t KeyMaintenance::BlocksNow(std::size_t pressure) const {
  const std::size_t for_keys = new_keys_ * sizes_.moved_per_key / sizes_.keys_per_block;
  return std::max(sizes_.blocks_per_step, for_keys) * pressure;
}

KeyMaintenance::Build KeyMaintenance::NewBuild(std::int64_t run, int level, std::int64_t digests) {
  Build build;
  build.run = run;
  build.level = level;
  build.filter = std::make_shared<KeyFilter>(static_cast<std::size_t>(digests));
  return build;
}

base::Result<void> KeyMaintenance::WriteBlock(Build& build, const std::vector<IndexKey>& block) {
  for (const IndexKey& key : block) {
    build.newest.Include(key);
    if (!KeyFilter::Covers(key)) continue;
    build.filter->Add(key);
    ++build.digests;
  }
  return runs_.WriteBlock(build.run, block);
}

// The build is over with it.
base::Result<void> KeyMaintenance::ListRun(Build& build) {
  PARLEY_CHECK(
      runs_.List(KeyRun{build.run, build.level, build.digests, build.newest, build.filter}));
  build = Build();
  next_.runs_changed = true;
  return {};
}

base::Result<void> KeyMaintenance::WriteSome() {
  Build& build = next_.writing;
  const absl::btree_set<IndexKey>& keys = memory_.writing()->keys;
  auto key = keys.upper_bound(build.last);
  const std::size_t most = BlocksNow(1 + memory_.size() / sizes_.backlog());
  std::vector<IndexKey> block;
  for (std::size_t blocks = 0; blocks < most && key != keys.end(); ++blocks) {
    block.clear();
    for (; block.size() < sizes_.keys_per_block && key != keys.end(); ++key) block.push_back(*key);
    PARLEY_CHECK(WriteBlock(build, block));
    build.last = block.back();
  }
  if (key != keys.end()) return {};
  PARLEY_CHECK(StoreCovered(memory_.writing()->covered));
  next_.finished_writing = true;
  return ListRun(build);
}

base::Result<void> KeyMaintenance::MergeSome() {
  base::ReachCrashPoint("before_merge_step");
  PARLEY_TRY(oldest_message, ReadInteger(db_.Query(kOldestMessage, {})));
  PARLEY_TRY(oldest_record, ReadInteger(db_.Query(kOldestRecord, {})));
  Build& build = next_.merging;
  // A page begins in the block where the one before ended, which is read again for that.
  if (!merger_) merger_ = std::make_unique<Merger>(runs_, build.from, 8 * sizes_.keys_per_block);
  std::vector<IndexKey> block;
  bool at_end = false;
  PARLEY_TRY(pressure, MergePressure());
  const std::size_t most = BlocksNow(pressure);
  for (std::size_t blocks = 0; blocks < most && !at_end; ++blocks) {
    block.clear();
    // Keys that are dropped count, too: a step must end.
    for (std::size_t keys = 0; keys < sizes_.keys_per_block; ++keys) {
      PARLEY_TRY(key, merger_->Next(build.last));
      at_end = !key;
      if (at_end) break;
      build.last = *key;
      // Keys of rows that were pruned end here.
      const std::int64_t oldest =
          key->space() == KeySpace::kIdempotency ? oldest_record : oldest_message;
      if (key->row() >= oldest) block.push_back(*key);
    }
    if (!block.empty()) PARLEY_CHECK(WriteBlock(build, block));
  }
  if (!at_end) return {};
  merger_.reset();
  for (const std::int64_t run : build.from) PARLEY_CHECK(runs_.Unlist(run));
  next_.dropped.insert(next_.dropped.end(), build.from.begin(), build.from.end());
  return ListRun(build);
}

base::Result<void> KeyMaintenance::DeleteSome() {
  PARLEY_TRY(pressure, MergePressure());
  const int most = sizes_.deleted_per_step * static_cast<int>(pressure);
  PARLEY_TRY(done, runs_.DeleteBlocks(next_.dropped.back(), most));
  if (done) next_.dropped.pop_back();
  return {};
}

}  // namespace parley::storage
