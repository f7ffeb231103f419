#include "http/outgoing_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace parley::http {
namespace {

// Connecting a datagram socket sends nothing, but makes the kernel choose the route and with it the
// address. Nobody has these two: they are for documentation, and go where everything goes.
constexpr const char* kOutside4 = "192.0.2.1";
constexpr const char* kOutside6 = "2001:db8::1";
constexpr std::uint16_t kAnyPort = 9;

class DatagramSocket {
 public:
  explicit DatagramSocket(int family) : fd_(socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {}
  ~DatagramSocket() {
    if (fd_ >= 0) close(fd_);
  }
  DatagramSocket(const DatagramSocket&) = delete;
  int fd() const { return fd_; }

 private:
  const int fd_;
};

template <class Address>
bool Choose(Address& address) {
  const DatagramSocket probe(reinterpret_cast<sockaddr&>(address).sa_family);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  return probe.fd() >= 0 && connect(probe.fd(), generic, size) == 0 &&
         getsockname(probe.fd(), generic, &size) == 0;
}

// Of a machine that talks to itself only.
bool IsUsable(const boost::asio::ip::address& address) {
  return !address.is_loopback() && !address.is_unspecified();
}

}  // namespace

std::optional<std::string> OutgoingAddress() {
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_port = htons(kAnyPort);
  inet_pton(AF_INET, kOutside4, &four.sin_addr);
  if (Choose(four)) {
    const boost::asio::ip::address_v4 address(ntohl(four.sin_addr.s_addr));
    if (IsUsable(address)) return address.to_string();
  }
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(kAnyPort);
  inet_pton(AF_INET6, kOutside6, &six.sin6_addr);
  if (Choose(six)) {
    boost::asio::ip::address_v6::bytes_type bytes;
    std::copy(std::begin(six.sin6_addr.s6_addr), std::end(six.sin6_addr.s6_addr), bytes.begin());
    const boost::asio::ip::address_v6 address(bytes);
    if (IsUsable(address)) return address.to_string();
  }
  return std::nullopt;
}

}  // namespace parley::http
