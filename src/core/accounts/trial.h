// What an account on trial may do.
#pragma once

#include <cstdint>

#include "core/accounts/account.h"

namespace parley::core {

// When nobody has set anything else; 2Chat's documents say so.
inline constexpr std::int64_t kTrialRequestsPerMinute = 10;

// Requests per minute through a dialect; 0 = unlimited. Trials are 2Chat's alone.
constexpr std::int64_t RateLimitOf(const Account& account, Dialect dialect) {
  const bool trial = dialect == Dialect::kTwoChat && account.on_trial;
  return trial && account.requests_per_minute == 0 ? kTrialRequestsPerMinute
                                                   : account.requests_per_minute;
}

}  // namespace parley::core
