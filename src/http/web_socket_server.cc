#include "http/web_socket_server.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <deque>

#include "base/encoding.h"
#include "http/connection.h"
#include "http/grammar.h"
#include "http/web_socket_frames.h"

namespace parley::http {
namespace {

// A client that says nothing for so long is gone; those that we know of say something twice a
// minute.
constexpr base::Duration kSilence = std::chrono::minutes(5);
// Answers to pings that a client does not read.
constexpr std::size_t kMaxUnreadPongs = 64 * 1024;

constexpr std::string_view kAcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

bool HasToken(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view item = list.substr(0, comma);
    while (!item.empty() && (item.front() == ' ' || item.front() == '\t')) item.remove_prefix(1);
    while (!item.empty() && (item.back() == ' ' || item.back() == '\t')) item.remove_suffix(1);
    if (EqualIgnoringCase(item, token)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

std::string AcceptOf(std::string_view key) {
  const std::string text = std::string(key) + std::string(kAcceptSuffix);
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  return base::ToBase64({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

base::Error Ended() { return base::Error(base::ErrorCode::kUnavailable, "The connection ended"); }

// What the coroutines keep: the WebSocket itself may go while they wait.
struct State : std::enable_shared_from_this<State> {
  State(std::shared_ptr<Connection> connection, std::size_t max_message)
      : connection(std::move(connection)),
        reader(max_message),
        written_more(this->connection->server().scheduler) {}

  bool is_open() const { return !fault && !connection->stream_ended(); }

  // Everything in `data` at once: it lies in a buffer that serves all connections.
  void Take(std::string_view data) {
    while (!fault && !is_closing) {
      switch (reader.Read(data)) {
        case WebSocketReader::Got::kNothing:
          return;
        case WebSocketReader::Got::kMessage:
          messages.push_back(reader.TakePayload());
          break;
        case WebSocketReader::Got::kPing: {
          const std::string payload = reader.TakePayload();
          if (out.size() < kMaxUnreadPongs) Put(WebSocketOpcode::kPong, payload);
          break;
        }
        case WebSocketReader::Got::kClose:
          End(reader.TakePayload(), Ended());
          break;
        case WebSocketReader::Got::kFault: {
          const auto code = reader.fault() == WebSocketClose::kTooLarge
                                ? base::ErrorCode::kBodyTooLarge
                                : base::ErrorCode::kMalformedBody;
          End(MakeClosePayload(reader.fault()), code);
          break;
        }
      }
    }
  }

  // Says goodbye and closes.
  void End(std::string_view payload, base::Error why) {
    is_closing = true;
    end = std::move(why);
    Put(WebSocketOpcode::kClose, payload);
  }

  void Put(WebSocketOpcode opcode, std::string_view payload) {
    const std::string frame = MakeWebSocketFrame(opcode, payload);
    out += frame;
    put += frame.size();
    if (!std::exchange(is_writing, true))
      connection->server().scheduler.Spawn("write to a WebSocket", Flush(shared_from_this()));
  }

  void Fail() {
    if (!fault) fault = end.value_or(Ended());
    out = std::string();
    connection->Close();
    written_more.Notify();
  }

  // Writes what there is until there is nothing; `is_writing` is set before.
  static base::Task<> Flush(std::shared_ptr<State> self) {
    while (!self->out.empty() && self->is_open()) {
      const std::string piece = std::exchange(self->out, std::string());
      if (!co_await self->connection->Write(piece, "")) break;
      self->written += piece.size();
      self->written_more.Notify();
      self->connection->SetDeadline(kSilence);
    }
    self->is_writing = false;
    if (self->is_closing || !self->out.empty() || !self->is_open()) self->Fail();
  }

  const std::shared_ptr<Connection> connection;
  WebSocketReader reader;
  std::deque<std::string> messages;    // read and not yet given
  std::string out;                     // not yet with the kernel
  std::uint64_t put = 0, written = 0;  // bytes since the beginning
  bool is_writing = false, is_closing = false;
  base::Signal written_more;
  std::optional<base::Error> end;    // what is told after the goodbye
  std::optional<base::Error> fault;  // set: closed
};

base::Task<base::Result<std::string>> ReadFrom(std::shared_ptr<State> state) {
  for (;;) {
    if (!state->messages.empty()) {
      std::string message = std::move(state->messages.front());
      state->messages.pop_front();
      co_return message;
    }
    if (state->fault) co_return *state->fault;
    if (state->is_closing) co_return *state->end;
    state->connection->SetDeadline(kSilence);
    const bool readable = co_await state->connection->Readable();
    const auto data = readable ? state->connection->ReadSome() : std::nullopt;
    if (!data)
      state->Fail();
    else
      state->Take(*data);
  }
}

base::Task<base::Result<void>> WriteTo(std::shared_ptr<State> state, std::string message) {
  if (state->fault) co_return *state->fault;
  if (state->is_closing) co_return *state->end;
  state->Put(WebSocketOpcode::kBinary, message);
  message = std::string();
  const std::uint64_t end = state->put;
  while (!state->fault && state->written < end) co_await state->written_more.Wait();
  if (state->written >= end) co_return base::Result<void>();
  co_return *state->fault;
}

class ServerWebSocket final : public WebSocket {
 public:
  explicit ServerWebSocket(std::shared_ptr<State> state) : state_(std::move(state)) {
    state_->connection->OnStreamEnd([weak = std::weak_ptr<State>(state_)] {
      if (const auto alive = weak.lock()) alive->Fail();
    });
  }
  ~ServerWebSocket() override { state_->Fail(); }

  base::Task<base::Result<std::string>> Read() override { return ReadFrom(state_); }
  base::Task<base::Result<void>> Write(std::string message) override {
    return WriteTo(state_, std::move(message));
  }
  void BoundMessages(std::size_t bytes) override { state_->reader.Bound(bytes); }
  void Close() override { state_->Fail(); }

 private:
  const std::shared_ptr<State> state_;
};

}  // namespace

UpgradeAnswer AnswerUpgrade(const Request& request) {
  UpgradeAnswer answer;
  const std::string_view key = request.headers.Get("Sec-WebSocket-Key");
  const auto nonce = base::FromBase64(key);
  const bool asks = request.method == Method::kGet &&
                    HasToken(request.headers.Get("Upgrade"), "websocket") &&
                    HasToken(request.headers.Get("Connection"), "upgrade");
  if (!asks || request.headers.Get("Sec-WebSocket-Version") != "13") {
    answer.refusal = Response::Text(426, "This is a WebSocket of version 13\n");
    answer.refusal->headers.Set("Upgrade", "websocket");
    answer.refusal->headers.Set("Sec-WebSocket-Version", "13");
    return answer;
  }
  if (!nonce || nonce->size() != 16) {
    answer.refusal = Response::Text(400, "Sec-WebSocket-Key must be 16 bytes in Base64\n");
    return answer;
  }
  answer.head =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: " +
      AcceptOf(key) + "\r\n\r\n";
  return answer;
}

std::unique_ptr<WebSocket> MakeServerWebSocket(std::shared_ptr<Connection> connection,
                                               std::size_t max_message, std::string unread) {
  auto state = std::make_shared<State>(std::move(connection), max_message);
  auto socket = std::make_unique<ServerWebSocket>(state);
  state->Take(unread);
  return socket;
}

}  // namespace parley::http
