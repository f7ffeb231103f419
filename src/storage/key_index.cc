#include "storage/key_index.h"

#include <algorithm>
#include <cstring>

#include "base/digest.h"
#include "storage/message_keys.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

// So many keys gather in memory before they are written: enough that neighbours share pages, few
// enough to be made again quickly at start-up.
constexpr std::size_t kGeneration = 48 * 1024;
// So many are written with one commit: adds less to it than its own rows.
constexpr std::size_t kSlice = 256;

constexpr Sql kInsert{"INSERT OR IGNORE INTO message_keys (key) VALUES (?)"};
constexpr Sql kDelete{"DELETE FROM message_keys WHERE key=?"};
constexpr Sql kAscending{
    "SELECT key FROM message_keys WHERE key>=? AND key<=? ORDER BY key LIMIT ? OFFSET ?"};
constexpr Sql kDescending{
    "SELECT key FROM message_keys WHERE key>=? AND key<=? ORDER BY key DESC LIMIT ? OFFSET ?"};
constexpr Sql kCounter{"SELECT value FROM counters WHERE name=?"};
constexpr Sql kSetCounter{
    "INSERT INTO counters (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET "
    "value = excluded.value"};
constexpr std::string_view kMessagesCovered = "keys_of_messages";
constexpr std::string_view kIdempotencyCovered = "keys_of_idempotency";
constexpr Sql kUncoveredMessages{
    "SELECT row, channel, chat, at, direction, link_id FROM messages WHERE row>? ORDER BY row"};
constexpr Sql kUncoveredRecords{"SELECT row, scope FROM idempotency WHERE row>? ORDER BY row"};

void PutNumber(std::uint8_t* to, std::int64_t number) {
  for (int i = 0; i < 8; ++i)
    to[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> (56 - 8 * i));
}

base::Result<IndexKey> ReadKey(const Rows& rows) {
  IndexKey key;
  std::memcpy(key.bytes.data(), rows.View(0).data(), key.bytes.size());
  return key;
}

// The first `most` keys of the range, in its direction.
void Take(const KeyMemory::Generation& generation, const KeyRange& range, std::int64_t most,
          std::vector<IndexKey>& into) {
  const std::lock_guard lock(generation.mutex);
  auto begin = generation.keys.lower_bound(range.from);
  auto end = generation.keys.upper_bound(range.until);
  for (; most > 0 && begin != end; --most) into.push_back(range.descending ? *--end : *begin++);
}

}  // namespace

IndexKey IndexKey::Of(KeySpace space, std::int64_t a, std::int64_t b, std::int64_t c) {
  IndexKey key;
  key.bytes[0] = static_cast<std::uint8_t>(space);
  PutNumber(&key.bytes[1], a);
  PutNumber(&key.bytes[9], b);
  PutNumber(&key.bytes[17], c);
  return key;
}

IndexKey IndexKey::Of(KeySpace space, std::string_view digest16, std::int64_t row) {
  IndexKey key;
  key.bytes[0] = static_cast<std::uint8_t>(space);
  std::memcpy(&key.bytes[1], digest16.data(), 16);
  PutNumber(&key.bytes[17], row);
  return key;
}

std::int64_t IndexKey::Number(int position) const {
  std::uint64_t number = 0;
  for (int i = 0; i < 8; ++i)
    number = number << 8 | bytes[static_cast<std::size_t>(1 + 8 * position + i)];
  return static_cast<std::int64_t>(number);
}

// -------------------------------------------------------------------------------------- memory

KeyMemory::KeyMemory() : growing_(std::make_shared<Generation>()) { Publish(); }

void KeyMemory::Publish() {
  auto generations = std::make_shared<std::vector<std::shared_ptr<const Generation>>>();
  if (writing_) generations->push_back(writing_);
  generations->push_back(growing_);
  pin_.store(std::move(generations));
}

void KeyMemory::Add(const std::vector<IndexKey>& keys, const CoveredRows& covered) {
  const std::lock_guard lock(growing_->mutex);
  growing_->keys.insert(keys.begin(), keys.end());
  growing_->covered = covered;
}

void KeyMemory::StartWriting() {
  writing_ = std::move(growing_);
  growing_ = std::make_shared<Generation>();
  growing_->covered = writing_->covered;
  Publish();
}

void KeyMemory::FinishWriting() {
  writing_.reset();
  Publish();
}

// --------------------------------------------------------------------------------------- index

base::Result<std::vector<IndexKey>> KeyIndex::FindWritten(const KeyRange& range) const {
  return ReadAll(db_.Query(range.descending ? kDescending : kAscending,
                           {Value::Blob(range.from.AsBytes()), Value::Blob(range.until.AsBytes()),
                            range.limit, range.offset}),
                 ReadKey);
}

