// What a client sends, and what it makes of answers.
#include "http/client.h"

#include <gtest/gtest.h>

#include "http/test_client.h"

namespace parley::http {
namespace {

constexpr std::string_view kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

// One request to a listener that the test serves.
class ClientTest : public testing::Test {
 protected:
  // The answer that the client makes of `text`, after which the connection ends.
  Answer AnswerTo(ClientRequest request, std::string_view text, BodySink* sink = nullptr) {
    auto answer = client.Start(std::move(request), sink);
    RawClient connection = listener.Accept();
    sent = connection.ReadAnswer();
    connection.Send(text);
    connection.EndSending();
    return answer.get();
  }
  std::string url(std::string_view target = "/") const {
    return "http://127.0.0.1:" + std::to_string(listener.port()) + std::string(target);
  }

  RawListener listener;
  TestClient client;
  std::string sent;
};

TEST_F(ClientTest, SendsARequest) {
  ClientRequest request = Post(url("/a?b=c#d"), "hello");
  request.headers.Add("Content-Type", "text/plain");
  ASSERT_TRUE(AnswerTo(request, kOk));
  EXPECT_EQ(sent, "POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(listener.port()) +
                      "\r\nUser-Agent: Parley\r\nAccept: */*\r\nContent-Type: text/plain\r\n"
                      "Content-Length: 5\r\n\r\nhello");
}

TEST_F(ClientTest, AGetHasNoLengthAndKeepsTheCallersHeaders) {
  ClientRequest request = Get(url());
  request.headers.Add("user-agent", "mine");
  request.headers.Add("accept", "a/b");
  ASSERT_TRUE(AnswerTo(request, kOk));
  EXPECT_EQ(sent, "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(listener.port()) +
                      "\r\nuser-agent: mine\r\naccept: a/b\r\n\r\n");
}

TEST_F(ClientTest, SendsUserInformation) {
  const std::string with_user = "http://user:p%40ss@127.0.0.1:" + std::to_string(listener.port());
  ASSERT_TRUE(AnswerTo(Get(with_user), kOk));
  EXPECT_NE(sent.find("Authorization: Basic dXNlcjpwQHNz\r\n"), std::string::npos);
  ClientRequest request = Get(with_user);
  request.headers.Add("Authorization", "Bearer x");
  ASSERT_TRUE(AnswerTo(request, kOk));
  EXPECT_EQ(sent.find("Basic"), std::string::npos);
}

TEST_F(ClientTest, RefusesHeadersThatAreNotTheCallers) {
  for (const auto& [name, value] : Headers::Fields{{"X", "a\r\nY: b"},
                                                   {"X: y", "z"},
                                                   {"", "z"},
                                                   {"host", "other"},
                                                   {"Content-Length", "3"},
                                                   {"transfer-encoding", "chunked"},
                                                   {"Connection", "close"}}) {
    ClientRequest request = Get(url());
    request.headers.Add(name, value);
    const Answer answer = client.Send(request);
    ASSERT_FALSE(answer) << name;
    EXPECT_EQ(answer.error().code, base::ErrorCode::kInvalidFields) << name;
    EXPECT_EQ(answer.error().faults.at(0).path, "headers") << name;
  }
}

TEST_F(ClientTest, RefusesUrlsAndMethods) {
  EXPECT_EQ(client.Send(Get("ftp://x/")).error().faults.at(0).path, "url");
  EXPECT_EQ(client.Send(Get("http://%zz@127.0.0.1/")).error().faults.at(0).path, "url");
  EXPECT_EQ(client.Send(ClientRequest(Method::kOther, url())).error().faults.at(0).path, "method");
}

TEST_F(ClientTest, ReadsAnAnswer) {
  const Answer answer =
      AnswerTo(Get(url()), "HTTP/1.1 404 Not Found\r\nX-Key: v\r\nContent-Length: 5\r\n\r\nhello");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 404);
  EXPECT_EQ(answer->headers.Get("x-key"), "v");
  EXPECT_EQ(answer->body, "hello");
  EXPECT_FALSE(answer->truncated);
}

TEST_F(ClientTest, SkipsInterimAnswers) {
  const std::string interim =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n";
  const Answer answer = AnswerTo(Get(url()), interim + std::string(kOk));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_FALSE(answer->headers.Has("A"));
  EXPECT_EQ(answer->body, "ok");
}

TEST_F(ClientTest, GivesUpOnInterimAnswersWithoutEnd) {
  std::string interim;
  for (int i = 0; i < 100; ++i) interim += "HTTP/1.1 102 Processing\r\n\r\n";
  EXPECT_EQ(AnswerTo(Get(url()), interim).error().code, base::ErrorCode::kUnavailable);
}

TEST_F(ClientTest, NeverFollowsARedirect) {
  const Answer answer = AnswerTo(Get(url("/a")), "HTTP/1.1 302 Found\r\nLocation: " + url("/b") +
                                                     "\r\nContent-Length: 0\r\n\r\n");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 302);
  EXPECT_EQ(answer->headers.Get("Location"), url("/b"));
}

