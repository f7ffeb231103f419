// Signing in to the dashboard, and out.
#include "admin/addresses.h"
#include "admin/auth.h"
#include "admin/body.h"
#include "admin/errors.h"
#include "admin/handlers.h"
#include "admin/session_schema.h"
#include "base/log.h"
#include "base/scheduler.h"
#include "core/accounts/directory.h"

namespace parley::admin {
namespace {

http::Response SessionReply(const Session& session, core::EventPosition last) {
  SessionView view;
  view.position = last.value;
  view.csrf = session.csrf;
  view.expires_at = Spell(session.expires_at);
  http::Response response = Reply(200, view);
  response.headers.Set("Cache-Control", "no-store");
  return response;
}

}  // namespace

HandlerResult BeginSession(Call& call) {
  Context& context = call.context;
  if (IsForeign(call.request, context.own_authority)) co_return ForeignOrigin();
  const base::Microseconds now = call.core.scheduler.Monotonic();
  if (const auto wait = context.sign_in_limit.WaitOf(call.request.remote_address, now)) {
    base::Error error(base::ErrorCode::kRateLimited, "Too many wrong tokens from this address");
    error.retry_after = *wait;
    co_return error;
  }
  PARLEY_CO_TRY(body, ReadBody<SignInBody>(call.request));
  const core::Admission admission = co_await call.core.directory.Admit(
      core::Dialect::kAdmin, body.fields.token, core::RateScope::kCredential);
  if (admission.error) {
    if (admission.error->code != base::ErrorCode::kUnauthenticated) co_return *admission.error;
    context.sign_in_limit.AddFailure(call.request.remote_address, now);
    base::LogWarning("Sign-in with a wrong token", {{"address", call.request.remote_address}});
    co_return base::Error(base::ErrorCode::kUnauthenticated, "This is not the admin token");
  }
  PARLEY_CO_TRY(bounds, co_await context.events.Bounds());
  const Session session = context.sessions.Begin(admission.caller->credential.digest,
                                                 call.core.scheduler.Now(), call.core.random);
  base::LogInfo("Signed in to the dashboard", {{"address", call.request.remote_address}});
  http::Response response = SessionReply(session, bounds.last);
  response.headers.Set("Set-Cookie", CookieThatBegins(session, context.cookie_is_secure));
  co_return response;
}

HandlerResult GetSession(Call& call) {
  if (!call.session)
    co_return base::Error(base::ErrorCode::kUnauthenticated, "Signed in by token, not by cookie");
  PARLEY_CO_TRY(bounds, co_await call.context.events.Bounds());
  co_return SessionReply(*call.session, bounds.last);
}

// Also without a session, or with one that has expired: the browser is to forget the cookie.
HandlerResult EndSession(Call& call) {
  if (IsForeign(call.request, call.context.own_authority)) co_return ForeignOrigin();
  http::Response response = NoContent();
  response.headers.Set("Set-Cookie", CookieThatEnds(call.context.cookie_is_secure));
  co_return response;
}

}  // namespace parley::admin
