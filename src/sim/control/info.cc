#include "http/openapi.h"
#include "sim/control/handlers.h"
#include "sim/control/routes.h"
#include "sim/control/schema.h"

namespace parley::sim::control {

Answer GetTime(const Call& call) {
  const base::Time now = call.network.Now();
  TimeBody body;
  body.timestamp = base::ToUnixSeconds(now);
  body.timestamp_ms = base::ToUnixMs(now);
  body.iso = base::FormatTime(now, base::TimeStyle::kIsoMillisZ);
  return Reply(200, body);
}

Answer GetHealth(const Call&) { return Reply(200, HealthBody()); }

Answer GetOpenApi(const Call&) {
  base::json::object document = http::NewDocument("Parley's simulated WhatsApp network", "1");
  for (const Row& row : Routes()) http::AddRoute(document, row.spec, "simulated network", nullptr);
  return http::Response::Json(200, base::ToText(document));
}

}  // namespace parley::sim::control
