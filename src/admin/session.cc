#include "admin/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/encoding.h"
#include "base/text.h"

namespace parley::admin {
namespace {

constexpr std::size_t kNonceBytes = 16;
constexpr std::size_t kMaxCookie = 200;  // ours have about 80

// `expiry.nonce.mac`, cut at its dots; nullopt when there are not two of them.
struct CookieParts {
  std::string_view signed_text, expiry, mac;
};
std::optional<CookieParts> PartsOf(std::string_view cookie) {
  if (cookie.size() > kMaxCookie) return std::nullopt;
  const std::size_t first = cookie.find('.'), last = cookie.rfind('.');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  return CookieParts{cookie.substr(0, last), cookie.substr(0, first), cookie.substr(last + 1)};
}

std::string SignedText(std::string_view text, const base::Digest& token) {
  return std::string(text) + '\n' + std::string(base::AsText(token));
}

std::string SetCookie(std::string_view value, std::chrono::seconds life, bool secure) {
  return fmt::format("{}={}; HttpOnly; SameSite=Strict; Path={}; Max-Age={}{}", kSessionCookie,
                     value, kSessionPath, life.count(), secure ? "; Secure" : "");
}

// "https://host:port" without its scheme; empty for "null" and what is no origin.
std::string_view AuthorityOf(std::string_view origin) {
  const std::size_t scheme = origin.find("://");
  return scheme == std::string_view::npos ? std::string_view() : origin.substr(scheme + 3);
}

}  // namespace

std::string Sessions::Mac(std::string_view purpose, std::string_view text) const {
  const base::Digest mac =
      base::HmacSha256(base::AsText(key_), std::string(purpose) + '\n' + std::string(text));
  return base::ToBase64Url(base::AsText(mac));
}

Session Sessions::Begin(const base::Digest& token, base::Time now, base::Random& random) const {
  std::array<std::uint8_t, kNonceBytes> nonce{};
  random.Fill(nonce);
  const std::int64_t expiry = base::ToUnixSeconds(now + kSessionLife);
  const std::string text =
      fmt::format("{}.{}", expiry,
                  base::ToBase64Url({reinterpret_cast<const char*>(nonce.data()), nonce.size()}));
  Session session;
  session.cookie = text + '.' + Mac("session", SignedText(text, token));
  session.csrf = Mac("csrf", session.cookie);
  session.expires_at = base::Time(std::chrono::seconds(expiry));
  return session;
}

std::optional<Session> Sessions::Check(std::string_view cookie,
                                       std::span<const base::Digest> tokens, base::Time now) const {
  const auto parts = PartsOf(cookie);
  if (!parts) return std::nullopt;
  bool known = false;
  for (const base::Digest& token : tokens)
    known |= base::EqualInConstantTime(Mac("session", SignedText(parts->signed_text, token)),
                                       parts->mac);
  if (!known) return std::nullopt;
  // It is ours, so that the expiry is a number that we wrote.
  std::int64_t expiry = 0;
  std::from_chars(parts->expiry.data(), parts->expiry.data() + parts->expiry.size(), expiry);
  Session session;
  session.expires_at = base::Time(std::chrono::seconds(expiry));
  if (session.expires_at <= now) return std::nullopt;
  session.cookie = cookie;
  session.csrf = Mac("csrf", cookie);
  return session;
}

std::string_view SessionCookieOf(const http::Request& request) {
  std::string_view cookies = request.headers.Get("Cookie");
  while (!cookies.empty()) {
    const std::size_t end = std::min(cookies.find(';'), cookies.size());
    const std::string_view pair = base::Trim(cookies.substr(0, end));
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    if (pair.size() > kSessionCookie.size() && pair.starts_with(kSessionCookie) &&
        pair[kSessionCookie.size()] == '=')
      return pair.substr(kSessionCookie.size() + 1);
  }
  return "";
}

std::string CookieThatBegins(const Session& session, bool secure) {
  return SetCookie(session.cookie, kSessionLife, secure);
}

std::string CookieThatEnds(bool secure) { return SetCookie("", std::chrono::seconds(0), secure); }

bool IsForeign(const http::Request& request, std::string_view own_authority) {
  const std::string_view site = request.headers.Get("Sec-Fetch-Site");
  // "none": the address was typed, or opened from a bookmark.
  if (!site.empty() && site != "same-origin" && site != "none") return true;
  if (!request.headers.Has("Origin")) return false;
  const std::string_view authority = AuthorityOf(request.headers.Get("Origin"));
  return authority.empty() ||
         (authority != request.headers.Get("Host") && authority != own_authority);
}

}  // namespace parley::admin
