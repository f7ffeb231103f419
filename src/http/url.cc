#include "http/url.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "http/grammar.h"

namespace parley::http {
namespace {

constexpr std::size_t kMaxHost = 253;  // RFC 1035's limit for a name

struct Scheme {
  std::string_view prefix;
  bool tls;
  std::uint16_t port;
};
constexpr Scheme kSchemes[] = {{"http://", false, 80}, {"https://", true, 443}};

base::Error Fault(std::string text) { return base::FieldError("url", std::move(text)); }

const Scheme* FindScheme(std::string_view text) {
  for (const Scheme& scheme : kSchemes)
    if (EqualIgnoringCase(text.substr(0, scheme.prefix.size()), scheme.prefix)) return &scheme;
  return nullptr;
}

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool IsIpv6Character(char c) {
  return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

// Takes the host from the front of `rest`, which then holds what is left of "host[:port]".
base::Result<std::string> TakeHost(std::string_view& rest) {
  std::string host;
  if (!rest.empty() && rest.front() == '[') {
    const std::size_t end = rest.find(']');
    if (end == std::string_view::npos) return Fault("The IPv6 address has no closing bracket");
    host = LowerCase(rest.substr(1, end - 1));
    if (host.find(':') == std::string::npos ||
        !std::all_of(host.begin(), host.end(), IsIpv6Character))
      return Fault("The IPv6 address is malformed");
    rest.remove_prefix(end + 1);
    return host;
  }
  host = LowerCase(rest.substr(0, rest.find(':')));
  rest.remove_prefix(host.size());
  if (host.empty()) return Fault("The URL has no host");
  if (host.size() > kMaxHost) return Fault("The host name is too long");
  if (!std::all_of(host.begin(), host.end(), IsNameCharacter))
    return Fault("The host name has characters that are not allowed; use its ASCII form");
  return host;
}

// `rest` is empty, or ":" and a number; an empty number is the default (RFC 3986, section 3.2.3).
base::Result<std::uint16_t> ReadPort(std::string_view rest, std::uint16_t standard) {
  if (rest.empty() || rest == ":") return standard;
  std::uint16_t port = 0;
  const char* end = rest.data() + rest.size();
  const auto [stop, error] = std::from_chars(rest.data() + 1, end, port);
  if (rest.front() != ':' || error != std::errc() || stop != end || port == 0)
    return Fault("The port is not a number from 1 to 65535");
  return port;
}

// Path and query; bytes outside ASCII are written as browsers write them.
std::string MakeTarget(std::string_view rest) {
  rest = rest.substr(0, rest.find('#'));
  std::string target;
  target.reserve(rest.size() + 1);
  if (rest.empty() || rest.front() != '/') target += '/';
  for (const char c : rest) {
    if (static_cast<unsigned char>(c) < 0x80)
      target += c;
    else
      target += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return target;
}

}  // namespace

base::Result<Url> ParseUrl(std::string_view text) {
  if (text.size() > kMaxUrlLength)
    return Fault(fmt::format("The URL is longer than {} characters", kMaxUrlLength));
  if (text.find(' ') != std::string_view::npos || !IsFieldValue(text) ||
      text.find('\t') != std::string_view::npos)
    return Fault("The URL has blanks or control characters");
  const Scheme* scheme = FindScheme(text);
  if (scheme == nullptr) return Fault("The URL must start with http:// or https://");

  std::string_view rest = text.substr(scheme->prefix.size());
  std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  rest.remove_prefix(authority.size());
  Url url;
  url.tls = scheme->tls;
  const std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) {
    url.user_info = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  PARLEY_TRY(host, TakeHost(authority));
  PARLEY_TRY(port, ReadPort(authority, scheme->port));
  url.port = port;
  url.authority = host.find(':') == std::string::npos ? host : "[" + host + "]";
  if (port != scheme->port) url.authority += fmt::format(":{}", port);
  url.host = std::move(host);
  url.target = MakeTarget(rest);
  return url;
}

}  // namespace parley::http
