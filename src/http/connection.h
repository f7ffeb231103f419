// One connection of the server, and what the connections of one server share.
//
// Each connection is a coroutine. Its deadline is only a number; one sweep over all connections
// closes those that are past theirs, which is far cheaper than a timer for each read.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/intrusive/list.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/scheduler.h"
#include "http/request_parser.h"
#include "http/server.h"

namespace parley::http {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, base::Executor>;
using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, base::Executor>;

class Connection;

// Thread: the scheduler's. The connections keep it alive, so that it outlives the server.
struct ServerState : std::enable_shared_from_this<ServerState> {
  using Hook =
      boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;
  using List = boost::intrusive::list<Connection, boost::intrusive::base_hook<Hook>,
                                      boost::intrusive::constant_time_size<false>>;

  static constexpr std::size_t kReadBuffer = 64 * 1024;

  ServerState(base::Scheduler& scheduler, Service& service, ServerOptions options);

  // Serves a socket that was accepted, or refuses it.
  void Start(Socket socket);
  // Calls `visit` for all connections; a visit may end the connection it was given.
  template <class Visit>
  void ForEach(Visit visit);

  base::Scheduler& scheduler;
  Service& service;
  const ServerOptions options;
  ServerCounters counters;
  Acceptor acceptor;
  List connections;
  base::Signal connection_ended;
  BodyMemory body_memory;
  int refusing = 0;  // connections over max_connections that are being told so
  bool stopping = false;
  // Used between two suspensions only, so that one serves all connections.
  std::unique_ptr<char[]> read_buffer;
  std::string write_buffer;

 private:
  void Sweep();
  void SweepLater();

  bool sweeping_ = false;
};

class Connection : public ServerState::Hook, public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<ServerState> server, Socket socket, std::string remote_address);

  // Serves until the connection ends. `self` keeps it.
  static base::Task<> Serve(std::shared_ptr<Connection> self);
  // Says 503 instead, without waiting for a request.
  static base::Task<> Refuse(std::shared_ptr<Connection> self);

  // Cuts the connection; what waits for it continues with an error.
  void Close();
  // The server stops: ends streams and, between two requests, the connection.
  void Finish();
  void CloseIfPast(base::Microseconds now);

  // ---- What the response writer uses.

  ServerState& server() { return *server_; }
  // Writes what the socket takes at once of the two pieces; the number of bytes. `failed` is set
  // when the connection has ended.
  std::size_t WriteSome(std::string_view first, std::string_view second, bool& failed);
  // Writes all of them; false when the connection ended first. The text outlives the call.
  base::Task<bool> Write(std::string_view first, std::string_view second);

  // A response is being streamed: calls EndStream when the client goes away.
  void StartStream();
  // The client is gone or the server is stopping. `wake` is called once when that happens.
  bool stream_ended() const { return stream_ended_; }
  void OnStreamEnd(std::function<void()> wake) { stream_wake_ = std::move(wake); }
  void EndStream();

  // ---- What a WebSocket uses, too.

  // Waits until there is something to read; false when the connection ended first.
  base::Task<bool> Readable();
  // What can be read now, in the server's buffer; nullopt when the connection has ended.
  std::optional<std::string_view> ReadSome();
  // When nothing else sets a deadline meanwhile, the connection is closed after `limit`.
  void SetDeadline(base::Duration limit) { deadline_ = server_->scheduler.Monotonic() + limit; }

 private:
  enum class Next : std::uint8_t { kKeepAlive, kClose, kLinger };
  using Progress = RequestParser::Progress;

  base::Task<Next> ServeRequest();
  // nullopt when the connection ended first.
  base::Task<std::optional<Progress>> ReadHead(RequestParser& parser);
  base::Task<std::optional<Progress>> ReadBody(RequestParser& parser, BodyClaim& claim);
  base::Task<Next> Answer(RequestParser& parser, BodyClaim& claim);
  // Switches protocols and serves until the WebSocket ends.
  base::Task<> ServeWebSocket(std::string head);
  // Reads on for a while without looking, so that the client finds the answer and not a reset.
  base::Task<> Linger();
  static base::Task<> WatchClient(std::shared_ptr<Connection> self);
  // The coroutine is over.
  void End();

  // Parses what was read before, or else what can be read now; nullopt as above.
  std::optional<Progress> Advance(RequestParser& parser);
  Progress ParseUnparsed(RequestParser& parser);
  void ClearDeadline() { deadline_ = base::Microseconds::max(); }

  std::shared_ptr<ServerState> server_;
  Socket socket_;
  std::string remote_address_;
  std::string unparsed_;  // read and not parsed yet, from parsed_ on
  std::size_t parsed_ = 0;
  base::Microseconds deadline_ = base::Microseconds::max();
  bool idle_ = false;
  bool stream_ended_ = false;
  std::function<void()> stream_wake_;
};

template <class Visit>
void ServerState::ForEach(Visit visit) {
  for (auto next = connections.begin(); next != connections.end();) visit(*next++);
}

}  // namespace parley::http
