// Prints a route table as Markdown, for docs/api.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "http/openapi.h"
#include "http/router.h"

namespace parley::http {

struct DocumentedRoute {
  RouteSpec spec;
  bool needs_key = true;             // as the table's security says; else open to all
  std::string_view body_types = "";  // "JSON or form"; empty where a table takes JSON throughout
};

// After `notes`, which hold for all routes, a chapter per route: what it does, its parameters, its
// body and its answers, field by field. The same table gives the same text.
std::string PrintMarkdown(std::string_view title, const SecuritySpec& security,
                          std::span<const DocumentedRoute> routes, std::string_view notes = "");

}  // namespace parley::http
