// Finds out that a connection is dead although nobody has said so, and keeps one alive on which
// nothing happens.
#pragma once

#include <memory>

#include "base/random.h"
#include "base/scheduler.h"
#include "link/multidevice/connection.h"

namespace parley::link::multidevice {

// A connection on which nothing has come for so long is asked for a sign of life, between the two.
inline constexpr base::Duration kPingAfter = std::chrono::seconds(20);
inline constexpr base::Duration kPingBefore = std::chrono::seconds(30);
inline constexpr base::Duration kPingLimit = std::chrono::seconds(10);
// One on which nothing has come for so long is dead.
inline constexpr base::Duration kSilence = std::chrono::seconds(75);

// Ends with the connection, which it closes with "no_answer". `scheduler` and `random` outlive it.
base::Task<> KeepAlive(std::shared_ptr<Connection> connection, base::Scheduler& scheduler,
                       base::Random& random);

}  // namespace parley::link::multidevice
