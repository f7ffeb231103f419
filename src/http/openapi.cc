#include "http/openapi.h"

#include <string>

#include "http/grammar.h"

namespace parley::http {
namespace {

using base::json::array;
using base::json::object;
using base::json::string;
using base::json::value;

string Text(std::string_view text) { return string(text.data(), text.size()); }

object& Member(object& parent, std::string_view name) {
  value& member = parent[base::JsonView(name)];
  if (!member.is_object()) member.emplace_object();
  return member.get_object();
}

// The pattern without the names of its parameters.
std::string Shape(std::string_view pattern) {
  std::string shape;
  bool in_name = false;
  for (const char c : pattern) {
    if (c == '}') in_name = false;
    if (!in_name) shape += c;
    if (c == '{') in_name = true;
  }
  return shape;
}

// The path under which the pattern is documented. OpenAPI takes paths that differ only in the names
// of their parameters for the same one and forbids the second.
std::string PathKey(const object& paths, std::string_view pattern) {
  const std::string shape = Shape(pattern);
  for (const auto& member : paths) {
    const std::string_view key(member.key().data(), member.key().size());
    if (Shape(key) == shape) return std::string(key);
  }
  return std::string(pattern);
}

object Parameter(std::string_view name, std::string_view in, std::string_view doc, bool required) {
  object parameter;
  parameter["name"] = Text(name);
  parameter["in"] = Text(in);
  if (!doc.empty()) parameter["description"] = Text(doc);
  parameter["required"] = required;
  Member(parameter, "schema")["type"] = "string";
  return parameter;
}

array Parameters(std::string_view path, const RouteSpec& route) {
  array parameters;
  for (std::size_t start = path.find('{'); start != std::string_view::npos;
       start = path.find('{', start + 1)) {
    const std::size_t end = path.find('}', start);
    parameters.push_back(Parameter(path.substr(start + 1, end - start - 1), "path", "", true));
  }
  for (const QuerySpec& query : route.query)
    parameters.push_back(Parameter(query.name, "query", query.doc, query.required));
  return parameters;
}

object JsonContent(object schema) {
  object content;
  Member(content, "application/json")["schema"] = std::move(schema);
  return content;
}

object Responses(const RouteSpec& route) {
  object responses;
  for (const ResponseSpec& spec : route.responses) {
    object& response = Member(responses, std::to_string(spec.status));
    response["description"] = Text(spec.doc);
    if (spec.schema != nullptr) response["content"] = JsonContent(spec.schema());
  }
  if (responses.empty()) Member(responses, "default")["description"] = "The answer";
  return responses;
}

void AddTag(object& document, std::string_view tag) {
  array& tags = document["tags"].get_array();
  for (const value& known : tags)
    if (base::FindText(known.get_object(), "name") == tag) return;
  object entry;
  entry["name"] = Text(tag);
  tags.push_back(std::move(entry));
}

void AddSecurityScheme(object& document, const SecuritySpec& security) {
  object& scheme = Member(Member(Member(document, "components"), "securitySchemes"), security.name);
  scheme["type"] = Text(security.type);
  if (!security.scheme.empty()) scheme["scheme"] = Text(security.scheme);
  if (!security.in.empty()) scheme["in"] = Text(security.in);
  if (!security.parameter.empty()) scheme["name"] = Text(security.parameter);
}

}  // namespace

object NewDocument(std::string_view title, std::string_view version) {
  object document;
  document["openapi"] = "3.1.0";
  object& info = Member(document, "info");
  info["title"] = Text(title);
  info["version"] = Text(version);
  document["tags"].emplace_array();
  document["paths"].emplace_object();
  document["components"].emplace_object();
  return document;
}

void AddRoute(object& document, const RouteSpec& route, std::string_view tag,
              const SecuritySpec* security) {
  object& paths = Member(document, "paths");
  const std::string path = PathKey(paths, route.pattern);
  object& operation = Member(Member(paths, path), LowerCase(NameOf(route.method)));
  operation["summary"] = Text(route.summary);
  operation["tags"].emplace_array().push_back(Text(tag));
  array parameters = Parameters(path, route);
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  if (route.body != nullptr) {
    object& body = Member(operation, "requestBody");
    body["required"] = true;
    body["content"] = JsonContent(route.body());
  }
  operation["responses"] = Responses(route);
  AddTag(document, tag);
  if (security == nullptr) return;
  AddSecurityScheme(document, *security);
  object requirement;
  requirement[base::JsonView(security->name)].emplace_array();
  operation["security"].emplace_array().push_back(std::move(requirement));
}

}  // namespace parley::http
