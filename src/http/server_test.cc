// Limits, refusals and the end of a server.
#include "http/server.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>

#include "base/log.h"
#include "http/test_server.h"

namespace parley::http {
namespace {

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

base::Task<Response> Hello(Request) { co_return Response::Text(200, "hello"); }

// A handler that waits until it is let go.
class Gate {
 public:
  TestServer::Handler Handler() {
    return [this](Request request) -> base::Task<Response> {
      if (request.target == "/free") co_return Response::Text(200, "free");
      ++waiting;
      auto hold = [this](base::Resume resume) { held_.push_back(std::move(resume)); };
      co_await base::Suspend(std::move(hold));
      co_return Response::Text(200, "let go");
    };
  }
  void Open(TestServer& server) {
    server.thread().Run([this] {
      for (base::Resume& resume : std::exchange(held_, {})) resume();
    });
  }
  std::atomic<int> waiting{0};

 private:
  std::vector<base::Resume> held_;
};

ServerOptions ShortTimeouts() {
  ServerOptions options;
  options.header_timeout = options.body_timeout = options.idle_timeout = base::Duration(50);
  return options;
}

TEST(Server, ClosesAClientThatNeverEndsItsHeader) {
  TestServer server(Hello, ShortTimeouts());
  RawClient client(server.port());
  client.Send("GET / HTTP/1.1\r\nHost:");
  EXPECT_EQ(client.ReadAll(), "");
  EXPECT_EQ(server.counters().timeouts, 1);
}

TEST(Server, ClosesAClientThatNeverEndsItsBody) {
  TestServer server(Hello, ShortTimeouts());
  RawClient client(server.port());
  client.Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhe");
  EXPECT_EQ(client.ReadAll(), "");
  EXPECT_EQ(server.counters().timeouts, 1);
  EXPECT_EQ(server.counters().requests, 0);
}

TEST(Server, ClosesIdleConnections) {
  TestServer server(Hello, ShortTimeouts());
  RawClient silent(server.port());
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "hello");
  EXPECT_EQ(client.ReadAll(), "");
  EXPECT_EQ(silent.ReadAll(), "");
  EXPECT_EQ(server.counters().timeouts, 0);
}

TEST(Server, WaitsForItsServiceAsLongAsItTakes) {
  Gate gate;
  TestServer server(gate.Handler(), ShortTimeouts());
  RawClient idle(server.port());
  RawClient client(server.port());
  client.Send(kGet);
  WaitUntil([&] { return gate.waiting == 1; });
  EXPECT_EQ(idle.ReadAll(), "");  // the sweep has run
  gate.Open(server);
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "let go");
}

TEST(Server, RefusesConnectionsOverItsLimit) {
  ServerOptions options;
  options.max_connections = 2;
  TestServer server(Hello, options);
  auto first = std::make_unique<RawClient>(server.port());
  RawClient second(server.port());
  WaitUntil([&] { return server.counters().accepted == 2; });
  RawClient third(server.port());
  third.Send(kGet);
  third.EndSending();
  const std::string answer = third.ReadAll();
  EXPECT_EQ(answer.substr(0, 13), "HTTP/1.1 503 ");
  EXPECT_NE(answer.find("Retry-After: 1\r\n"), std::string::npos);
  EXPECT_FALSE(third.was_reset());
  EXPECT_EQ(server.counters().refused, 1);

  first.reset();
  WaitUntil([&] { return server.counters().connections == 1; });
  RawClient fourth(server.port());
  fourth.Send(kGet);
  EXPECT_EQ(BodyOf(fourth.ReadAnswer()), "hello");
}

// Neither spins nor gives up while there are no file descriptors.
TEST(Server, AcceptsAgainWhenThereAreFileDescriptorsAgain) {
  // UBSan needs file descriptors for its first look at an object of each class. The server will
  // log.
  base::LogWarning("File descriptors will run out", {{"reason", "a test"}});
  TestServer server(Hello);
  RawClient first(server.port());
  first.Send(kGet);
  EXPECT_EQ(BodyOf(first.ReadAnswer()), "hello");

  rlimit limit{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
  rlimit lowered = limit;
  {
    // The lowest free descriptor is the next client's; after it there are none.
    const int next = dup(0);
    lowered.rlim_cur = static_cast<rlim_t>(next) + 1;
    close(next);
  }
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &lowered), 0);
  RawClient second(server.port());
  second.Send(kGet);
  WaitUntil([&] { return server.counters().accept_errors > 0; });
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
  EXPECT_EQ(BodyOf(second.ReadAnswer()), "hello");
}

