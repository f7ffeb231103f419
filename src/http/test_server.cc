#include "http/test_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace parley::http {

RawClient::RawClient(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval limit = {.tv_sec = 30, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
}

RawClient::~RawClient() { close(socket_); }

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

void RawClient::ReadUntil(std::string_view text) {
  while (read_.find(text) == std::string::npos && Fill()) {
  }
  read_.erase(0, read_.find(text) + text.size());
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

}  // namespace parley::http
