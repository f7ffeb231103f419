// Load generator: keep-alive connections that send one request after the other.
//
//   load HOST PORT CONNECTIONS SECONDS REQUESTS CHATS < template
//
// The template is a whole HTTP request without Content-Length. @N@ becomes a running number, @TO@
// one of CHATS phone numbers, @RUN@ a number of this run, and in the header @HMAC@ the HMAC-SHA256
// of the body under BENCH_SECRET of the environment, as hex. It stops after SECONDS or REQUESTS (0
// = no limit). Prints one JSON line.
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <vector>

#include "benchmarks/epoll_loop.h"

namespace parley::benchmarks {
namespace {

constexpr std::string_view kSignaturePlace = "@HMAC@";

std::string SignatureOf(const std::string& body) {
  static const char* const secret = std::getenv("BENCH_SECRET");
  if (secret == nullptr) Fail("BENCH_SECRET is not set");
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(EVP_sha256(), secret, static_cast<int>(std::strlen(secret)),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest, &size);
  std::string hex;
  for (unsigned i = 0; i < size; ++i) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    hex += kDigits[digest[i] >> 4];
    hex += kDigits[digest[i] & 15];
  }
  return hex;
}

struct Connection {
  int fd = -1;
  std::int64_t sent_at = 0;
  std::string in;
};

class Load {
 public:
  Load(std::string header, std::string body, long chats)
      : header_(std::move(header)), body_(std::move(body)), chats_(chats) {}

  int Run(const std::string& host, int port, int connections, double seconds, long requests);

 private:
  void Send(Connection& connection);
  void OnReadable(Connection& connection);
  std::string Fill(const std::string& text);
  void Print(double elapsed) const;

  const std::string header_, body_;
  const long chats_;
  std::mt19937 random_{std::random_device{}()};
  const std::uint32_t run_ = std::random_device{}();
  long sent_ = 0, answered_ = 0, limit_ = 0;
  std::int64_t end_ = 0;
  std::vector<std::uint32_t> latencies_us_;
  std::map<int, long> statuses_;
  std::string out_;
};

std::string Load::Fill(const std::string& text) {
  std::string filled;
  filled.reserve(text.size() + 32);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '@') {
      filled += text[i];
    } else if (text.compare(i, 3, "@N@") == 0) {
      filled += std::to_string(sent_);
      i += 2;
    } else if (text.compare(i, 4, "@TO@") == 0) {
      filled += std::to_string(15560000 + static_cast<long>(random_()) % chats_);
      i += 3;
    } else if (text.compare(i, 5, "@RUN@") == 0) {
      filled += std::to_string(run_);
      i += 4;
    } else {
      filled += '@';
    }
  }
  return filled;
}

void Load::Send(Connection& connection) {
  if ((limit_ > 0 && sent_ >= limit_) || NowNs() > end_) return;
  const std::string body = Fill(body_);
  out_ = Fill(header_);
  if (const std::size_t place = out_.find(kSignaturePlace); place != std::string::npos)
    out_.replace(place, kSignaturePlace.size(), SignatureOf(body));
  if (!body.empty()) out_ += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  out_ += "\r\n" + body;
  connection.sent_at = NowNs();
  if (write(connection.fd, out_.data(), out_.size()) != static_cast<ssize_t>(out_.size()))
    Fail("write");
  ++sent_;
}

void Load::OnReadable(Connection& connection) {
  char buffer[16384];
  const ssize_t got = read(connection.fd, buffer, sizeof buffer);
  if (got <= 0) Fail("the server closed a connection");
  connection.in.append(buffer, static_cast<std::size_t>(got));
  const std::size_t length = CompleteLength(connection.in);
  if (length == 0) return;
  ++statuses_[std::atoi(connection.in.c_str() + 9)];
  connection.in.erase(0, length);
  latencies_us_.push_back(static_cast<std::uint32_t>((NowNs() - connection.sent_at) / 1000));
  ++answered_;
  Send(connection);
}

int Load::Run(const std::string& host, int port, int connections, double seconds, long requests) {
  limit_ = requests;
  latencies_us_.reserve(4'000'000);
  const int epoll = epoll_create1(0);
  const sockaddr_in address = AddressOf(host, port);
  std::vector<Connection> all(static_cast<std::size_t>(connections));
  for (Connection& connection : all) {
    connection.fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      Fail("connect");
    MakeFast(connection.fd);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &connection;
    epoll_ctl(epoll, EPOLL_CTL_ADD, connection.fd, &event);
  }
  const std::int64_t start = NowNs();
  end_ = start + static_cast<std::int64_t>(seconds * 1e9);
  for (Connection& connection : all) Send(connection);
  epoll_event events[256];
  while (answered_ < sent_) {
    const int count = epoll_wait(epoll, events, 256, 20000);
    if (count == 0) Fail("no answer for 20 seconds");
    for (int i = 0; i < count; ++i) OnReadable(*static_cast<Connection*>(events[i].data.ptr));
  }
  Print(static_cast<double>(NowNs() - start) / 1e9);
  return 0;
}

void Load::Print(double elapsed) const {
  std::vector<std::uint32_t> sorted = latencies_us_;
  std::sort(sorted.begin(), sorted.end());
  const auto at = [&](double share) {
    return sorted.empty()
               ? 0.0
               : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))] /
                     1000.0;
  };
  std::string statuses;
  for (const auto& [status, count] : statuses_)
    statuses +=
        (statuses.empty() ? "\"" : ",\"") + std::to_string(status) + "\":" + std::to_string(count);
  std::printf(
      "{\"requests\":%ld,\"seconds\":%.3f,\"per_second\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,"
      "\"max_ms\":%.3f,\"statuses\":{%s}}\n",
      answered_, elapsed, static_cast<double>(answered_) / elapsed, at(0.5), at(0.99), at(1.0),
      statuses.c_str());
}

}  // namespace
}  // namespace parley::benchmarks

int main(int argc, char** argv) {
  if (argc != 7) {
    std::fprintf(stderr, "load HOST PORT CONNECTIONS SECONDS REQUESTS CHATS < template\n");
    return 2;
  }
  const std::string text{std::istreambuf_iterator<char>(std::cin),
                         std::istreambuf_iterator<char>()};
  const std::size_t split = text.find("\n\n");
  std::string header, body = split == std::string::npos ? "" : text.substr(split + 2);
  while (body.ends_with('\n')) body.pop_back();
  for (const char c : text.substr(0, split))
    header += c == '\n' ? std::string("\r\n") : std::string(1, c);
  header += "\r\n";
  parley::benchmarks::Load load(header, body, std::atol(argv[6]));
  return load.Run(argv[1], std::atoi(argv[2]), std::atoi(argv[3]), std::atof(argv[4]),
                  std::atol(argv[5]));
}
