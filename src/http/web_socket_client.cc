#include "http/web_socket_client.h"

#include <fmt/format.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/websocket.hpp>
#include <list>
#include <utility>

#include "http/client_connection.h"
#include "http/grammar.h"
#include "http/url.h"

namespace parley::http {

// How Beast ends TLS after a closing handshake; the socket is closed right after it.
template <class Handler>
void async_teardown(boost::beast::role_type, TlsStream& stream, Handler&& handler) {
  stream.SayEnd();
  boost::asio::post(stream.get_executor(),
                    boost::beast::bind_front_handler(std::forward<Handler>(handler),
                                                     boost::system::error_code()));
}

namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

// Grows only while something is written that does not fit, and stays: every connection has one.
constexpr std::size_t kWriteBuffer = 2048;
// For the other side's part of a closing handshake.
constexpr std::chrono::seconds kClosing(10);

constexpr std::string_view kHandshakesOwn[] = {
    "Host",
    "Connection",
    "Upgrade",
    "Sec-WebSocket-Key",
    "Sec-WebSocket-Version",
    "Sec-WebSocket-Extensions",
    "Content-Length",
    "Transfer-Encoding",
};

base::Result<Url> ParseWebSocketUrl(std::string_view text) {
  const bool tls = EqualIgnoringCase(text.substr(0, 6), "wss://");
  const bool plain = EqualIgnoringCase(text.substr(0, 5), "ws://");
  if (!tls && !plain) return base::FieldError("url", "The URL must start with ws:// or wss://");
  const std::string_view rest = text.substr(text.find("://"));
  return ParseUrl((tls ? "https" : "http") + std::string(rest));
}

base::Result<void> CheckHandshakeHeaders(const Headers& headers) {
  for (const auto& [name, value] : headers.fields()) {
    if (!IsToken(name) || !IsFieldValue(value))
      return base::FieldError("headers",
                              "A header name or value has characters that are not allowed");
    for (const std::string_view own : kHandshakesOwn)
      if (EqualIgnoringCase(name, own))
        return base::FieldError("headers", "The header " + name + " cannot be set");
  }
  return {};
}

base::Error Ended(const error_code& error) {
  return base::Error(base::ErrorCode::kUnavailable, "The WebSocket ended", error.message());
}

// An open connection. Shared with what waits in it, so that it may be dropped at any time.
struct Opened {
  using Plain = ClientConnection::Socket;

  explicit Opened(base::Scheduler& scheduler)
      : scheduler(scheduler), connection(scheduler.executor()) {}

  void Close() {
    closed = true;
    connection.Close();
  }

  base::Scheduler& scheduler;
  ClientConnection connection;
  // Exactly one of them, once the upgrade is under way.
  std::optional<websocket::stream<Plain&, false>> plain;
  std::optional<websocket::stream<TlsStream&, false>> tls;
  bool closed = false;
  bool writing = false;  // somebody has the turn to write
  std::list<base::Resume> turns;
};

template <class Stream>
base::Task<base::Result<std::string>> ReadFrom(std::shared_ptr<Opened> opened,
                                               Stream& stream /* of `opened` */) {
  std::string message;
  auto buffer = asio::dynamic_buffer(message);
  error_code error;
  if (opened->closed) co_return Ended(asio::error::operation_aborted);
  co_await stream.async_read(buffer, asio::redirect_error(base::kUseTask, error));
  if (!error && !stream.got_text()) co_return message;
  opened->Close();
  if (!error) co_return base::Error(base::ErrorCode::kMalformedBody, "The message is text");
  if (error == websocket::error::message_too_big || error == websocket::error::buffer_overflow)
    co_return base::Error(base::ErrorCode::kBodyTooLarge, "The message is too large");
  co_return Ended(error);
}

template <class Stream>
base::Task<base::Result<void>> WriteTo(std::shared_ptr<Opened> opened,
                                       Stream& stream /* of `opened` */, std::string message) {
  if (opened->closed) co_return Ended(asio::error::operation_aborted);
  if (opened->writing) {
    auto wait = [&opened](base::Resume resume) { opened->turns.push_back(std::move(resume)); };
    co_await base::Suspend(wait);  // whoever is done hands the turn on
  }
  opened->writing = true;
  error_code error = asio::error::operation_aborted;
  if (!opened->closed)
    co_await stream.async_write(asio::buffer(message), asio::redirect_error(base::kUseTask, error));
  if (error) opened->Close();
  opened->writing = !opened->turns.empty();
  if (opened->writing) {
    opened->scheduler.Post(std::move(opened->turns.front()));
    opened->turns.pop_front();
  }
  if (error) co_return Ended(error);
  co_return base::Result<void>();
}

class ClientWebSocket final : public WebSocket {
 public:
  explicit ClientWebSocket(std::shared_ptr<Opened> opened) : opened_(std::move(opened)) {}
  ~ClientWebSocket() override { opened_->Close(); }

