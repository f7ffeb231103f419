#include "link/multidevice/connection.h"

#include <fmt/format.h>

#include <utility>

#include "base/log.h"
#include "wire/binary/codec.h"
#include "wire/noise/handshake.h"

namespace parley::link::multidevice {
namespace {

using wire::binary::Attribute;
using wire::binary::Node;

constexpr std::size_t kSlack = 4096;  // frames do not end where messages do

std::string MakePrefix(base::Random& random) {
  return fmt::format("{}.{}-", random.Below(65536), random.Below(65536));
}

base::Error Ended() {
  return base::Error(base::ErrorCode::kUnavailable, "The connection to the network ended");
}

bool IsAnswer(const Node& stanza) {
  if (stanza.tag != "iq") return false;
  const auto type = stanza.Find("type");
  return type == "result" || type == "error";
}

// Whether it was the certificates that a handshake failed for.
bool IsAboutTrust(wire::FaultCode code) {
  return code == wire::FaultCode::kWrongSignature || code == wire::FaultCode::kWrongCertificate;
}

}  // namespace

Connection::Connection(base::Scheduler& scheduler, base::Random& random,
                       std::unique_ptr<http::WebSocket> socket)
    : scheduler_(scheduler),
      random_(random),
      socket_(std::move(socket)),
      id_prefix_(MakePrefix(random)),
      last_received_(scheduler.Monotonic()),
      arrived_(scheduler),
      room_(scheduler),
      ended_(scheduler) {}

base::Task<bool> Connection::Start(Greeting greeting) {
  const auto self = shared_from_this();
  socket_->BoundMessages(wire::noise::kMaxHandshakeFrame + kSlack);
  const auto ephemeral = wire::crypto::KeyPair::Generate(random_);
  wire::noise::ClientHandshake handshake(ephemeral, greeting.noise, greeting.root);
  auto hello = wire::noise::MakeFrame(handshake.Hello());
  if (!hello) {
    Close("handshake_failed", hello.error().what);
    co_return false;
  }
  auto sent = co_await socket_->Write(wire::noise::MakeOpening(greeting.routing) + *hello);
  if (!sent) {
    Close("connection_lost", sent.error().detail);
    co_return false;
  }
  const auto answer = co_await ReadFrame();
  if (!answer) co_return false;
  auto finished = handshake.Finish(*answer, greeting.payload, scheduler_.Now());
  if (!finished) {
    const bool trust = IsAboutTrust(finished.error().code);
    Close(trust ? "wrong_certificate" : "handshake_failed", finished.error().what);
    co_return false;
  }
  auto finish = wire::noise::MakeFrame(finished->message);
  if (!finish) {
    Close("handshake_failed", finish.error().what);
    co_return false;
  }
  sent = co_await socket_->Write(std::move(*finish));
  if (!sent) {
    Close("connection_lost", sent.error().detail);
    co_return false;
  }
  transport_.emplace(std::move(finished->transport));
  frames_.AllowLongFrames();
  socket_->BoundMessages(wire::noise::kMaxFrame + kSlack);
  if (end_) co_return false;
  scheduler_.Spawn("multidevice connection", ReadAll());
  co_return true;
}

// The answer of the handshake; nullopt when the connection has ended.
base::Task<std::optional<std::string>> Connection::ReadFrame() {
  while (!end_) {
    auto frame = frames_.Next();
    if (!frame) {
      Close("handshake_failed", frame.error().what);
      break;
    }
    if (*frame) co_return std::move(*frame);
    auto message = co_await socket_->Read();
    if (!message) {
      Close("connection_lost", message.error().detail);
      break;
    }
    last_received_ = scheduler_.Monotonic();
    frames_.Add(*message);
  }
  co_return std::nullopt;
}

base::Task<> Connection::ReadAll() {
  const auto self = shared_from_this();
  while (!end_ && TakeFrames()) {
    while (IsFull() && !end_) co_await room_.Wait();
    if (end_) break;
    auto message = co_await socket_->Read();
    if (!message) {
      Close("connection_lost", message.error().detail);
      break;
    }
    last_received_ = scheduler_.Monotonic();
    frames_.Add(*message);
  }
}

// Takes what is whole of what was read; false when the connection has ended.
bool Connection::TakeFrames() {
  while (true) {
    auto frame = frames_.Next();
    if (!frame) {
      Close("malformed_stream", frame.error().what);
      return false;
    }
    if (!*frame) return true;
    const auto bytes = transport_->Open(**frame);
    if (!bytes) {
      Close("malformed_stream", bytes.error().what);
      return false;
    }
    auto stanza = wire::binary::DecodeNode(*bytes);
    if (stanza)
      Take(std::move(*stanza), (*frame)->size());
    else  // the stream goes on behind it
      base::LogWarning("A stanza could not be read", {{"reason", stanza.error().what}});
  }
}

void Connection::Take(Node stanza, std::size_t bytes) {
  if (counters_ != nullptr) ++counters_->stanzas_in;
  if (IsAnswer(stanza)) {
    const auto query = queries_.find(stanza.Find("id").value_or(""));
    if (query == queries_.end()) return;  // too late
    query->second->answer = std::move(stanza);
    query->second->answered.Notify();
    queries_.erase(query);
    return;
  }
  unread_bytes_ += bytes;
  unread_.push_back(Unread{std::move(stanza), bytes});
  arrived_.Notify();
}

bool Connection::IsFull() const {
  const bool asking = !queries_.empty();
  return unread_.size() >= (asking ? kMaxUnreadWhileAsking : kMaxUnread) ||
         unread_bytes_ >= kMaxUnreadBytes * (asking ? 16 : 1);
}

base::Task<std::optional<Node>> Connection::Next(base::Duration limit) {
  const auto self = shared_from_this();
  if (unread_.empty() && !end_ && !poked_) co_await arrived_.WaitFor(limit);
  if (!poked_ && !unread_.empty()) {
    Node stanza = std::move(unread_.front().stanza);
    unread_bytes_ -= unread_.front().bytes;
    unread_.pop_front();
    room_.Notify();
    co_return stanza;
  }
  poked_ = false;
  co_return std::nullopt;
}

void Connection::Poke() {
  poked_ = true;
  arrived_.Notify();
}

base::Task<base::Result<void>> Connection::Send(Node stanza) {
  const auto self = shared_from_this();
  if (end_ || !transport_) co_return Ended();
  auto bytes = wire::binary::EncodeNode(stanza);
  if (!bytes) co_return base::Error(base::ErrorCode::kBodyTooLarge, "", bytes.error().what);
  // No suspension between sealing and writing: the order of the counters is that of the wire.
  auto sealed = transport_->Seal(*bytes);
  if (!sealed) {
    if (sealed.error().code != wire::FaultCode::kTooLarge) Close("counter_used_up");
    co_return base::Error(base::ErrorCode::kBodyTooLarge, "", sealed.error().what);
  }
  auto frame = wire::noise::MakeFrame(*sealed);
  if (!frame) {
    Close("malformed_stream", frame.error().what);
    co_return Ended();
  }
  auto written = co_await socket_->Write(std::move(*frame));
  if (written) {
    if (counters_ != nullptr) ++counters_->stanzas_out;
    co_return written;
  }
  Close("connection_lost", written.error().detail);
  co_return Ended();
}

base::Task<base::Result<Node>> Connection::Ask(Node iq, base::Duration limit) {
  const auto self = shared_from_this();
  if (end_) co_return Ended();
  if (queries_.size() >= kMaxQueries)
    co_return base::Error(base::ErrorCode::kOverloaded, "Too many queries wait for the network");
  const std::string id = NextId();
  iq.attributes.push_back(Attribute{"id", id});
  const auto query = std::make_shared<Query>(scheduler_);
  queries_.emplace(id, query);
  room_.Notify();  // the bound is another one now
  auto sent = co_await Send(std::move(iq));
  if (sent && !query->answer && !end_) co_await query->answered.WaitFor(limit);
  queries_.erase(id);
  if (query->answer) co_return std::move(*query->answer);
  if (!sent) co_return sent.error();
  if (end_) co_return Ended();
  co_return base::Error(base::ErrorCode::kTimeout, "The network did not answer in time");
}

std::string Connection::NextId() { return fmt::format("{}{}", id_prefix_, ++next_id_); }

void Connection::Close(std::string reason, std::string detail) {
  if (end_) return;
  end_.emplace();
  end_->reason = std::move(reason);
  end_->detail = std::move(detail);
  socket_->Close();
  for (const auto& [id, query] : queries_) query->answered.Notify();
  arrived_.Notify();
  room_.Notify();
  ended_.Notify();
}

base::Task<bool> Connection::WaitForEnd(base::Duration limit) {
  const auto self = shared_from_this();
  if (!end_) co_await ended_.WaitFor(limit);
  co_return end_.has_value();
}

}  // namespace parley::link::multidevice
