// The metrics of a node as Prometheus reads them (text format 0.0.4).
#pragma once

#include <string>

#include "admin/node.h"

namespace parley::admin {

// Every metric of the table in metrics.cc, with its HELP and TYPE lines, also while it is 0.
std::string MetricsText(const NodeFigures& figures, double uptime_seconds);

}  // namespace parley::admin
