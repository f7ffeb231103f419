// Who may use the admin API: `Authorization: Bearer <admin token>` (programs), or the cookie of a
// session (the dashboard; session.h). No rate limit.
#pragma once

#include <optional>

#include "admin/service.h"
#include "admin/session.h"
#include "base/task.h"
#include "http/message.h"

namespace parley::admin {

struct Entry {
  std::optional<http::Response> refusal;  // what is answered instead
  std::optional<Session> session;         // of a request that is signed in by cookie
};

// A request with an Authorization header is judged by that alone. Both outlive the call.
base::Task<Entry> Authenticate(Context& context, const http::Request& request);

// What is answered to a page of another origin.
http::Response ForeignOrigin();

}  // namespace parley::admin
