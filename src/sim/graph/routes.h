// The one table of Graph's routes that the front serves, without "/graph" and the version.
#pragma once

#include <span>

#include "sim/graph/call.h"

namespace parley::sim::graph {

std::span<const Row> Routes();

}  // namespace parley::sim::graph
