#include "app/api_tables.h"

#include <array>

#include "admin/service.h"
#include "api/onemsg/dialect.h"
#include "api/twochat/dialect.h"
#include "api/wapio/dialect.h"
#include "base/version.h"

namespace parley::app {
namespace {

using Routes = std::vector<http::DocumentedRoute>;

template <class Row>
Routes RoutesOf(std::span<const Row> rows) {
  Routes routes;
  for (const Row& row : rows) routes.push_back(http::DocumentedRoute{row.spec, true});
  return routes;
}

Routes WapioRoutes() {
  Routes routes;
  for (const api::wapio::Row& row : api::wapio::Routes())
    routes.push_back(http::DocumentedRoute{row.spec, row.access != api::wapio::Access::kAnybody});
  return routes;
}

Routes AdminRoutes() {
  Routes routes;
  for (const admin::Row& row : admin::Routes())
    routes.push_back(http::DocumentedRoute{row.spec, row.access == admin::Access::kToken});
  return routes;
}

// All its POSTs take all three (api/onemsg/handlers.h).
Routes OneMsgRoutes() {
  Routes routes = RoutesOf(api::onemsg::Routes());
  for (http::DocumentedRoute& route : routes) route.body_types = "JSON, form or multipart";
  return routes;
}

constexpr std::string_view kOneMsgNotes =
    R"(Every path may also stand behind the channel's id, as the vendor has it: `/{channelId}/status`. The
token must then be that channel's; without the id, it names the channel by itself. Only
`DELETE /media/{media_id}` must have the id, as the path without it belongs to the media links.

The token is looked for in this order: `?token=`, the header `Authorization: Bearer <token>`, the
header `Authorize: <token>`, and a member `token` of the body, if that is not over 256 KiB.

Every POST takes its body as `application/json`, as `application/x-www-form-urlencoded` and as
`multipart/form-data`. In forms, lists and objects come as JSON text. Numbers are taken as numbers and
as text. `""` is as if the member were not there, but for three that it empties: what `POST /me` sets,
`webhookUrl`, and the `body` of a reaction.)";

constexpr std::string_view kAdminNotes =
    R"(Besides with the token, the dashboard's browser is signed in by the cookie of `POST
/parley/v1/session`. With it, every method but GET and HEAD needs the header `X-Parley-CSRF` with the
session's `csrf` (403 `csrf` otherwise), and requests of pages of another origin are refused.

Where the simulated network runs, [its control API](../simulated-network.md) is also below
`/parley/v1/sim`, with the token or the cookie: `GET /parley/v1/sim/people`. Elsewhere that is 404
`no_simulated_network`.)";

struct Row {
  std::string_view name, title;
  http::SecuritySpec security;
  Routes (*routes)();
  std::string_view notes = "";
};

// How each is authenticated stands in its auth.cc.
constexpr auto kTables = std::to_array<Row>({
    {"2chat",
     "The 2Chat dialect",
     {"twochat", "apiKey", "", "header", "X-User-API-Key"},
     [] { return RoutesOf(api::twochat::Routes()); }},
    {"wapio", "The Wapio dialect", {"wapio", "http", "bearer", "", ""}, &WapioRoutes},
    {"1msg",
     "The 1MSG dialect",
     {"onemsg", "apiKey", "", "query", "token"},
     &OneMsgRoutes,
     kOneMsgNotes},
    {"admin", "Parley's own API", {"admin", "http", "bearer", "", ""}, &AdminRoutes, kAdminNotes},
});

}  // namespace

std::vector<ApiTable> ApiTables() {
  std::vector<ApiTable> tables;
  for (const Row& row : kTables)
    tables.push_back(ApiTable{row.name, row.title, row.security, row.routes(), row.notes});
  return tables;
}

std::string OpenApiText() {
  base::json::object document = http::NewDocument("Parley", base::kVersion);
  for (const ApiTable& table : ApiTables())
    for (const http::DocumentedRoute& route : table.routes)
      http::AddRoute(document, route.spec, table.name, route.needs_key ? &table.security : nullptr);
  return base::ToText(document);
}

std::string MarkdownOf(const ApiTable& table) {
  return http::PrintMarkdown(table.title, table.security, table.routes, table.notes);
}

}  // namespace parley::app
