#include "admin/auth.h"

#include <cctype>

#include "admin/errors.h"
#include "base/scheduler.h"
#include "core/accounts/directory.h"

namespace parley::admin {
namespace {

constexpr std::string_view kScheme = "bearer ";  // its case does not matter, RFC 9110, 11.1

std::string BearerToken(const http::Request& request) {
  std::string_view value = request.headers.Get("Authorization");
  if (value.size() <= kScheme.size()) return "";
  for (std::size_t i = 0; i < kScheme.size(); ++i)
    if (std::tolower(static_cast<unsigned char>(value[i])) != kScheme[i]) return "";
  value.remove_prefix(value.find_first_not_of(' ', kScheme.size() - 1));
  return std::string(value);
}

// Why a request with this session's cookie is refused all the same.
std::optional<http::Response> MisuseOf(const Session& session, const http::Request& request,
                                       std::string_view own_authority) {
  if (IsForeign(request, own_authority)) return ForeignOrigin();
  if (IsSafe(request.method)) return std::nullopt;
  if (base::EqualInConstantTime(request.headers.Get(kCsrfHeader), session.csrf))
    return std::nullopt;
  return EncodeError(403, "csrf",
                     "Signed in by cookie, this needs the header X-Parley-CSRF with the value that "
                     "GET /parley/v1/session tells");
}

}  // namespace

http::Response ForeignOrigin() {
  return EncodeError(base::Error(base::ErrorCode::kForbidden,
                                 "A page of another origin may not use this session. Behind a "
                                 "proxy, --public-url must name the address in the browser"));
}

base::Task<Entry> Authenticate(Context& context, const http::Request& request) {
  Entry entry;
  const std::string_view cookie = SessionCookieOf(request);
  if (cookie.empty() || request.headers.Has("Authorization")) {
    const core::Admission admission = co_await context.core.directory.Admit(
        core::Dialect::kAdmin, BearerToken(request), core::RateScope::kCredential);
    if (admission.error) entry.refusal = EncodeError(*admission.error);
    co_return entry;
  }
  const auto tokens = co_await context.admin_tokens.Get();
  if (!tokens) {
    entry.refusal = EncodeError(tokens.error());
    co_return entry;
  }
  entry.session = context.sessions.Check(cookie, *tokens, context.core.scheduler.Now());
  if (!entry.session)
    entry.refusal = EncodeError(
        base::Error(base::ErrorCode::kUnauthenticated, "The session has ended; sign in again"));
  else
    entry.refusal = MisuseOf(*entry.session, request, context.own_authority);
  co_return entry;
}

}  // namespace parley::admin