  base::Task<base::Result<std::string>> Read() override {
    if (opened_->tls) return ReadFrom(opened_, *opened_->tls);
    return ReadFrom(opened_, *opened_->plain);
  }
  base::Task<base::Result<void>> Write(std::string message) override {
    if (opened_->tls) return WriteTo(opened_, *opened_->tls, std::move(message));
    return WriteTo(opened_, *opened_->plain, std::move(message));
  }
  void BoundMessages(std::size_t bytes) override {
    if (opened_->tls) opened_->tls->read_message_max(bytes);
    if (opened_->plain) opened_->plain->read_message_max(bytes);
  }
  void Close() override { opened_->Close(); }

 private:
  const std::shared_ptr<Opened> opened_;
};

// What the openings of one client share.
struct Shared {
  base::Scheduler& scheduler;
  Resolver& resolver;
  const AddressGuard guard;
  const WebSocketClientOptions options;
};

// One WebSocket on its way. Its owner may lose patience before it is through.
struct Opening {
  Opening(Shared& shared, Url url, WebSocketRequest request)
      : shared(shared),
        url(std::move(url)),
        request(std::move(request)),
        opened(std::make_shared<Opened>(shared.scheduler)),
        done(shared.scheduler) {}

  Shared& shared;
  const Url url;
  const WebSocketRequest request;
  const std::shared_ptr<Opened> opened;
  base::Result<void> result;
  base::Signal done;
};

base::Task<base::Result<void>> ConnectTo(std::shared_ptr<Opening> opening, std::string host,
                                         std::uint16_t port, bool guarded) {
  Shared& shared = opening->shared;
  base::Result<std::vector<std::string>> addresses;
  if (guarded)
    addresses = co_await ResolveAllowed(shared.resolver, shared.guard, host);
  else
    addresses = co_await shared.resolver.Resolve(host);
  if (!addresses) co_return addresses.error();
  error_code error = asio::error::host_not_found;
  for (const std::string& address : *addresses) {
    if (opening->opened->closed) break;
    error_code malformed;
    const auto parsed = asio::ip::make_address(address, malformed);
    if (malformed) continue;
    const ClientConnection::Endpoint endpoint(parsed, port);
    error = co_await opening->opened->connection.Connect(endpoint);
    if (!error) co_return base::Result<void>();
    if (!opening->opened->closed) opening->opened->connection.Close();
  }
  co_return base::Error(base::ErrorCode::kUnavailable, "No connection to " + host, error.message());
}

template <class Stream>
base::Task<base::Result<void>> Upgrade(std::shared_ptr<Opening> opening,
                                       Stream& stream /* of `opening` */) {
  stream.binary(true);
  stream.auto_fragment(false);
  stream.write_buffer_bytes(kWriteBuffer);
  stream.read_message_max(opening->request.max_message);
  websocket::stream_base::timeout limits{kClosing, websocket::stream_base::none(), false};
  stream.set_option(limits);
  auto decorate = [opening](websocket::request_type& head) {
    head.set(boost::beast::http::field::user_agent, opening->shared.options.user_agent);
    for (const auto& [name, value] : opening->request.headers.fields()) head.set(name, value);
  };
  stream.set_option(websocket::stream_base::decorator(decorate));
  websocket::response_type response;
  error_code error;
  co_await stream.async_handshake(response, opening->url.authority, opening->url.target,
                                  asio::redirect_error(base::kUseTask, error));
  // It holds the opening, which holds the stream.
  stream.set_option(websocket::stream_base::decorator([](websocket::request_type&) {}));
  if (!error) co_return base::Result<void>();
  if (error == websocket::error::upgrade_declined)
    co_return base::Error(base::ErrorCode::kUnavailable,
                          fmt::format("{} answered {} instead of opening a WebSocket",
                                      opening->url.authority, response.result_int()));
  co_return base::Error(base::ErrorCode::kUnavailable,
                        "The WebSocket to " + opening->url.authority + " could not be opened",
                        error.message());
}

base::Task<base::Result<void>> OpenNow(std::shared_ptr<Opening> opening) {
  const Url& url = opening->url;
  Opened& opened = *opening->opened;
  const std::optional<Proxy>& proxy = opening->request.proxy;
  if (proxy) {
    PARLEY_CO_CHECK(co_await ConnectTo(opening, proxy->host, proxy->port, true));
    Proxy by = *proxy;
    std::string host = url.host;
    PARLEY_CO_CHECK(
        co_await OpenTunnel(opened.connection, std::move(by), std::move(host), url.port));
  } else {
    std::string host = url.host;
    const bool guarded = opening->request.guarded;
    PARLEY_CO_CHECK(co_await ConnectTo(opening, std::move(host), url.port, guarded));
  }
  if (url.tls) {
    std::string host = url.host;
    TlsContext tls = opening->shared.options.tls;
    PARLEY_CO_CHECK(co_await opened.connection.StartTls(std::move(tls), std::move(host)));
    opened.tls.emplace(*opened.connection.tls());
    co_return co_await Upgrade(opening, *opened.tls);
  }
  opened.plain.emplace(opened.connection.socket());
  co_return co_await Upgrade(opening, *opened.plain);
}

base::Task<> Drive(std::shared_ptr<Opening> opening) {
  opening->result = co_await OpenNow(opening);
  if (!opening->result) opening->opened->Close();
  opening->done.Notify();
}

class PlainOrTlsClient final : public WebSocketClient {
 public:
  PlainOrTlsClient(base::Scheduler& scheduler, Resolver& resolver, const AddressGuard& guard,
                   WebSocketClientOptions options)
      : shared_{scheduler, resolver, guard, std::move(options)} {}

