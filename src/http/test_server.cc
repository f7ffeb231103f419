#include "http/test_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace parley::http {
namespace {

sockaddr_in Address(const char* address, std::uint16_t port) {
  sockaddr_in made{};
  made.sin_family = AF_INET;
  made.sin_port = htons(port);
  EXPECT_EQ(inet_pton(AF_INET, address, &made.sin_addr), 1);
  return made;
}

}  // namespace

RawClient::RawClient(std::uint16_t port)
    : RawClient(Connected{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)}) {
  const sockaddr_in address = Address("127.0.0.1", port);
  EXPECT_EQ(connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
}

RawClient::RawClient(Connected connected) : socket_(connected.socket) {
  const timeval limit = {.tv_sec = 30, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      read_(std::move(other.read_)),
      reset_(other.reset_) {}

RawClient::~RawClient() {
  if (socket_ >= 0) close(socket_);
}

bool RawClient::Send(std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawClient::EndSending() { shutdown(socket_, SHUT_WR); }

std::string RawClient::ReadAnswer(bool head_only) {
  std::size_t end = std::string::npos;
  while ((end = read_.find("\r\n\r\n")) == std::string::npos)
    if (!Fill()) return "";
  std::size_t size = end + 4;
  const std::size_t length = read_.substr(0, size).find("Content-Length: ");
  if (!head_only && length != std::string::npos)
    size += std::strtoul(read_.c_str() + length + 16, nullptr, 10);
  return Read(size);
}

std::string RawClient::ReadAll() {
  while (Fill()) {
  }
  return std::move(read_);
}

std::string RawClient::ReadUntil(std::string_view text) {
  while (read_.find(text) == std::string::npos && Fill()) {
  }
  const std::size_t at = read_.find(text);
  return Read(at == std::string::npos ? read_.size() : at + text.size());
}

std::string RawClient::Read(std::size_t size) {
  while (read_.size() < size && Fill()) {
  }
  const std::string text = read_.substr(0, size);
  read_.erase(0, size);
  return text;
}

bool RawClient::Fill() {
  char buffer[16384];
  const ssize_t size = recv(socket_, buffer, sizeof(buffer), 0);
  if (size > 0) {
    read_.append(buffer, static_cast<std::size_t>(size));
    return true;
  }
  reset_ = size < 0;
  EXPECT_FALSE(size < 0 && errno == EAGAIN) << "nothing came within 30 s";
  return false;
}

RawListener::RawListener(const char* address, std::uint16_t port, int backlog)
    : address_(address), socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in bound = Address(address, port);
  socklen_t size = sizeof(bound);
  const int yes = 1;
  setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  EXPECT_EQ(bind(socket_, reinterpret_cast<const sockaddr*>(&bound), sizeof(bound)), 0);
  EXPECT_EQ(listen(socket_, backlog), 0);
  getsockname(socket_, reinterpret_cast<sockaddr*>(&bound), &size);
  port_ = ntohs(bound.sin_port);
}

RawListener::~RawListener() {
  for (const int socket : filling_) close(socket);
  close(socket_);
}

RawClient RawListener::Accept() {
  return RawClient(RawClient::Connected{accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC)});
}

void RawListener::FillBacklog() {
  const sockaddr_in address = Address(address_.c_str(), port_);
  for (int i = 0; i < 4; ++i) {
    filling_.push_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    connect(filling_.back(), reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  }
}

}  // namespace parley::http
