// All routes of the control API. The rows stand in the tables of route_tables.h.
#pragma once

#include <span>

#include "sim/control/call.h"

namespace parley::sim::control {

std::span<const Row> Routes();

}  // namespace parley::sim::control