  base::Task<base::Result<std::unique_ptr<WebSocket>>> Open(WebSocketRequest request) override {
    PARLEY_CO_TRY(url, ParseWebSocketUrl(request.url));
    PARLEY_CO_CHECK(CheckHandshakeHeaders(request.headers));
    const base::Duration timeout = request.timeout;
    auto opening = std::make_shared<Opening>(shared_, std::move(url), std::move(request));
    shared_.scheduler.Spawn("open a web socket", Drive(opening));
    if (!co_await opening->done.WaitFor(timeout)) {
      opening->opened->Close();
      co_return base::Error(base::ErrorCode::kTimeout,
                            "No answer from " + opening->url.authority + " in time");
    }
    if (!opening->result) co_return opening->result.error();
    co_return std::make_unique<ClientWebSocket>(opening->opened);
  }

 private:
  Shared shared_;
};

}  // namespace

base::Result<std::unique_ptr<WebSocketClient>> MakeWebSocketClient(base::Scheduler& scheduler,
                                                                   Resolver& resolver,
                                                                   const AddressGuard& guard,
                                                                   WebSocketClientOptions options) {
  if (options.tls == nullptr) {
    PARLEY_TRY(tls, MakeTlsContext({}));
    options.tls = std::move(tls);
  }
  return std::unique_ptr<WebSocketClient>(
      std::make_unique<PlainOrTlsClient>(scheduler, resolver, guard, std::move(options)));
}

}  // namespace parley::http
