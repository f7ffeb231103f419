#include "app/simulation.h"

#include <fmt/format.h>

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "app/data_folder.h"
#include "base/log.h"
#include "sim/network/keep.h"

namespace parley::app {
namespace {

sim::network::NetworkOptions NetworkOptionsOf(const Options& options) {
  sim::network::NetworkOptions network;
  network.ack_delay = DurationOf(options.sim_ack_delay);
  network.delivery_delay = DurationOf(options.sim_delivery_delay);
  network.receipt_delay = DurationOf(options.sim_receipt_delay);
  network.jitter = DurationOf(options.sim_jitter);
  return network;
}

// The Graph API posts to whoever is told it, which is this machine as a rule.
constexpr std::string_view kLoopbackNetworks[] = {"127.0.0.0/8", "::1"};

http::AddressGuard GuardOf(const Options& options) {
  std::vector<http::Network> networks;
  for (const std::string_view text : kLoopbackNetworks)
    networks.push_back(*http::Network::Parse(text));
  for (const std::string& text : options.allow_networks)
    if (auto network = http::Network::Parse(text)) networks.push_back(*network);
  return http::AddressGuard(std::move(networks));
}

// Everything of a process that simulates and does nothing else.
struct Alone {
  base::RealScheduler scheduler;
  std::unique_ptr<base::Random> random = base::MakeSystemRandom();
  std::unique_ptr<FolderLock> lock;
  std::unique_ptr<Simulation> simulation;
};

base::Result<void> Open(Alone& alone, const Options& options) {
  PARLEY_TRY(lock, LockFolder(options.data));
  alone.lock = std::move(lock);
  PARLEY_TRY(opened, Simulation::Open(alone.scheduler, *alone.random, options,
                                      options.data + "/sim", SimulatedListen(options)));
  alone.simulation = std::move(opened);
  return {};
}

base::Task<> Run(Alone* alone) {
  base::LogInfo("The simulated network is ready", {{"port", alone->simulation->port()}});
  std::printf("http://127.0.0.1:%d\n", static_cast<int>(alone->simulation->port()));
  std::fflush(stdout);
  boost::asio::signal_set signals(alone->scheduler.executor(), SIGTERM, SIGINT);
  static_cast<void>(co_await signals.async_wait(base::kUseTask));
  alone->simulation->EndWaits();
  co_await alone->simulation->Stop();
  alone->scheduler.Stop();
}

}  // namespace

base::Result<std::unique_ptr<http::Server>> ListenFor(base::Scheduler& scheduler,
                                                      std::string_view option,
                                                      http::Service& service,
                                                      const http::ServerOptions& server) {
  auto listening = http::Listen(scheduler, service, server);
  if (listening) return listening;
  return base::Error(base::ErrorCode::kUnavailable,
                     fmt::format("{}. Choose another address with --{}, or stop what uses it",
                                 listening.error().public_text(), option));
}

base::Result<std::unique_ptr<Simulation>> Simulation::Open(base::Scheduler& scheduler,
                                                           base::Random& random,
                                                           const Options& options,
                                                           const std::string& folder,
                                                           const std::string& listen) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  std::unique_ptr<Simulation> simulation(new Simulation());
  Simulation& made = *simulation;
  PARLEY_TRY(log, sim::network::OpenFileLog(folder + "/network.log"));
  made.log_ = std::move(log);
  PARLEY_TRY(shelf, sim::network::OpenMediaFolder(folder + "/media"));
  made.media_ = std::move(shelf);
  PARLEY_TRY(network, sim::network::Network::Open(scheduler, random, *made.log_, *made.media_,
                                                  NetworkOptionsOf(options)));
  made.network_ = std::move(network);
  PARLEY_TRY(wire_log, sim::network::OpenKeepFile(folder + "/wire.keys", sim::wire::kKeepMark));
  made.wire_log_ = std::move(wire_log);
  sim::wire::FrontOptions wire;
  wire.strict = options.sim_strict;
  PARLEY_TRY(front,
             sim::wire::Front::Open(scheduler, random, *made.network_, *made.wire_log_, wire));
  made.wire_ = std::move(front);
  PARLEY_CHECK(made.OpenGraph(scheduler, random, options, folder));
  made.control_ =
      sim::control::MakeControl(scheduler, *made.network_, made.wire_.get(), made.graph_.get());
  made.door_ = std::make_unique<FrontDoor>(
      scheduler, std::vector<FrontDoor::Owner>{{"graph", {"graph"}, made.graph_.get()},
                                               {"simulated network", {}, made.control_.get()}});

  http::ServerOptions server;
  const ListenAddress address = *ParseListen(listen);
  server.address = address.host;
  server.port = address.port;
  server.web_sockets = made.wire_.get();
  PARLEY_TRY(listening, ListenFor(scheduler, "sim-listen", *made.door_, server));
  made.server_ = std::move(listening);
  made.wire_->SetMediaUrl(made.url());
  return simulation;
}

base::Result<void> Simulation::OpenGraph(base::Scheduler& scheduler, base::Random& random,
                                         const Options& options, const std::string& folder) {
  pool_ = base::MakeBlockingPool(1);
  resolver_ = http::MakeSystemResolver(*pool_, scheduler);
  http::ClientOptions client;
  PARLEY_TRY(tls, http::MakeTlsContext(options.ca_files));
  client.tls = tls;
  client.user_agent = "facebookplatform/1.0 (+http://developers.facebook.com)";
  PARLEY_TRY(made, http::MakeClient(scheduler, *resolver_, GuardOf(options), client));
  client_ = std::move(made);
  PARLEY_TRY(log, sim::network::OpenKeepFile(folder + "/graph.nodes", sim::graph::kKeepMark));
  graph_log_ = std::move(log);
  PARLEY_TRY(graph, sim::graph::Front::Open(scheduler, random, *network_, *graph_log_, *client_));
  graph_ = std::move(graph);
  return {};
}

std::string Simulation::url() const { return fmt::format("http://127.0.0.1:{}", port()); }

std::string Simulation::wire_url() const {
  return fmt::format("ws://127.0.0.1:{}/ws/chat", port());
}

std::string Simulation::graph_url() const {
  return fmt::format("http://127.0.0.1:{}/graph", port());
}

wire::crypto::PublicKey Simulation::root_key() const {
  return *wire::crypto::PublicKey::FromBytes(wire_->root_key());
}

int Simulate(const Options& options) {
  base::ConfigureLog(base::LogLevel::kInfo, options.log_format == "json" ? base::LogFormat::kJson
                                                                         : base::LogFormat::kText);
  std::signal(SIGPIPE, SIG_IGN);
  Alone alone;
  if (auto opened = Open(alone, options); !opened) {
    std::fprintf(stderr, "parley: %s\n", std::string(opened.error().public_text()).c_str());
    if (!opened.error().detail.empty())
      std::fprintf(stderr, "parley: %s\n", opened.error().detail.c_str());
    return 1;
  }
  alone.scheduler.Spawn("simulation", Run(&alone));
  alone.scheduler.Run();
  return 0;
}

}  // namespace parley::app
