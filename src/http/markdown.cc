#include "http/markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "base/json.h"

namespace parley::http {
namespace {

using base::json::object;
using base::json::value;

// A cell of a table: what would end it is escaped, line ends become blanks.
std::string Cell(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    if (c == '|') cell += '\\';
    cell += c == '\n' ? ' ' : c;
  }
  return cell;
}

std::string Authentication(const SecuritySpec& security) {
  if (security.type == "http") return "`Authorization: Bearer <key>`";
  if (security.in == "query") return fmt::format("`?{}=<key>`", security.parameter);
  return fmt::format("`{}: <key>`", security.parameter);
}

const object* MemberObject(const object& parent, std::string_view name) {
  const value* member = base::Find(parent, name);
  return member == nullptr ? nullptr : member->if_object();
}

std::string TypeOf(const object& schema) {
  if (const object* items = MemberObject(schema, "items")) return "list of " + TypeOf(*items);
  const std::string_view type = base::FindText(schema, "type");
  return type.empty() ? "any" : std::string(type);
}

std::string NumberText(const object& schema, const char* name, const char* words) {
  const value* limit = base::Find(schema, name);
  return limit == nullptr ? "" : fmt::format("{} {}", words, base::ToText(*limit));
}

// What a field must keep to, in words.
std::string LimitsOf(const object& schema) {
  std::vector<std::string> limits;
  if (const value* choices = base::Find(schema, "enum")) {
    std::string list;
    for (const value& choice : choices->get_array()) {
      const std::string_view text(choice.get_string().data(), choice.get_string().size());
      list += fmt::format("{}`{}`", list.empty() ? "" : ", ", text.empty() ? "\"\"" : text);
    }
    limits.push_back("one of " + list);
  }
  limits.push_back(NumberText(schema, "minLength", "length at least"));
  limits.push_back(NumberText(schema, "maxLength", "length at most"));
  limits.push_back(NumberText(schema, "maxItems", "items at most"));
  limits.push_back(NumberText(schema, "minimum", "at least"));
  limits.push_back(NumberText(schema, "maximum", "at most"));
  std::string text;
  for (const std::string& limit : limits)
    if (!limit.empty()) text += (text.empty() ? "" : "; ") + limit;
  return text;
}

// A row per field; inner fields follow theirs as "outer.inner" and "list[].inner".
void AppendFields(std::string& out, const object& schema, const std::string& path) {
  const object* properties = MemberObject(schema, "properties");
  if (properties == nullptr) {
    if (const object* items = MemberObject(schema, "items")) AppendFields(out, *items, path + "[]");
    return;
  }
  std::set<std::string_view> required;
  if (const value* names = base::Find(schema, "required"))
    for (const value& name : names->get_array())
      required.insert({name.get_string().data(), name.get_string().size()});
  for (const auto& member : *properties) {
    const std::string_view name(member.key().data(), member.key().size());
    const object& field = member.value().get_object();
    const std::string full = path.empty() ? std::string(name) : fmt::format("{}.{}", path, name);
    std::string meaning(base::FindText(field, "description"));
    if (const std::string limits = LimitsOf(field); !limits.empty())
      meaning += (meaning.empty() ? "" : "; ") + limits;
    fmt::format_to(std::back_inserter(out), "| `{}` | {} | {} | {} |\n", full, TypeOf(field),
                   required.contains(name) ? "yes" : "", Cell(meaning));
    AppendFields(out, field, full);
  }
}

void AppendSchema(std::string& out, const object& schema) {
  std::string rows;
  AppendFields(rows, schema, "");
  if (rows.empty()) return;
  out += "\n| Field | Type | Always | Meaning |\n|---|---|---|---|\n" + rows;
}

void AppendRoute(std::string& out, const DocumentedRoute& route) {
  const RouteSpec& spec = route.spec;
  fmt::format_to(std::back_inserter(out), "\n## {} {}\n\n{}.{}\n", NameOf(spec.method),
                 spec.pattern, spec.summary, route.needs_key ? "" : " Needs no key.");
  if (!spec.query.empty()) {
    out += "\n| Parameter | Meaning |\n|---|---|\n";
    for (const QuerySpec& query : spec.query)
      fmt::format_to(std::back_inserter(out), "| `{}` | {}{} |\n", query.name,
                     query.required ? "Required. " : "", Cell(query.doc));
  }
  if (spec.body != nullptr) {
    fmt::format_to(std::back_inserter(out), "\nBody{}{}:\n",
                   route.body_types.empty() ? "" : ", as ", route.body_types);
    AppendSchema(out, spec.body());
  }
  for (const ResponseSpec& response : spec.responses) {
    fmt::format_to(std::back_inserter(out), "\nAnswers {}: {}.\n", response.status, response.doc);
    if (response.schema != nullptr) AppendSchema(out, response.schema());
  }
}

}  // namespace

std::string PrintMarkdown(std::string_view title, const SecuritySpec& security,
                          std::span<const DocumentedRoute> routes, std::string_view notes) {
  std::string out = fmt::format(
      "# {}\n\nThis page is printed from the route table.\n\nCallers authenticate with {}.\n",
      title, Authentication(security));
  if (!notes.empty()) fmt::format_to(std::back_inserter(out), "\n{}\n", notes);
  for (const DocumentedRoute& route : routes) AppendRoute(out, route);
  return out;
}

}  // namespace parley::http
