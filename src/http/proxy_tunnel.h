// Through a proxy to a server: HTTP CONNECT (RFC 9110, section 9.3.6) and SOCKS5 (RFC 1928, with
// the user name and password of RFC 1929). The server's name goes to the proxy and is resolved
// there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/task.h"
#include "http/client_connection.h"

namespace parley::http {

struct Proxy {
  enum class Kind : std::uint8_t { kHttp, kSocks5 };

  Kind kind = Kind::kHttp;
  std::string host;
  std::uint16_t port = 0;
  std::optional<std::string> username, password;  // up to 255 bytes each
};

// Makes of a connection to the proxy one to `host`, a name or an address. kUnavailable when the
// proxy refuses or answers with something else; the text says why and holds no password. Has no
// time limit: whoever owns the connection closes it. The connection outlives the call.
base::Task<base::Result<void>> OpenTunnel(ClientConnection& connection, Proxy proxy,
                                          std::string host, std::uint16_t port);

}  // namespace parley::http
