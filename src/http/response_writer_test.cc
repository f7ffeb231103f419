#include "http/response_writer.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "http/test_server.h"

namespace parley::http {
namespace {

constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr std::string_view kHead = "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n";

// Gives the same answer to everything.
TestServer::Handler Always(std::function<Response()> make) {
  return [make](Request) -> base::Task<Response> { co_return make(); };
}

class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view text)
      : path_(std::filesystem::path(testing::TempDir()) /
              ("parley-" +
               std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

Response File(std::string path, std::uint64_t offset, std::uint64_t length) {
  Response response;
  FileBody body;
  body.path = std::move(path);
  body.offset = offset;
  body.length = length;
  response.body = std::move(body);
  return response;
}

TEST(ResponseHead, KeepsItsLinesApart) {
  Response response(200, "a/b", "");
  response.headers.Add("X-Name", "a\r\nSet-Cookie: b");
  response.headers.Add("Bad Name", "c");
  response.headers.Add("content-length", "7");
  response.headers.Add("Transfer-Encoding", "chunked");
  response.headers.Add("connection", "upgrade");
  std::string head;
  AnswerForm form;
  form.keep_alive = true;
  AppendHead(head, response, form, Framing::kLength, 3);
  EXPECT_EQ(head,
            "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nX-Name: a  Set-Cookie: b\r\n"
            "Content-Length: 3\r\n\r\n");
}

TEST(ResponseHead, NoContentHasNoLength) {
  std::string head;
  const Response response(204, "a/b", "");
  AppendHead(head, response, AnswerForm(), Framing::kLength, 0);
  EXPECT_EQ(head, "HTTP/1.1 204 No Content\r\nContent-Type: a/b\r\nConnection: close\r\n\r\n");
}

TEST(WriteResponse, SendsALargeTextToASlowReader) {
  const std::string text(8 << 20, 't');
  TestServer server(Always([&] { return Response::Text(200, text); }));
  RawClient client(server.port());
  client.Send(kGet);
  client.Send(kGet);
  EXPECT_EQ(BodyOf(client.ReadAnswer()), text);
  EXPECT_EQ(BodyOf(client.ReadAnswer()), text);
}

TEST(WriteResponse, AnswersHeadWithTheLengthAlone) {
  TestServer server(Always([] { return Response::Text(200, "hello"); }));
  RawClient client(server.port());
  client.Send(kHead);
  const std::string head = client.ReadAnswer(true);
  EXPECT_NE(head.find("Content-Length: 5\r\n"), std::string::npos);
  client.Send(kGet);  // would be preceded by the body if there were one
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "hello");
}

TEST(WriteResponse, SendsPartOfAFile) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += std::to_string(i) + "\n";
  const TemporaryFile file(text);
  TestServer server(Always([&] { return File(file.path(), 10, text.size() - 20); }));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(BodyOf(client.ReadAnswer()), text.substr(10, text.size() - 20));
  client.Send(kHead);
  EXPECT_NE(client.ReadAnswer(true).find("Content-Length: " + std::to_string(text.size() - 20)),
            std::string::npos);
  client.Send(kGet);
  EXPECT_EQ(client.ReadAnswer().substr(0, 15), "HTTP/1.1 200 OK");
}

TEST(WriteResponse, SendsAnEmptyFile) {
  const TemporaryFile file("");
  TestServer server(Always([&] { return File(file.path(), 0, 0); }));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_NE(client.ReadAnswer().find("Content-Length: 0\r\n"), std::string::npos);
}

TEST(WriteResponse, SaysThatAFileCannotBeRead) {
  const TemporaryFile file("12345");
  for (const auto& [path, offset, length] :
       std::vector<std::tuple<std::string, std::uint64_t, std::uint64_t>>{
           {"/nowhere/at/all", 0, 0},
           {file.path(), 0, 6},
           {file.path(), 6, 0},
           {file.path(), ~std::uint64_t{0}, 2}}) {
    TestServer server(Always([&, &path = path, &offset = offset, &length = length] {
      return File(path, offset, length);
    }));
    RawClient client(server.port());
    client.Send(kGet);
    EXPECT_EQ(client.ReadAnswer().substr(0, 13), "HTTP/1.1 500 ") << path << offset;
  }
}

// --------------------------------------------------------------------------------------- streams

base::Task<> CountToThree(StreamWriter& writer) {
  for (const char* text : {"one", "", "two", "three"}) co_await writer.Write(text);
}

Response Stream(std::function<base::Task<>(StreamWriter&)> run) {
  Response response;
  response.headers.Set("Content-Type", "text/event-stream");
  StreamBody body;
  body.run = std::move(run);
  response.body = std::move(body);
  return response;
}

TEST(WriteResponse, StreamsInChunks) {
  TestServer server(Always([] { return Stream(CountToThree); }));
  RawClient client(server.port());
  client.Send(kGet);
  EXPECT_EQ(client.ReadAll(),
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
            "Connection: close\r\n\r\n3\r\none\r\n3\r\ntwo\r\n5\r\nthree\r\n0\r\n\r\n");
}

TEST(WriteResponse, StreamsWithoutChunksToHttp10) {
  TestServer server(Always([] { return Stream(CountToThree); }));
  RawClient client(server.port());
  client.Send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(BodyOf(client.ReadAll()), "onetwothree");
}

TEST(WriteResponse, DoesNotRunAStreamForHead) {
  TestServer server(Always([] { return Stream(CountToThree); }));
  RawClient client(server.port());
  client.Send(kHead);
  EXPECT_EQ(BodyOf(client.ReadAll()), "");
}

// A stream that says "ready" and waits until it is woken.
class WaitingStream {
 public:
  explicit WaitingStream(base::Scheduler& scheduler) : woken_(scheduler) {}
  base::Task<> Run(StreamWriter& writer) {
    writer.OnEnd([this] { woken_.Notify(); });
    co_await writer.Write("ready");
    co_await woken_.Wait();
    const bool written = co_await writer.Write("more");
    after_end.set_value(written);
  }
  std::promise<bool> after_end;

