// The Wapio dialect: /v1 and /api.
//
// Wire facts: the vendor's Postman collection and SDKs; docs/api/wapio.md is printed from these
// tables. File by topic: routes, auth, schema (bodies), addresses (ids and JIDs), errors, events
// (webhook payloads), and a handler file per core topic.
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

namespace parley::api::wapio {

// Who may call a route.
enum class Access {
  kAny,      // account token or session key
  kAccount,  // account token only ("PAT only")
  kAnybody,  // no token: the path holds the permission; such a call has no caller
};

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
  Access access = Access::kAny;
  Handler handler = nullptr;
  bool enveloped = true;  // in an account's envelope mode
};

// Thread: that of its services.
std::unique_ptr<http::Service> MakeDialect(core::Services& core);

// Encodes events for Wapio's subscribers.
std::unique_ptr<core::EventEncoder> MakeEncoder(const core::MediaLinks& media);

// The routes, for documentation and the test that no two dialects share one.
std::span<const Row> Routes();

}  // namespace parley::api::wapio
