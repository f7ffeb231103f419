// TLS on a connection, against a peer whose records a test cuts up, withholds and spoils.
#include "http/tls_stream.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <future>
#include <thread>

#include "http/client_connection.h"
#include "http/test_server.h"
#include "http/test_tls.h"

namespace parley::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

// The server's side of one connection, blocking. What it seals and what it sends are two things.
class TlsPeer {
 public:
  explicit TlsPeer(const Identity& identity, int max_version = TLS1_3_VERSION)
      : acceptor_(io_, {asio::ip::make_address("127.0.0.1"), 0}),
        socket_(io_),
        context_(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free) {
    SSL_CTX_use_certificate(context_.get(), identity.certificate.get());
    SSL_CTX_use_PrivateKey(context_.get(), identity.key.get());
    SSL_CTX_set_max_proto_version(context_.get(), max_version);
    SSL_CTX_set_num_tickets(context_.get(), 0);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_accept_state(ssl_.get());
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  SSL* ssl() { return ssl_.get(); }

  void Accept() { acceptor_.accept(socket_); }
  // Whether the handshake that is under way, the first one or another, came to its end.
  bool Handshake() {
    while (true) {
      const int done = SSL_do_handshake(ssl_.get());
      Send(Sealed());
      if (done == 1) return true;
      if (SSL_get_error(ssl_.get(), done) != SSL_ERROR_WANT_READ || !Fill()) return false;
    }
  }
  // What ended the last handshake; each has its own.
  std::string Finished() const {
    std::string bytes(64, '\0');
    bytes.resize(SSL_get_finished(ssl_.get(), bytes.data(), bytes.size()));
    return bytes;
  }
  // What would have gone out since it was asked last.
  std::string Sealed() {
    std::string bytes(BIO_ctrl_pending(SSL_get_wbio(ssl_.get())), '\0');
    BIO_read(SSL_get_wbio(ssl_.get()), bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
  }
  std::string Seal(const std::string& text) {
    EXPECT_EQ(SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size())),
              static_cast<int>(text.size()));
    return Sealed();
  }
  void Send(const std::string& bytes) {
    error_code ignored;
    asio::write(socket_, asio::buffer(bytes), ignored);
  }
  void Say(const std::string& text) { Send(Seal(text)); }
  // What there is of text, without taking in more; nullopt when the client has ended.
  std::optional<std::string> HearSome() {
    std::array<char, 16384> buffer;
    const int got = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()));
    Send(Sealed());
    if (got > 0) return std::string(buffer.data(), static_cast<std::size_t>(got));
    if (SSL_get_error(ssl_.get(), got) != SSL_ERROR_WANT_READ) return std::nullopt;
    return "";
  }
  // So many bytes of text, or less when the client has ended.
  std::string Hear(std::size_t size) {
    std::string text;
    while (text.size() < size) {
      const auto more = HearSome();
      if (!more || (more->empty() && !Fill())) break;
      text += *more;
    }
    return text;
  }
  // Takes in what has come; false when the client has ended.
  bool Fill() {
    error_code error;
    const std::size_t size = socket_.read_some(asio::buffer(read_), error);
    if (error) return false;
    BIO_write(SSL_get_rbio(ssl_.get()), read_.data(), static_cast<int>(size));
    return true;
  }
  // Whether the client said that it has ended.
  bool HearsEnd() {
    EXPECT_EQ(Hear(1), "");
    return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
  }
  void EndSending() {
    error_code ignored;
    socket_.shutdown(Tcp::socket::shutdown_send, ignored);
  }
  // Cuts the connection; `reset` so that the client's next write fails.
  void Drop(bool reset = false) {
    if (reset) socket_.set_option(asio::socket_base::linger(true, 0));
    socket_.close();
  }

 private:
  asio::io_context io_;
  Tcp::acceptor acceptor_;
  Tcp::socket socket_;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
  std::unique_ptr<SSL, void (*)(SSL*)> ssl_{nullptr, &SSL_free};
  std::array<char, 65536> read_;
};

class TlsStreams : public testing::Test {
 public:
  TlsStreams() : peer(std::make_unique<TlsPeer>(identity)) {
    thread.Run(
        [&] { connection = std::make_unique<ClientConnection>(thread.scheduler.executor()); });
  }
  ~TlsStreams() override {
    thread.Run([&] { connection.reset(); });
  }

