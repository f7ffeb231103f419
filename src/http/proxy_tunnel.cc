#include "http/proxy_tunnel.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "base/encoding.h"
#include "http/grammar.h"

namespace parley::http {
namespace {

using boost::system::error_code;

constexpr std::size_t kMaxAnswer = 16 * 1024;  // the head of an answer to CONNECT

// SOCKS5
constexpr char kVersion = 5;
constexpr char kNoAuthentication = 0, kUserAndPassword = 2;
constexpr char kLoginVersion = 1;
constexpr char kConnect = 1;
constexpr char kIpv4 = 1, kName = 3, kIpv6 = 4;
constexpr std::size_t kMaxPart = 255;  // of a name, user or password

// RFC 1928, section 6, from 1 on.
constexpr std::string_view kReplies[] = {
    "it failed",
    "its rules forbid the connection",
    "the network is unreachable",
    "the host is unreachable",
    "the connection was refused",
    "the time to live expired",
    "it knows no such command",
    "it knows no such kind of address",
};

base::Error Refused(std::string why) {
  return base::Error(base::ErrorCode::kUnavailable, "The proxy refused: " + std::move(why));
}
base::Error Broken() {
  return base::Error(base::ErrorCode::kUnavailable,
                     "The proxy ended the connection or speaks another protocol");
}

// Talks with the proxy. What it sends after what was read would belong to the server, who must not
// speak first in any protocol that is used here: then something is wrong.
class Talk {
 public:
  explicit Talk(ClientConnection& connection) : connection_(connection) {}

  base::Task<base::Result<void>> Say(std::string text) {
    std::size_t written = 0;
    const error_code error = co_await connection_.Write(text, std::string_view(), written);
    if (error) co_return Broken();
    co_return base::Result<void>();
  }

  // The next `size` bytes.
  base::Task<base::Result<std::string>> Take(std::size_t size) {
    while (read_.size() < size) PARLEY_CO_CHECK(co_await ReadMore());
    std::string taken = read_.substr(0, size);
    read_.erase(0, size);
    co_return taken;
  }

  // Everything up to the end of a head, with it.
  base::Task<base::Result<std::string>> TakeHead() {
    constexpr std::string_view kEnd = "\r\n\r\n";
    std::size_t end = read_.find(kEnd);
    while (end == std::string::npos) {
      if (read_.size() > kMaxAnswer) co_return Broken();
      PARLEY_CO_CHECK(co_await ReadMore());
      end = read_.find(kEnd);
    }
    co_return co_await Take(end + kEnd.size());
  }

  bool is_over() const { return read_.empty(); }

 private:
  base::Task<base::Result<void>> ReadMore() {
    std::array<char, 1024> buffer;
    error_code error;
    const std::string_view data = co_await connection_.Read(buffer, error);
    if (error || data.empty()) co_return Broken();
    read_.append(data);
    co_return base::Result<void>();
  }

  ClientConnection& connection_;
  std::string read_;
};

base::Task<base::Result<void>> TunnelByHttp(Talk& talk /* outlives the call */, Proxy proxy,
                                            std::string host, std::uint16_t port) {
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  const std::string authority = fmt::format("{}:{}", host, port);
  std::string request = fmt::format("CONNECT {} HTTP/1.1\r\nHost: {}\r\n", authority, authority);
  if (proxy.username)
    request += fmt::format("Proxy-Authorization: Basic {}\r\n",
                           base::ToBase64(*proxy.username + ":" + proxy.password.value_or("")));
  PARLEY_CO_CHECK(co_await talk.Say(request + "\r\n"));
  PARLEY_CO_TRY(head, co_await talk.TakeHead());
  // "HTTP/1.1 200 Connection established"
  const bool is_http = head.size() > 12 && head.starts_with("HTTP/1.") && head[8] == ' ';
  if (!is_http) co_return Broken();
  const std::string status = head.substr(9, 3);
  if (status[0] != '2') co_return Refused("it answered " + status);
  co_return base::Result<void>();
}

base::Task<base::Result<void>> LogInBySocks(Talk& talk /* outlives the call */, Proxy proxy) {
  const std::string password = proxy.password.value_or("");
  if (proxy.username->size() > kMaxPart || password.size() > kMaxPart)
    co_return Refused("user name or password is too long");
  std::string login(1, kLoginVersion);
  login.append(1, static_cast<char>(proxy.username->size())).append(*proxy.username);
  login.append(1, static_cast<char>(password.size())).append(password);
  PARLEY_CO_CHECK(co_await talk.Say(std::move(login)));
  PARLEY_CO_TRY(answer, co_await talk.Take(2));
  if (answer[1] != 0) co_return Refused("user name or password is wrong");
  co_return base::Result<void>();
}

base::Task<base::Result<void>> TunnelBySocks(Talk& talk /* outlives the call */, Proxy proxy,
                                             std::string host, std::uint16_t port) {
  if (host.size() > kMaxPart) co_return Refused("the host name is too long");
  const char wanted = proxy.username ? kUserAndPassword : kNoAuthentication;
  const std::string greeting{kVersion, 1, wanted};
  PARLEY_CO_CHECK(co_await talk.Say(greeting));
  PARLEY_CO_TRY(method, co_await talk.Take(2));
  if (method[0] != kVersion) co_return Broken();
  if (method[1] != wanted)
    co_return Refused(proxy.username ? "it takes no user name and password" : "it wants a user");
  if (proxy.username) PARLEY_CO_CHECK(co_await LogInBySocks(talk, proxy));

  // As a name also when it is an address: proxies resolve either.
  std::string request{kVersion, kConnect, 0, kName, static_cast<char>(host.size())};
  request.append(host);
  request.append(1, static_cast<char>(port >> 8)).append(1, static_cast<char>(port & 0xff));
  PARLEY_CO_CHECK(co_await talk.Say(std::move(request)));
  PARLEY_CO_TRY(reply, co_await talk.Take(4));
  if (reply[0] != kVersion) co_return Broken();
  const auto code = static_cast<std::uint8_t>(reply[1]);
  if (code != 0)
    co_return Refused(code <= std::size(kReplies) ? std::string(kReplies[code - 1])
                                                  : fmt::format("it answered {}", code));
  std::size_t address = 0;
  if (reply[3] == kIpv4) address = 4;
  if (reply[3] == kIpv6) address = 16;
  if (reply[3] == kName) {
    PARLEY_CO_TRY(size, co_await talk.Take(1));
    address = static_cast<std::uint8_t>(size[0]);
  }
  if (address == 0) co_return Broken();
  PARLEY_CO_CHECK(co_await talk.Take(address + 2));  // where it connects from, and the port
  co_return base::Result<void>();
}

}  // namespace

base::Task<base::Result<void>> OpenTunnel(ClientConnection& connection, Proxy proxy,
                                          std::string host, std::uint16_t port) {
  Talk talk(connection);
  const bool by_http = proxy.kind == Proxy::Kind::kHttp;
  base::Result<void> opened;
  if (by_http)
    opened = co_await TunnelByHttp(talk, std::move(proxy), std::move(host), port);
  else
    opened = co_await TunnelBySocks(talk, std::move(proxy), std::move(host), port);
  if (opened && !talk.is_over()) co_return Broken();
  co_return opened;
}

}  // namespace parley::http
