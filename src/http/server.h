// The HTTP/1.1 server: listens, reads requests within limits, hands them to a Service, writes its
// answers. One coroutine per connection, one sweep timer for all of them.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/scheduler.h"
#include "http/message.h"

namespace parley::http {

class WebSocketService;

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;   // 0 = any free one
  bool reuse_port = false;  // several servers on the same port, one per thread
  std::size_t max_connections = 16000;
  std::size_t max_header = 16 * 1024;
  // Bodies over 64 KB count against this together; one that does not fit is BodyState::kNoRoom.
  std::size_t max_body_memory = 256u << 20;
  base::Duration header_timeout = std::chrono::seconds(15);  // from first byte to last header
  base::Duration body_timeout = std::chrono::seconds(60);    // without a byte of progress
  base::Duration idle_timeout = std::chrono::seconds(75);    // before a request
  base::Duration write_timeout = std::chrono::seconds(60);   // without a byte of progress
  WebSocketService* web_sockets = nullptr;  // takes requests for its paths; outlives the server
};

struct ServerCounters {
  std::atomic<std::int64_t> connections{0};  // open now
  std::atomic<std::int64_t> accepted{0};
  std::atomic<std::int64_t> refused{0};  // over max_connections
  std::atomic<std::int64_t> requests{0};
  std::atomic<std::int64_t> malformed{0};      // not HTTP; answered 400 or 431 and closed
  std::atomic<std::int64_t> timeouts{0};       // closed in the middle of a request or an answer
  std::atomic<std::int64_t> accept_errors{0};  // out of file descriptors or memory
};

// Thread: its scheduler's, except the counters.
class Server {
 public:
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  virtual const ServerCounters& counters() const = 0;
  // Accepts no more, closes idle connections, lets requests in flight finish (with "Connection:
  // close"), ends streams, and returns when all are gone or `limit` has passed; what is left is
  // then cut. A Handle that still runs then must not outlive its service. Call it once.
  virtual base::Task<> Stop(base::Duration limit) = 0;
};

// Starts listening; `service` outlives the server. kUnavailable names the address and the reason
// (in use, not permitted).
base::Result<std::unique_ptr<Server>> Listen(base::Scheduler& scheduler, Service& service,
                                             ServerOptions options);

}  // namespace parley::http
