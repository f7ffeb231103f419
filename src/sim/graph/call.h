// Call: one request of Graph's API on its way through a handler.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/router.h"
#include "sim/graph/line.h"
#include "sim/graph/parts.h"
#include "sim/graph/reading.h"

namespace parley::sim::graph {

struct Row;
using Match = http::Router<Row>::Match;

struct Call {
  Parts& parts;
  const http::Request& request;
  const Match& match;
  const Token& token;

  const std::string& Parameter(std::string_view name) const { return match[name]; }
  // The node with the {id} of the path; error 100 with subcode 33 when it is not of that type, or
  // of another app.
  Outcome<const Number*> NumberNode() const;
  Outcome<const Account*> AccountNode() const;
  Outcome<const App*> AppNode() const;
  Outcome<MediaNode> Media(std::string_view id) const;

  // The body as JSON, or its form fields as members that are strings.
  Outcome<base::json::object> Body() const;
  template <base::HasFields T>
  Outcome<T> ReadBody() const {
    PARLEY_TRY(object, Body());
    object.erase("access_token");
    object.erase("appsecret_proof");
    return Read<T>(object);
  }
  // A parameter of the query or of a body of form fields.
  std::optional<std::string> Query(std::string_view name) const { return request.Query(name); }
  // "http://host:port" as the request says.
  std::string BaseUrl() const;
};

using Answer = Outcome<http::Response>;
// The call lives until the handler has ended.
using Handler = base::Task<Answer> (*)(const Call* call);

struct Row {
  http::RouteSpec spec;
  std::string_view permission;  // empty: any token
  Handler handle;
};

http::Response Reply(const base::json::object& body);
http::Response Success();  // {"success": true}

}  // namespace parley::sim::graph
