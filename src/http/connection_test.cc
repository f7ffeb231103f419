// What a client sees of one connection.
#include "http/connection.h"

#include <gtest/gtest.h>

#include "http/test_server.h"

namespace parley::http {
namespace {

// Tells what it got.
base::Task<Response> Echo(Request request) {
  std::string text = std::string(NameOf(request.method)) + " " + request.target + " " +
                     request.body + " " + request.remote_address;
  if (request.body_state == BodyState::kTooLarge) co_return Response::Text(413, "too large");
  if (request.body_state == BodyState::kNoRoom) co_return Response::Text(503, "no room");
  co_return Response::Text(200, std::move(text));
}

std::string Post(std::string_view body, std::string_view fields = "") {
  return "POST /p HTTP/1.1\r\nHost: x\r\n" + std::string(fields) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

constexpr std::string_view kGet = "GET /g HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(Connection, AnswersARequest) {
  TestServer server(Echo);
  RawClient client(server.port());
  client.Send(Post("hello"));
  EXPECT_EQ(client.ReadAnswer(),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"
            "Content-Length: 23\r\n\r\nPOST /p hello 127.0.0.1");
}

TEST(Connection, IsKeptForTheNextRequest) {
  TestServer server(Echo);
  RawClient client(server.port());
  for (int i = 0; i < 3; ++i) {
    client.Send(kGet);
    EXPECT_EQ(BodyOf(client.ReadAnswer()), "GET /g  127.0.0.1");
  }
  EXPECT_EQ(server.counters().accepted, 1);
  EXPECT_EQ(server.counters().requests, 3);
}

TEST(Connection, AnswersPipelinedRequestsInOrder) {
  TestServer server(Echo);
  RawClient client(server.port());
  std::string all;
  for (int i = 0; i < 2000; ++i) all += Post(std::to_string(i));
  std::thread sender([&] { client.Send(all); });
  for (int i = 0; i < 2000; ++i)
    ASSERT_EQ(BodyOf(client.ReadAnswer()), "POST /p " + std::to_string(i) + " 127.0.0.1");
  sender.join();
}

TEST(Connection, TakesARequestByteByByte) {
  TestServer server(Echo);
  RawClient client(server.port());
  for (const char c : Post("hello")) client.Send(std::string_view(&c, 1));
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "POST /p hello 127.0.0.1");
}

TEST(Connection, TakesALargeBodyInBothEncodings) {
  TestServer server([](Request request) -> base::Task<Response> {
    const bool right = request.body == std::string(1 << 20, 'b');
    co_return Response::Text(200, right ? "right" : "wrong");
  });
  RawClient client(server.port());
  client.Send(Post(std::string(1 << 20, 'b')));
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "right");
  std::string chunks = "POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 16; ++i) chunks += "10000\r\n" + std::string(1 << 16, 'b') + "\r\n";
  client.Send(chunks + "0\r\n\r\n");
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "right");
}

TEST(Connection, EndsWhenTheClientAsksForIt) {
  TestServer server(Echo);
  RawClient client(server.port());
  client.Send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string answer = client.ReadAll();
  EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
  EXPECT_EQ(BodyOf(answer), "GET /  127.0.0.1");
}

TEST(Connection, EndsAfterHttp10UnlessItIsToBeKept) {
  TestServer server(Echo);
  RawClient closing(server.port());
  closing.Send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(BodyOf(closing.ReadAll()), "GET /  127.0.0.1");
  RawClient keeping(server.port());
  keeping.Send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_NE(keeping.ReadAnswer().find("Connection: keep-alive\r\n"), std::string::npos);
  keeping.Send(kGet);
  EXPECT_EQ(BodyOf(keeping.ReadAnswer()), "GET /g  127.0.0.1");
}

TEST(Connection, AsksForABodyThatWaitsForIt) {
  TestServer server(Echo);
  RawClient client(server.port());
  client.Send("POST /p HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(client.ReadAnswer(true), "HTTP/1.1 100 Continue\r\n\r\n");
  client.Send("hello");
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "POST /p hello 127.0.0.1");
}

