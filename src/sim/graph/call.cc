#include "sim/graph/call.h"

#include <algorithm>

#include "http/forms.h"
#include "sim/graph/ids.h"

namespace parley::sim::graph {
namespace {

bool IsHostText(std::string_view text) {
  return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '-' || c == ':' || c == '[' || c == ']';
  });
}

}  // namespace

Outcome<const Number*> Call::NumberNode() const {
  const std::string& id = Parameter("id");
  const Number* number = parts.registry.FindNumber(id);
  const Account* account = number ? parts.registry.FindAccount(number->account) : nullptr;
  if (account == nullptr || account->app != token.app) return NoSuchObject(request.method, id);
  return number;
}

Outcome<const Account*> Call::AccountNode() const {
  const std::string& id = Parameter("id");
  const Account* account = parts.registry.FindAccount(id);
  if (account == nullptr || account->app != token.app) return NoSuchObject(request.method, id);
  return account;
}

Outcome<const App*> Call::AppNode() const {
  const std::string& id = Parameter("id");
  const App* app = parts.registry.FindApp(id);
  if (app == nullptr || app->id != token.app) return NoSuchObject(request.method, id);
  return app;
}

Outcome<MediaNode> Call::Media(std::string_view id) const {
  const std::optional<MediaNode> media = parts.registry.FindMedia(id);
  const Number* number = media ? parts.registry.FindNumber(media->number) : nullptr;
  const Account* account = number ? parts.registry.FindAccount(number->account) : nullptr;
  const bool is_there = account != nullptr && account->app == token.app &&
                        parts.scheduler.Now() - media->at <= kMediaLife;
  if (!is_there) return NoSuchObject(request.method, id);
  return *media;
}

Outcome<base::json::object> Call::Body() const {
  if (request.content_type() == "application/x-www-form-urlencoded") {
    const auto form = http::ParseForm(request.body);
    if (!form) return InvalidParameter("The request body is not a valid form.");
    base::json::object object;
    for (const auto& [name, value] : *form) object[base::JsonView(name)] = base::JsonView(value);
    return object;
  }
  if (request.body.empty()) {  // everything is in the query
    base::json::object object;
    const auto form = http::ParseForm(request.query());
    if (!form) return InvalidParameter("The query is not a valid form.");
    for (const auto& [name, value] : *form) object[base::JsonView(name)] = base::JsonView(value);
    return object;
  }
  return ReadObject(request.body);
}

std::string Call::BaseUrl() const {
  const std::string_view host = request.headers.Get("Host");
  return "http://" + (IsHostText(host) ? std::string(host) : std::string("127.0.0.1"));
}

http::Response Reply(const base::json::object& body) {
  return http::Response::Json(200, base::ToText(body));
}

http::Response Success() {
  base::json::object body;
  body["success"] = true;
  return Reply(body);
}

}  // namespace parley::sim::graph
