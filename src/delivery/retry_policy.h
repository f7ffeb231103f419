// When a failed delivery is tried again.
#pragma once

#include <array>
#include <chrono>
#include <optional>

#include "base/random.h"
#include "base/time.h"

namespace parley::delivery {

// The pause after the first, second, ... failed attempt: the schedule that Svix uses and Standard
// Webhooks suggests. After the last one the delivery is dead.
inline constexpr auto kRetryPauses = std::to_array<base::Duration>({
    std::chrono::seconds(5),
    std::chrono::minutes(5),
    std::chrono::minutes(30),
    std::chrono::hours(2),
    std::chrono::hours(5),
    std::chrono::hours(10),
    std::chrono::hours(10),
});

// Up to this share is added to each pause, so that what failed together does not come back
// together.
inline constexpr int kJitterPercent = 10;

// A receiver may ask for a longer pause, up to this.
inline constexpr base::Duration kLongestRetryAfter = std::chrono::hours(24);

// This many failed posts in a row pause a subscription: one probe at a time until one succeeds.
inline constexpr int kFailuresThatPause = 3;

// The pause before the next attempt, or nullopt when `attempts` were all.
inline std::optional<base::Duration> PauseAfter(int attempts,
                                                std::optional<base::Duration> retry_after,
                                                base::Random& random) {
  if (attempts < 1 || attempts > static_cast<int>(kRetryPauses.size())) return std::nullopt;
  base::Duration pause = kRetryPauses[static_cast<std::size_t>(attempts - 1)];
  pause += pause * static_cast<int>(random.Below(kJitterPercent + 1)) / 100;
  if (retry_after) pause = std::max(pause, std::min(*retry_after, kLongestRetryAfter));
  return pause;
}

}  // namespace parley::delivery
