// The routes of the admin API: signing a browser in.
#include "admin/handlers.h"
#include "admin/route_tables.h"
#include "admin/session_schema.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::ResponseSpec;
using enum http::Method;

constexpr ResponseSpec kNewSession[] = {
    {200, "Signed in: Set-Cookie has the session's cookie", &Describe<SessionView>},
    {401, "Not the admin token", &Describe<ErrorReply>},
    {429, "Too many wrong ones from this address; Retry-After says when", &Describe<ErrorReply>}};
constexpr ResponseSpec kSession[] = {
    {200, "Signed in by cookie", &Describe<SessionView>},
    {401, "Not signed in, or by the bearer token", &Describe<ErrorReply>}};

constexpr Row kSessionRoutes[] = {
    {{kPost,
      "/parley/v1/session",
      "Sign in a browser with the admin token",
      &Describe<SignInBody>,
      {},
      kNewSession},
     &BeginSession,
     Access::kOpen},
    {{kGet, "/parley/v1/session", "Whether the browser is signed in", nullptr, {}, kSession},
     &GetSession},
    {{kDelete, "/parley/v1/session", "Sign out", nullptr, {}, kDone}, &EndSession, Access::kOpen},
};

}  // namespace

std::span<const Row> SessionRoutes() { return kSessionRoutes; }

}  // namespace parley::admin