TEST_F(ClientTest, SaysWhatIsWrongWithAnAnswer) {
  const std::string authority = "127.0.0.1:" + std::to_string(listener.port());
  for (const auto& [text, fault] : std::vector<std::pair<std::string, std::string>>{
           {"", "The connection to " + authority + " ended before an answer came"},
           {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
            "The connection ended within the answer"},
           {"220 smtp.example ESMTP\r\n\r\n", "The answer is not valid HTTP"}}) {
    const Answer answer = AnswerTo(Post(url(), "x"), text);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, base::ErrorCode::kUnavailable);
    EXPECT_EQ(answer.error().text, fault);
  }
}

TEST_F(ClientTest, CutsAnAnswerOverTheLimit) {
  ClientRequest request = Get(url());
  request.max_response = 3;
  const Answer answer = AnswerTo(request, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->truncated);
  EXPECT_EQ(answer->body, "hel");
}

TEST_F(ClientTest, TimesOutOnAServerThatIsSilentOrStops) {
  for (const std::string_view text : {"", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"}) {
    ClientRequest request = Get(url());
    request.timeout = base::Duration(50);
    auto answer = client.Start(request);
    RawClient connection = listener.Accept();
    connection.Send(text);
    EXPECT_EQ(answer.get().error().code, base::ErrorCode::kTimeout);
    connection.ReadAll();  // the client has closed
  }
}

TEST_F(ClientTest, TimesOutOnAServerThatDoesNotRead) {
  ClientRequest request = Post(url(), std::string(32 << 20, 'x'));
  request.timeout = base::Duration(200);
  auto answer = client.Start(request);
  RawClient connection = listener.Accept();
  EXPECT_EQ(answer.get().error().code, base::ErrorCode::kTimeout);
}

TEST_F(ClientTest, TakesAnAnswerThatComesBeforeTheBodyIsSent) {
  auto answer = client.Start(Post(url(), std::string(32 << 20, 'x')));
  {
    RawClient connection = listener.Accept();
    connection.ReadUntil("\r\n\r\n");
    connection.Send("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
  }
  const Answer result = answer.get();
  ASSERT_TRUE(result) << result.error().text;
  EXPECT_EQ(result->status, 413);
  EXPECT_EQ(result->body, "no");
}

// ---------------------------------------------------------------------------------------- Fetch

class TextSink final : public BodySink {
 public:
  base::Result<void> Start(const ClientResponse& head) override {
    ++starts;
    if (head.status != 200) return base::Error(base::ErrorCode::kMediaUnreachable);
    return {};
  }
  base::Result<void> Write(std::string_view data) override {
    if (text.size() + data.size() > limit) return base::Error(base::ErrorCode::kMediaTooLarge);
    text += data;
    return {};
  }
  int starts = 0;
  std::size_t limit = 1 << 20;
  std::string text;
};

TEST_F(ClientTest, FetchGivesTheBodyToItsSink) {
  TextSink sink;
  const std::string body(200'000, 'b');  // more than max_response
  const Answer answer =
      AnswerTo(Get(url()), "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + body, &sink);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "");
  EXPECT_EQ(sink.starts, 1);
  EXPECT_EQ(sink.text, body);
}

TEST_F(ClientTest, ASinkCanEndAFetch) {
  TextSink sink;
  sink.limit = 4;
  EXPECT_EQ(
      AnswerTo(Get(url()), "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", &sink).error().code,
      base::ErrorCode::kMediaTooLarge);
  TextSink other;
  EXPECT_EQ(AnswerTo(Get(url()), "HTTP/1.1 404 No\r\nContent-Length: 5\r\n\r\nhello", &other)
                .error()
                .code,
            base::ErrorCode::kMediaUnreachable);
  EXPECT_EQ(other.text, "");
}

// ------------------------------------------------------------------------------------ addresses

TEST_F(ClientTest, RefusesPrivateAddresses) {
  TestClient guarded({}, {});
  guarded.resolver->hosts["mixed.example"] = {"8.8.8.8", "127.0.0.1"};
  for (const char* host :
       {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost", "mixed.example"}) {
    const std::string target = LoopbackUrl(listener.port(), host);
    EXPECT_EQ(guarded.Send(Get(target)).error().code, base::ErrorCode::kAddressRefused) << host;
    EXPECT_EQ(guarded.Check(target).error().code, base::ErrorCode::kAddressRefused) << host;
  }
}

TEST_F(ClientTest, CheckResolvesWithoutConnecting) {
  EXPECT_TRUE(client.Check("https://localhost/"));
  EXPECT_EQ(client.Check("nonsense").error().code, base::ErrorCode::kInvalidFields);
  EXPECT_EQ(client.Check("http://unknown.example/").error().code, base::ErrorCode::kUnavailable);
}

TEST_F(ClientTest, SaysThatNobodyListens) {
  std::uint16_t port = 0;
  {
    const RawListener gone;
    port = gone.port();
  }
  const Answer answer = client.Send(Get(LoopbackUrl(port)));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, base::ErrorCode::kUnavailable);
  EXPECT_EQ(answer.error().text,
            "Could not connect to 127.0.0.1:" + std::to_string(port) + ": Connection refused");
}

TEST_F(ClientTest, TriesTheNextAddress) {
  client.resolver->hosts["two.example"] = {"127.0.0.2", "127.0.0.1"};  // nobody is at the first
  ASSERT_TRUE(AnswerTo(Get(LoopbackUrl(listener.port(), "two.example")), kOk));
}

TEST_F(ClientTest, AnAddressThatDoesNotAnswerLeavesTimeForTheNext) {
  RawListener deaf("127.0.0.3", listener.port(), 0);
  deaf.FillBacklog();
  client.resolver->hosts["two.example"] = {"127.0.0.3", "127.0.0.1"};
  ClientRequest request = Get(LoopbackUrl(listener.port(), "two.example"));
  request.timeout = std::chrono::seconds(2);
  ASSERT_TRUE(AnswerTo(request, kOk));
}

TEST_F(ClientTest, TimesOutWhileItConnectsOrResolves) {
  RawListener deaf("127.0.0.3", 0, 0);
  deaf.FillBacklog();
  client.resolver->hosts["silent.example"] = {};
  for (const std::string& target :
       {LoopbackUrl(deaf.port(), "127.0.0.3"), std::string("http://silent.example/")}) {
    ClientRequest request = Get(target);
    request.timeout = base::Duration(50);
    EXPECT_EQ(client.Send(request).error().code, base::ErrorCode::kTimeout) << target;
  }
}

}  // namespace
}  // namespace parley::http
