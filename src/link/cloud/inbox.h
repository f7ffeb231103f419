// What Meta's webhooks brought and is not yet in the core: written before the webhook is answered,
// worked off in order, and gone in the transaction of what it became. So the answer does not wait
// for a file to be downloaded, and nothing is lost in between.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/task.h"
#include "core/link_state.h"
#include "core/store.h"

namespace parley::link::cloud {

// Waiting changes of one channel; more are refused, and Meta brings them again.
inline constexpr std::size_t kMaxInboxChanges = 4096;
inline constexpr std::size_t kMaxInboxBytes = 16 << 20;

// Thread: the store's scheduler's. `store` outlives it.
class Inbox {
 public:
  struct Entry {
    std::string key;
    std::string change;  // JSON: a webhook's body with one change in it
  };

  Inbox(core::Store& store, core::ChannelRow channel) : store_(store), channel_(channel) {}

  // What a former life of the channel did not get to.
  base::Task<base::Result<void>> Load();
  // Durable when it returns. kOverloaded when there is no room.
  base::Task<base::Result<void>> Put(std::vector<std::string> changes);

  bool empty() const { return waiting_.empty(); }
  std::size_t size() const { return waiting_.size(); }
  const Entry& operator[](std::size_t position) const { return waiting_[position]; }
  // To be written with what the oldest `count` became. They are still there until Drop.
  core::LinkWrites DoneWith(std::size_t count) const;
  void Drop(std::size_t count);

 private:
  core::Store& store_;
  const core::ChannelRow channel_;
  std::deque<Entry> waiting_;
  std::size_t bytes_ = 0;   // of waiting_ and of what is being written
  std::size_t coming_ = 0;  // being written
  std::uint64_t next_ = 1;
};

}  // namespace parley::link::cloud
