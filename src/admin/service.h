// Parley's own API under /parley, and what load balancers and monitoring ask: /healthz, /readyz and
// /metrics.
//
// Its callers are operators, the command line and the dashboard, with the admin token or a session;
// it looks across accounts, as nothing else does. docs/api/admin.md is printed from its tables of
// routes, one per topic (route_tables.h). File by topic: routes (the way of a request), auth,
// session, schema (bodies), addresses (ids in paths), errors, query (parameters), body (reading
// bodies), and a handler file per core topic; node.h is what the service needs to know about the
// process.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "admin/activity.h"
#include "admin/admin_tokens.h"
#include "admin/channel_counts.h"
#include "admin/event_texts.h"
#include "admin/node.h"
#include "admin/option_schema.h"
#include "admin/samples.h"
#include "admin/session.h"
#include "admin/sign_in_limit.h"
#include "base/result.h"
#include "base/task.h"
#include "core/event_log.h"
#include "core/services.h"
#include "core/store_probe.h"
#include "http/message.h"
#include "http/router.h"

namespace parley::admin {

struct Row;
using Match = http::Router<Row>::Match;

struct AdminOptions {
  base::Digest session_key{};  // a secret for the dashboard's cookies (core::Secrets::Derive)
  std::string public_url;      // where browsers find this server; with https, cookies need it
  http::Service* simulated_network = nullptr;  // its control API, which outlives this; null: none
  bool is_demo = false;
  std::vector<OptionView> shown_options;  // of the process
};

// What handlers work with, for the life of the service.
struct Context {
  Context(core::Services& core, Node& node, const AdminOptions& options);

  core::Services& core;
  Node& node;
  core::EventLog events;
  EventTexts event_texts;
  core::StoreProbe probe;
  ChannelCounts channel_counts;
  AdminTokens admin_tokens;
  Samples samples;
  Activity activity;
  const Sessions sessions;
  SignInLimit sign_in_limit;
  const std::string own_authority;  // host and port of the public URL
  const bool cookie_is_secure;
  http::Service* const simulated_network;  // null: none
  const bool is_demo;
  const std::vector<OptionView> shown_options;
};

// One request on its way through a handler. Lives until the handler has returned.
struct Call {
  Call(Context& context, const http::Request& request, const Match& match,
       std::optional<Session> session)
      : core(context.core),
        context(context),
        request(request),
        match(match),
        session(std::move(session)) {}

  core::Services& core;
  Context& context;
  const http::Request& request;
  const Match& match;
  const std::optional<Session> session;  // none: the bearer token was shown, or none was needed
};

// A handler answers with a response, or with an error that errors.cc encodes.
using Handler = base::Task<base::Result<http::Response>> (*)(Call& call);

enum class Access {
  kToken,  // with the admin token, or a session's cookie
  kOpen,   // without any
};

struct Row {
  http::RouteSpec spec;
  Handler handler = nullptr;
  Access access = Access::kToken;
};

// Thread: that of its services.
class Admin : public http::Service {
 public:
  // Answers long polls and ends event streams, so that a stop need not wait for them; from then on
  // none waits.
  virtual void EndWaits() = 0;
  // Samples of the load are taken between the two.
  virtual void Start() = 0;
  virtual base::Task<> Stop() = 0;
  // A request came to one of the front door's owners, `api`. When the note is not null it is given
  // back with the answer.
  virtual std::unique_ptr<CallNote> OnRequest(std::string_view api,
                                              const http::Request& request) = 0;
  virtual void OnAnswer(std::unique_ptr<CallNote> note, const http::Response& response,
                        base::Duration took) = 0;
  virtual Activity& activity() = 0;
};
// `core` and `node` outlive it.
std::unique_ptr<Admin> MakeAdmin(core::Services& core, Node& node, const AdminOptions& options);

// The routes, for documentation and the test that no two tables share one.
std::span<const Row> Routes();

}  // namespace parley::admin
