// The route tables of all APIs, for what is printed from them: OpenAPI and docs/api.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/markdown.h"
#include "http/openapi.h"

namespace parley::app {

struct ApiTable {
  std::string_view name;  // "2chat": tag in OpenAPI, file name in docs/api
  std::string_view title;
  http::SecuritySpec security;
  std::vector<http::DocumentedRoute> routes;
  std::string_view notes;  // what holds for all of them; may be empty
};

// 2chat, wapio, 1msg and admin.
std::vector<ApiTable> ApiTables();

// GET /parley/openapi.json.
std::string OpenApiText();
// docs/api/<name>.md.
std::string MarkdownOf(const ApiTable& table);

}  // namespace parley::app
