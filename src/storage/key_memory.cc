#include "storage/key_memory.h"

#include <cstring>

namespace parley::storage {
namespace {

void PutNumber(std::uint8_t* to, std::int64_t number) {
  for (int i = 0; i < 8; ++i)
    to[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> (56 - 8 * i));
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

IndexKey IndexKey::Next() const {
  IndexKey next = *this;
  for (std::size_t i = next.bytes.size(); i-- > 0 && ++next.bytes[i] == 0;) continue;
  return next;
}

IndexKey IndexKey::Previous() const {
  IndexKey previous = *this;
  for (std::size_t i = previous.bytes.size(); i-- > 0 && previous.bytes[i]-- == 0;) continue;
  return previous;
}

IndexKey NewestRows::Bound(const KeyRange& range) const {
  const KeySpace space = range.until.space();
  const std::int64_t of = range.until.Number(0);
  const bool one_owner = range.from.space() == space && range.from.Number(0) == of;
  if (one_owner && space == KeySpace::kChat)
    return std::min(range.until, IndexKey::Of(space, of, at, messages));
  if (one_owner && space == KeySpace::kChannel)
    return std::min(range.until, IndexKey::Of(space, of, messages, INT64_MAX));
  return range.until;
}

KeyMemory::KeyMemory() : growing_(std::make_shared<Generation>()) { Publish(); }

void KeyMemory::Publish() {
  auto generations = std::make_shared<std::vector<std::shared_ptr<const Generation>>>();
  if (writing_) generations->push_back(writing_);
  generations->push_back(growing_);
  const std::lock_guard lock(mutex_);
  pin_ = std::move(generations);
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

void TakeFrom(const KeyMemory::Generation& generation, const KeyRange& range, std::int64_t most,
              std::vector<IndexKey>& into) {
  const std::lock_guard lock(generation.mutex);
  auto begin = generation.keys.lower_bound(range.from);
  auto end = generation.keys.upper_bound(range.until);
  for (; most > 0 && begin != end; --most) into.push_back(range.descending ? *--end : *begin++);
}

}  // namespace parley::storage
