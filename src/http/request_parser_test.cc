#include "http/request_parser.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

using Progress = RequestParser::Progress;

constexpr std::size_t kMaxHeader = 1024;

struct Outcome {
  Progress progress = Progress::kNeedsMore;
  Request request;
  std::string rest;  // what was not used
  int status = 0;
};

// Feeds the text in pieces of `piece` bytes until the parser is done with it.
Outcome Feed(std::string_view text, std::size_t piece, std::size_t body_limit = 1000,
             std::size_t memory_limit = 1 << 20) {
  BodyMemory memory;
  memory.limit = memory_limit;
  BodyClaim claim(memory);
  RequestParser parser(kMaxHeader);
  Outcome outcome;
  std::string pending;
  while (outcome.progress == Progress::kNeedsMore && !text.empty()) {
    pending += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    std::string_view data = pending;
    while (outcome.progress == Progress::kNeedsMore && !data.empty()) {
      const std::size_t before = data.size();
      outcome.progress = parser.Parse(data);
      if (outcome.progress == Progress::kHead)
        outcome.progress =
            parser.is_done() ? Progress::kComplete : parser.AllowBody(body_limit, claim);
      else if (data.size() == before)
        break;
    }
    pending = std::string(data);
  }
  outcome.request = std::move(parser.request());
  outcome.rest = pending + std::string(text);
  if (outcome.progress == Progress::kFault) outcome.status = parser.fault_status();
  return outcome;
}

TEST(RequestParser, ReadsARequestHoweverItIsCut) {
  const std::string text =
      "POST /a?b=c HTTP/1.1\r\nHost: x\r\nX-Key:  v \r\nContent-Length: 5\r\n\r\nhelloGET";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    const Outcome outcome = Feed(text, piece);
    ASSERT_EQ(outcome.progress, Progress::kComplete) << piece;
    EXPECT_EQ(outcome.request.method, Method::kPost);
    EXPECT_EQ(outcome.request.target, "/a?b=c");
    EXPECT_EQ(outcome.request.headers.Get("x-key"), "v");
    EXPECT_EQ(outcome.request.body, "hello");
    EXPECT_EQ(outcome.rest, "GET");
  }
}

TEST(RequestParser, ReadsChunksHoweverTheyAreCut) {
  const std::string text =
      "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n\r\n"
      "5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nX-Trailer: t\r\nHost: y\r\n\r\nGET";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    const Outcome outcome = Feed(text, piece);
    ASSERT_EQ(outcome.progress, Progress::kComplete) << piece;
    EXPECT_EQ(outcome.request.body, "hello!");
    EXPECT_FALSE(outcome.request.headers.Has("X-Trailer"));
    EXPECT_EQ(outcome.request.headers.Get("Host"), "x");
    EXPECT_EQ(outcome.rest, "GET");
  }
}

// Beast 1.81 ends the process over this one.
TEST(RequestParser, ReadsAnEmptyChunkedBodyHoweverItIsCut) {
  const std::string text =
      "PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    const Outcome outcome = Feed(text, piece);
    ASSERT_EQ(outcome.progress, Progress::kComplete) << piece;
    EXPECT_EQ(outcome.request.body, "");
  }
}

