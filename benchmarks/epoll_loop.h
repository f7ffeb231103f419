// What the load generator and the receiver share: non-blocking sockets on one epoll, kept as lean
// as possible so that they leave the processor to what is measured.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace parley::benchmarks {

inline std::int64_t NowNs() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

[[noreturn]] inline void Fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

inline sockaddr_in AddressOf(const std::string& host, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) Fail("address");
  return address;
}

inline void MakeFast(int fd) {
  const int one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
}

// Length of the first complete HTTP message in `data` (header and Content-Length body), or 0.
inline std::size_t CompleteLength(std::string_view data) {
  const std::size_t end = data.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  std::size_t length = 0;
  for (const char* name : {"Content-Length: ", "content-length: "}) {
    const std::size_t at = data.substr(0, end).find(name);
    if (at != std::string_view::npos) length = std::strtoul(data.data() + at + 16, nullptr, 10);
  }
  const std::size_t total = end + 4 + length;
  return data.size() >= total ? total : 0;
}

}  // namespace parley::benchmarks
