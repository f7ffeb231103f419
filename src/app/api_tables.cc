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

struct Row {
  std::string_view name, title;
  http::SecuritySpec security;
  Routes (*routes)();
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
     [] { return RoutesOf(api::onemsg::Routes()); }},
    {"admin", "Parley's own API", {"admin", "http", "bearer", "", ""}, &AdminRoutes},
});

}  // namespace

std::vector<ApiTable> ApiTables() {
  std::vector<ApiTable> tables;
  for (const Row& row : kTables)
    tables.push_back(ApiTable{row.name, row.title, row.security, row.routes()});
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
  return http::PrintMarkdown(table.title, table.security, table.routes);
}

}  // namespace parley::app
