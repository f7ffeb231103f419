// One outgoing connection, plain or TLS. Nothing here has a time limit: whoever owns the connection
// closes it, and what waits for it continues with an error.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/scheduler.h"

namespace parley::http {

using TlsContext = boost::asio::ssl::context;

// Verifies against the system's authorities and those of `ca_files` (PEM), at least TLS 1.2.
// kUnavailable names the file that cannot be used.
base::Result<std::unique_ptr<TlsContext>> MakeTlsContext(const std::vector<std::string>& ca_files);

// Thread: the executor's.
class ClientConnection {
 public:
  using Endpoint = boost::asio::ip::tcp::endpoint;
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, base::Executor>;
  using TlsStream = boost::asio::ssl::stream<Socket&>;

  explicit ClientConnection(base::Executor executor) : socket_(executor) {}

  base::Task<boost::system::error_code> Connect(Endpoint endpoint);
  // The certificate must be valid for `host`, a name or an address. The error's text says why not.
  base::Task<base::Result<void>> StartTls(TlsContext& context, std::string host);

  // Writes both pieces, which outlive the call. `written` counts what the system took, also when
  // this fails.
  base::Task<boost::system::error_code> Write(std::string_view first, std::string_view second,
                                              std::size_t& written);
  // Waits for data. It lies in `buffer`, which may serve several connections and outlives the call,
  // or in a buffer of this connection; either way until the next suspension. Empty at the end of
  // the stream and for an error.
  base::Task<std::string_view> Read(std::span<char> buffer, boost::system::error_code& error);

  // Whether an idle connection is still open and silent.
  bool IsFresh();
  // Gives back what only a connection in use needs.
  void Rest() { tls_buffer_.reset(); }
  void Close();

  // For a protocol that takes over once the connection stands. tls() is null before StartTls.
  Socket& socket() { return socket_; }
  TlsStream* tls() { return tls_.get(); }

  base::Microseconds idle_until{0};  // for the pool

 private:
  Socket socket_;
  std::unique_ptr<TlsStream> tls_;
  std::unique_ptr<char[]> tls_buffer_;
};

}  // namespace parley::http