  // Runs `serve` with the peer, which has accepted, and `use` on the connection's thread.
  void With(std::function<void()> serve, std::function<base::Task<>()> use) {
    std::thread server([&] {
      peer->Accept();
      serve();
      peer->EndSending();  // the client need not wait for what a failed test does not say
    });
    thread.Await([&]() -> base::Task<> {
      const ClientConnection::Endpoint endpoint(asio::ip::make_address("127.0.0.1"), peer->port());
      EXPECT_FALSE(co_await connection->Connect(endpoint));
      co_await use();
    });
    server.join();
  }
  // The error's text, or "ok".
  base::Task<std::string> StartTls() {
    const auto started = co_await connection->StartTls(context, "localhost");
    co_return started ? "ok" : started.error().text;
  }
  // So many bytes, or less when it ends first.
  base::Task<std::string> Read(std::size_t size) {
    std::string text;
    while (text.size() < size) {
      std::array<char, 20000> buffer;
      const std::string_view data = co_await connection->Read(buffer, error);
      if (data.empty()) break;
      text += data;
    }
    co_return text;
  }
  base::Task<error_code> Write(std::string text) {
    std::size_t written = 0;
    co_return co_await connection->Write(text.substr(0, 5), text.substr(5), written);
  }
  // Until something lies unread in the socket.
  base::Task<> WaitForBytes() {
    while (connection->socket().available() == 0)
      co_await thread.scheduler.Sleep(std::chrono::milliseconds(1));
  }

  TestAuthority authority;
  const Identity identity = authority.Issue("DNS:localhost");
  const TlsContext context = MakeTlsContext({authority.file()}).value();
  std::unique_ptr<TlsPeer> peer;
  error_code error;
  std::unique_ptr<ClientConnection> connection;
  SchedulerThread thread;
};

TEST_F(TlsStreams, TakeRecordsInPieces) {
  std::promise<void> go_on;
  With(
      [&] {
        ASSERT_TRUE(peer->Handshake());
        const std::string record = peer->Seal("hello");
        peer->Send(record.substr(0, 11));
        go_on.get_future().wait();
        for (const char byte : record.substr(11)) peer->Send(std::string(1, byte));
      },
      [&]() -> base::Task<> {
        EXPECT_EQ(co_await StartTls(), "ok");
        co_await WaitForBytes();
        thread.scheduler.Post([&] {
          EXPECT_EQ(connection->socket().available(), 0u);  // half a record was read and is kept
          go_on.set_value();
        });
        EXPECT_EQ(co_await Read(5), "hello");
      });
}

TEST_F(TlsStreams, TakeAHandshakeInPieces) {
  With(
      [&] {
        SSL* ssl = peer->ssl();
        while (!SSL_is_init_finished(ssl)) {
          const int done = SSL_do_handshake(ssl);
          for (const char byte : peer->Sealed()) peer->Send(std::string(1, byte));
          if (done != 1) {
            ASSERT_TRUE(peer->Fill());
          }
        }
        peer->Say("hello");
      },
      [&]() -> base::Task<> {
        EXPECT_EQ(co_await StartTls(), "ok");
        EXPECT_EQ(co_await Read(5), "hello");
      });
}

