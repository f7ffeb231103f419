#include "http/server.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/redirect_error.hpp>

#include "base/log.h"
#include "http/connection.h"

namespace parley::http {
namespace {

using boost::asio::ip::address;
using boost::system::error_code;

constexpr base::Duration kDeadlineSweep = std::chrono::seconds(1);
constexpr base::Duration kAcceptPause = std::chrono::milliseconds(200);
constexpr base::Microseconds kComplaintInterval = std::chrono::minutes(1);
// Of the connections over the limit, so many are told; the others are only closed.
constexpr int kMaxRefusing = 64;

// An IPv4 client of an IPv6 listener has an IPv4 address.
std::string AddressText(const address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6())
        .to_string();
  return address.to_string();
}

// Goes on after every failure: what a client does cannot end it, and what the machine lacks (file
// descriptors, memory) may come back.
base::Task<> Accept(std::shared_ptr<ServerState> server) {
  base::Microseconds next_complaint{0};
  while (server->acceptor.is_open()) {
    Socket socket(server->scheduler.executor());
    error_code error;
    co_await server->acceptor.async_accept(socket,
                                           boost::asio::redirect_error(base::kUseTask, error));
    if (!server->acceptor.is_open()) break;
    if (!error) {
      server->Start(std::move(socket));
      continue;
    }
    server->counters.accept_errors.fetch_add(1, std::memory_order_relaxed);
    const base::Microseconds now = server->scheduler.Monotonic();
    if (now >= next_complaint) {
      next_complaint = now + kComplaintInterval;
      const std::string reason = error.message();
      base::LogError("Connections cannot be accepted", {{"reason", reason}});
    }
    co_await server->scheduler.Sleep(kAcceptPause);
  }
}

void Open(Acceptor& acceptor, const ServerOptions& options, error_code& error) {
  const address address = boost::asio::ip::make_address(options.address, error);
  if (error) return;
  const boost::asio::ip::tcp::endpoint endpoint(address, options.port);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(Acceptor::reuse_address(true), error);
  if (!error && address.is_v6()) acceptor.set_option(boost::asio::ip::v6_only(false), error);
  const int yes = 1;
  if (!error && options.reuse_port &&
      setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &yes, sizeof(yes)) != 0)
    error.assign(errno, boost::system::system_category());
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(Acceptor::max_listen_connections, error);
}

std::uint16_t PortOf(const Acceptor& acceptor) {
  error_code ignored;  // cannot fail for a listening socket
  return acceptor.local_endpoint(ignored).port();
}

void StopAccepting(ServerState& state) {
  state.stopping = true;
  error_code ignored;  // the descriptor is gone in any case
  state.acceptor.close(ignored);
}

void Cut(ServerState& state) {
  state.ForEach([](Connection& connection) { connection.Close(); });
}

class BeastServer final : public Server {
 public:
  explicit BeastServer(std::shared_ptr<ServerState> state)
      : state_(std::move(state)), port_(PortOf(state_->acceptor)) {
    state_->scheduler.Spawn("accept connections", Accept(state_));
  }
  ~BeastServer() override {
    StopAccepting(*state_);
    Cut(*state_);
  }

  std::uint16_t port() const override { return port_; }
  const ServerCounters& counters() const override { return state_->counters; }

  base::Task<> Stop(base::Duration limit) override {
    const std::shared_ptr<ServerState> state = state_;
    StopAccepting(*state);
    state->ForEach([](Connection& connection) { connection.Finish(); });
    const base::Microseconds end = state->scheduler.Monotonic() + limit;
    while (!state->connections.empty()) {
      const auto left = std::chrono::ceil<base::Duration>(end - state->scheduler.Monotonic());
      if (left.count() <= 0 || !co_await state->connection_ended.WaitFor(left)) break;
    }
    Cut(*state);
  }

 private:
  const std::shared_ptr<ServerState> state_;
  const std::uint16_t port_;
};

}  // namespace

ServerState::ServerState(base::Scheduler& scheduler, Service& service, ServerOptions options)
    : scheduler(scheduler),
      service(service),
      options(std::move(options)),
      acceptor(scheduler.executor()),
      connection_ended(scheduler),
      read_buffer(std::make_unique<char[]>(kReadBuffer)) {
  body_memory.limit = this->options.max_body_memory;
}

void ServerState::Start(Socket socket) {
  error_code error;
  const auto remote = socket.remote_endpoint(error);
  if (!error) socket.non_blocking(true, error);
  if (!error) socket.set_option(boost::asio::ip::tcp::no_delay(true), error);
  if (error) return;  // the client is gone already
  const bool full = counters.connections.load(std::memory_order_relaxed) >=
                    static_cast<std::int64_t>(options.max_connections);
  if (full) counters.refused.fetch_add(1, std::memory_order_relaxed);
  if (full && refusing == kMaxRefusing) return;
  auto connection = std::make_shared<Connection>(shared_from_this(), std::move(socket),
                                                 AddressText(remote.address()));
  if (full) {
    ++refusing;
    scheduler.Spawn("refusal", Connection::Refuse(std::move(connection)));
  } else {
    counters.accepted.fetch_add(1, std::memory_order_relaxed);
    counters.connections.fetch_add(1, std::memory_order_relaxed);
    scheduler.Spawn("connection", Connection::Serve(std::move(connection)));
  }
  SweepLater();
}

void ServerState::SweepLater() {
  if (std::exchange(sweeping_, true)) return;
  // Short limits, which only tests have, are looked at more often.
  const base::Duration shortest = std::min(
      {options.header_timeout, options.body_timeout, options.idle_timeout, options.write_timeout});
  auto sweep = [weak = weak_from_this()] {
    if (const auto state = weak.lock()) state->Sweep();
  };
  scheduler.After(std::min(kDeadlineSweep, shortest / 2), std::move(sweep));
}

void ServerState::Sweep() {
  sweeping_ = false;
  const base::Microseconds now = scheduler.Monotonic();
  ForEach([now](Connection& connection) { connection.CloseIfPast(now); });
  if (!connections.empty()) SweepLater();
}

base::Result<std::unique_ptr<Server>> Listen(base::Scheduler& scheduler, Service& service,
                                             ServerOptions options) {
  auto state = std::make_shared<ServerState>(scheduler, service, std::move(options));
  error_code error;
  Open(state->acceptor, state->options, error);
  if (error)
    return base::Error(base::ErrorCode::kUnavailable,
                       fmt::format("Cannot listen on {} port {}: {}", state->options.address,
                                   state->options.port, error.message()));
  return std::unique_ptr<Server>(std::make_unique<BeastServer>(std::move(state)));
}

}  // namespace parley::http
