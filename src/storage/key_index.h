// KeyIndex: a sorted set of fixed-size keys that finds rows by what is in the keys, written to the
// database late and in bulk.
//
// An ordinary index over something random or per chat makes each inserted row touch a page of its
// own, and the pages of a commit are what a commit costs (docs/decisions/0002). Here a new key goes
// into memory when its row is committed; when enough have gathered, they are written in order, a
// slice with each following commit, so that neighbours share pages. After a crash the keys that
// were only in memory are made again from the rows themselves: the database keeps, per kind of row,
// up to which row all keys are written.
//
// Keys are 25 bytes: a space, then three big-endian 64-bit numbers or a 16-byte digest and one
// number. The last number (or, for kChannel, the second) is the row. Negative numbers sort after
// positive ones and are not used.
#pragma once

#include <absl/container/btree_set.h>

#include <array>
#include <atomic>
#include <compare>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "storage/connection.h"

namespace parley::storage {

enum class KeySpace : std::uint8_t {  // stored; never renumber
  kChat = 1,         // chat, at, message row
  kChannel = 2,      // channel, message row, at
  kLink = 3,         // digest of chat, direction and link id; message row
  kIdempotency = 4,  // half of the scope's digest; record row
};

struct IndexKey {
  std::array<std::uint8_t, 25> bytes{};
  auto operator<=>(const IndexKey&) const = default;

  static IndexKey Of(KeySpace space, std::int64_t a, std::int64_t b, std::int64_t c);
  static IndexKey Of(KeySpace space, std::string_view digest16, std::int64_t row);
  KeySpace space() const { return static_cast<KeySpace>(bytes[0]); }
  std::int64_t Number(int position) const;  // 0, 1 or 2
  std::string_view AsBytes() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
};

// The rows that a memory of keys covers: up to which row of each table.
struct CoveredRows {
  std::int64_t messages = 0;
  std::int64_t idempotency = 0;
};

// The keys in memory: one set that grows, and at most one that is being written. Shared by the
// writer, which alone changes it, and the readers. Thread: any.
class KeyMemory {
 public:
  struct Generation {
    mutable std::mutex mutex;
    absl::btree_set<IndexKey> keys;  // guarded by mutex
    CoveredRows covered;      // the writer's alone
  };
  // Generations as of one moment. Whoever pins before its snapshot begins misses no key: one that
  // was written meanwhile is still in a pinned generation, or in the snapshot, or in both.
  using Pin = std::shared_ptr<const std::vector<std::shared_ptr<const Generation>>>;

  KeyMemory();
  Pin pin() const { return pin_.load(); }

  // The writer's. Keys of a commit, with the rows that are covered now.
  void Add(const std::vector<IndexKey>& keys, const CoveredRows& covered);
  std::size_t size() const { return growing_->keys.size(); }
  // Ends the growing generation and makes it the one to be written; there must be none yet.
  void StartWriting();
  const Generation* writing() const { return writing_.get(); }
  void FinishWriting();

 private:
  void Publish();
  std::shared_ptr<Generation> growing_, writing_;
  std::atomic<Pin> pin_;
};

// Keys in a range, in order.
struct KeyRange {
  IndexKey from, until;  // inclusive
  bool descending = false;
  std::int64_t offset = 0;
  std::int64_t limit = -1;  // -1 = all
};

// One connection's view of the index. Thread: its connection's.
class KeyIndex {
 public:
  KeyIndex(Connection& db, KeyMemory& memory) : db_(db), memory_(memory) { Pin(); }

  // A reader's: see KeyMemory::Pin.
  void Pin() { pin_ = memory_.pin(); }

  base::Result<std::vector<IndexKey>> Find(const KeyRange& range) const;

  // The writer's. Adds a key with its row's transaction.
  void Add(const IndexKey& key) { pending_.push_back(key); }
  // How many were added in the open transaction; and back to so many, for a rolled-back savepoint.
  std::size_t pending() const { return pending_.size(); }
  void CutPending(std::size_t count) { pending_.resize(count); }
  // Adds or removes a key of a row that is covered already.
  base::Result<void> PutNow(const IndexKey& key);
  base::Result<void> RemoveNow(const IndexKey& key);

  // Around a commit: writes the next slice, if one is due; then tells how the commit ended.
  base::Result<void> WriteSlice();
  void Committed();
  void RolledBack();

  // At start-up: makes the keys of rows that are not covered.
  base::Result<void> Rebuild();
  // Rows up to which everything is in the database.
  base::Result<CoveredRows> Written() const;

 private:
  base::Result<std::vector<IndexKey>> FindWritten(const KeyRange& range) const;

  Connection& db_;
  KeyMemory& memory_;
  KeyMemory::Pin pin_;
  std::vector<IndexKey> pending_;  // of the open transaction
  CoveredRows covered_;
  IndexKey slice_end_;  // the last key that is written of the generation being written
  IndexKey next_slice_end_;
  bool wrote_slice_ = false, wrote_last_slice_ = false;
};

}  // namespace parley::storage