TEST(Server, SaysWhyItCannotListen) {
  TestServer server(Hello);
  ServerOptions options;
  options.port = server.port();
  base::RealScheduler scheduler;
  const auto taken = Listen(scheduler, server, options);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, base::ErrorCode::kUnavailable);
  EXPECT_EQ(taken.error().text, "Cannot listen on 127.0.0.1 port " + std::to_string(server.port()) +
                                    ": Address already in use");
  options.address = "localhost";
  const auto unclear = Listen(scheduler, server, options);
  ASSERT_FALSE(unclear);
  EXPECT_EQ(unclear.error().text, "Cannot listen on localhost port " +
                                      std::to_string(server.port()) + ": Invalid argument");
}

TEST(Server, SeveralCanShareAPort) {
  ServerOptions options;
  options.reuse_port = true;
  TestServer first(Hello, options);
  options.port = first.port();
  TestServer second(Hello, options);
  EXPECT_EQ(first.port(), second.port());
}

TEST(Server, ListensOnIpv6ForBothFamilies) {
  std::promise<std::string> address;
  auto note = [&](Request request) -> base::Task<Response> {
    address.set_value(request.remote_address);
    return Hello(std::move(request));
  };
  ServerOptions options;
  options.address = "::";
  TestServer server(note, options);
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(address.get_future().get(), "127.0.0.1");
}

// ----------------------------------------------------------------------------------------- Stop

TEST(Server, StopEndsIdleConnectionsAndFinishesRequests) {
  Gate gate;
  TestServer server(gate.Handler());
  RawClient idle(server.port());
  idle.Send("GET /free HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(BodyOf(idle.ReadAnswer()), "free");
  RawClient busy(server.port());
  busy.Send(kGet);
  WaitUntil([&] { return gate.waiting == 1; });

  std::thread stopping([&] { server.Stop(std::chrono::seconds(30)); });
  EXPECT_EQ(idle.ReadAll(), "");
  gate.Open(server);
  const std::string answer = busy.ReadAll();
  EXPECT_EQ(BodyOf(answer), "let go");
  EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
  stopping.join();
  EXPECT_EQ(server.counters().connections, 0);
}

TEST(Server, StopAnswersTheRequestInFlightButNotThoseBehindIt) {
  Gate gate;
  TestServer server(gate.Handler());
  RawClient idle(server.port());
  RawClient client(server.port());
  client.Send(std::string(kGet) + std::string(kGet));
  WaitUntil([&] { return gate.waiting == 1; });
  std::thread stopping([&] { server.Stop(std::chrono::seconds(30)); });
  EXPECT_EQ(idle.ReadAll(), "");  // so it has begun
  gate.Open(server);
  client.EndSending();
  const std::string answer = client.ReadAll();
  stopping.join();
  EXPECT_EQ(BodyOf(answer), "let go");
  EXPECT_EQ(gate.waiting, 1);
}

TEST(Server, StopCutsWhatTakesTooLong) {
  Gate gate;
  TestServer server(gate.Handler());
  RawClient client(server.port());
  client.Send(kGet);
  WaitUntil([&] { return gate.waiting == 1; });
  server.Stop(base::Duration(10));
  EXPECT_EQ(client.ReadAll(), "");
  gate.Open(server);  // the handler ends after its connection
  WaitUntil([&] { return server.counters().connections == 0; });
}

TEST(Server, MayGoWithRequestsInFlight) {
  Gate gate;
  TestServer server(gate.Handler());
  RawClient client(server.port());
  client.Send(kGet);
  WaitUntil([&] { return gate.waiting == 1; });
  server.Drop();
  EXPECT_EQ(client.ReadAll(), "");
  gate.Open(server);
}

TEST(Server, MayGoWithItsScheduler) {
  std::promise<void> entered;
  std::unique_ptr<TestServer> server;
  auto sleep = [&](Request) -> base::Task<Response> {
    base::Scheduler& scheduler = server->scheduler();
    entered.set_value();
    co_await scheduler.Sleep(std::chrono::hours(1));
    co_return Response::Text(200, "");
  };
  server = std::make_unique<TestServer>(sleep);
  RawClient busy(server->port());
  busy.Send(kGet);
  RawClient reading(server->port());
  reading.Send("GET / HT");
  RawClient idle(server->port());
  entered.get_future().wait();
  server.reset();
  EXPECT_EQ(busy.ReadAll(), "");
}

}  // namespace
}  // namespace parley::http
