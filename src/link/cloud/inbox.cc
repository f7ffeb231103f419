#include "link/cloud/inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace parley::link::cloud {
namespace {

constexpr const char* kInboxSpace = "inbox";

// In the order of the numbers.
std::string InboxKeyOf(std::uint64_t number) { return fmt::format("{:016x}", number); }

}  // namespace

base::Task<base::Result<void>> Inbox::Load() {
  auto read = [row = channel_](const core::Transaction& tx) {
    return tx.link_state().List(row, kInboxSpace);
  };
  PARLEY_CO_TRY(found, co_await store_.Read(read));
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  for (core::LinkWrite& left : found) {
    std::uint64_t number = 0;
    std::from_chars(left.key.data(), left.key.data() + left.key.size(), number, 16);
    next_ = std::max(next_, number + 1);
    bytes_ += left.value->size();
    waiting_.push_back({std::move(left.key), std::move(*left.value)});
  }
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Inbox::Put(std::vector<std::string> changes) {
  std::size_t bytes = 0;
  for (const std::string& change : changes) bytes += change.size();
  if (waiting_.size() + coming_ + changes.size() > kMaxInboxChanges ||
      bytes_ + bytes > kMaxInboxBytes)
    co_return base::ErrorCode::kOverloaded;
  core::LinkWrites writes;
  for (std::string& change : changes) {
    core::LinkWrite write;
    write.space = kInboxSpace;
    write.key = InboxKeyOf(next_++);
    write.value = std::move(change);
    writes.push_back(std::move(write));
  }
  bytes_ += bytes;
  coming_ += writes.size();
  auto write = [row = channel_, writes](core::Transaction& tx) {
    return tx.link_state().Apply(row, writes);
  };
  const auto written = co_await store_.Write(std::move(write));
  coming_ -= writes.size();
  if (!written) {
    bytes_ -= bytes;
    co_return written.error();
  }
  for (core::LinkWrite& done : writes)
    waiting_.push_back({std::move(done.key), std::move(*done.value)});
  co_return base::Result<void>();
}

core::LinkWrites Inbox::DoneWith(std::size_t count) const {
  core::LinkWrites writes;
  for (std::size_t i = 0; i < count; ++i) {
    core::LinkWrite gone;
    gone.space = kInboxSpace;
    gone.key = waiting_[i].key;
    writes.push_back(std::move(gone));
  }
  return writes;
}

void Inbox::Drop(std::size_t count) {
  for (; count > 0; --count) {
    bytes_ -= waiting_.front().change.size();
    waiting_.pop_front();
  }
}

}  // namespace parley::link::cloud
