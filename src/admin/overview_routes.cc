// The routes of the admin API: what happens on the node now and lately.
#include "admin/activity_schema.h"
#include "admin/handlers.h"
#include "admin/overview_schema.h"
#include "admin/route_tables.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::ResponseSpec;
using enum http::Method;

constexpr ResponseSpec kOverview[] = {{200, "Now and the last hour", &Describe<OverviewView>}};

constexpr ResponseSpec kActivity[] = {
    {200, "text/event-stream: event = call or delivery; data = as described, the newest 100 first",
     &Describe<CallView>},
    {503, "Too many watch", &Describe<ErrorReply>}};

constexpr Row kOverviewRoutes[] = {
    {{kGet,
      "/parley/v1/overview",
      "What happens, and what needs attention",
      nullptr,
      {},
      kOverview},
     &GetOverview},
    {{kGet,
      "/parley/v1/activity/stream",
      "Watch API calls and webhook posts as they happen",
      nullptr,
      {},
      kActivity},
     &StreamActivity},
};

}  // namespace

std::span<const Row> OverviewRoutes() { return kOverviewRoutes; }

}  // namespace parley::admin
