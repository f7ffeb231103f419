#include "http/response_parser.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

using Progress = ResponseParser::Progress;

struct Outcome {
  Progress progress = Progress::kNeedsMore;
  ClientResponse response;
  std::string rest;
  std::string fault;
  bool keep_alive = false;
};

Outcome Feed(std::string_view text, std::size_t piece, bool ends = false, bool to_head = false,
             std::size_t max_body = 100) {
  ResponseParser parser(to_head, max_body, nullptr);
  Outcome outcome;
  std::string pending;
  while (outcome.progress == Progress::kNeedsMore && !text.empty()) {
    pending += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    std::string_view data = pending;
    outcome.progress = parser.Parse(data);
    pending = std::string(data);
  }
  if (ends && outcome.progress == Progress::kNeedsMore) outcome.progress = parser.End();
  if (outcome.progress == Progress::kFault) outcome.fault = parser.error().text;
  if (outcome.progress == Progress::kComplete) outcome.keep_alive = parser.keep_alive();
  outcome.response = std::move(parser.response());
  outcome.rest = pending + std::string(text);
  return outcome;
}

TEST(ResponseParser, ReadsAResponseHoweverItIsCut) {
  for (const std::string_view text :
       {"HTTP/1.1 201 Created\r\nX: y\r\nContent-Length: 5\r\n\r\nhelloHTTP",
        "HTTP/1.1 201 Created\r\nX: y\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n0\r\nT: u\r\n\r\nHTTP"}) {
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
      const Outcome outcome = Feed(text, piece);
      ASSERT_EQ(outcome.progress, Progress::kComplete) << piece;
      EXPECT_EQ(outcome.response.status, 201);
      EXPECT_EQ(outcome.response.headers.Get("x"), "y");
      EXPECT_FALSE(outcome.response.headers.Has("T"));
      EXPECT_EQ(outcome.response.body, "hello");
      EXPECT_EQ(outcome.rest, "HTTP");
      EXPECT_TRUE(outcome.keep_alive);
    }
  }
}

TEST(ResponseParser, ReadsEmptyChunkedBodiesHoweverTheyAreCut) {
  const std::string text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (std::size_t piece = 1; piece <= text.size(); ++piece)
    ASSERT_EQ(Feed(text, piece).progress, Progress::kComplete) << piece;
}

TEST(ResponseParser, ReadsABodyThatEndsWithTheConnection) {
  const std::string text = "HTTP/1.1 200 OK\r\n\r\nhello";
  EXPECT_EQ(Feed(text, 99).progress, Progress::kNeedsMore);
  const Outcome outcome = Feed(text, 99, true);
  EXPECT_EQ(outcome.progress, Progress::kComplete);
  EXPECT_EQ(outcome.response.body, "hello");
  EXPECT_FALSE(outcome.keep_alive);
}

TEST(ResponseParser, KnowsResponsesWithoutABody) {
  EXPECT_EQ(Feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 99, false, true).progress,
            Progress::kComplete);
  EXPECT_EQ(Feed("HTTP/1.1 204 No Content\r\n\r\n", 99).progress, Progress::kComplete);
  EXPECT_EQ(Feed("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 99).progress,
            Progress::kComplete);
  EXPECT_EQ(Feed("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP", 99).progress,
            Progress::kInterim);
}

TEST(ResponseParser, KeepsTheConnectionOnlyWhenTheServerDoes) {
  EXPECT_FALSE(Feed("HTTP/1.1 204 x\r\nConnection: close\r\n\r\n", 99).keep_alive);
  EXPECT_FALSE(Feed("HTTP/1.0 200 x\r\nContent-Length: 0\r\n\r\n", 99).keep_alive);
  EXPECT_TRUE(
      Feed("HTTP/1.0 200 x\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n", 99).keep_alive);
}

TEST(ResponseParser, CutsABodyOverTheLimit) {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: ";
  const Outcome exact = Feed(head + "100\r\n\r\n" + std::string(100, 'x'), 33);
  EXPECT_EQ(exact.progress, Progress::kComplete);
  EXPECT_FALSE(exact.response.truncated);
  for (const std::string& text :
       {head + "101\r\n\r\n" + std::string(101, 'x'),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n" + std::string(101, 'x')}) {
    const Outcome cut = Feed(text, 33);
    EXPECT_EQ(cut.progress, Progress::kCut);
    EXPECT_TRUE(cut.response.truncated);
    EXPECT_EQ(cut.response.body, std::string(100, 'x'));
  }
}

TEST(ResponseParser, NoticesAnEndThatComesTooEarly) {
  for (const char* text :
       {"HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"}) {
    const Outcome outcome = Feed(text, 999, true);
    EXPECT_EQ(outcome.progress, Progress::kFault) << text;
    EXPECT_EQ(outcome.fault, "The connection ended within the answer") << text;
  }
}

TEST(ResponseParser, RefusesWhatIsNotHttp) {
  for (const char* text : {
           "SSH-2.0-OpenSSH\r\n\r\n\r\n",
           "HTTP/2.0 200 OK\r\n\r\n",
           "HTTP/1.1 99 Low\r\n\r\n\r\n\r\n",
           "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzzzz\r\n",
       }) {
    const Outcome outcome = Feed(text, 999);
    EXPECT_EQ(outcome.progress, Progress::kFault) << text;
    EXPECT_EQ(outcome.fault, "The answer is not valid HTTP") << text;
  }
}

TEST(ResponseParser, HasALimitForTheHeader) {
  const std::string start = "HTTP/1.1 200 OK\r\n";
  const std::string big(2 * ResponseParser::kMaxHeader, 'x');
  EXPECT_EQ(Feed(start + "A: " + big, 1000).progress, Progress::kFault);
  std::string many = start;
  for (int i = 0; i < 129; ++i) many += "A:b\r\n";
  EXPECT_EQ(Feed(many + "\r\n", 99999).progress, Progress::kFault);
}

TEST(ResponseParser, ReadsHowLongTheServerWaits) {
  const auto timeout = [](std::string_view field) {
    ResponseParser parser(false, 0, nullptr);
    const std::string text = "HTTP/1.1 204 x\r\n" + std::string(field) + "\r\n\r\n";
    std::string_view data = text;
    EXPECT_EQ(parser.Parse(data), Progress::kComplete);
    return parser.keep_alive_timeout();
  };
  EXPECT_EQ(timeout("Keep-Alive: timeout=5"), std::chrono::seconds(5));
  EXPECT_EQ(timeout("Keep-Alive: max=100, timeout=72"), std::chrono::seconds(72));
  EXPECT_EQ(timeout("Keep-Alive: max=100"), std::nullopt);
  EXPECT_EQ(timeout("Keep-Alive: timeout=x"), std::nullopt);
  EXPECT_EQ(timeout("X: y"), std::nullopt);
}

}  // namespace
}  // namespace parley::http
