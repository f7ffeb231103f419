// How many channels stand at each state, of every account. /metrics asks often, and counting reads
// all of them: it is done again only after some channel, account or key has changed.
#pragma once

#include <cstdint>

#include "base/task.h"
#include "core/channels/channels.h"
#include "core/store.h"

namespace parley::admin {

// Thread: the store's scheduler's. Both outlive it.
class ChannelCounts {
 public:
  ChannelCounts(core::Channels& channels, core::Store& store)
      : channels_(channels), store_(store) {}

  base::Task<base::Result<core::ChannelStore::StateCounts>> Get() {
    const std::uint64_t generation = store_.backend().directory_generation();
    if (generation == generation_) co_return counts_;
    PARLEY_CO_TRY(counts, co_await channels_.CountByState());
    counts_ = counts;
    generation_ = generation;
    co_return counts;
  }

 private:
  core::Channels& channels_;
  core::Store& store_;
  core::ChannelStore::StateCounts counts_;
  std::uint64_t generation_ = 0;  // of the directory, when it was counted; none is 0
};

}  // namespace parley::admin
