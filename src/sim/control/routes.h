// The one table of the control API's routes.
#pragma once

#include <span>

#include "sim/control/call.h"

namespace parley::sim::control {

std::span<const Row> Routes();

}  // namespace parley::sim::control
