#include "http/test_tls.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <filesystem>

namespace parley::http {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr long kDay = 24 * 60 * 60;

KeyPair MakeKey() { return KeyPair(EVP_EC_gen("P-256"), &EVP_PKEY_free); }

void AddExtension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  ASSERT_NE(extension, nullptr);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// A certificate for `key`, not signed yet.
Certificate MakeCertificate(EVP_PKEY* key, const char* name, long from, long until) {
  static std::atomic<long> serial{1};
  Certificate made(X509_new(), &X509_free);
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial++);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), from);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), until);
  X509_set_pubkey(made.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  return made;
}

}  // namespace

TestAuthority::TestAuthority() : own_{Certificate(nullptr, &X509_free), MakeKey()} {
  own_.certificate = MakeCertificate(own_.key.get(), "Test authority", -kDay, kDay);
  X509* certificate = own_.certificate.get();
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  AddExtension(certificate, NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(certificate, NID_key_usage, "critical,keyCertSign");
  X509_sign(certificate, own_.key.get(), EVP_sha256());
  static std::atomic<int> count{0};
  file_ = testing::TempDir() + "parley-ca-" + std::to_string(getpid()) + "-" +
          std::to_string(count++) + ".pem";
  std::FILE* out = std::fopen(file_.c_str(), "w");
  PEM_write_X509(out, certificate);
  std::fclose(out);
}

TestAuthority::~TestAuthority() { std::filesystem::remove(file_); }

Identity TestAuthority::Issue(const std::string& names, bool expired) const {
  KeyPair key = MakeKey();
  Certificate made = MakeCertificate(key.get(), "Test server", -2 * kDay, expired ? -kDay : kDay);
  X509_set_issuer_name(made.get(), X509_get_subject_name(own_.certificate.get()));
  AddExtension(made.get(), NID_subject_alt_name, names);
  X509_sign(made.get(), own_.key.get(), EVP_sha256());
  return Identity{std::move(made), std::move(key)};
}

TlsServer::TlsServer(const Identity& identity, int max_version)
    : context_(boost::asio::ssl::context::tls_server),
      acceptor_(io_, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)),
      port_(acceptor_.local_endpoint().port()) {
  SSL_CTX* context = context_.native_handle();
  SSL_CTX_use_certificate(context, identity.certificate.get());
  SSL_CTX_use_PrivateKey(context, identity.key.get());
  SSL_CTX_set_max_proto_version(context, max_version);
  if (max_version < TLS1_2_VERSION) {  // which OpenSSL 3 by itself refuses, too
    SSL_CTX_set_min_proto_version(context, max_version);
    SSL_CTX_set_security_level(context, 0);
  }
  thread_ = std::thread([this] { Serve(); });
}

TlsServer::~TlsServer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    // Wakes the thread, wherever it waits.
    shutdown(acceptor_.native_handle(), SHUT_RDWR);
    if (now_ != nullptr) shutdown(now_->native_handle(), SHUT_RDWR);
  }
  thread_.join();
}

bool TlsServer::Note(tcp::socket* socket) {
  const std::lock_guard lock(mutex_);
  now_ = socket;
  return !ending_;
}

void TlsServer::Serve() {
  for (;;) {
    error_code error;
    tcp::socket socket(io_);
    acceptor_.accept(socket, error);
    if (!Note(&socket)) break;
    ++connections_;
    boost::asio::ssl::stream<tcp::socket&> stream(socket, context_);
    stream.handshake(boost::asio::ssl::stream_base::server, error);
    const char* name = SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name);
    server_name_ = name == nullptr ? "" : name;
    std::string text;
    std::array<char, 4096> buffer;
    while (!error) {
      const std::size_t size = stream.read_some(boost::asio::buffer(buffer), error);
      text.append(buffer.data(), size);
      if (text.find("\r\n\r\n") == std::string::npos) continue;
      ++requests_;
      text.clear();
      const std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
      boost::asio::write(stream, boost::asio::buffer(answer.data(), answer.size()), error);
    }
    Note(nullptr);
  }
}

}  // namespace parley::http
