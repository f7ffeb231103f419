// A day of a channel in a few events, made up and always the same: what docs/api/events.md is
// printed of.
#pragma once

#include <vector>

#include "core/events.h"

namespace parley::app {

// One of everything that a dialect tells, or more.
std::vector<core::Event> SampleEvents();

}  // namespace parley::app
