// Outgoing WebSockets against a server of Beast's, and through proxies that a test plays itself.
#include "http/web_socket_client.h"

#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <functional>
#include <mutex>
#include <thread>

#include "http/test_client.h"
#include "http/test_tls.h"

namespace parley::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using Tcp = asio::ip::tcp;
using Open = base::Result<std::unique_ptr<WebSocket>>;

// What the server does, by the message that it gets; anything else it sends back.
constexpr const char* kSayText = "say text";
constexpr const char* kSayMuch = "say much";  // 100,000 bytes
constexpr const char* kClose = "close";
constexpr const char* kDrop = "drop";

template <class Stream>
void Talk(Stream& stream) {
  error_code error;
  while (true) {
    beast::flat_buffer buffer;
    stream.read(buffer, error);
    if (error) return;
    const std::string message = beast::buffers_to_string(buffer.data());
    stream.binary(message != kSayText);
    if (message == kDrop) return;
    if (message == kClose) {
      stream.close(beast::websocket::close_code::normal, error);
      return;
    }
    const std::string answer = message == kSayMuch ? std::string(100'000, 'x') : message;
    stream.write(asio::buffer(answer), error);
    if (error) return;
  }
}

// One connection after the other, on a thread of its own.
class SocketServer {
 public:
  explicit SocketServer(const Identity* identity = nullptr)
      : tls_(asio::ssl::context::tls_server),
        acceptor_(io_, {asio::ip::make_address("127.0.0.1"), 0}) {
    if (identity != nullptr) {
      has_tls_ = true;
      SSL_CTX_use_certificate(tls_.native_handle(), identity->certificate.get());
      SSL_CTX_use_PrivateKey(tls_.native_handle(), identity->key.get());
    }
    port_ = acceptor_.local_endpoint().port();
    thread_ = std::thread([this] { Serve(); });
  }
  ~SocketServer() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
      // Wakes the thread, wherever it waits.
      shutdown(acceptor_.native_handle(), SHUT_RDWR);
      if (now_ != nullptr) shutdown(now_->native_handle(), SHUT_RDWR);
    }
    thread_.join();
  }

  std::string url(const std::string& host = "localhost") const {
    return (has_tls_ ? "wss://" : "ws://") + host + ":" + std::to_string(port_) + "/chat?a=b";
  }
  std::uint16_t port() const { return port_; }
  // Of the last upgrade; read it after an answer.
  std::string target, origin, agent;
  std::atomic<int> connections{0};

 private:
  void Serve() {
    while (true) {
      Tcp::socket socket(io_);
      error_code error;
      acceptor_.accept(socket, error);
      if (!Note(&socket) || error) return;
      ++connections;
      Serve(socket);
      Note(nullptr);
    }
  }
  void Serve(Tcp::socket& socket) {
    if (!has_tls_) {
      beast::websocket::stream<Tcp::socket&> stream(socket);
      if (Accept(stream)) Talk(stream);
      return;
    }
    error_code error;
    asio::ssl::stream<Tcp::socket&> tls(socket, tls_);
    tls.handshake(asio::ssl::stream_base::server, error);
    if (error) return;
    beast::websocket::stream<asio::ssl::stream<Tcp::socket&>&> stream(tls);
    if (Accept(stream)) Talk(stream);
  }
  // Notes what is being served; false when the server is to end.
  bool Note(Tcp::socket* socket) {
    const std::lock_guard lock(mutex_);
    now_ = socket;
    return !ending_;
  }
  template <class Stream>
  bool Accept(Stream& stream) {
    error_code error;
    beast::flat_buffer buffer;
    beast::http::request<beast::http::string_body> head;
    beast::http::read(stream.next_layer(), buffer, head, error);
    if (error) return false;
    target = head.target();
    origin = head[beast::http::field::origin];
    agent = head[beast::http::field::user_agent];
    EXPECT_EQ(head["Sec-WebSocket-Extensions"], "");
    stream.accept(head, error);
    return !error;
  }

  asio::io_context io_;
  asio::ssl::context tls_;
  bool has_tls_ = false;
  Tcp::acceptor acceptor_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  bool ending_ = false;         // guarded by mutex_
  Tcp::socket* now_ = nullptr;  // being served; guarded by mutex_
  std::thread thread_;
};

