// One request and its answer: takes a connection of the pool or opens one, sends, reads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "http/address_guard.h"
#include "http/client.h"
#include "http/connection_pool.h"
#include "http/response_parser.h"
#include "http/url.h"

namespace parley::http {

// What the requests of one client share. They keep it, so that it outlives the client; once
// `closed` is set they use nothing that the client was given. Thread: the client's.
struct ClientState {
  ClientState(base::Scheduler& scheduler, Resolver& resolver, const AddressGuard& guard,
              ClientOptions options);

  base::Scheduler& scheduler;
  Resolver& resolver;
  const AddressGuard guard;
  const ClientOptions options;
  const std::shared_ptr<ConnectionPool> pool;
  AutoList<Call, InFlight> calls;
  bool closed = false;
  // Used between two suspensions only, so that one serves all requests.
  std::vector<char> read_buffer;
};

// The addresses at which `host` may be reached, or why the call ended first.
base::Task<base::Result<std::vector<std::string>>> ResolveFor(std::shared_ptr<Call> call,
                                                              std::shared_ptr<ClientState> client,
                                                              std::string host);

class Exchange {
 public:
  // `head` is the request as it goes out, up to its body. What is given as a reference outlives the
  // exchange.
  Exchange(std::shared_ptr<ClientState> client, std::shared_ptr<Call> call, const Url& url,
           const ClientRequest& request, std::string head, BodySink* sink);

  base::Task<base::Result<ClientResponse>> Run();

 private:
  using Progress = ResponseParser::Progress;

  // Sends on the call's connection or a new one, and once more where client.h says so.
  base::Task<base::Result<ClientResponse>> SendOnce();
  base::Task<base::Result<void>> Connect();
  base::Task<base::Result<ClientResponse>> Talk();
  void StartParser();
  // Parses what came, and what was left of what came before.
  Progress Feed(std::string_view data);
  // How long the connection may be kept for another request; 0: not at all.
  base::Duration IdleLimit() const;

  const std::shared_ptr<ClientState> client_;
  const std::shared_ptr<Call> call_;
  const Url& url_;
  const ClientRequest& request_;
  const std::string head_;
  BodySink* const sink_;
  std::optional<ResponseParser> parser_;
  std::string unparsed_;
  int interim_answers_ = 0;
  bool sent_ = false;      // some of the request was handed to the system
  bool answered_ = false;  // some of an answer came
  base::Duration idle_limit_{0};
};

}  // namespace parley::http
