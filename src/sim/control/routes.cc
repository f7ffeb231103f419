#include "sim/control/routes.h"

#include <vector>

#include "sim/control/route_tables.h"

namespace parley::sim::control {

std::span<const Row> Routes() {
  static const std::vector<Row> routes = [] {
    std::vector<Row> all;
    for (const auto table : {&PersonRoutes, &GroupRoutes, &NetworkRoutes}) {
      const std::span<const Row> rows = table();
      all.insert(all.end(), rows.begin(), rows.end());
    }
    return all;
  }();
  return routes;
}

}  // namespace parley::sim::control
