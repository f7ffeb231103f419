#include "http/client_connection.h"

#include <sys/socket.h>

#include <array>
#include <boost/asio/redirect_error.hpp>

namespace parley::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// What a call on a non-blocking socket came to.
TlsStream::Attempt PlainAttempt(std::size_t size, const error_code& error,
                                TlsStream::Socket::wait_type wait) {
  TlsStream::Attempt attempt;
  attempt.size = size;
  if (error == asio::error::would_block)
    attempt.wait = wait;
  else
    attempt.error = error;
  return attempt;
}

TlsStream::Attempt WritePlain(TlsStream::Socket& socket,
                              const std::array<asio::const_buffer, 2>& pieces) {
  error_code error;
  const std::size_t size = socket.write_some(pieces, error);
  return PlainAttempt(size, error, TlsStream::Socket::wait_write);
}

TlsStream::Attempt ReadPlain(TlsStream::Socket& socket, std::span<char> buffer) {
  error_code error;
  const std::size_t size = socket.read_some(asio::buffer(buffer.data(), buffer.size()), error);
  return PlainAttempt(size, error, TlsStream::Socket::wait_read);
}

}  // namespace

base::Task<error_code> ClientConnection::Connect(Endpoint endpoint) {
  error_code error;
  co_await socket_.async_connect(endpoint, asio::redirect_error(base::kUseTask, error));
  if (!error) socket_.non_blocking(true, error);
  if (!error) socket_.set_option(asio::ip::tcp::no_delay(true), error);
  co_return error;
}

base::Task<base::Result<void>> ClientConnection::StartTls(TlsContext context, std::string host) {
  tls_ = std::make_unique<TlsStream>(socket_, context);
  return tls_->Handshake(std::move(host));
}

base::Task<error_code> ClientConnection::Write(std::string_view first, std::string_view second,
                                               std::size_t& written) {
  written = 0;
  while (!first.empty() || !second.empty()) {
    const std::array<asio::const_buffer, 2> pieces = {
        asio::const_buffer(first.data(), first.size()),
        asio::const_buffer(second.data(), second.size())};
    const TlsStream::Attempt attempt =
        tls_ != nullptr ? tls_->Write(pieces) : WritePlain(socket_, pieces);
    if (attempt.error) co_return attempt.error;
    if (attempt.wait) {
      error_code error;
      co_await socket_.async_wait(*attempt.wait, asio::redirect_error(base::kUseTask, error));
      if (error) co_return error;
      continue;
    }
    written += attempt.size;
    const std::size_t of_first = std::min(attempt.size, first.size());
    first.remove_prefix(of_first);
    second.remove_prefix(attempt.size - of_first);
  }
  co_return error_code();
}

base::Task<std::string_view> ClientConnection::Read(std::span<char> buffer, error_code& error) {
  error.clear();
  // A plain connection is likely to be silent still; TLS may have read ahead.
  if (tls_ == nullptr)
    co_await socket_.async_wait(Socket::wait_read, asio::redirect_error(base::kUseTask, error));
  while (!error) {
    const TlsStream::Attempt attempt =
        tls_ != nullptr ? tls_->Read(buffer) : ReadPlain(socket_, buffer);
    if (attempt.error == asio::error::eof) co_return std::string_view();
    error = attempt.error;
    if (!attempt.wait) co_return std::string_view(buffer.data(), attempt.size);
    co_await socket_.async_wait(*attempt.wait, asio::redirect_error(base::kUseTask, error));
  }
  co_return std::string_view();
}

bool ClientConnection::IsFresh() {
  char byte = 0;
  // What TLS has to say beside the data, as a session ticket, does not make it stale.
  if (tls_ != nullptr) return tls_->Read(std::span(&byte, 1)).wait.has_value();
  return recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
         (errno == EAGAIN || errno == EWOULDBLOCK);
}

void ClientConnection::Close() {
  if (!socket_.is_open()) return;
  if (tls_ != nullptr) tls_->SayEnd();
  error_code ignored;  // the descriptor is gone in any case
  socket_.close(ignored);
}

}  // namespace parley::http