 private:
  base::Signal woken_;
};

class StreamEnd : public testing::Test {
 protected:
  StreamEnd()
      : server([this](Request) -> base::Task<Response> {
          stream = std::make_unique<WaitingStream>(server.scheduler());
          result = stream->after_end.get_future();
          co_return Stream([this](StreamWriter& writer) { return stream->Run(writer); });
        }) {}
  std::unique_ptr<WaitingStream> stream;
  std::future<bool> result;
  TestServer server;
};

TEST_F(StreamEnd, AStreamIsWokenWhenItsClientLeaves) {
  auto client = std::make_unique<RawClient>(server.port());
  client->Send(kGet);
  client->ReadUntil("ready");
  client.reset();
  EXPECT_FALSE(result.get());
}

TEST_F(StreamEnd, AStreamIsWokenAndEndsWellWhenTheServerStops) {
  RawClient client(server.port());
  client.Send(kGet);
  client.ReadUntil("ready");
  server.Stop(std::chrono::seconds(30));
  EXPECT_FALSE(result.get());
  EXPECT_EQ(client.ReadAll(), "\r\n0\r\n\r\n");
}

TEST(WriteResponse, GivesUpAStreamWhoseClientDoesNotRead) {
  std::promise<void> gave_up;
  auto write_on = [&gave_up](StreamWriter& writer) -> base::Task<> {
    while (co_await writer.Write(std::string(1 << 20, 'x'))) {
    }
    gave_up.set_value();
  };
  ServerOptions options;
  options.write_timeout = base::Duration(50);
  TestServer server(Always([&] { return Stream(write_on); }), options);
  RawClient client(server.port());
  client.Send(kGet);
  gave_up.get_future().wait();
  EXPECT_EQ(server.counters().timeouts, 1);
}

}  // namespace
}  // namespace parley::http
