// The 1MSG dialect: everything that no other owner of the front door takes, with or without the
// channel's id as first path segment.
//
// Wire facts: the vendor's documentation 2.39 and its SDK; docs/api/onemsg.md is printed from these
// tables. File by topic: routes, auth, schema (bodies), addresses (ids), errors, events
// (callbacks), and a handler file per core topic.
#pragma once

#include <memory>
#include <span>
#include <utility>

#include "base/result.h"
#include "base/task.h"
#include "core/accounts/directory.h"
#include "core/services.h"
#include "core/webhooks/delivery.h"
#include "http/message.h"
#include "http/router.h"

namespace parley::api::onemsg {

struct Row;
using Match = http::Router<Row>::Match;

// One authenticated request on its way through a handler. Lives until the handler has returned.
// A 1MSG token belongs to one channel.
struct Call {
  Call(core::Services& core, const http::Request& request, const Match& match,
       core::CallerPtr caller, core::ChannelPtr channel)
      : core(core),
        request(request),
        match(match),
        caller(std::move(caller)),
        channel(std::move(channel)) {}

  core::Services& core;
  const http::Request& request;
  const Match& match;
  core::CallerPtr caller;
  core::ChannelPtr channel;
};

// A handler answers with a response, or with an error that the dialect encodes.
using Handler = base::Task<base::Result<http::Response>> (*)(Call& call);

// Which of 1MSG's two error bodies a route uses.
enum class ErrorShape {
  kPlain,  // {"error": "..."}
  kSend,   // {"sent": false, "message": "..."}
};

struct Row {
  http::RouteSpec spec;
  ErrorShape errors = ErrorShape::kPlain;
  Handler handler = nullptr;
};

// Thread: that of its services.
std::unique_ptr<http::Service> MakeDialect(core::Services& core);

// Encodes events for 1MSG's callbacks.
std::unique_ptr<core::EventEncoder> MakeEncoder(const core::MediaLinks& media);

// The routes, for documentation and the test that no two dialects share one.
std::span<const Row> Routes();

}  // namespace parley::api::onemsg
