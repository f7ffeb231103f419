// One outgoing connection, plain or TLS. Nothing here has a time limit: whoever owns the connection
// closes it, and what waits for it continues with an error.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/scheduler.h"
#include "http/tls_context.h"
#include "http/tls_stream.h"

namespace parley::http {

// Thread: the executor's.
class ClientConnection {
 public:
  using Endpoint = boost::asio::ip::tcp::endpoint;
  using Socket = TlsStream::Socket;

  explicit ClientConnection(base::Executor executor) : socket_(executor) {}
  ~ClientConnection() { Close(); }

  base::Task<boost::system::error_code> Connect(Endpoint endpoint);
  // The certificate must be valid for `host`, a name or an address. The error's text says why not.
  base::Task<base::Result<void>> StartTls(TlsContext context, std::string host);

  // Writes both pieces, which outlive the call. `written` counts what the system took, also when
  // this fails.
  base::Task<boost::system::error_code> Write(std::string_view first, std::string_view second,
                                              std::size_t& written);
  // Waits for data. It lies in `buffer`, which outlives the call and may serve several connections,
  // until the next suspension. Empty at the end of the stream and for an error.
  base::Task<std::string_view> Read(std::span<char> buffer, boost::system::error_code& error);

  // Whether an idle connection is still open and silent.
  bool IsFresh();
  // A server that speaks TLS is told first, if that can be done at once.
  void Close();

  // For a protocol that takes over once the connection stands. tls() is null before StartTls.
  Socket& socket() { return socket_; }
  TlsStream* tls() { return tls_.get(); }

  base::Microseconds idle_until{0};  // for the pool

 private:
  Socket socket_;
  std::unique_ptr<TlsStream> tls_;
};

}  // namespace parley::http
