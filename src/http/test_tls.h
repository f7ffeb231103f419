// For tests: a certificate authority made on the spot, and a TLS server with its certificates.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace parley::http {

using KeyPair = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

struct Identity {
  Certificate certificate;
  KeyPair key;
};

class TestAuthority {
 public:
  TestAuthority();
  ~TestAuthority();
  TestAuthority(const TestAuthority&) = delete;

  // A file with the authority's certificate, as long as the authority lives.
  const std::string& file() const { return file_; }
  // A server's certificate for `names`, like "DNS:localhost,IP:127.0.0.1".
  Identity Issue(const std::string& names, bool expired = false) const;

 private:
  Identity own_;
  std::string file_;
};

// Answers every request of every connection, one after the other, with "200 ok".
class TlsServer {
 public:
  explicit TlsServer(const Identity& identity, int max_version = TLS1_3_VERSION);
  ~TlsServer();

  std::uint16_t port() const { return port_; }
  std::string url(const std::string& host) const {
    return "https://" + host + ":" + std::to_string(port_) + "/";
  }
  int connections() const { return connections_; }
  int requests() const { return requests_; }
  // The name that the last client asked for; read it after an answer.
  const std::string& server_name() const { return server_name_; }

 private:
  void Serve();
  // Notes what is being served; false when the server is to end.
  bool Note(boost::asio::ip::tcp::socket* socket);

  boost::asio::io_context io_;
  boost::asio::ssl::context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  bool ending_ = false;                          // guarded by mutex_
  boost::asio::ip::tcp::socket* now_ = nullptr;  // being served; guarded by mutex_
  std::atomic<int> connections_{0};
  std::atomic<int> requests_{0};
  std::string server_name_;
  std::thread thread_;
};

}  // namespace parley::http
