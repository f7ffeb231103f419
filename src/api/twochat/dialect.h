// The 2Chat dialect: /open and /ping.
//
// Wire facts: the vendor's Postman collection and its "Get messages" page; docs/api/twochat.md is
// printed from these tables. File by topic: routes, auth, schema (bodies), addresses (ids and
// numbers), errors, events (webhook payloads), and a handler file per core topic.
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

namespace parley::api::twochat {

struct Row;
using Match = http::Router<Row>::Match;

// One authenticated request on its way through a handler. Lives until the handler has returned.
struct Call {
  Call(core::Services& core, const http::Request& request, const Match& match,
       core::CallerPtr caller)
      : core(core), request(request), match(match), caller(std::move(caller)) {}

  core::Services& core;
  const http::Request& request;
  const Match& match;
  core::CallerPtr caller;
};

// A handler answers with a response, or with an error that the dialect encodes.
using Handler = base::Task<base::Result<http::Response>> (*)(Call& call);

struct Row {
  http::RouteSpec spec;
  Handler handler = nullptr;
};

// Thread: that of its services.
std::unique_ptr<http::Service> MakeDialect(core::Services& core);

// Encodes events for 2Chat's subscribers.
std::unique_ptr<core::EventEncoder> MakeEncoder(const core::MediaLinks& media,
                                                const core::NumberFacts& numbers);

// The routes, for documentation and the test that no two dialects share one.
std::span<const Row> Routes();

}  // namespace parley::api::twochat