class Sockets : public testing::Test {
 protected:
  Sockets() { Make({}); }
  ~Sockets() override {
    thread.Run([&] {
      socket.reset();
      client.reset();
      resolver.reset();
    });
  }
  void Make(WebSocketClientOptions options, std::vector<Network> allowed = {Net("127.0.0.0/8")}) {
    thread.Run([&] {
      client.reset();
      resolver = std::make_unique<TestResolver>();
      resolver->hosts["localhost"] = {"127.0.0.1"};
      resolver->hosts["127.0.0.1"] = {"127.0.0.1"};
      resolver->hosts["proxy.example"] = {"127.0.0.1"};
      client = MakeWebSocketClient(thread.scheduler, *resolver, AddressGuard(std::move(allowed)),
                                   std::move(options))
                   .value();
    });
  }
  // The error's text, or "open".
  std::string TryOpen(WebSocketRequest request) {
    std::string outcome;
    thread.Await([&]() -> base::Task<> {
      Open opened = co_await client->Open(request);
      outcome = opened ? "open" : std::string(opened.error().public_text());
      if (opened) socket = std::move(*opened);
      if (!opened) code = opened.error().code;
    });
    return outcome;
  }
  // What comes back for a message; the name of the error in brackets.
  std::string Exchange(std::string message) {
    std::string answer;
    thread.Await([&]() -> base::Task<> {
      const auto written = co_await socket->Write(message);
      if (!written) {
        answer = "[not written]";
        co_return;
      }
      const auto read = co_await socket->Read();
      answer = read ? *read : "[" + std::string(KindOf(read.error().code).name) + "]";
    });
    return answer;
  }
  static WebSocketRequest Through(const std::string& url, Proxy::Kind kind, std::uint16_t port) {
    WebSocketRequest request(url);
    request.proxy.emplace();
    request.proxy->kind = kind;
    request.proxy->host = "proxy.example";
    request.proxy->port = port;
    return request;
  }

  SchedulerThread thread;
  std::unique_ptr<TestResolver> resolver;
  std::unique_ptr<WebSocketClient> client;
  std::unique_ptr<WebSocket> socket;
  base::ErrorCode code = base::ErrorCode::kInternal;
};

