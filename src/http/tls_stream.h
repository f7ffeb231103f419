// TLS on a connected socket, as a client: OpenSSL reads and writes the socket itself, when it is
// ready.
//
// Nothing is kept while a connection is silent: OpenSSL gives its buffers back when they are empty,
// and there are none beside them. (Asio's stream of its own keeps two of a record for as long as it
// lives, and OpenSSL two more between the two: docs/decisions/0036.)
//
// How a connection ends: the server's orderly end (close_notify) is asio::error::eof; an end
// without it, by which somebody may have cut off what was to come, is
// asio::ssl::error::stream_truncated; other errors are the system's or OpenSSL's. After an error,
// other than eof, the stream is of no more use. There are no time limits: closing the socket ends
// what waits, with an error.
//
// One read and one write may be under way at a time. What the protocol wants beside the data (new
// keys, another handshake of TLS 1.2, session tickets) happens within them.
#pragma once

#include <openssl/types.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/result.h"
#include "base/task.h"
#include "http/tls_context.h"

namespace parley::http {

// Thread: the executor's.
class TlsStream {
 public:
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, base::Executor>;
  using executor_type = Socket::executor_type;

  // The socket is non-blocking and outlives the stream.
  TlsStream(Socket& socket, const TlsContext& context);
  TlsStream(const TlsStream&) = delete;

  // The certificate must be valid for `host`, a name or an address. The error's text says why not.
  base::Task<base::Result<void>> Handshake(std::string host);

  // What trying came to: some bytes, an error, or what the socket must be ready for before the same
  // is tried again.
  struct Attempt {
    std::size_t size = 0;
    boost::system::error_code error;
    std::optional<Socket::wait_type> wait;
  };
  Attempt Read(std::span<char> buffer);
  // One record of the pieces; small ones share it. After a wait the same pieces must be given
  // again.
  Attempt Write(std::span<const boost::asio::const_buffer> pieces);

  // Tells the server that nothing more comes from here, if that can be done at once; its own end is
  // not waited for. The socket is closed afterwards, by its owner.
  void SayEnd();

  // Asio's asynchronous streams, for a protocol that is written for them.
  executor_type get_executor() { return socket_.get_executor(); }
  Socket& next_layer() { return socket_; }
  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token);
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token);

 private:
  // The socket as OpenSSL sees it.
  struct Wire {
    Socket& socket;
    int fault = 0;       // errno of what failed
    bool ended = false;  // the server's end was read
  };
  static BIO* MakeBio(Wire& wire);
  static int ReadWire(BIO* bio, char* data, int size);
  static int WriteWire(BIO* bio, const char* data, int size);

  bool ExpectHost(const std::string& host);
  base::Error HandshakeError(const std::string& host, const boost::system::error_code& error) const;
  // `result` of a call that came after Begin.
  void Begin();
  Attempt OutcomeOf(int result);

  template <class Try>
  struct Operation;
  template <class Try, class Token>
  auto Start(Try attempt, Token& token) {
    return boost::asio::async_compose<Token, void(boost::system::error_code, std::size_t)>(
        Operation<Try>{*this, std::move(attempt)}, token, socket_);
  }

  Socket& socket_;
  Wire wire_{socket_};
  std::unique_ptr<SSL, void (*)(SSL*)> ssl_;
  bool broken_ = false;
};

// Tries until it has come to something. Its completion is never called by what starts it.
template <class Try>
struct TlsStream::Operation {
  TlsStream& stream;
  Try attempt;
  std::optional<Attempt> outcome{};  // it is over, and this is to be told
  bool waited = false;

  template <class Self>
  void operator()(Self& self, boost::system::error_code error = {}) {
    if (outcome) return self.complete(outcome->error, outcome->size);
    if (error) return self.complete(error, 0);
    const Attempt now = attempt(stream);
    if (now.wait) {
      waited = true;
      return stream.socket_.async_wait(*now.wait, std::move(self));
    }
    if (waited) return self.complete(now.error, now.size);
    outcome = now;
    boost::asio::post(stream.socket_.get_executor(), std::move(self));
  }
};

template <class Buffers, class Token>
auto TlsStream::async_read_some(const Buffers& buffers, Token&& token) {
  boost::asio::mutable_buffer into;
  const auto end = boost::asio::buffer_sequence_end(buffers);
  for (auto one = boost::asio::buffer_sequence_begin(buffers); one != end && into.size() == 0;
       ++one)
    into = *one;
  auto attempt = [into](TlsStream& stream) {
    return stream.Read(std::span(static_cast<char*>(into.data()), into.size()));
  };
  return Start(std::move(attempt), token);
}

template <class Buffers, class Token>
auto TlsStream::async_write_some(const Buffers& buffers, Token&& token) {
  std::array<boost::asio::const_buffer, 8> pieces;  // more are for the next call
  std::size_t count = 0;
  const auto end = boost::asio::buffer_sequence_end(buffers);
  for (auto one = boost::asio::buffer_sequence_begin(buffers); one != end && count < pieces.size();
       ++one)
    pieces[count++] = *one;
  auto attempt = [pieces, count](TlsStream& stream) {
    return stream.Write(std::span(pieces).first(count));
  };
  return Start(std::move(attempt), token);
}

}  // namespace parley::http
