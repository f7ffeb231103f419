// How much the key index does when (storage/key_index.h). Tests choose small sizes, so that a few
// rows are enough for runs to be written and merged.
#pragma once

#include <cstddef>

#include "base/time.h"

namespace parley::storage {

struct KeySizes {
  // So many keys gather in memory before they are written: few enough to be made again quickly at
  // start-up.
  std::size_t generation = 32 * 1024;
  std::size_t keys_per_block = 128;
  // So many runs of one level are merged into one. A search looks into each run.
  std::size_t runs_to_merge = 8;
  // Work of one step: small beside the commit that it goes with. Each new key is written once and
  // merged once a level, so a step moves this many keys for each that is committed with it, and so
  // many blocks at least.
  std::size_t moved_per_key = 6;
  std::size_t blocks_per_step = 3;
  int deleted_per_step = 48;
  // A step in a transaction of its own does as much as with so many new keys: what comes in waits
  // one or two milliseconds for it.
  std::size_t keys_alone = 512;
  // With a quarter of a generation waiting behind the one that is being written, a step writes
  // twice as much, with so many runs it merges twice as much, with twice as many three times, and
  // so on: both stay bounded however fast rows come.
  std::size_t many_runs = 24;

  // Rows are accepted in their order, but for this: a clock may be set back, and a write may wait.
  base::Duration clock_slack = std::chrono::hours(1);
  // No chat's messages are taken to come less late than this after they were written.
  base::Duration usual_lateness = std::chrono::minutes(1);

  std::size_t backlog() const { return generation / 4 + 1; }
};

}  // namespace parley::storage
