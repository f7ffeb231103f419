// Absolute http and https URLs, taken apart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::http {

inline constexpr std::size_t kMaxUrlLength = 4096;

struct Url {
  bool tls = false;
  std::string host;  // lower case, without brackets; a name, an IPv4 or an IPv6 address
  std::uint16_t port = 80;
  std::string target;     // path and query as written, at least "/"; the fragment is dropped
  std::string authority;  // for the Host header: host, and the port where it is not the default
  std::string user_info;  // "user:password" as written, still percent-encoded; may be empty
};

// kInvalidFields (path "url") with a sentence for people: wrong scheme, no host, too long, blanks
// or control characters, bad port.
base::Result<Url> ParseUrl(std::string_view text);

}  // namespace parley::http
