// Outgoing HTTP: a client with a keep-alive pool, TLS verification, deadlines and the address
// guard. Redirects are never followed. The address that was checked is the one that is used: names
// are resolved, checked and connected to in one step, and pooled connections stay with it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/scheduler.h"
#include "http/address_guard.h"
#include "http/message.h"
#include "http/url.h"

namespace parley::http {

struct ClientRequest {
  Method method = Method::kGet;
  std::string url;
  Headers headers;
  std::string body;
  base::Duration timeout = std::chrono::seconds(15);  // for the whole exchange
  std::size_t max_response = 64 * 1024;               // bytes of body kept; more is cut off

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
  // Called once, before any data; an error ends the request with it.
  virtual base::Result<void> Start(const ClientResponse& head) = 0;
  virtual base::Result<void> Write(std::string_view data) = 0;
};

// Thread: an instance belongs to its scheduler's thread.
class Client {
 public:
  virtual ~Client() = default;
  // Errors: kInvalidFields (URL), kAddressRefused, kTimeout, kUnavailable (no connection, broken
  // answer, TLS failure; the text says which).
  virtual base::Task<base::Result<ClientResponse>> Send(ClientRequest request) = 0;
  // The body goes to `sink`, which outlives the call; ClientResponse::body stays empty.
  virtual base::Task<base::Result<ClientResponse>> Fetch(ClientRequest request, BodySink& sink) = 0;
  // Resolves and checks the URL's host without connecting: what a subscription is checked with.
  virtual base::Task<base::Result<void>> Check(std::string url) = 0;
};

struct ClientOptions {
  std::size_t max_connections = 512;   // in all; further requests wait for one
  std::size_t max_per_host = 64;       // to one host and port
  std::size_t max_idle_per_host = 64;  // kept alive
  base::Duration idle_timeout = std::chrono::seconds(60);
  std::vector<std::string> ca_files;  // trusted beside the system's
  std::string user_agent = "Parley";
};

std::unique_ptr<Client> MakeClient(base::Scheduler& scheduler, Resolver& resolver,
                                   const AddressGuard& guard, ClientOptions options);

}  // namespace parley::http
