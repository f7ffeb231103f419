// What an account on trial may do.
#pragma once

#include <cstdint>

#include "core/accounts/account.h"

namespace parley::core {

// When nobody has set anything else; 2Chat's documents say so.
inline constexpr std::int64_t kTrialRequestsPerMinute = 10;

// Requests per minute; 0 = unlimited.
constexpr std::int64_t RateLimitOf(const Account& account) {
  return account.requests_per_minute == 0 && account.on_trial ? kTrialRequestsPerMinute
                                                              : account.requests_per_minute;
}

}  // namespace parley::core
