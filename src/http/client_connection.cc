#include "http/client_connection.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>

namespace parley::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t kTlsBuffer = 16 * 1024;  // a record

bool IsAddress(const std::string& host) {
  error_code error;
  asio::ip::make_address(host, error);
  return !error;
}

// What the server's certificate must be made out to. RFC 6066 forbids addresses in SNI.
bool ExpectHost(SSL* ssl, const std::string& host) {
  X509_VERIFY_PARAM* expected = SSL_get0_param(ssl);
  if (IsAddress(host)) return X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1;
  X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return X509_VERIFY_PARAM_set1_host(expected, host.data(), host.size()) == 1 &&
         SSL_set_tlsext_host_name(ssl, host.c_str()) == 1;
}

base::Error TlsError(const SSL* ssl, const std::string& host, const error_code& error) {
  const long verified = SSL_get_verify_result(ssl);
  if (verified != X509_V_OK)
    return base::Error(base::ErrorCode::kUnavailable,
                       "The TLS certificate of " + host +
                           " was not accepted: " + X509_verify_cert_error_string(verified));
  return base::Error(base::ErrorCode::kUnavailable, "The TLS handshake with " + host + " failed",
                     error.message());
}

}  // namespace

base::Result<std::unique_ptr<TlsContext>> MakeTlsContext(const std::vector<std::string>& ca_files) {
  auto context = std::make_unique<TlsContext>(TlsContext::tls_client);
  error_code error;
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  context->set_verify_mode(asio::ssl::verify_peer, error);
  if (!error) context->set_default_verify_paths(error);
  if (error)
    return base::Error(base::ErrorCode::kUnavailable, "TLS cannot be set up: " + error.message());
  for (const std::string& file : ca_files) {
    context->load_verify_file(file, error);
    if (error)
      return base::Error(base::ErrorCode::kUnavailable,
                         "The CA file " + file + " cannot be used: " + error.message());
  }
  return context;
}

base::Task<error_code> ClientConnection::Connect(Endpoint endpoint) {
  error_code error;
  co_await socket_.async_connect(endpoint, asio::redirect_error(base::kUseTask, error));
  if (!error) socket_.non_blocking(true, error);
  if (!error) socket_.set_option(asio::ip::tcp::no_delay(true), error);
  co_return error;
}

base::Task<base::Result<void>> ClientConnection::StartTls(TlsContext& context, std::string host) {
  tls_ = std::make_unique<TlsStream>(socket_, context);
  SSL* ssl = tls_->native_handle();
  if (!ExpectHost(ssl, host))
    co_return base::Error(base::ErrorCode::kUnavailable, "TLS cannot be used with " + host);
  error_code error;
  co_await tls_->async_handshake(asio::ssl::stream_base::client,
                                 asio::redirect_error(base::kUseTask, error));
  if (error) co_return TlsError(ssl, host, error);
  co_return base::Result<void>();
}

base::Task<error_code> ClientConnection::Write(std::string_view first, std::string_view second,
                                               std::size_t& written) {
  written = 0;
  error_code error;
  if (tls_ != nullptr) {
    const std::array<asio::const_buffer, 2> pieces = {
        asio::const_buffer(first.data(), first.size()),
        asio::const_buffer(second.data(), second.size())};
    written =
        co_await asio::async_write(*tls_, pieces, asio::redirect_error(base::kUseTask, error));
    co_return error;
  }
  while (!first.empty() || !second.empty()) {
    const std::array<asio::const_buffer, 2> pieces = {
        asio::const_buffer(first.data(), first.size()),
        asio::const_buffer(second.data(), second.size())};
    const std::size_t size = socket_.write_some(pieces, error);
    if (error == asio::error::would_block) {
      co_await socket_.async_wait(Socket::wait_write, asio::redirect_error(base::kUseTask, error));
      if (error) co_return error;
      continue;
    }
    if (error) co_return error;
    written += size;
    const std::size_t of_first = std::min(size, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(size - of_first);
  }
  co_return error;
}

base::Task<std::string_view> ClientConnection::Read(std::span<char> buffer, error_code& error) {
  std::size_t size = 0;
  if (tls_ != nullptr) {
    if (tls_buffer_ == nullptr) tls_buffer_ = std::make_unique<char[]>(kTlsBuffer);
    buffer = std::span<char>(tls_buffer_.get(), kTlsBuffer);
    size = co_await tls_->async_read_some(asio::buffer(buffer.data(), buffer.size()),
                                          asio::redirect_error(base::kUseTask, error));
  } else {
    do {
      co_await socket_.async_wait(Socket::wait_read, asio::redirect_error(base::kUseTask, error));
      if (error) co_return std::string_view();
      size = socket_.read_some(asio::buffer(buffer.data(), buffer.size()), error);
    } while (error == asio::error::would_block);
  }
  if (error == asio::error::eof) error.clear();
  co_return std::string_view(buffer.data(), size);
}

bool ClientConnection::IsFresh() {
  char byte = 0;
  return recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
         (errno == EAGAIN || errno == EWOULDBLOCK);
}

void ClientConnection::Close() {
  error_code ignored;  // the descriptor is gone in any case
  socket_.close(ignored);
}

}  // namespace parley::http
