// The routes of the admin API: what happens on the node now and lately.
#include "admin/handlers.h"
#include "admin/overview_schema.h"
#include "admin/route_tables.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::ResponseSpec;
using enum http::Method;

constexpr ResponseSpec kOverview[] = {{200, "Now and the last hour", &Describe<OverviewView>}};

constexpr Row kOverviewRoutes[] = {
    {{kGet,
      "/parley/v1/overview",
      "What happens, and what needs attention",
      nullptr,
      {},
      kOverview},
     &GetOverview},
};

}  // namespace

std::span<const Row> OverviewRoutes() { return kOverviewRoutes; }

}  // namespace parley::admin
