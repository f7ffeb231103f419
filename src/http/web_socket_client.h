// Outgoing WebSockets (RFC 6455), over TCP or TLS, directly or through a proxy.
//
// No compression is offered: what goes through them here is sealed, and a window for each
// connection would be most of the memory that it takes. Pings of the server are answered.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/scheduler.h"
#include "base/task.h"
#include "http/address_guard.h"
#include "http/message.h"
#include "http/proxy_tunnel.h"
#include "http/tls_context.h"
#include "http/web_socket.h"

namespace parley::http {

struct WebSocketRequest {
  std::string url;  // ws:// or wss://
  Headers headers;  // beside the handshake's own
  // Bytes of a message until WebSocket::BoundMessages says another bound.
  std::size_t max_message = 64 * 1024;
  // Until it is open, from looking up the host on.
  base::Duration timeout = std::chrono::seconds(20);
  // With it everything goes through the proxy, also the look-up of the server's name; when the
  // proxy fails, the request fails.
  std::optional<Proxy> proxy;
  // The URL comes from somebody who must not reach into the operator's network (address_guard.h).
  // For the proxy's host this always holds.
  bool guarded = false;

  explicit WebSocketRequest(std::string url) : url(std::move(url)) {}
};

// Thread: an instance belongs to its scheduler's thread. WebSockets may outlive it.
class WebSocketClient {
 public:
  // Comes before the end of the scheduler; nothing may be opening any more.
  virtual ~WebSocketClient() = default;
  // kInvalidFields (URL, headers), kAddressRefused, kTimeout, kUnavailable (no connection, no TLS,
  // the proxy or the server refuses; the text says which).
  virtual base::Task<base::Result<std::unique_ptr<WebSocket>>> Open(WebSocketRequest request) = 0;
};

struct WebSocketClientOptions {
  TlsContext tls;                     // without one, the system's authorities are trusted
  std::string user_agent = "Parley";  // unless the headers name another
};

// `resolver` outlives the client; `guard` is copied. kUnavailable when TLS cannot be set up.
base::Result<std::unique_ptr<WebSocketClient>> MakeWebSocketClient(base::Scheduler& scheduler,
                                                                   Resolver& resolver,
                                                                   const AddressGuard& guard,
                                                                   WebSocketClientOptions options);

}  // namespace parley::http
