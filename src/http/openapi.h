// Prints route tables as OpenAPI 3.1.
#pragma once

#include <span>
#include <string_view>

#include "base/json.h"
#include "http/router.h"

namespace parley::http {

// How callers of one table authenticate (an OpenAPI security scheme).
struct SecuritySpec {
  std::string_view name;       // "bearer"
  std::string_view type;       // "http" or "apiKey"
  std::string_view scheme;     // "bearer", for type http
  std::string_view in;         // "header" or "query", for type apiKey
  std::string_view parameter;  // header or query name, for type apiKey
};

// Adds the routes under `tag` to a document made by NewDocument.
base::json::object NewDocument(std::string_view title, std::string_view version);
void AddRoute(base::json::object& document, const RouteSpec& route, std::string_view tag,
              const SecuritySpec* security);

}  // namespace parley::http
