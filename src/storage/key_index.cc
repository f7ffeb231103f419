#include "storage/key_index.h"

#include <algorithm>
#include <cstring>

#include "storage/message_keys.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

constexpr Sql kInsertLate{"INSERT INTO late_keys (key) VALUES (?)"};
constexpr Sql kUncoveredMessages{
    "SELECT row, channel, chat, at, direction, link_id, modifier FROM messages WHERE row>? "
    "ORDER BY row"};
constexpr Sql kUncoveredRecords{"SELECT row, scope FROM idempotency WHERE row>? ORDER BY row"};
constexpr Sql kUncoveredLate{"SELECT row, key FROM late_keys WHERE row>? ORDER BY row"};

IndexKey KeyFrom(std::string_view bytes) {
  IndexKey key;
  std::memcpy(key.bytes.data(), bytes.data(), std::min(bytes.size(), key.bytes.size()));
  return key;
}

// Sorts what was found in the range's direction, each key once, and drops what is over its limit.
void KeepFirst(std::vector<IndexKey>& found, const KeyRange& range) {
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (range.descending) std::reverse(found.begin(), found.end());
  if (static_cast<std::int64_t>(found.size()) > range.limit)
    found.resize(static_cast<std::size_t>(range.limit));
}

}  // namespace

base::Result<std::vector<IndexKey>> KeyIndex::Find(const KeyRange& range) const {
  std::vector<IndexKey> found;
  if (range.until < range.from) return found;
  // Any of the first may be in any of the places.
  for (const auto& generation : *pin_) TakeFrom(*generation, range, range.limit, found);
  for (const Pending& added : pending_)
    if (range.from <= added.key && added.key <= range.until) found.push_back(added.key);
  PARLEY_TRY(runs, runs_.All());
  struct Place {
    IndexKey bound;
    std::int64_t run;
  };
  std::vector<Place> places;
  for (const KeyRun& run : *runs) {
    if (KeyFilter::Covers(range.from) && !run.filter->MayHold(range.from)) continue;
    const IndexKey bound = run.newest.Bound(range);
    if (range.from <= bound) places.push_back(Place{bound, run.number});
  }
  // Newest first: a search for the newest keys ends before the first run that can have none.
  if (range.descending)
    std::sort(places.begin(), places.end(),
              [](const Place& a, const Place& b) { return a.bound > b.bound; });
  const auto limit = static_cast<std::size_t>(range.limit);
  for (const Place& place : places) {
    if (range.descending && found.size() >= limit) {
      KeepFirst(found, range);
      if (found.size() == limit && found.back() >= place.bound) break;
    }
    PARLEY_CHECK(runs_.Take(place.run, range, range.limit, found));
  }
  KeepFirst(found, range);
  return found;
}

base::Result<void> KeyIndex::AddLate(const IndexKey& key) {
  PARLEY_CHECK(db_.Execute(kInsertLate, {Value::Blob(key.AsBytes())}));
  pending_.push_back(Pending{key, db_.last_insert_row()});
  return {};
}

void KeyIndex::Committed() {
  if (!pending_.empty()) {
    // From the keys themselves: a row that was rolled back must not count as covered.
    std::vector<IndexKey> keys;
    keys.reserve(pending_.size());
    for (const auto& [key, late_row] : pending_) {
      keys.push_back(key);
      covered_.late = std::max(covered_.late, late_row);
      if (late_row > 0) continue;
      if (key.space() == KeySpace::kChannel)
        covered_.messages = std::max(covered_.messages, key.row());
      if (key.space() == KeySpace::kIdempotency)
        covered_.idempotency = std::max(covered_.idempotency, key.row());
    }
    memory_.Add(keys, covered_);
    pending_.clear();
  }
  maintenance_.Committed();
  pin_ = memory_.pin();
}

void KeyIndex::RolledBack() {
  pending_.clear();
  maintenance_.RolledBack();
  runs_.Forget();
}

base::Result<void> KeyIndex::Rebuild() {
  PARLEY_CHECK(maintenance_.TakeUp());
  PARLEY_TRY(covered, ReadCovered(db_));
  covered_ = covered;
  {
    PARLEY_TRY(rows, db_.Query(kUncoveredMessages, {covered.messages}));
    while (true) {
      PARLEY_TRY(found, rows.Next());
      if (!found) break;
      const std::int64_t row = rows.Integer(0);
      const core::ChatRow chat(rows.Integer(2));
      const bool modifier = rows.Bool(6);
      if (!modifier) Add(ChannelKey(core::ChannelRow(rows.Integer(1)), row, rows.Time(3)));
      if (!modifier) Add(ChatKey(chat, rows.Time(3), row));
      if (!rows.IsNull(5)) Add(LinkKey(chat, rows.Enum<core::Direction>(4), rows.View(5), row));
    }
  }
  {
    PARLEY_TRY(rows, db_.Query(kUncoveredRecords, {covered.idempotency}));
    while (true) {
      PARLEY_TRY(found, rows.Next());
      if (!found) break;
      Add(IndexKey::Of(KeySpace::kIdempotency, rows.View(1), rows.Integer(0)));
    }
  }
  PARLEY_TRY(rows, db_.Query(kUncoveredLate, {covered.late}));
  while (true) {
    PARLEY_TRY(found, rows.Next());
    if (!found) break;
    pending_.push_back(Pending{KeyFrom(rows.View(1)), rows.Integer(0)});
  }
  Committed();
  return {};
}

}  // namespace parley::storage
