// The node's figures, complete.
#pragma once

#include "admin/service.h"

namespace parley::admin {

// Those that the node gives, with channels by state and those who follow the event log.
base::Task<base::Result<NodeFigures>> FiguresOf(Context& context);

base::Duration UptimeOf(const Context& context);

}  // namespace parley::admin
