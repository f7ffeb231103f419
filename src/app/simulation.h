// Simulation: the simulated network as a process serves it: its files, its wire, its control API
// and its Graph API (below /graph) on a listener of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/front_door.h"
#include "app/options.h"
#include "base/blocking_pool.h"
#include "base/random.h"
#include "base/result.h"
#include "base/scheduler.h"
#include "http/address_guard.h"
#include "http/client.h"
#include "http/server.h"
#include "sim/control/control.h"
#include "sim/graph/front.h"
#include "sim/network/network.h"
#include "sim/wire/front.h"
#include "wire/crypto/curve.h"

namespace parley::app {

// Thread: the scheduler's.
class Simulation {
 public:
  // Opens the files in `folder` and listens. Errors name the option to change.
  static base::Result<std::unique_ptr<Simulation>> Open(base::Scheduler& scheduler,
                                                        base::Random& random,
                                                        const Options& options,
                                                        const std::string& folder,
                                                        const std::string& listen);

  sim::network::Network& network() { return *network_; }
  sim::wire::Front& wire() { return *wire_; }
  sim::graph::Front& graph() { return *graph_; }
  http::Service& control() { return *control_; }
  std::uint16_t port() const { return server_->port(); }
  std::string url() const;
  // Where native channels of this process find it, and whose certificates they believe.
  std::string wire_url() const;
  // Where channels on the Cloud API find its Graph.
  std::string graph_url() const;
  wire::crypto::PublicKey root_key() const;
  // Before a server that passes requests on to it is stopped: who waits gets an answer.
  void EndWaits() { control_->EndWaits(); }
  base::Task<> Stop() { return server_->Stop(std::chrono::seconds(1)); }

 private:
  Simulation() = default;
  base::Result<void> OpenGraph(base::Scheduler& scheduler, base::Random& random,
                               const Options& options, const std::string& folder);

  std::unique_ptr<sim::network::Log> log_, wire_log_, graph_log_;
  std::unique_ptr<sim::network::MediaShelf> media_;
  std::unique_ptr<sim::network::Network> network_;
  std::unique_ptr<sim::wire::Front> wire_;
  std::unique_ptr<base::BlockingPool> pool_;
  std::unique_ptr<http::Resolver> resolver_;
  std::unique_ptr<http::Client> client_;
  std::unique_ptr<sim::graph::Front> graph_;
  std::unique_ptr<sim::control::Control> control_;
  std::unique_ptr<FrontDoor> door_;
  std::unique_ptr<http::Server> server_;
};

// A failure names the option, so that the operator knows what to change.
base::Result<std::unique_ptr<http::Server>> ListenFor(base::Scheduler& scheduler,
                                                      std::string_view option,
                                                      http::Service& service,
                                                      const http::ServerOptions& server);

// `parley simulate`: the network alone, until SIGTERM. The exit code.
int Simulate(const Options& options);

}  // namespace parley::app
