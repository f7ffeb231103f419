// Requests per minute, as a bucket that refills evenly (GCRA). In memory: a restart fills all
// buckets.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "base/scheduler.h"

namespace parley::core {

struct RateStatus {
  bool allowed = true;
  std::int64_t limit = 0;            // per minute
  std::int64_t remaining = 0;        // requests that would pass right now
  base::Microseconds until_next{0};  // until one more passes; 0 when one would pass now
  base::Microseconds until_full{0};
};

// Thread: its owner's.
class RateLimiter {
 public:
  // Takes one request from the bucket named `key`; `per_minute` > 0, `burst` 0 = per_minute.
  RateStatus Take(std::int64_t key, std::int64_t per_minute, std::int64_t burst,
                  base::Microseconds now);

 private:
  void DropFull(base::Microseconds now);
  // When the bucket will be full again.
  std::unordered_map<std::int64_t, base::Microseconds> full_at_;
  std::size_t drop_at_ = 1024;
};

}  // namespace parley::core
