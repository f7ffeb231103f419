// Webhook receiver: answers every POST 200 at once and counts them.
//
//   sink PORT        (0 = any; the port is printed first)
//
// GET /stats answers {"posts", "first_ns", "last_ns"}; GET /reset starts anew.
#include <cstring>
#include <unordered_map>

#include "benchmarks/epoll_loop.h"

namespace parley::benchmarks {
namespace {

struct Counters {
  long posts = 0;
  std::int64_t first = 0, last = 0;
};

std::string Answer(std::string_view request, Counters& counters) {
  std::string body;
  if (request.starts_with("GET /stats")) {
    body = "{\"posts\":" + std::to_string(counters.posts) +
           ",\"first_ns\":" + std::to_string(counters.first) +
           ",\"last_ns\":" + std::to_string(counters.last) + "}";
  } else if (request.starts_with("GET /reset")) {
    counters = Counters();
  } else {
    counters.last = NowNs();
    if (counters.posts++ == 0) counters.first = counters.last;
  }
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

int Serve(int port) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  const int one = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  sockaddr_in address = AddressOf("127.0.0.1", port);
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) Fail("bind");
  listen(listener, 1024);
  socklen_t length = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
  std::printf("%d\n", ntohs(address.sin_port));
  std::fflush(stdout);

  const int epoll = epoll_create1(0);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = listener;
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  std::unordered_map<int, std::string> pending;
  Counters counters;
  epoll_event events[256];
  while (true) {
    const int count = epoll_wait(epoll, events, 256, -1);
    for (int i = 0; i < count; ++i) {
      const int fd = events[i].data.fd;
      if (fd == listener) {
        const int accepted = accept(listener, nullptr, nullptr);
        if (accepted < 0) continue;
        MakeFast(accepted);
        event.data.fd = accepted;
        epoll_ctl(epoll, EPOLL_CTL_ADD, accepted, &event);
        continue;
      }
      char buffer[65536];
      const ssize_t got = read(fd, buffer, sizeof buffer);
      if (got <= 0) {
        close(fd);
        pending.erase(fd);
        continue;
      }
      std::string& in = pending[fd];
      in.append(buffer, static_cast<std::size_t>(got));
      std::string out;
      while (const std::size_t used = CompleteLength(in)) {
        out += Answer(in, counters);
        in.erase(0, used);
      }
      if (!out.empty() && write(fd, out.data(), out.size()) < 0) close(fd);
    }
  }
}

}  // namespace
}  // namespace parley::benchmarks

int main(int argc, char** argv) {
  return parley::benchmarks::Serve(argc > 1 ? std::atoi(argv[1]) : 0);
}
