// The event that a webhook is tried with: a text message that says so, from a number that is
// nobody's.
#pragma once

#include "base/random.h"
#include "core/channels/channel.h"
#include "core/events.h"

namespace parley::core {

inline constexpr std::string_view kTrialText =
    "This is a test of this webhook by Parley. Nobody wrote it.";
inline constexpr std::string_view kTrialNumber = "15550100";  // of those kept for fiction

// In no log: it has no position.
Event TrialEvent(const Channel& channel, base::Time now, base::Random& random);

}  // namespace parley::core
