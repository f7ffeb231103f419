// Outgoing HTTP: a client with a keep-alive pool, TLS verification, deadlines and the address
// guard. Redirects are never followed. The address that was checked is the one that is used: names
// are resolved, checked and connected to in one step, and pooled connections stay with it.
//
// A request is sent once. An idle connection is looked at before it is used again, and a
// "Keep-Alive: timeout" of the server is kept. When the server closes it nevertheless at that very
// moment, so that it ends before any answer, the request is repeated on a new connection only if
// nothing of it was handed to the system, or if its method is idempotent (RFC 9110, section 9.2.2).
// A POST that may have arrived fails with kUnavailable: whether to send it again is its owner's
// decision.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "base/scheduler.h"
#include "http/address_guard.h"
#include "http/message.h"
#include "http/tls_context.h"
#include "http/url.h"

namespace parley::http {

struct ClientRequest {
  Method method = Method::kGet;
  std::string url;  // user information in it becomes an Authorization header, unless there is one
  // Host, Content-Length, Transfer-Encoding and Connection are the client's own and refused here,
  // as is what would break a line (kInvalidFields).
  Headers headers;
  std::string body;
  // For the whole exchange, from waiting for a connection to the last byte of the answer.
  base::Duration timeout = std::chrono::seconds(15);
  // Bytes of body kept; more is cut off, and the connection dropped. A Fetch has no such limit: its
  // sink has.
  std::size_t max_response = 64 * 1024;
  // Becomes true as soon as some of the request was handed to the system. While it is false the
  // server has seen nothing, and sending again cannot double anything.
  std::shared_ptr<bool> handed_over = nullptr;

  explicit ClientRequest(Method method, std::string url) : method(method), url(std::move(url)) {}
};

struct ClientResponse {
  int status = 0;
  Headers headers;
  std::string body;
  bool truncated = false;
};

// Takes a response body as it arrives.
class BodySink {
 public:
  virtual ~BodySink() = default;
  // Called once, before any data. An error of either ends the request, which returns it.
  virtual base::Result<void> Start(const ClientResponse& head) = 0;
  virtual base::Result<void> Write(std::string_view data) = 0;
};

// Thread: an instance belongs to its scheduler's thread.
class Client {
 public:
  // Requests in flight end with kUnavailable. Comes before the end of the scheduler.
  virtual ~Client() = default;
  // Errors: kInvalidFields (URL), kAddressRefused, kTimeout, kUnavailable (no connection, broken
  // answer, TLS failure; the text says which).
  virtual base::Task<base::Result<ClientResponse>> Send(ClientRequest request) = 0;
  // The body goes to `sink`, which outlives the call; ClientResponse::body stays empty.
  virtual base::Task<base::Result<ClientResponse>> Fetch(ClientRequest request, BodySink& sink) = 0;
  // Resolves and checks the URL's host without connecting, within 10 s: what a subscription is
  // checked with. Errors as above.
  virtual base::Task<base::Result<void>> Check(std::string url) = 0;
};

struct ClientOptions {
  std::size_t max_connections = 512;   // in all; further requests wait for one
  std::size_t max_per_host = 64;       // to one host and port
  std::size_t max_idle_per_host = 64;  // kept alive
  base::Duration idle_timeout = std::chrono::seconds(60);
  TlsContext tls;  // without one, the system's authorities are trusted
  std::string user_agent = "Parley";
};

// `resolver` outlives the client; `guard` is copied. kUnavailable when TLS cannot be set up.
base::Result<std::unique_ptr<Client>> MakeClient(base::Scheduler& scheduler, Resolver& resolver,
                                                 const AddressGuard& guard, ClientOptions options);

}  // namespace parley::http
