// Wapio's authentication and session selection.
//
// "Authorization: Bearer bps_pat_..." is an account token, "Bearer bps_sk_..." a key bound to one
// session. With an account token the session is named in the body (session_id), the query
// (session_id) or the header x-session-id; a session key needs none and refuses another one.
#pragma once

#include <optional>
#include <string>

#include "api/wapio/dialect.h"
#include "base/result.h"
#include "base/task.h"
#include "core/accounts/directory.h"
#include "core/channels/channel.h"
#include "core/idempotency.h"

namespace parley::api::wapio {

// The request outlives the call.
base::Task<core::Admission> Authenticate(core::Directory& directory, const http::Request& request);

// The x-ratelimit-* headers of an answer.
void AddRateHeaders(const core::RateStatus& rate, base::Time now, http::Headers& headers);

// The session of a call on /api; `in_body` is the body's session_id. kNotFound for one the caller
// does not see.
base::Task<base::Result<core::ChannelPtr>> SelectSession(Call& call,
                                                         std::optional<std::string> in_body);
// The call's Idempotency-Key, bound to caller and route; `command` is the decoded body in canonical
// form. None when the header is absent; a fault when it is too long or not printable.
base::Result<std::optional<core::IdempotencyKey>> IdempotencyOf(const Call& call,
                                                                std::string_view command);
template <base::HasFields Body>
base::Result<std::optional<core::IdempotencyKey>> IdempotencyOf(const Call& call,
                                                                const Body& body) {
  if (call.request.headers.Get("Idempotency-Key").empty())
    return std::optional<core::IdempotencyKey>();
  return IdempotencyOf(call, std::string_view(base::EncodeText(body)));
}

// The session named in the path of a call on /v1.
base::Task<base::Result<core::ChannelPtr>> SessionInPath(Call& call);

}  // namespace parley::api::wapio
