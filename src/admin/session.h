// Sessions of the dashboard: a browser shows the admin token once and holds a cookie from then on.
//
// Nothing is kept about a session. The cookie is `expiry.nonce.mac`: Unix seconds, 16 random bytes,
// and an HMAC over both and the digest of the admin token that was shown. So it outlives a restart,
// and ends at its expiry or when that token is renewed. The CSRF token is derived from the cookie:
// a page of another origin can neither read nor guess it (decision 40).
//
// Pure: no clock, no store. Thread: any.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/random.h"
#include "base/time.h"
#include "http/message.h"

namespace parley::admin {

inline constexpr std::string_view kSessionCookie = "parley_session";
inline constexpr std::string_view kCsrfHeader = "X-Parley-CSRF";
inline constexpr std::string_view kSessionPath = "/parley";  // where browsers send the cookie
inline constexpr std::chrono::seconds kSessionLife = std::chrono::hours(12);

struct Session {
  std::string cookie;  // its value
  std::string csrf;
  base::Time expires_at;
};

class Sessions {
 public:
  // `key` is a secret of its own (core::Secrets::Derive).
  explicit Sessions(const base::Digest& key) : key_(key) {}

  // Of somebody who has shown the admin token with this digest. Thread: the random source's.
  Session Begin(const base::Digest& token, base::Time now, base::Random& random) const;
  // nullopt when the cookie is cut or forged, has expired, or belongs to none of these tokens.
  std::optional<Session> Check(std::string_view cookie, std::span<const base::Digest> tokens,
                               base::Time now) const;

 private:
  std::string Mac(std::string_view purpose, std::string_view text) const;

  const base::Digest key_;
};

// The session cookie's value as the request brings it; empty when there is none.
std::string_view SessionCookieOf(const http::Request& request);

// The values of Set-Cookie that begin a session and end it. `secure`: over https only.
std::string CookieThatBegins(const Session& session, bool secure);
std::string CookieThatEnds(bool secure);

// Whether a browser sends this from a page of another origin than this server's, which is the
// request's Host or `own_authority` (that of the public URL, where a proxy changes Host). What is
// sent without a browser's headers is not foreign.
bool IsForeign(const http::Request& request, std::string_view own_authority);

// GET and HEAD change nothing.
constexpr bool IsSafe(http::Method method) {
  return method == http::Method::kGet || method == http::Method::kHead;
}

}  // namespace parley::admin
