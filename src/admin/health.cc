// What load balancers and monitoring ask. Nobody needs a key for it, and nothing here names an
// account.
#include "admin/figures.h"
#include "admin/handlers.h"
#include "admin/metrics.h"
#include "admin/node_schema.h"

namespace parley::admin {

// The server hands requests on only when the gateway is there, so that answering is all it takes.
HandlerResult GetHealth(Call&) { co_return Reply(200, HealthReply()); }

HandlerResult GetReady(Call& call) {
  ReadyReply reply;
  if (!call.context.node.is_serving())
    reply.reasons.push_back("The gateway is not started, or stopping");
  auto written = co_await call.context.probe.Check();
  if (!written)
    reply.reasons.push_back("The store cannot write: " +
                            std::string(written.error().public_text()));
  reply.ready = reply.reasons.empty();
  http::Response response = Reply(reply.ready ? 200 : 503, reply);
  if (!reply.ready) response.headers.Set("Retry-After", "1");
  co_return response;
}

HandlerResult GetMetrics(Call& call) {
  PARLEY_CO_TRY(figures, co_await FiguresOf(call.context));
  const std::chrono::duration<double> uptime = UptimeOf(call.context);
  co_return http::Response(200, "text/plain; version=0.0.4; charset=utf-8",
                           MetricsText(figures, uptime.count()));
}

}  // namespace parley::admin