TEST_F(TlsStreams, CarryMuchBothWaysAtOnce) {
  const std::string down(5'000'000, 'd'), up(5'000'000, 'u');
  With(
      [&] {
        ASSERT_TRUE(peer->Handshake());
        for (std::size_t at = 0; at < down.size(); at += 100'000)
          peer->Say(down.substr(at, 100'000));
        EXPECT_TRUE(peer->Hear(up.size()) == up);
      },
      [&]() -> base::Task<> {
        EXPECT_EQ(co_await StartTls(), "ok");
        base::Signal written(thread.scheduler);
        auto write = [](TlsStreams* test, std::string text, base::Signal* done) -> base::Task<> {
          EXPECT_FALSE(co_await test->Write(std::move(text)));
          done->Notify();
        };
        thread.scheduler.Spawn("write", write(this, up, &written));
        EXPECT_TRUE(co_await Read(down.size()) == down);
        co_await written.Wait();
      });
}

TEST_F(TlsStreams, ChangeKeysWhenAsked) {
  With(
      [&] {
        ASSERT_TRUE(peer->Handshake());
        for (int i = 0; i < 3; ++i) {
          ASSERT_EQ(SSL_key_update(peer->ssl(), SSL_KEY_UPDATE_REQUESTED), 1);
          peer->Say("new keys");
          EXPECT_EQ(peer->Hear(8), "likewise");
        }
      },
      [&]() -> base::Task<> {
        EXPECT_EQ(co_await StartTls(), "ok");
        for (int i = 0; i < 3; ++i) {
          EXPECT_EQ(co_await Read(8), "new keys");
          EXPECT_FALSE(co_await Write("likewise"));
        }
      });
}

TEST_F(TlsStreams, NegotiateAnewWhileTheyRead) {
  peer = std::make_unique<TlsPeer>(identity, TLS1_2_VERSION);
  With(
      [&] {
        ASSERT_TRUE(peer->Handshake());
        EXPECT_EQ(peer->Hear(7), "request");
        const std::string first = peer->Finished();
        ASSERT_EQ(SSL_renegotiate(peer->ssl()), 1);
        ASSERT_TRUE(peer->Handshake());  // asks for it
        while (!SSL_is_init_finished(peer->ssl()) || peer->Finished() == first) {
          ASSERT_TRUE(peer->Fill());
          ASSERT_EQ(peer->HearSome(), "");
        }
        peer->Say("answer");
        EXPECT_EQ(peer->Hear(5), "again");
      },
      [&]() -> base::Task<> {
        EXPECT_EQ(co_await StartTls(), "ok");
        EXPECT_FALSE(co_await Write("request"));
        EXPECT_EQ(co_await Read(6), "answer");
        EXPECT_FALSE(co_await Write("again"));
      });
}

TEST_F(TlsStreams, TellAnEndFromACut) {
  With(
      [&] {
        ASSERT_TRUE(peer->Handshake());
        peer->Say("all");
        SSL_shutdown(peer->ssl());
        peer->Send(peer->Sealed());
      },
      [&]() -> base::Task<> {
        EXPECT_EQ(co_await StartTls(), "ok");
        EXPECT_EQ(co_await Read(1000), "all");
        EXPECT_FALSE(error);
      });
  peer = std::make_unique<TlsPeer>(identity);
  thread.Run([&] { connection->Close(); });
  With(
      [&] {
        ASSERT_TRUE(peer->Handshake());
        peer->Say("a part");
        peer->Drop();
      },
      [&]() -> base::Task<> {
        EXPECT_EQ(co_await StartTls(), "ok");
        EXPECT_EQ(co_await Read(1000), "a part");
        EXPECT_EQ(error, asio::ssl::error::stream_truncated);
      });
}

TEST_F(TlsStreams, TakeNoForgedRecord) {
  With(
      [&] {
        ASSERT_TRUE(peer->Handshake());
        std::string record = peer->Seal("hello");
        record.back() = static_cast<char>(record.back() ^ 1);
        peer->Send(record);
      },
      [&]() -> base::Task<> {
        EXPECT_EQ(co_await StartTls(), "ok");
        EXPECT_EQ(co_await Read(5), "");
        EXPECT_EQ(error.category(), asio::error::get_ssl_category());
      });
}

TEST_F(TlsStreams, SayThatTheyEnd) {
  With(
      [&] {
        ASSERT_TRUE(peer->Handshake());
        EXPECT_TRUE(peer->HearsEnd());
      },
      [&]() -> base::Task<> {
        EXPECT_EQ(co_await StartTls(), "ok");
        connection->Close();
        EXPECT_EQ(co_await Read(1), "");
        EXPECT_TRUE(error);
        EXPECT_TRUE(co_await Write("more than nothing"));
      });
}

// SIGPIPE would end the test.
TEST_F(TlsStreams, OutliveAPeerThatIsGone) {
  With(
      [&] {
        ASSERT_TRUE(peer->Handshake());
        peer->Drop(true);
      },
      [&]() -> base::Task<> {
        EXPECT_EQ(co_await StartTls(), "ok");
        error_code failed;
        while (!failed) failed = co_await Write(std::string(100'000, 'x'));
        failed = co_await Write("once more");
        EXPECT_TRUE(failed);
      });
}

TEST_F(TlsStreams, EndInTheMiddleOfAHandshake) {
  std::atomic<bool> sent = false;
  std::promise<void> over;
  With(
      [&] {
        ASSERT_TRUE(peer->Fill());  // the client's hello
        SSL_do_handshake(peer->ssl());
        const std::string flight = peer->Sealed();
        peer->Send(flight.substr(0, flight.size() / 2));
        sent = true;
        over.get_future().wait();
      },
      [&]() -> base::Task<> {
        base::Signal ended(thread.scheduler);
        std::string outcome;
        auto start = [](TlsStreams* test, std::string* told, base::Signal* done) -> base::Task<> {
          *told = co_await test->StartTls();
          done->Notify();
        };
        thread.scheduler.Spawn("handshake", start(this, &outcome, &ended));
        while (!sent || connection->socket().available() > 0)
          co_await thread.scheduler.Sleep(std::chrono::milliseconds(1));
        EXPECT_EQ(outcome, "");
        connection->Close();
        co_await ended.Wait();
        EXPECT_EQ(outcome, "The TLS handshake with localhost failed");
        over.set_value();
      });
}

TEST_F(TlsStreams, AreFreshUntilDataComes) {
  std::promise<void> was_fresh;
  With(
      [&] {
        ASSERT_TRUE(peer->Handshake());
        EXPECT_EQ(peer->Hear(5), "hello");
        ASSERT_EQ(SSL_new_session_ticket(peer->ssl()), 1);
        ASSERT_TRUE(peer->Handshake());
        was_fresh.get_future().wait();
        peer->Say("unasked");
      },
      [&]() -> base::Task<> {
        EXPECT_EQ(co_await StartTls(), "ok");
        EXPECT_TRUE(connection->IsFresh());
        EXPECT_FALSE(co_await Write("hello"));
        co_await WaitForBytes();  // the ticket
        EXPECT_TRUE(connection->IsFresh());
        EXPECT_EQ(connection->socket().available(), 0u);
        was_fresh.set_value();
        co_await WaitForBytes();
        EXPECT_FALSE(connection->IsFresh());
      });
}

}  // namespace
}  // namespace parley::http