TEST(RequestParser, ReducesAnAbsoluteTarget) {
  EXPECT_EQ(Feed("GET http://a.example/b?c HTTP/1.1\r\nHost: x\r\n\r\n", 99).request.target,
            "/b?c");
  EXPECT_EQ(Feed("GET HTTPS://a.example HTTP/1.1\r\nHost: x\r\n\r\n", 99).request.target, "/");
  EXPECT_EQ(Feed("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 99).request.target, "*");
}

TEST(RequestParser, TakesMethodsItDoesNotKnow) {
  EXPECT_EQ(Feed("PROPFIND /a HTTP/1.1\r\nHost: x\r\n\r\n", 99).request.method, Method::kOther);
}

TEST(RequestParser, RefusesWhatTwoReadersCouldUnderstandDifferently) {
  for (const char* header : {
           "Content-Length: 5\r\nTransfer-Encoding: chunked",
           "Transfer-Encoding: chunked\r\nContent-Length: 5",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
           "Transfer-Encoding: gzip, chunked",
           "Transfer-Encoding: chunked, gzip",
           "Transfer-Encoding: xchunked",
           "Transfer-Encoding: identity",
           "Transfer-Encoding: \x0b"
           "chunked",
           "Transfer-Encoding : chunked",
           "Content-Length: 5\r\nContent-Length: 6",
           "Content-Length: 5, 6",
           "Content-Length: +5",
           "Content-Length: -5",
           "Content-Length: 0x5",
           "Content-Length: 5 5",
           "Content-Length:",
           "Content-Length: 99999999999999999999",
           "Host: y",
           "no colon",
           ": empty",
           "X: a\rb",
           "X: a\nb",
           " X: folded start",
       }) {
    const std::string text =
        "POST / HTTP/1.1\r\n" + std::string(header) + "\r\nHost: x\r\n\r\n0\r\n\r\n";
    const Outcome outcome = Feed(text, text.size());
    EXPECT_EQ(outcome.progress, Progress::kFault) << header;
    EXPECT_EQ(outcome.status, 400) << header;
  }
}

TEST(RequestParser, RefusesBrokenRequestLinesAndChunks) {
  for (const char* text : {
           "GET / HTTP/1.1\r\n\r\n",  // no Host
           "GET / HTTP/2.0\r\nHost: x\r\n\r\n",
           "GET / HTTP/1.2\r\nHost: x\r\n\r\n",
           "GET /\r\nHost: x\r\n\r\n",
           "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
           "GET / HTTP/1.1\nHost: x\n\n",
           "GET a.example:80 HTTP/1.1\r\nHost: x\r\n\r\n",
           "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
           "GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n",  // no UTF-8
           "G(T / HTTP/1.1\r\nHost: x\r\n\r\n",
           "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1 1\r\n",
       }) {
    const Outcome outcome = Feed(text, 999);
    EXPECT_EQ(outcome.progress, Progress::kFault) << text;
    EXPECT_EQ(outcome.status, 400) << text;
  }
}

TEST(RequestParser, HasALimitForTheHeader) {
  const std::string start = "GET / HTTP/1.1\r\nHost: x\r\n";
  EXPECT_EQ(Feed(start + "A: " + std::string(2 * kMaxHeader, 'a'), 100).status, 431);
  EXPECT_EQ(Feed("GET /" + std::string(2 * kMaxHeader, 'a'), 100).status, 431);
  std::string many = start;
  for (int i = 0; i < 129; ++i) many += "A:b\r\n";
  EXPECT_EQ(Feed(many + "\r\n", many.size() + 2).status, 431);
}

// Beast measures what it holds unparsed; a line at a time would never reach its limit.
TEST(RequestParser, HasALimitForAHeaderThatComesLineByLine) {
  std::string text = "GET / HTTP/1.1\r\nHost: x\r\n";
  std::string_view first = text;
  RequestParser parser(kMaxHeader);
  parser.Parse(first);
  Progress progress = Progress::kNeedsMore;
  std::string pending(first);
  for (int i = 0; i < 200 && progress == Progress::kNeedsMore; ++i) {
    pending += "AAAA: bbbbbb\r\nA";
    std::string_view data = pending;
    progress = parser.Parse(data);
    pending = std::string(data);
  }
  EXPECT_EQ(progress, Progress::kFault);
  EXPECT_EQ(parser.fault_status(), 431);
}

TEST(RequestParser, HasALimitForChunkExtensionsAndTrailers) {
  const std::string start = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(Feed(start + "1;a=" + std::string(4 * kMaxHeader, 'a'), 100).status, 431);
  EXPECT_EQ(Feed(start + "0\r\nA: " + std::string(4 * kMaxHeader, 'a'), 100).status, 431);
}

TEST(RequestParser, RefusesABodyOverTheLimit) {
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\n";
  const Outcome known = Feed(head + "Content-Length: 1001\r\n\r\n", 999);
  EXPECT_EQ(known.progress, Progress::kRefused);
  EXPECT_EQ(known.request.body_state, BodyState::kTooLarge);
  EXPECT_EQ(Feed(head + "Content-Length: 1000\r\n\r\n", 999).progress, Progress::kNeedsMore);

  const std::string chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
  const Outcome unknown = Feed(chunked + "1\r\na\r\n3e8\r\n", 999);
  EXPECT_EQ(unknown.progress, Progress::kRefused);
  EXPECT_EQ(unknown.request.body_state, BodyState::kTooLarge);
  EXPECT_EQ(unknown.request.body, "");
  EXPECT_EQ(Feed(chunked + "ffffffffffffffff\r\n", 999).progress, Progress::kRefused);
  EXPECT_EQ(Feed(chunked + "1\r\na\r\nffffffffffffffff\r\n", 999).progress, Progress::kRefused);
  EXPECT_EQ(Feed(chunked + "1\r\na\r\n3e7\r\n", 999).progress, Progress::kNeedsMore);
}

TEST(RequestParser, RefusesABodyThatTheMemoryHasNoRoomFor) {
  constexpr std::size_t kBig = 1 << 20;
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ";
  const Outcome refused = Feed(head + "100000\r\n\r\n", 999, kBig, 99'999);
  EXPECT_EQ(refused.progress, Progress::kRefused);
  EXPECT_EQ(refused.request.body_state, BodyState::kNoRoom);
  EXPECT_EQ(Feed(head + "100000\r\n\r\n", 999, kBig, 100'000).progress, Progress::kNeedsMore);
  EXPECT_EQ(Feed(head + "65536\r\n\r\n", 999, kBig, 0).progress, Progress::kNeedsMore);
}

TEST(BodyClaim, GivesBackWhatItTook) {
  BodyMemory memory;
  memory.limit = 200'000;
  {
    BodyClaim claim(memory);
    EXPECT_TRUE(claim.Grow(100'000));
    EXPECT_TRUE(claim.Grow(150'000));
    EXPECT_EQ(memory.used, 150'000u);
    BodyClaim other(memory);
    EXPECT_FALSE(other.Grow(100'000));
    EXPECT_EQ(memory.used, 150'000u);
  }
  EXPECT_EQ(memory.used, 0u);
}

}  // namespace
}  // namespace parley::http
