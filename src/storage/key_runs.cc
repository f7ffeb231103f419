#include "storage/key_runs.h"

#include <algorithm>
#include <cstring>

#include "storage/read.h"

namespace parley::storage {
namespace {

constexpr Sql kRuns{
    "SELECT run, level, digests, newest_message, newest_record, newest_at FROM key_runs ORDER BY "
    "run"};
constexpr Sql kFilter{"SELECT filter FROM key_runs WHERE run=?"};
constexpr Sql kNextNumber{
    "SELECT 1 + max(coalesce((SELECT max(run) FROM key_runs), 0), coalesce((SELECT run FROM "
    "key_blocks ORDER BY run DESC LIMIT 1), 0))"};
constexpr Sql kWriteBlock{"INSERT INTO key_blocks (run, first, keys) VALUES (?,?,?)"};
constexpr Sql kList{
    "INSERT INTO key_runs (run, level, digests, newest_message, newest_record, newest_at, filter) "
    "VALUES (?,?,?,?,?,?,?)"};
constexpr Sql kUnlist{"DELETE FROM key_runs WHERE run=?"};
constexpr Sql kDeleteBlocks{
    "DELETE FROM key_blocks WHERE (run, first) IN (SELECT run, first FROM key_blocks WHERE run=? "
    "LIMIT ?)"};
// From run to run: DISTINCT would read every block.
constexpr Sql kUnlisted{
    "WITH RECURSIVE runs (run) AS (SELECT min(run) FROM key_blocks UNION ALL SELECT (SELECT "
    "min(run) "
    "FROM key_blocks WHERE run > runs.run) FROM runs WHERE runs.run IS NOT NULL) "
    "SELECT run FROM runs WHERE run IS NOT NULL AND run NOT IN (SELECT run FROM key_runs)"};
// Blocks whose first key is at or below the range's end, from there down.
constexpr Sql kDown{"SELECT keys FROM key_blocks WHERE run=? AND first<=? ORDER BY first DESC"};
// From the block that may hold the range's beginning, up.
constexpr Sql kUp{
    "SELECT keys FROM key_blocks WHERE run=?1 AND first>=coalesce((SELECT max(first) FROM "
    "key_blocks WHERE run=?1 AND first<=?2), ?2) ORDER BY first"};

constexpr std::size_t kKeySize = sizeof(IndexKey::bytes);

// A block as it lies in the database.
class Block {
 public:
  explicit Block(std::string_view bytes) : bytes_(bytes) {}
  std::size_t size() const { return bytes_.size() / kKeySize; }
  IndexKey operator[](std::size_t i) const {
    IndexKey key;
    std::memcpy(key.bytes.data(), bytes_.data() + i * kKeySize, kKeySize);
    return key;
  }
  // The position of the first key that is not below `key`; of the first above it.
  std::size_t LowerBound(const IndexKey& key) const {
    return Bound([&](const IndexKey& mine) { return mine < key; });
  }
  std::size_t UpperBound(const IndexKey& key) const {
    return Bound([&](const IndexKey& mine) { return mine <= key; });
  }

