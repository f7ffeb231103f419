#include "http/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <boost/asio/ssl/error.hpp>

namespace parley::http {
namespace {

// What OpenSSL says of the call that failed last.
std::string LastTlsFault() {
  const boost::system::error_code fault(static_cast<int>(ERR_get_error()),
                                        boost::asio::error::get_ssl_category());
  return fault.message();
}

}  // namespace

base::Result<TlsContext> MakeTlsContext(const std::vector<std::string>& ca_files) {
  ERR_clear_error();
  const TlsContext context(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
  if (context == nullptr || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_default_verify_paths(context.get()) != 1)
    return base::Error(base::ErrorCode::kUnavailable, "TLS cannot be set up: " + LastTlsFault());
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION);
  // How tls_stream.h uses it: buffers are given back when they are empty, a write that cannot go on
  // is tried again with the same bytes at any address, and a record takes one read, not two.
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                      SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_read_ahead(context.get(), 1);
  for (const std::string& file : ca_files) {
    if (SSL_CTX_load_verify_file(context.get(), file.c_str()) != 1)
      return base::Error(base::ErrorCode::kUnavailable,
                         "The CA file " + file + " cannot be used: " + LastTlsFault());
  }
  return context;
}

}  // namespace parley::http
