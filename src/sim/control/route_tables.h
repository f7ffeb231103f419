// The control API's routes, one table per topic, in the order that they are documented in.
#pragma once

#include <span>

#include "sim/control/call.h"
#include "sim/control/person_schema.h"

namespace parley::sim::control {

std::span<const Row> PersonRoutes();
std::span<const Row> GroupRoutes();
std::span<const Row> NetworkRoutes();

// What several tables name. A body of a picture's text, and what stands around it.
inline constexpr std::size_t kPersonBodyLimit = kMaxPictureText + (64u << 10);
inline constexpr http::ResponseSpec kDone[] = {{204, "Done"}};

}  // namespace parley::sim::control