 private:
  template <class Below>
  std::size_t Bound(const Below& below) const {
    std::size_t from = 0, count = size();
    while (count > 0) {
      const std::size_t half = count / 2;
      if (below((*this)[from + half])) {
        from += half + 1;
        count -= half + 1;
      } else {
        count = half;
      }
    }
    return from;
  }
  std::string_view bytes_;
};

base::Result<KeyRun> ReadRun(const Rows& rows) {
  KeyRun run;
  run.number = rows.Integer(0);
  run.level = static_cast<int>(rows.Integer(1));
  run.digests = rows.Integer(2);
  run.newest.messages = rows.Integer(3);
  run.newest.idempotency = rows.Integer(4);
  run.newest.at = rows.Integer(5);
  return run;
}

}  // namespace

KeyFilterPtr KeyFilters::Find(std::int64_t run) const {
  const std::lock_guard lock(mutex_);
  const auto found = filters_.find(run);
  return found == filters_.end() ? nullptr : found->second;
}

void KeyFilters::Keep(std::int64_t run, KeyFilterPtr filter) {
  const std::lock_guard lock(mutex_);
  filters_[run] = std::move(filter);
}

void KeyFilters::Retain(const std::vector<KeyRun>& runs) {
  const std::lock_guard lock(mutex_);
  std::erase_if(filters_, [&](const auto& entry) {
    return std::none_of(runs.begin(), runs.end(),
                        [&](const KeyRun& run) { return run.number == entry.first; });
  });
}

base::Result<KeyFilterPtr> KeyRuns::FilterOf(std::int64_t run) {
  if (KeyFilterPtr kept = filters_.Find(run)) return kept;
  PARLEY_TRY(rows, db_.Query(kFilter, {run}));
  PARLEY_CHECK(rows.Next());
  auto filter = std::make_shared<const KeyFilter>(rows.Text(0));
  filters_.Keep(run, filter);
  return KeyFilterPtr(std::move(filter));
}

base::Result<const std::vector<KeyRun>*> KeyRuns::All() {
  if (!known_) {
    PARLEY_TRY(runs, ReadAll(db_.Query(kRuns, {}), ReadRun));
    for (KeyRun& run : runs) {
      PARLEY_TRY(filter, FilterOf(run.number));
      run.filter = filter;
    }
    known_ = std::move(runs);
    if (std::exchange(tidy_, false)) filters_.Retain(*known_);
  }
  return &*known_;
}

base::Result<void> KeyRuns::Take(std::int64_t run, const KeyRange& range, std::int64_t most,
                                 std::vector<IndexKey>& into) {
  PARLEY_TRY(rows, range.descending ? db_.Query(kDown, {run, Value::Blob(range.until.AsBytes())})
                                    : db_.Query(kUp, {run, Value::Blob(range.from.AsBytes())}));
  while (most > 0) {
    PARLEY_TRY(found, rows.Next());
    if (!found) break;
    const Block block(rows.View(0));
    std::size_t begin = block.LowerBound(range.from), end = block.UpperBound(range.until);
    const bool goes_on = range.descending ? begin == 0 : end == block.size();
    for (; most > 0 && begin < end; --most)
      into.push_back(range.descending ? block[--end] : block[begin++]);
    if (!goes_on) break;
  }
  return {};
}

base::Result<std::int64_t> KeyRuns::NextNumber() { return ReadInteger(db_.Query(kNextNumber, {})); }

base::Result<void> KeyRuns::WriteBlock(std::int64_t run, const std::vector<IndexKey>& keys) {
  std::string bytes;
  bytes.reserve(keys.size() * kKeySize);
  for (const IndexKey& key : keys) bytes += key.AsBytes();
  PARLEY_CHECK(
      db_.Execute(kWriteBlock, {run, Value::Blob(keys.front().AsBytes()), Value::Blob(bytes)}));
  return {};
}

base::Result<void> KeyRuns::List(const KeyRun& run) {
  PARLEY_CHECK(db_.Execute(
      kList, {run.number, run.level, run.digests, run.newest.messages, run.newest.idempotency,
              run.newest.at, Value::Blob(run.filter->bytes())}));
  return {};
}

base::Result<void> KeyRuns::Unlist(std::int64_t run) {
  PARLEY_CHECK(db_.Execute(kUnlist, {run}));
  return {};
}

base::Result<bool> KeyRuns::DeleteBlocks(std::int64_t run, int limit) {
  PARLEY_TRY(deleted, db_.Execute(kDeleteBlocks, {run, limit}));
  return deleted < limit;
}

base::Result<std::vector<std::int64_t>> KeyRuns::Unlisted() {
  const auto read = [](const Rows& rows) -> base::Result<std::int64_t> { return rows.Integer(0); };
  return ReadAll(db_.Query(kUnlisted, {}), read);
}

}  // namespace parley::storage
