#include "http/connection.h"

#include <array>
#include <boost/asio/redirect_error.hpp>

#include "http/response_writer.h"
#include "http/web_socket_server.h"

namespace parley::http {
namespace {

using boost::asio::error::would_block;

// A client that still sends its body when it is refused gets this long to find the answer, and may
// send this much meanwhile.
constexpr base::Duration kLingerTime = std::chrono::seconds(10);
constexpr std::size_t kLingerBytes = 64u << 20;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

bool Failed(const boost::system::error_code& error) { return error && error != would_block; }

}  // namespace

Connection::Connection(std::shared_ptr<ServerState> server, Socket socket,
                       std::string remote_address)
    : server_(std::move(server)),
      socket_(std::move(socket)),
      remote_address_(std::move(remote_address)) {
  server_->connections.push_back(*this);
}

base::Task<> Connection::Serve(std::shared_ptr<Connection> self) {
  Next next = Next::kKeepAlive;
  while (next == Next::kKeepAlive) {
    if (self->unparsed_.empty()) {
      // Nothing is held here but the coroutine: most connections of a gateway wait.
      self->SetDeadline(self->server_->options.idle_timeout);
      self->idle_ = true;
      boost::system::error_code error;
      co_await self->socket_.async_wait(Socket::wait_read,
                                        boost::asio::redirect_error(base::kUseTask, error));
      self->idle_ = false;
      if (error || !self->socket_.is_open()) break;
    }
    next = co_await self->ServeRequest();
  }
  if (next == Next::kLinger) co_await self->Linger();
  self->server_->counters.connections.fetch_sub(1, std::memory_order_relaxed);
  self->End();
}

base::Task<> Connection::Refuse(std::shared_ptr<Connection> self) {
  Response response = Response::Text(503, "Too many connections\n");
  response.headers.Set("Retry-After", "1");
  const AnswerForm form;
  if (co_await WriteResponse(*self, std::move(response), form)) co_await self->Linger();
  --self->server_->refusing;
  self->End();
}

void Connection::Close() {
  boost::system::error_code ignored;  // the descriptor is gone in any case
  socket_.close(ignored);
  EndStream();
}

void Connection::Finish() {
  EndStream();
  // A request may have come already. It is answered: a client that sees the connection end cannot
  // know whether it was.
  boost::system::error_code error;
  if (idle_ && (socket_.available(error) == 0 || error)) Close();
}

void Connection::CloseIfPast(base::Microseconds now) {
  if (deadline_ > now || !socket_.is_open()) return;
  if (!idle_) server_->counters.timeouts.fetch_add(1, std::memory_order_relaxed);
  Close();
}

std::size_t Connection::WriteSome(std::string_view first, std::string_view second, bool& failed) {
  const std::array<boost::asio::const_buffer, 2> pieces = {
      boost::asio::const_buffer(first.data(), first.size()),
      boost::asio::const_buffer(second.data(), second.size())};
  boost::system::error_code error;
  const std::size_t written = socket_.write_some(pieces, error);
  failed = Failed(error);
  return error ? 0 : written;
}

base::Task<bool> Connection::Write(std::string_view first, std::string_view second) {
  for (;;) {
    bool failed = false;
    const std::size_t written = WriteSome(first, second, failed);
    if (failed) co_return false;
    const std::size_t of_first = std::min(written, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(written - of_first);
    if (first.empty() && second.empty()) co_return true;
    SetDeadline(server_->options.write_timeout);
    boost::system::error_code error;
    co_await socket_.async_wait(Socket::wait_write,
                                boost::asio::redirect_error(base::kUseTask, error));
    ClearDeadline();
    if (error || !socket_.is_open()) co_return false;
  }
}

void Connection::StartStream() {
  ClearDeadline();
  stream_ended_ = server_->stopping || !socket_.is_open();
  server_->scheduler.Spawn("watch a streaming client", WatchClient(shared_from_this()));
}

void Connection::EndStream() {
  stream_ended_ = true;
  if (stream_wake_) std::exchange(stream_wake_, nullptr)();
}

base::Task<Connection::Next> Connection::ServeRequest() {
  RequestParser parser(server_->options.max_header);
  BodyClaim claim(server_->body_memory);
  std::optional<Progress> progress = co_await ReadHead(parser);
  if (progress == Progress::kHead && !parser.is_done()) progress = co_await ReadBody(parser, claim);
  if (!progress) co_return Next::kClose;
  if (*progress != Progress::kFault) co_return co_await Answer(parser, claim);

  server_->counters.malformed.fetch_add(1, std::memory_order_relaxed);
  Response response = Response::Text(parser.fault_status(), parser.fault_text());
  const AnswerForm form;
  const bool written = co_await WriteResponse(*this, std::move(response), form);
  co_return written ? Next::kLinger : Next::kClose;
}

base::Task<std::optional<Connection::Progress>> Connection::ReadHead(RequestParser& parser) {
  SetDeadline(server_->options.header_timeout);
  for (;;) {
    const auto progress = Advance(parser);
    if (progress != Progress::kNeedsMore) co_return progress;
    if (!co_await Readable()) co_return std::nullopt;
  }
}

base::Task<std::optional<Connection::Progress>> Connection::ReadBody(RequestParser& parser,
                                                                     BodyClaim& claim) {
  const Progress allowed = parser.AllowBody(server_->service.BodyLimit(parser.request()), claim);
  if (allowed == Progress::kRefused) co_return allowed;
  if (parser.expects_continue() && unparsed_.empty() && !co_await Write(kContinue, ""))
    co_return std::nullopt;
  for (;;) {
    const auto progress = Advance(parser);
    if (progress != Progress::kNeedsMore) co_return progress;
    SetDeadline(server_->options.body_timeout);
    if (!co_await Readable()) co_return std::nullopt;
  }
}

base::Task<Connection::Next> Connection::Answer(RequestParser& parser, BodyClaim& claim) {
  ClearDeadline();
  server_->counters.requests.fetch_add(1, std::memory_order_relaxed);
  Request request = std::move(parser.request());
  request.remote_address = remote_address_;
  const bool whole = request.body_state == BodyState::kRead;
  AnswerForm form;
  form.head_only = request.method == Method::kHead;
  form.http11 = parser.is_http11();
  WebSocketService* const web_sockets = server_->options.web_sockets;
  if (whole && web_sockets != nullptr && web_sockets->Serves(request.path())) {
    claim.Release();
    UpgradeAnswer upgrade = AnswerUpgrade(request);
    if (!upgrade.refusal) {
      co_await ServeWebSocket(std::move(upgrade.head));
      co_return Next::kClose;
    }
    const bool refused = co_await WriteResponse(*this, std::move(*upgrade.refusal), form);
    co_return refused ? Next::kLinger : Next::kClose;
  }
  Response response = co_await server_->service.Handle(std::move(request));
  claim.Release();
  form.keep_alive = whole && parser.keep_alive() && !server_->stopping &&
                    !std::holds_alternative<StreamBody>(response.body);
  if (!co_await WriteResponse(*this, std::move(response), form)) co_return Next::kClose;
  if (form.keep_alive) co_return Next::kKeepAlive;
  co_return whole&& unparsed_.empty() ? Next::kClose : Next::kLinger;
}

base::Task<> Connection::ServeWebSocket(std::string head) {
  if (server_->stopping || !co_await Write(head, "")) co_return;
  WebSocketService& service = *server_->options.web_sockets;
  auto socket = MakeServerWebSocket(shared_from_this(), service.max_message(),
                                    std::exchange(unparsed_, std::string()).substr(parsed_));
  parsed_ = 0;
  co_await service.Serve(std::move(socket));
}

base::Task<> Connection::Linger() {
  boost::system::error_code ignored;  // a socket that cannot be shut down ends at the first read
  socket_.shutdown(Socket::shutdown_send, ignored);
  SetDeadline(kLingerTime);
  std::size_t discarded = 0;
  while (discarded < kLingerBytes && co_await Readable()) {
    const auto data = ReadSome();
    if (!data) break;
    discarded += data->size();
  }
}

base::Task<> Connection::WatchClient(std::shared_ptr<Connection> self) {
  // Whatever a client sends now is no request: the connection ends with the stream.
  std::size_t sent = 0;
  while (sent < ServerState::kReadBuffer && co_await self->Readable()) {
    const auto data = self->ReadSome();
    if (!data) break;
    sent += data->size();
  }
  self->Close();
}

void Connection::End() {
  Close();
  unlink();
  server_->connection_ended.Notify();
}

base::Task<bool> Connection::Readable() {
  boost::system::error_code error;
  co_await socket_.async_wait(Socket::wait_read,
                              boost::asio::redirect_error(base::kUseTask, error));
  co_return !error && socket_.is_open();
}

std::optional<std::string_view> Connection::ReadSome() {
  boost::system::error_code error;
  const std::size_t size = socket_.read_some(
      boost::asio::buffer(server_->read_buffer.get(), ServerState::kReadBuffer), error);
  if (Failed(error)) return std::nullopt;
  return std::string_view(server_->read_buffer.get(), error ? 0 : size);
}

std::optional<Connection::Progress> Connection::Advance(RequestParser& parser) {
  if (!unparsed_.empty()) {
    const Progress progress = ParseUnparsed(parser);
    if (progress != Progress::kNeedsMore) return progress;
  }
  auto data = ReadSome();
  if (!data) return std::nullopt;
  if (data->empty()) return Progress::kNeedsMore;
  if (!unparsed_.empty()) {
    unparsed_.erase(0, std::exchange(parsed_, 0)).append(*data);
    return ParseUnparsed(parser);
  }
  const Progress progress = parser.Parse(*data);
  unparsed_ = *data;
  return progress;
}

Connection::Progress Connection::ParseUnparsed(RequestParser& parser) {
  std::string_view data = std::string_view(unparsed_).substr(parsed_);
  const Progress progress = parser.Parse(data);
  parsed_ = unparsed_.size() - data.size();
  if (!data.empty()) return progress;
  unparsed_ = std::string();  // not clear(), which keeps the memory
  parsed_ = 0;
  return progress;
}

}  // namespace parley::http
