// The keys of the index that are in memory, shared by the writer and the readers.
#pragma once

#include <absl/container/btree_set.h>

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

namespace parley::storage {

enum class KeySpace : std::uint8_t {  // stored; never renumber
  kChat = 1,                          // chat, at, message row
  kChannel = 2,                       // channel, message row, at
  kLink = 3,                          // digest of chat, direction and link id; message row
  kIdempotency = 4,                   // half of the scope's digest; record row
};

// 25 bytes: a space, then three big-endian 64-bit numbers, or a 16-byte digest and one number.
// Numbers must not be negative.
struct IndexKey {
  std::array<std::uint8_t, 25> bytes{};
  auto operator<=>(const IndexKey&) const = default;

  static IndexKey Of(KeySpace space, std::int64_t a, std::int64_t b, std::int64_t c);
  static IndexKey Of(KeySpace space, std::string_view digest16, std::int64_t row);
  KeySpace space() const { return static_cast<KeySpace>(bytes[0]); }
  std::int64_t Number(int position) const;  // 0, 1 or 2
  // Of the message, or for kIdempotency of the record.
  std::int64_t row() const { return Number(space() == KeySpace::kChannel ? 1 : 2); }
  // The keys right after and right before this one.
  IndexKey Next() const;
  IndexKey Previous() const;
  std::string_view AsBytes() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
};

// Keys in a range, in order.
struct KeyRange {
  IndexKey from, until;  // inclusive
  bool descending = false;
  std::int64_t limit = INT64_MAX;
};

// The highest row of each table among some keys, and the latest time of a message; 0 = there is
// none.
struct NewestRows {
  std::int64_t messages = 0;
  std::int64_t idempotency = 0;
  std::int64_t at = 0;
  void Include(const IndexKey& key) {
    std::int64_t& newest = key.space() == KeySpace::kIdempotency ? idempotency : messages;
    newest = std::max(newest, key.row());
    if (key.space() == KeySpace::kChat) at = std::max(at, key.Number(1));
  }
  // No key of the range among them is above this.
  IndexKey Bound(const KeyRange& range) const;
};

// Up to which row of each table keys are known.
struct CoveredRows {
  std::int64_t messages = 0;
  std::int64_t idempotency = 0;
  std::int64_t late = 0;  // of late_keys
};

// One set that grows, and at most one that is being written to the database. The writer alone
// changes them. Thread: any.
class KeyMemory {
 public:
  struct Generation {
    mutable std::mutex mutex;
    absl::btree_set<IndexKey> keys;  // guarded by mutex while it grows, then constant
    CoveredRows covered;             // the writer's alone
  };
  // Generations as of one moment. Whoever pins before its snapshot begins misses no key of what was
  // committed before it pinned: it is in a pinned generation, or in the snapshot, or in both. Keys
  // of commits that happen meanwhile may show without their rows, or the other way round.
  using Pin = std::shared_ptr<const std::vector<std::shared_ptr<const Generation>>>;

  KeyMemory();
  Pin pin() const {
    const std::lock_guard lock(mutex_);
    return pin_;
  }

  // The writer's, all of these.
  void Add(const std::vector<IndexKey>& keys, const CoveredRows& covered);
  std::size_t size() const { return growing_->keys.size(); }
  void StartWriting();  // the growing one is from now on being written; there must be none yet
  const Generation* writing() const { return writing_.get(); }
  void FinishWriting();

 private:
  void Publish();
  std::shared_ptr<Generation> growing_, writing_;
  mutable std::mutex mutex_;
  Pin pin_;  // guarded by mutex_
};

// The first `most` keys of the range, in its direction.
void TakeFrom(const KeyMemory::Generation& generation, const KeyRange& range, std::int64_t most,
              std::vector<IndexKey>& into);

}  // namespace parley::storage