TEST_F(Sockets, ExchangeMessages) {
  SocketServer server;
  WebSocketRequest request(server.url());
  request.headers.Set("Origin", "https://chat.example");
  ASSERT_EQ(TryOpen(request), "open");
  EXPECT_EQ(Exchange("hello"), "hello");
  EXPECT_EQ(Exchange(std::string("\0\xff", 2)), std::string("\0\xff", 2));
  const std::string large(60'000, 'y');
  EXPECT_EQ(Exchange(large), large);
  EXPECT_EQ(server.target, "/chat?a=b");
  EXPECT_EQ(server.origin, "https://chat.example");
  EXPECT_EQ(server.agent, "Parley");
}

TEST_F(Sockets, KeepTheOrderOfWrites) {
  SocketServer server;
  ASSERT_EQ(TryOpen(WebSocketRequest(server.url())), "open");
  std::string order;
  thread.Await([&]() -> base::Task<> {
    for (int i = 0; i < 9; ++i) {
      auto write = [](WebSocket* to, int number) -> base::Task<> {
        const auto written =
            co_await to->Write(std::string(20'000, static_cast<char>('0' + number)));
        EXPECT_TRUE(written);
      };
      thread.scheduler.Spawn("write", write(socket.get(), i));
    }
    for (int i = 0; i < 9; ++i) {
      const auto read = co_await socket->Read();
      order += read ? read->substr(0, 1) : "!";
    }
  });
  EXPECT_EQ(order, "012345678");
}

TEST_F(Sockets, BoundMessages) {
  SocketServer server;
  WebSocketRequest request(server.url());
  request.max_message = 1000;
  ASSERT_EQ(TryOpen(request), "open");
  thread.Run([&] { socket->BoundMessages(200'000); });
  EXPECT_EQ(Exchange(kSayMuch).size(), 100'000u);
  thread.Run([&] { socket->BoundMessages(99'999); });
  EXPECT_EQ(Exchange(kSayMuch), "[body_too_large]");
  EXPECT_EQ(Exchange("hello"), "[not written]");
}

TEST_F(Sockets, TakeNoText) {
  SocketServer server;
  ASSERT_EQ(TryOpen(WebSocketRequest(server.url())), "open");
  EXPECT_EQ(Exchange(kSayText), "[malformed_body]");
}

TEST_F(Sockets, EndWithTheServer) {
  SocketServer server;
  for (const char* how : {kClose, kDrop}) {
    ASSERT_EQ(TryOpen(WebSocketRequest(server.url())), "open");
    EXPECT_EQ(Exchange(how), "[unavailable]") << how;
    EXPECT_EQ(Exchange("hello"), "[not written]");
  }
}

TEST_F(Sockets, EndByOurOwnWish) {
  SocketServer server;
  ASSERT_EQ(TryOpen(WebSocketRequest(server.url())), "open");
  thread.Await([&]() -> base::Task<> {
    thread.scheduler.Post([&] { socket->Close(); });
    const auto read = co_await socket->Read();
    EXPECT_FALSE(read);
  });
  // Dropped while somebody reads.
  ASSERT_EQ(TryOpen(WebSocketRequest(server.url())), "open");
  thread.Await([&]() -> base::Task<> {
    thread.scheduler.Post([&] { socket.reset(); });
    const auto read = co_await socket->Read();
    EXPECT_FALSE(read);
  });
}

TEST_F(Sockets, CheckTheCertificate) {
  TestAuthority authority;
  const Identity identity = authority.Issue("DNS:localhost");
  SocketServer server(&identity);
  EXPECT_NE(TryOpen(WebSocketRequest(server.url())), "open");
  EXPECT_EQ(code, base::ErrorCode::kUnavailable);
  Make({MakeTlsContext({authority.file()}).value(), "Parley"});
  ASSERT_EQ(TryOpen(WebSocketRequest(server.url())), "open");
  EXPECT_EQ(Exchange("hello"), "hello");
  thread.Run([&] { socket.reset(); });
  EXPECT_EQ(TryOpen(WebSocketRequest(server.url("127.0.0.1"))),
            "The TLS certificate of 127.0.0.1 was not accepted: IP address mismatch");
}

class TlsSockets : public Sockets {
 protected:
  TlsSockets() { Make({MakeTlsContext({authority.file()}).value(), "Parley"}); }

  TestAuthority authority;
  const Identity identity = authority.Issue("DNS:localhost");
};

TEST_F(TlsSockets, CarryLargeMessages) {
  SocketServer server(&identity);
  WebSocketRequest request(server.url());
  request.max_message = 4'000'000;
  ASSERT_EQ(TryOpen(request), "open");
  EXPECT_EQ(server.target, "/chat?a=b");
  for (const std::size_t size : {0u, 1u, 4'095u, 16'384u, 3'000'000u}) {
    const std::string message(size, 'z');
    EXPECT_TRUE(Exchange(message) == message) << size;
  }
}

TEST_F(TlsSockets, ReadAndWriteAtOnce) {
  SocketServer server(&identity);
  ASSERT_EQ(TryOpen(WebSocketRequest(server.url())), "open");
  std::string order;
  thread.Await([&]() -> base::Task<> {
    for (int i = 0; i < 9; ++i) {
      auto write = [](WebSocket* to, int number) -> base::Task<> {
        const auto written =
            co_await to->Write(std::string(60'000, static_cast<char>('0' + number)));
        EXPECT_TRUE(written);
      };
      thread.scheduler.Spawn("write", write(socket.get(), i));
    }
    for (int i = 0; i < 9; ++i) {
      const auto read = co_await socket->Read();
      order += read ? read->substr(0, 1) : "!";
    }
  });
  EXPECT_EQ(order, "012345678");
}

TEST_F(TlsSockets, End) {
  SocketServer server(&identity);
  for (const char* how : {kClose, kDrop}) {
    ASSERT_EQ(TryOpen(WebSocketRequest(server.url())), "open");
    EXPECT_EQ(Exchange(how), "[unavailable]") << how;
    EXPECT_EQ(Exchange("hello"), "[not written]");
  }
  ASSERT_EQ(TryOpen(WebSocketRequest(server.url())), "open");
  thread.Await([&]() -> base::Task<> {
    thread.scheduler.Post([&] { socket.reset(); });
    const auto read = co_await socket->Read();
    EXPECT_FALSE(read);
  });
}

TEST_F(Sockets, SayWhatIsWrong) {
  EXPECT_NE(TryOpen(WebSocketRequest("https://localhost/")), "open");
  EXPECT_EQ(code, base::ErrorCode::kInvalidFields);
  WebSocketRequest request("ws://localhost:1/");
  request.headers.Set("Host", "other");
  EXPECT_EQ(TryOpen(request), "Validation failed");
  EXPECT_EQ(TryOpen(WebSocketRequest("ws://localhost:1/")), "No connection to localhost");
  TestServer http([](Request) -> base::Task<Response> { co_return Response::Text(404, "no"); });
  const std::string address = "127.0.0.1:" + std::to_string(http.port());
  EXPECT_EQ(TryOpen(WebSocketRequest("ws://" + address + "/")),
            address + " answered 404 instead of opening a WebSocket");
}

TEST_F(Sockets, LosePatience) {
  RawListener silent;
  WebSocketRequest request("ws://localhost:" + std::to_string(silent.port()) + "/");
  request.timeout = base::Duration(50);
  EXPECT_NE(TryOpen(request), "open");
  EXPECT_EQ(code, base::ErrorCode::kTimeout);
  thread.Run([&] { resolver->hosts["nowhere.example"] = {}; });
  request.url = "ws://nowhere.example/";
  EXPECT_NE(TryOpen(request), "open");
  EXPECT_EQ(code, base::ErrorCode::kTimeout);
}

TEST_F(Sockets, ReachIntoNoForeignNetwork) {
  SocketServer server;
  Make({}, {});
  WebSocketRequest request(server.url());
  ASSERT_EQ(TryOpen(request), "open");  // the operator named it
  request.guarded = true;
  EXPECT_NE(TryOpen(request), "open");
  EXPECT_EQ(code, base::ErrorCode::kAddressRefused);
  // A proxy is named by a customer.
  EXPECT_NE(TryOpen(Through(server.url(), Proxy::Kind::kHttp, server.port())), "open");
  EXPECT_EQ(code, base::ErrorCode::kAddressRefused);
}

// ---------------------------------------------------------------------------------------- proxies

// Passes on what comes from either side until one ends.
void Relay(RawClient& from, std::uint16_t port, const std::string& first) {
  RawClient server(port);
  // The upgrade, its answer, one message each way: all that the test says.
  std::string request = first.empty() ? from.ReadUntil("\r\n\r\n") : first;
  server.Send(request);
  from.Send(server.ReadUntil("\r\n\r\n"));
  server.Send(from.Read(2 + 4 + 5));
  from.Send(server.Read(2 + 5));
}

class Proxied : public Sockets {
 protected:
  // A proxy that does `serve` with its one connection, while `run` is run.
  void With(const std::function<void(RawClient&)>& serve,
            const std::function<void(std::uint16_t)>& run) {
    RawListener listener;
    std::thread proxy([&] {
      RawClient connection = listener.Accept();
      serve(connection);
    });
    run(listener.port());
    proxy.join();
  }
};

TEST_F(Proxied, ByHttp) {
  SocketServer server;
  std::string asked;
  With(
      [&](RawClient& proxy) {
        asked = proxy.ReadUntil("\r\n\r\n");
        proxy.Send("HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n");
        Relay(proxy, server.port(), "");
      },
      [&](std::uint16_t port) {
        // The name is the proxy's to resolve: our resolver does not know it.
        WebSocketRequest request = Through("ws://far.example:5222/chat", Proxy::Kind::kHttp, port);
        request.proxy->username = "user";
        request.proxy->password = "secret";
        ASSERT_EQ(TryOpen(request), "open");
        EXPECT_EQ(Exchange("hello"), "hello");
        thread.Run([&] { socket.reset(); });
      });
  EXPECT_EQ(asked,
            "CONNECT far.example:5222 HTTP/1.1\r\nHost: far.example:5222\r\n"
            "Proxy-Authorization: Basic dXNlcjpzZWNyZXQ=\r\n\r\n");
}

TEST_F(Proxied, BySocks) {
  SocketServer server;
  std::string asked;
  With(
      [&](RawClient& proxy) {
        asked = proxy.Read(3);
        proxy.Send(std::string("\x05\x00", 2));
        asked += proxy.Read(7 + 11);
        proxy.Send(std::string("\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50", 10));
        Relay(proxy, server.port(), "");
      },
      [&](std::uint16_t port) {
        ASSERT_EQ(TryOpen(Through("ws://far.example:5222/chat", Proxy::Kind::kSocks5, port)),
                  "open");
        EXPECT_EQ(Exchange("hello"), "hello");
        thread.Run([&] { socket.reset(); });
      });
  EXPECT_EQ(asked, std::string("\x05\x01\x00\x05\x01\x00\x03\x0b", 8) + "far.example\x14\x66");
}

TEST_F(Proxied, BySocksWithUser) {
  SocketServer server;
  std::string login;
  With(
      [&](RawClient& proxy) {
        proxy.Read(3);
        proxy.Send(std::string("\x05\x02", 2));
        login = proxy.Read(3 + 4 + 6);
        proxy.Send(std::string("\x01\x00", 2));
        proxy.Read(7 + 11);
        proxy.Send(std::string("\x05\x00\x00\x03\x04host\x00\x50", 11));
        Relay(proxy, server.port(), "");
      },
      [&](std::uint16_t port) {
        WebSocketRequest request = Through("ws://far.example:5222/", Proxy::Kind::kSocks5, port);
        request.proxy->username = "user";
        request.proxy->password = "secret";
        ASSERT_EQ(TryOpen(request), "open");
        EXPECT_EQ(Exchange("hello"), "hello");
        thread.Run([&] { socket.reset(); });
      });
  EXPECT_EQ(login, "\x01\x04user\x06secret");
}

struct Refusal {
  Proxy::Kind kind;
  std::string answer;
  std::string_view outcome;
};

TEST_F(Proxied, FailClosed) {
  SocketServer server;
  constexpr std::string_view kBroken = "The proxy ended the connection or speaks another protocol";
  const Refusal refusals[] = {
      {Proxy::Kind::kHttp, "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
       "The proxy refused: it answered 407"},
      {Proxy::Kind::kHttp, "SSH-2.0-OpenSSH_9.2\r\n\r\n", kBroken},
      {Proxy::Kind::kHttp, "", kBroken},
      {Proxy::Kind::kHttp, "HTTP/1.1 200 OK\r\n\r\nand more", kBroken},
      {Proxy::Kind::kHttp, std::string(20'000, 'x'), kBroken},
      {Proxy::Kind::kSocks5, std::string("\x05\xff", 2), "The proxy refused: it wants a user"},
      {Proxy::Kind::kSocks5, std::string("\x04\x00", 2), kBroken},
      {Proxy::Kind::kSocks5, std::string("\x05\x00\x05\x05\x00\x01", 6),
       "The proxy refused: the connection was refused"},
      {Proxy::Kind::kSocks5, std::string("\x05\x00\x05\x63\x00\x01", 6),
       "The proxy refused: it answered 99"},
      {Proxy::Kind::kSocks5, std::string("\x05\x00\x05\x00\x00\x09", 6), kBroken},
  };
  for (const Refusal& refusal : refusals) {
    With(
        [&](RawClient& proxy) {
          proxy.Read(3);
          proxy.Send(refusal.answer);
          proxy.EndSending();
          proxy.ReadAll();
        },
        [&](std::uint16_t port) {
          EXPECT_EQ(TryOpen(Through(server.url(), refusal.kind, port)), refusal.outcome);
        });
  }
  EXPECT_EQ(TryOpen(Through(server.url(), Proxy::Kind::kSocks5, 1)),
            "No connection to proxy.example");
  EXPECT_EQ(server.connections, 0);  // nothing went around it
}

}  // namespace
}  // namespace parley::http
