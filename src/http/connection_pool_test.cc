// Which connections a client uses, and its end.
#include "http/connection_pool.h"

#include <gtest/gtest.h>

#include "http/test_client.h"

namespace parley::http {
namespace {

constexpr std::string_view kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

base::Task<Response> Echo(Request request) {
  co_return Response::Text(200, std::move(request.body));
}

TEST(ConnectionPool, UsesAConnectionAgain) {
  TestServer server(Echo);
  TestClient client;
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(client.Send(Post(server.url("/"), std::to_string(i)))->body, std::to_string(i));
  EXPECT_EQ(server.counters().accepted, 1);
}

TEST(ConnectionPool, OpensNoMoreThanItMay) {
  TestServer server(Echo);
  ClientOptions options;
  options.max_per_host = 3;
  TestClient client(options);
  std::vector<std::future<Answer>> answers;
  for (int i = 0; i < 200; ++i)
    answers.push_back(client.Start(Post(server.url("/"), std::to_string(i))));
  for (int i = 0; i < 200; ++i) EXPECT_EQ(answers[i].get()->body, std::to_string(i));
  EXPECT_EQ(server.counters().requests, 200);
  EXPECT_LE(server.counters().accepted, 3);
}

TEST(ConnectionPool, HostsShareItsConnections) {
  TestServer first(Echo);
  TestServer second(Echo);
  ClientOptions options;
  options.max_connections = 2;
  TestClient client(options);
  std::vector<std::future<Answer>> answers;
  for (int i = 0; i < 200; ++i) {
    answers.push_back(client.Start(Post(first.url("/"), "a")));
    answers.push_back(client.Start(Post(second.url("/"), "b")));
  }
  for (std::size_t i = 0; i < answers.size(); ++i)
    EXPECT_EQ(answers[i].get()->body, i % 2 == 0 ? "a" : "b");
  // Not a new connection for each, although both always wait.
  EXPECT_LT(first.counters().accepted + second.counters().accepted, 20);
}

TEST(ConnectionPool, ClosesAnIdleConnectionForAnotherHost) {
  TestServer first(Echo);
  TestServer second(Echo);
  ClientOptions options;
  options.max_connections = 1;
  TestClient client(options);
  EXPECT_TRUE(client.Send(Post(first.url("/"), "a")));
  EXPECT_TRUE(client.Send(Post(second.url("/"), "a")));
  WaitUntil([&] { return first.counters().connections == 0; });
  EXPECT_TRUE(client.Send(Post(first.url("/"), "a")));
  EXPECT_EQ(first.counters().accepted, 2);
}

TEST(ConnectionPool, WaitingForAConnectionCountsAgainstTheTimeout) {
  RawListener listener;
  ClientOptions options;
  options.max_per_host = 1;
  TestClient client(options);
  auto first = client.Start(Get(LoopbackUrl(listener.port())));
  RawClient connection = listener.Accept();
  ClientRequest request = Get(LoopbackUrl(listener.port()));
  request.timeout = base::Duration(50);
  EXPECT_EQ(client.Send(request).error().code, base::ErrorCode::kTimeout);
  auto third = client.Start(Get(LoopbackUrl(listener.port())));
  connection.ReadUntil("\r\n\r\n");
  connection.Send(kOk);
  EXPECT_TRUE(first.get());
  connection.ReadUntil("\r\n\r\n");  // the third: the second is gone from the line
  connection.Send(kOk);
  EXPECT_TRUE(third.get());
}

TEST(ConnectionPool, ClosesWhatIsIdleForTooLong) {
  TestServer server(Echo);
  ClientOptions options;
  options.idle_timeout = base::Duration(1);
  TestClient client(options);
  EXPECT_TRUE(client.Send(Post(server.url("/"), "a")));
  WaitUntil([&] { return server.counters().connections == 0; });
}

// ------------------------------------------------------------------- connections that are no good

class Reuse : public testing::Test {
 protected:
  // Answers one request of `connection` with `text`.
  std::string Serve(RawClient& connection, std::string_view text) {
    std::string request = connection.ReadAnswer();
    connection.Send(text);
    return request;
  }
  RawListener listener;
  TestClient client;
  const std::string url = LoopbackUrl(listener.port());
};

TEST_F(Reuse, NeverOfAConnectionThatTheServerEnds) {
  for (const std::string_view text :
       {"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore than was asked for"}) {
    auto answer = client.Start(Get(url));
    RawClient connection = listener.Accept();
    Serve(connection, text);
    EXPECT_TRUE(answer.get());
    connection.ReadAll();  // ends, because the client has closed
  }
}

TEST_F(Reuse, NeverOfAConnectionWhoseAnswerWasCut) {
  ClientRequest request = Get(url);
  request.max_response = 1;
  auto answer = client.Start(request);
  RawClient connection = listener.Accept();
  Serve(connection, kOk);
  EXPECT_TRUE(answer.get()->truncated);
  connection.ReadAll();
}

// A receiver of webhooks counts copies: each POST must come once.
TEST_F(Reuse, APostGoesToANewConnectionWhenTheOldOneWasClosed) {
  auto first = client.Start(Post(url, "1"));
  {
    RawClient connection = listener.Accept();
    Serve(connection, kOk);
    EXPECT_TRUE(first.get());
  }  // closed between the requests
  auto second = client.Start(Post(url, "2"));
  RawClient connection = listener.Accept();
  EXPECT_EQ(BodyOf(Serve(connection, kOk)), "2");
  EXPECT_TRUE(second.get());
  auto third = client.Start(Post(url, "3"));
  EXPECT_EQ(BodyOf(Serve(connection, kOk)), "3");  // and not "2" once more
  EXPECT_TRUE(third.get());
}

TEST_F(Reuse, APostThatMayHaveArrivedIsNotSentAgain) {
  auto first = client.Start(Post(url, "1"));
  auto connection = std::make_unique<RawClient>(listener.Accept());
  Serve(*connection, kOk);
  EXPECT_TRUE(first.get());
  auto second = client.Start(Post(url, "2"));
  EXPECT_EQ(BodyOf(connection->ReadAnswer()), "2");
  connection.reset();
  const Answer answer = second.get();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, base::ErrorCode::kUnavailable);
  auto third = client.Start(Post(url, "3"));
  RawClient next = listener.Accept();
  EXPECT_EQ(BodyOf(Serve(next, kOk)), "3");
  EXPECT_TRUE(third.get());
}

TEST_F(Reuse, AGetThatMayHaveArrivedIsSentOnceMore) {
  auto first = client.Start(Get(url));
  auto connection = std::make_unique<RawClient>(listener.Accept());
  Serve(*connection, kOk);
  EXPECT_TRUE(first.get());
  auto second = client.Start(Get(url));
  connection->ReadAnswer();
  connection.reset();
  {
    RawClient next = listener.Accept();
    next.ReadAnswer();
  }  // not answered either; this was no old connection
  EXPECT_FALSE(second.get());
}

TEST_F(Reuse, NothingIsSentAgainAfterTheFirstByteOfAnAnswer) {
  auto first = client.Start(Get(url));
  auto connection = std::make_unique<RawClient>(listener.Accept());
  Serve(*connection, kOk);
  EXPECT_TRUE(first.get());
  auto second = client.Start(Get(url));
  Serve(*connection, "H");
  connection.reset();
  EXPECT_EQ(second.get().error().text, "The connection ended within the answer");
}

// ------------------------------------------------------------------------------------ the client's
// end

TEST(ClientEnd, EndsWhatIsInFlight) {
  RawListener listener;
  RawListener deaf("127.0.0.3", 0, 0);
  deaf.FillBacklog();
  ClientOptions options;
  options.max_per_host = 1;
  TestClient client(options);
  client.resolver->hosts["silent.example"] = {};
  std::vector<std::future<Answer>> answers;
  answers.push_back(client.Start(Get(LoopbackUrl(listener.port()))));
  RawClient connection = listener.Accept();
  connection.ReadUntil("\r\n\r\n");
  answers.push_back(client.Start(Get(LoopbackUrl(listener.port()))));  // waits for the first
  answers.push_back(client.Start(Get(LoopbackUrl(deaf.port(), "127.0.0.3"))));
  answers.push_back(client.Start(Get("http://silent.example/")));
  client.Drop();
  for (auto& answer : answers) {
    const Answer result = answer.get();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().text, "The HTTP client was closed");
  }
}

base::Task<> SendAndForget(Client& client, ClientRequest request) {
  co_await client.Send(std::move(request));
}

TEST(ClientEnd, MayBeFollowedByTheSchedulersAtOnce) {
  RawListener listener;
  TestResolver resolver;
  {
    base::RealScheduler scheduler;
    auto client =
        MakeClient(scheduler, resolver, AddressGuard({Net("127.0.0.0/8")}), ClientOptions())
            .value();
    scheduler.Spawn("send", SendAndForget(*client, Get(LoopbackUrl(listener.port()))));
    scheduler.Spawn("send", SendAndForget(*client, Get(LoopbackUrl(listener.port()))));
    scheduler.Post([&] { scheduler.Stop(); });
    scheduler.Run();
  }
}

}  // namespace
}  // namespace parley::http
