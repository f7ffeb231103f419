// WebSockets of the server: what takes over a connection after its upgrade (RFC 6455).
//
// No extension and no subprotocol is agreed on. An Origin is not asked for: who may connect is the
// protocol's business above. Pings are answered.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/task.h"
#include "http/message.h"
#include "http/web_socket.h"

namespace parley::http {

class Connection;

// Thread: the server's.
class WebSocketService {
 public:
  virtual ~WebSocketService() = default;
  // Whether requests for this path are upgrades; all others go to the server's Service.
  virtual bool Serves(std::string_view path) const = 0;
  // Of a message that a client sends, in bytes, until WebSocket::BoundMessages says otherwise.
  virtual std::size_t max_message() const = 0;
  // The connection ends when this returns. It ends as well, and with it the calls that wait, when
  // the server stops. The service outlives what it returns here.
  virtual base::Task<> Serve(std::unique_ptr<WebSocket> socket) = 0;
};

// What to answer to a request that should be an upgrade: the head of a 101, or the refusal.
struct UpgradeAnswer {
  std::string head;  // of the 101, when there is no refusal
  std::optional<Response> refusal;
};
UpgradeAnswer AnswerUpgrade(const Request& request);

// Over a connection that was upgraded; `unread` is what came behind the request.
std::unique_ptr<WebSocket> MakeServerWebSocket(std::shared_ptr<Connection> connection,
                                               std::size_t max_message, std::string unread);

}  // namespace parley::http
