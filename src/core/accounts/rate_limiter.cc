#include "core/accounts/rate_limiter.h"

#include <algorithm>

namespace parley::core {

RateStatus RateLimiter::Take(std::int64_t key, std::int64_t per_minute, std::int64_t burst,
                             base::Microseconds now) {
  if (full_at_.size() >= drop_at_) DropFull(now);
  // In microseconds before it is divided: a thirtieth of a minute is no whole minute. Never 0.
  const base::Microseconds step =
      std::max(base::Microseconds(std::chrono::minutes(1)) / per_minute, base::Microseconds(1));
  const base::Microseconds depth = step * (burst > 0 ? burst : per_minute);
  base::Microseconds& full_at = full_at_[key];
  full_at = std::max(full_at, now);

  RateStatus status;
  status.limit = per_minute;
  // A request makes the bucket full one step later; it passes if that is within the depth.
  status.allowed = full_at + step - now <= depth;
  if (status.allowed) full_at += step;
  status.remaining = (depth - (full_at - now)) / step;
  status.until_next = std::max(full_at + step - now - depth, base::Microseconds(0));
  status.until_full = full_at - now;
  return status;
}

void RateLimiter::DropFull(base::Microseconds now) {
  std::erase_if(full_at_, [&](const auto& entry) { return entry.second <= now; });
  drop_at_ = std::max<std::size_t>(1024, full_at_.size() * 2);
}

}  // namespace parley::core
