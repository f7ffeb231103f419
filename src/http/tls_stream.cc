#include "http/tls_stream.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <cerrno>
#include <cstring>

namespace parley::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// Pieces up to this size together go into one record: a WebSocket's frame, a request's head and a
// short body.
constexpr std::size_t kGathered = 4096;

bool IsAddress(const std::string& host) {
  error_code error;
  asio::ip::make_address(host, error);
  return !error;
}

}  // namespace

// --------------------------------------------------------------------------------------- socket

// Not OpenSSL's own BIO of a socket: that one raises SIGPIPE, and remembers the descriptor's
// number, which after the socket is closed may be another's.
BIO* TlsStream::MakeBio(Wire& wire) {
  static BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
    BIO_meth_set_read(made, &TlsStream::ReadWire);
    BIO_meth_set_write(made, &TlsStream::WriteWire);
    BIO_meth_set_ctrl(made, [](BIO*, int what, long, void*) -> long {
      return what == BIO_CTRL_FLUSH ? 1 : 0;  // nothing is kept, and nothing else is known
    });
    return made;
  }();
  BIO* bio = BIO_new(method);
  BIO_set_data(bio, &wire);
  BIO_set_init(bio, 1);
  return bio;
}

int TlsStream::ReadWire(BIO* bio, char* data, int size) {
  Wire& wire = *static_cast<Wire*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  const ssize_t got =
      recv(wire.socket.native_handle(), data, static_cast<std::size_t>(size), MSG_DONTWAIT);
  if (got == 0) wire.ended = true;
  if (got >= 0) return static_cast<int>(got);
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
    BIO_set_retry_read(bio);
  else
    wire.fault = errno;
  return -1;
}

int TlsStream::WriteWire(BIO* bio, const char* data, int size) {
  Wire& wire = *static_cast<Wire*>(BIO_get_data(bio));
  BIO_clear_retry_flags(bio);
  const ssize_t sent = send(wire.socket.native_handle(), data, static_cast<std::size_t>(size),
                            MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent >= 0) return static_cast<int>(sent);
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
    BIO_set_retry_write(bio);
  else
    wire.fault = errno;
  return -1;
}

// --------------------------------------------------------------------------------------- stream

TlsStream::TlsStream(Socket& socket, const TlsContext& context)
    : socket_(socket), ssl_(SSL_new(context.get()), &SSL_free) {
  BIO* bio = MakeBio(wire_);
  SSL_set_bio(ssl_.get(), bio, bio);
  SSL_set_connect_state(ssl_.get());
}

// What the server's certificate must be made out to. RFC 6066 forbids addresses in SNI.
bool TlsStream::ExpectHost(const std::string& host) {
  X509_VERIFY_PARAM* expected = SSL_get0_param(ssl_.get());
  if (IsAddress(host)) return X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1;
  X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return X509_VERIFY_PARAM_set1_host(expected, host.data(), host.size()) == 1 &&
         SSL_set_tlsext_host_name(ssl_.get(), host.c_str()) == 1;
}

base::Error TlsStream::HandshakeError(const std::string& host, const error_code& error) const {
  const long verified = SSL_get_verify_result(ssl_.get());
  if (verified != X509_V_OK)
    return base::Error(base::ErrorCode::kUnavailable,
                       "The TLS certificate of " + host +
                           " was not accepted: " + X509_verify_cert_error_string(verified));
  return base::Error(base::ErrorCode::kUnavailable, "The TLS handshake with " + host + " failed",
                     error.message());
}

base::Task<base::Result<void>> TlsStream::Handshake(std::string host) {
  if (!ExpectHost(host))
    co_return base::Error(base::ErrorCode::kUnavailable, "TLS cannot be used with " + host);
  while (true) {
    Begin();
    const Attempt attempt = OutcomeOf(SSL_do_handshake(ssl_.get()));
    if (attempt.error) co_return HandshakeError(host, attempt.error);
    if (!attempt.wait) co_return base::Result<void>();
    error_code error;
    co_await socket_.async_wait(*attempt.wait, asio::redirect_error(base::kUseTask, error));
    if (error) co_return HandshakeError(host, error);
  }
}

TlsStream::Attempt TlsStream::Read(std::span<char> buffer) {
  if (buffer.empty()) return Attempt();
  Begin();
  const std::size_t size = std::min<std::size_t>(buffer.size(), INT32_MAX);
  return OutcomeOf(SSL_read(ssl_.get(), buffer.data(), static_cast<int>(size)));
}

TlsStream::Attempt TlsStream::Write(std::span<const asio::const_buffer> pieces) {
  while (!pieces.empty() && pieces.front().size() == 0) pieces = pieces.subspan(1);
  if (pieces.empty()) return Attempt();
  asio::const_buffer whole = pieces.front();
  std::array<char, kGathered> gathered;
  if (pieces.size() > 1 && whole.size() < gathered.size()) {
    std::size_t size = 0;
    for (const asio::const_buffer& piece : pieces) {
      const std::size_t more = std::min(piece.size(), gathered.size() - size);
      std::memcpy(gathered.data() + size, piece.data(), more);
      size += more;
    }
    whole = asio::const_buffer(gathered.data(), size);
  }
  Begin();
  const std::size_t size = std::min<std::size_t>(whole.size(), INT32_MAX);
  return OutcomeOf(SSL_write(ssl_.get(), whole.data(), static_cast<int>(size)));
}

void TlsStream::SayEnd() {
  if (broken_ || SSL_is_init_finished(ssl_.get()) == 0 || SSL_get_shutdown(ssl_.get()) != 0) return;
  Begin();
  SSL_shutdown(ssl_.get());
}

// OpenSSL's errors are in a queue of the thread, where an older one would be taken for this call's.
void TlsStream::Begin() { ERR_clear_error(); }

TlsStream::Attempt TlsStream::OutcomeOf(int result) {
  Attempt attempt;
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_NONE:
      attempt.size = static_cast<std::size_t>(result);
      return attempt;
    case SSL_ERROR_WANT_READ:
      attempt.wait = Socket::wait_read;
      return attempt;
    case SSL_ERROR_WANT_WRITE:
      attempt.wait = Socket::wait_write;
      return attempt;
    case SSL_ERROR_ZERO_RETURN:
      attempt.error = asio::error::eof;
      return attempt;
    default:
      break;
  }
  broken_ = true;
  const auto fault = static_cast<int>(ERR_get_error());
  if (wire_.fault != 0)
    attempt.error = error_code(wire_.fault, boost::system::system_category());
  else if (wire_.ended)
    attempt.error = asio::ssl::error::stream_truncated;
  else if (fault != 0)
    attempt.error = error_code(fault, asio::error::get_ssl_category());
  else
    attempt.error = asio::ssl::error::unspecified_system_error;
  return attempt;
}

}  // namespace parley::http