base::Result<std::vector<IndexKey>> KeyIndex::Find(const KeyRange& range) const {
  // Any of the first offset + limit may be in memory or in the database.
  const std::int64_t most = range.limit < 0 ? INT64_MAX : range.offset + range.limit;
  std::vector<IndexKey> found;
  for (const auto& generation : *pin_) Take(*generation, range, most, found);
  for (const IndexKey& key : pending_)
    if (range.from <= key && key <= range.until) found.push_back(key);
  if (found.empty()) return FindWritten(range);

  KeyRange head = range;
  head.offset = 0;
  if (range.limit >= 0) head.limit = most;
  PARLEY_TRY(written, FindWritten(head));
  found.insert(found.end(), written.begin(), written.end());
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (range.descending) std::reverse(found.begin(), found.end());
  const auto size = static_cast<std::int64_t>(found.size());
  const std::int64_t first = std::min(range.offset, size);
  const std::int64_t last = range.limit < 0 ? size : std::min(first + range.limit, size);
  return std::vector<IndexKey>(found.begin() + first, found.begin() + last);
}

base::Result<void> KeyIndex::PutNow(const IndexKey& key) {
  PARLEY_CHECK(db_.Execute(kInsert, {Value::Blob(key.AsBytes())}));
  return {};
}

base::Result<void> KeyIndex::RemoveNow(const IndexKey& key) {
  PARLEY_CHECK(db_.Execute(kDelete, {Value::Blob(key.AsBytes())}));
  return {};
}

base::Result<void> KeyIndex::WriteSlice() {
  wrote_slice_ = wrote_last_slice_ = false;
  if (memory_.writing() == nullptr) {
    if (memory_.size() < kGeneration) return {};
    memory_.StartWriting();
    pin_ = memory_.pin();
    slice_end_ = IndexKey();
  }
  const absl::btree_set<IndexKey>& keys = memory_.writing()->keys;
  auto next = keys.upper_bound(slice_end_);
  for (std::size_t i = 0; i < kSlice && next != keys.end(); ++i, ++next) {
    PARLEY_CHECK(PutNow(*next));
    next_slice_end_ = *next;
  }
  wrote_slice_ = true;
  if (next != keys.end()) return {};
  const CoveredRows& covered = memory_.writing()->covered;
  PARLEY_CHECK(db_.Execute(kSetCounter, {kMessagesCovered, covered.messages}));
  PARLEY_CHECK(db_.Execute(kSetCounter, {kIdempotencyCovered, covered.idempotency}));
  wrote_last_slice_ = true;
  return {};
}

void KeyIndex::Committed() {
  // From the keys themselves: a row that was rolled back must not count as covered.
  for (const IndexKey& key : pending_) {
    if (key.space() == KeySpace::kChannel)
      covered_.messages = std::max(covered_.messages, key.Number(1));
    if (key.space() == KeySpace::kIdempotency)
      covered_.idempotency = std::max(covered_.idempotency, key.Number(2));
  }
  if (!pending_.empty()) memory_.Add(pending_, covered_);
  pending_.clear();
  if (wrote_slice_) slice_end_ = next_slice_end_;
  if (wrote_last_slice_) {
    memory_.FinishWriting();
    pin_ = memory_.pin();
  }
  wrote_slice_ = wrote_last_slice_ = false;
}

void KeyIndex::RolledBack() {
  pending_.clear();
  wrote_slice_ = wrote_last_slice_ = false;
}

base::Result<CoveredRows> KeyIndex::Written() const {
  CoveredRows rows;
  PARLEY_TRY(messages, ReadInteger(db_.Query(kCounter, {kMessagesCovered})));
  PARLEY_TRY(idempotency, ReadInteger(db_.Query(kCounter, {kIdempotencyCovered})));
  rows.messages = messages;
  rows.idempotency = idempotency;
  return rows;
}

base::Result<void> KeyIndex::Rebuild() {
  PARLEY_TRY(written, Written());
  covered_ = written;
  {
    PARLEY_TRY(rows, db_.Query(kUncoveredMessages, {written.messages}));
    while (true) {
      PARLEY_TRY(found, rows.Next());
      if (!found) break;
      const std::int64_t row = rows.Integer(0);
      const core::ChatRow chat(rows.Integer(2));
      Add(ChannelKey(core::ChannelRow(rows.Integer(1)), row, rows.Time(3)));
      Add(ChatKey(chat, rows.Time(3), row));
      if (!rows.IsNull(5))
        Add(LinkKey(chat, rows.Enum<core::Direction>(4), rows.View(5), row));
    }
  }
  PARLEY_TRY(rows, db_.Query(kUncoveredRecords, {written.idempotency}));
  while (true) {
    PARLEY_TRY(found, rows.Next());
    if (!found) break;
    Add(IndexKey::Of(KeySpace::kIdempotency, rows.View(1), rows.Integer(0)));
  }
  Committed();
  return {};
}

}  // namespace parley::storage
