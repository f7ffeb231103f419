// WebSockets between native channels and the simulated network's wire without a socket: what one
// end writes the other reads, at once and in order.
#pragma once

#include <memory>
#include <vector>

#include "base/scheduler.h"
#include "http/web_socket_client.h"
#include "http/web_socket_server.h"

namespace parley::testing {

class FrontSockets final : public http::WebSocketClient {
 public:
  // `service` gets the other end of each.
  FrontSockets(base::Scheduler& scheduler, http::WebSocketService& service)
      : scheduler_(scheduler), service_(service) {}
  // Ends all of them; comes before the end of the service.
  ~FrontSockets() override;

  base::Task<base::Result<std::unique_ptr<http::WebSocket>>> Open(
      http::WebSocketRequest request) override;

  struct Wire;

 private:
  base::Scheduler& scheduler_;
  http::WebSocketService& service_;
  std::vector<std::weak_ptr<Wire>> wires_;
};

}  // namespace parley::testing
