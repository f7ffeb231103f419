// Call: one request on its way through a handler, and what handlers need to read and answer it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "base/result.h"
#include "base/task.h"
#include "http/message.h"
#include "http/router.h"
#include "sim/graph/front.h"
#include "sim/network/network.h"
#include "sim/wire/front.h"

namespace parley::sim::control {

struct Row;
using Match = http::Router<Row>::Match;

struct Call {
  network::Network& network;
  wire::Front* front;   // nullptr: the wire is not served
  graph::Front* graph;  // nullptr: the Graph API is not served
  const http::Request& request;
  const Match& match;

  // A number of the path as the network writes it. kNotFound for what cannot be a number.
  base::Result<std::string> Number() const;
  const std::string& Parameter(std::string_view name) const { return match[name]; }
  // The id of a fault rule in the path. kNotFound for what cannot be one.
  base::Result<std::int64_t> RuleId() const;
  // kNotFound when the wire is not served.
  base::Result<wire::Front*> Wire() const;
  // The same of the Graph API.
  base::Result<graph::Front*> Graph() const;
  // A parameter of the query; kInvalidFields when it is not a whole number within the bounds.
  base::Result<std::int64_t> QueryInteger(std::string_view name, std::int64_t absent,
                                          std::int64_t min, std::int64_t max) const;
  // "http://host:port" when the request says so, so that URLs can be used as they are; else "".
  // Who passes requests on from below a path of its own names that path in X-Forwarded-Prefix.
  std::string BaseUrl() const;

  template <class T>
  base::Result<T> Body() const {
    return base::DecodeText<T>(request.body);
  }
};

// One route's work. The caller turns an error into its answer.
using Answer = base::Result<http::Response>;
using Handler = Answer (*)(const Call& call);

// The same for work that waits. The call lives until it has ended.
using WaitingHandler = base::Task<Answer> (*)(const Call* call);

struct Row {
  http::RouteSpec spec;
  Handler handle;  // nullptr: handle_waiting
  // For routes that take `wait`: whether the answer would hold nothing yet.
  bool (*nothing_yet)(const Call& call) = nullptr;
  WaitingHandler handle_waiting = nullptr;
};

// The number without its plus; kInvalidFields at `path` when it is none.
base::Result<std::string> ParseNumber(std::string_view text, std::string_view path);
// The number as it is shown, with a plus.
std::string ShowNumber(std::string_view number);
// The same for the address of any chat: a number, "<id>@g.us" or "<id>@newsletter".
base::Result<std::string> ParseChat(std::string_view text, std::string_view path);
std::string ShowChat(std::string_view address);

// The same unchecked, for names of chats that the network checks.
std::string ParseChat(std::string_view text);

// Stores a picture given as Base64, and answers its digest; "" stays "".
base::Result<std::string> StorePicture(const std::string& base64, const Call& call);

template <base::HasFields T>
http::Response Reply(int status, const T& body) {
  return http::Response::Json(status, base::EncodeText(body));
}
http::Response NoContent();

}  // namespace parley::sim::control