TEST(Connection, RefusesABodyThatIsTooLargeWithoutAskingForIt) {
  TestServer server(Echo);
  server.body_limit = 4;
  RawClient client(server.port());
  client.Send("POST /p HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  const std::string answer = client.ReadAnswer();
  EXPECT_EQ(answer.substr(0, 13), "HTTP/1.1 413 ");
  EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
}

// The client sends far more than the sockets hold before it reads.
TEST(Connection, TheRefusalOfALargeBodyIsSeen) {
  for (const bool chunked : {false, true}) {
    TestServer server(Echo);
    server.body_limit = 1000;
    RawClient client(server.port());
    const std::string body(16 << 20, 'b');
    if (chunked)
      EXPECT_TRUE(
          client.Send("POST /p HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "1000000\r\n" +
                      body));
    else
      EXPECT_TRUE(client.Send(Post(body)));
    client.EndSending();
    EXPECT_EQ(BodyOf(client.ReadAll()), "too large");
    EXPECT_FALSE(client.was_reset());
  }
}

TEST(Connection, BodiesShareALimitedMemory) {
  SchedulerThread* thread = nullptr;
  std::unique_ptr<base::Signal> release;
  auto handle = [&](Request request) -> base::Task<Response> {
    if (request.target == "/hold") co_await release->Wait();
    co_return co_await Echo(std::move(request));
  };
  ServerOptions options;
  options.max_body_memory = 150'000;
  TestServer server(handle, options);
  thread = &server.thread();
  thread->Run([&] { release = std::make_unique<base::Signal>(server.scheduler()); });

  const std::string body(100'000, 'b');
  RawClient holder(server.port());
  holder.Send("POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + body);
  WaitUntil([&] { return server.counters().requests == 1; });
  RawClient client(server.port());
  client.Send(Post(body));
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "no room");
  RawClient small(server.port());
  small.Send(Post(std::string(65536, 'b')));
  EXPECT_EQ(small.ReadAnswer().substr(0, 13), "HTTP/1.1 200 ");

  thread->Run([&] { release->Notify(); });
  EXPECT_EQ(holder.ReadAnswer().substr(0, 13), "HTTP/1.1 200 ");
  RawClient next(server.port());
  next.Send(Post(body));
  EXPECT_EQ(next.ReadAnswer().substr(0, 13), "HTTP/1.1 200 ");
}

TEST(Connection, RefusesWhatIsNotHttp) {
  TestServer server(Echo);
  RawClient client(server.port());
  client.Send("\x16\x03\x01\x02 this is TLS\r\n\r\n");
  const std::string answer = client.ReadAll();
  EXPECT_EQ(answer.substr(0, answer.find("\r\nContent-Length")),
            "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8");
  EXPECT_EQ(BodyOf(answer), "The request is not valid HTTP: bad method\n");
  EXPECT_EQ(server.counters().malformed, 1);
  EXPECT_EQ(server.counters().requests, 0);
}

TEST(Connection, RefusesAHeaderThatIsTooLarge) {
  ServerOptions options;
  options.max_header = 2000;
  TestServer server(Echo, options);
  RawClient client(server.port());
  client.Send("GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + std::string(100'000, 'x') + "\r\n\r\n");
  EXPECT_EQ(client.ReadAll().substr(0, 13), "HTTP/1.1 431 ");
  EXPECT_FALSE(client.was_reset());
}

// The second request is hidden in what one of two readers takes for the body of the first.
TEST(Connection, NeverServesASmuggledRequest) {
  TestServer server(Echo);
  RawClient client(server.port());
  client.Send(
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
      "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string answer = client.ReadAll();
  EXPECT_EQ(answer.substr(0, 13), "HTTP/1.1 400 ");
  EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos);
  EXPECT_EQ(server.counters().requests, 0);
}

TEST(Connection, AClientThatGoesAwayMidwayIsNoRequest) {
  TestServer server(Echo);
  {
    RawClient client(server.port());
    client.Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhe");
  }
  WaitUntil([&] { return server.counters().accepted == 1 && server.counters().connections == 0; });
  EXPECT_EQ(server.counters().requests, 0);
}

}  // namespace
}  // namespace parley::http
