#include "http/web_socket_server.h"

#include <gtest/gtest.h>

#include "http/test_server.h"
#include "http/web_socket_frames.h"

namespace parley::http {
namespace {

// The request of RFC 6455, section 1.3, whose answer stands there, too.
std::string Upgrade(std::string_view path = "/ws", std::string_view version = "13") {
  return "GET " + std::string(path) +
         " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: " +
         std::string(version) + "\r\n\r\n";
}
constexpr std::string_view kAccept = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";

// With a mask of zeros the payload stays as it is.
std::string FromClient(WebSocketOpcode opcode, std::string_view payload) {
  std::string frame = MakeWebSocketFrame(opcode, payload);
  frame[1] = static_cast<char>(frame[1] | '\x80');
  const std::size_t head = frame.size() - payload.size();
  return frame.insert(head, 4, '\0');
}
std::string Message(std::string_view payload) {
  return FromClient(WebSocketOpcode::kBinary, payload);
}
std::string FromServer(std::string_view payload) {
  return MakeWebSocketFrame(WebSocketOpcode::kBinary, payload);
}

// Sends back what it gets, twice for "twice".
class Echo final : public WebSocketService {
 public:
  bool Serves(std::string_view path) const override { return path == "/ws"; }
  std::size_t max_message() const override { return 1000; }
  base::Task<> Serve(std::unique_ptr<WebSocket> socket) override {
    for (;;) {
      auto message = co_await socket->Read();
      if (!message) {
        ended = message.error().code;
        break;
      }
      if (*message == "bound") socket->BoundMessages(1 << 20);
      if (*message == "enough") co_return;
      if (*message == "twice") static_cast<void>(co_await socket->Write("once more"));
      const auto written = co_await socket->Write(std::move(*message));
      if (!written) break;
    }
  }
  base::ErrorCode ended = base::ErrorCode::kInternal;
};

class WebSocketServer : public testing::Test {
 protected:
  static ServerOptions With(Echo& echo) {
    ServerOptions options;
    options.web_sockets = &echo;
    return options;
  }
  static base::Task<Response> Handle(Request request) {
    co_return Response::Text(200, "plain " + request.target);
  }

  Echo echo;
  TestServer server{&Handle, With(echo)};
  RawClient client{server.port()};
};

TEST_F(WebSocketServer, SwitchesProtocolsAndEchoes) {
  client.Send(Upgrade() + Message("early"));
  const std::string head = client.ReadAnswer(true);
  EXPECT_TRUE(head.starts_with("HTTP/1.1 101 ")) << head;
  EXPECT_NE(head.find(kAccept), std::string::npos) << head;
  EXPECT_EQ(client.Read(FromServer("early").size()), FromServer("early"));
  client.Send(Message("one") + Message("twice"));
  const std::string all = FromServer("one") + FromServer("once more") + FromServer("twice");
  EXPECT_EQ(client.Read(all.size()), all);
}

TEST_F(WebSocketServer, LeavesOtherPathsToTheService) {
  client.Send(Upgrade("/other"));
  EXPECT_EQ(BodyOf(client.ReadAnswer()), "plain /other");
}

TEST_F(WebSocketServer, RefusesWhatIsNoUpgrade) {
  client.Send("GET /ws HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(client.ReadAnswer().starts_with("HTTP/1.1 426 "));
  RawClient old(server.port());
  old.Send(Upgrade("/ws", "8"));
  EXPECT_TRUE(old.ReadAnswer().starts_with("HTTP/1.1 426 "));
}

TEST_F(WebSocketServer, AnswersPingsAndGoodbyes) {
  client.Send(Upgrade());
  client.ReadAnswer(true);
  client.Send(FromClient(WebSocketOpcode::kPing, "are you there"));
  const std::string pong = MakeWebSocketFrame(WebSocketOpcode::kPong, "are you there");
  EXPECT_EQ(client.Read(pong.size()), pong);
  client.Send(FromClient(WebSocketOpcode::kClose, "\x03\xe8"));
  EXPECT_EQ(client.ReadAll(), MakeWebSocketFrame(WebSocketOpcode::kClose, "\x03\xe8"));
  server.Drop();
  EXPECT_EQ(echo.ended, base::ErrorCode::kUnavailable);
}

TEST_F(WebSocketServer, EndsOverlongMessages) {
  client.Send(Upgrade());
  client.ReadAnswer(true);
  client.Send(Message(std::string(1001, 'x')));
  EXPECT_EQ(client.ReadAll(), MakeWebSocketFrame(WebSocketOpcode::kClose,
                                                 MakeClosePayload(WebSocketClose::kTooLarge)));
  server.Drop();
  EXPECT_EQ(echo.ended, base::ErrorCode::kBodyTooLarge);
}

TEST_F(WebSocketServer, TakesLongerOnesWhenItIsToldTo) {
  client.Send(Upgrade());
  client.ReadAnswer(true);
  client.Send(Message("bound"));
  client.Read(FromServer("bound").size());
  const std::string large(500'000, 'x');
  client.Send(Message(large));
  EXPECT_EQ(client.Read(FromServer(large).size()), FromServer(large));
}

TEST_F(WebSocketServer, ClosesWhenItsServiceReturns) {
  client.Send(Upgrade());
  client.ReadAnswer(true);
  client.Send(Message("enough"));
  EXPECT_EQ(client.ReadAll(), "");
}

TEST_F(WebSocketServer, EndsWithTheServer) {
  client.Send(Upgrade());
  client.ReadAnswer(true);
  server.Stop(std::chrono::seconds(30));
  EXPECT_EQ(client.ReadAll(), "");
  EXPECT_EQ(echo.ended, base::ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace parley::http
