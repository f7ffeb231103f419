#include "sim/wire/client.h"

#include "base/log.h"
#include "sim/wire/login.h"
#include "sim/wire/nodes.h"
#include "sim/wire/queries.h"
#include "sim/wire/registration.h"
#include "sim/wire/session.h"
#include "sim/wire/stanzas.h"
#include "wire/binary/codec.h"

namespace parley::sim::wire {
namespace {

// For a client to go by itself after the last stanza.
constexpr base::Duration kGoodbye = std::chrono::seconds(1);

}  // namespace

Client::Client(Parts& parts, std::unique_ptr<http::WebSocket> socket)
    : parts_(parts), socket_(std::move(socket)) {
  handshake_.emplace(crypto::KeyPair::Generate(parts.random), parts.root.server(),
                     parts.root.chain());
}

Client::~Client() = default;

base::Task<> Client::Run(std::shared_ptr<Client> self) {
  Parts& parts = self->parts_;
  parts.clients.emplace(self.get(), self);
  ++parts.counters.connections;
  for (;;) {
    auto message = co_await self->socket_->Read();
    if (!message || !self->Take(*message)) break;
  }
  self->Close();
  // What was paired or logged in ends here, while the network is still there.
  self->registration.reset();
  self->session.reset();
  parts.clients.erase(self.get());
}

void Client::Close() {
  closed_ = true;
  socket_->Close();
}

bool Client::Take(std::string_view bytes) {
  if (closing_) return true;  // it is told that it is over; what it says meanwhile nobody hears
  reader_.Add(bytes);
  for (;;) {
    auto frame = reader_.Next();
    if (!frame) return false;
    if (!*frame) return true;
    if (!TakeFrame(**frame)) return false;
    if (closing_) return true;
  }
}

bool Client::TakeFrame(const std::string& frame) {
  if (handshake_) {
    const bool done = is_answered_ ? Begin(frame) : Answer(frame);
    if (!done) ++parts_.counters.handshakes_failed;
    return done;
  }
  const auto plain = transport_->Open(frame);
  if (!plain) return false;
  auto stanza = binary::DecodeNode(*plain);
  if (!stanza) {
    ++parts_.counters.malformed;
    base::LogInfo("A client sent what is no stanza", {{"why", stanza.error().what}});
    return false;
  }
  TakeStanza(std::move(*stanza));
  return true;
}

bool Client::Answer(const std::string& hello) {
  const auto answer = handshake_->Answer(hello);
  if (!answer) return false;
  const auto frame = noise::MakeFrame(*answer);
  if (!frame) return false;
  is_answered_ = true;
  Put(*frame);
  return true;
}

bool Client::Begin(const std::string& finish) {
  auto accepted = handshake_->Accept(finish);
  if (!accepted) return false;
  noise_key_ = accepted->client;
  transport_.emplace(std::move(accepted->transport));
  handshake_.reset();
  reader_.AllowLongFrames();
  socket_->BoundMessages(kMaxClientMessage);
  return BeginAs(*this, accepted->payload);
}

void Client::TakeStanza(binary::Node stanza) {
  ++parts_.counters.stanzas;
  const Mishap mishap = parts_.faults.Meet(FaultDirection::kFromClient, number(), device(), stanza);
  if (mishap.cut) return Close();
  if (mishap.stream_error != 0) return SendLast(StreamError(mishap.stream_error));
  if (mishap.drop) return;
  if (mishap.refusal != 0 && stanza.tag == "iq")
    return Send(ErrorOf(stanza, static_cast<int>(mishap.refusal), "internal-server-error"));
  if (mishap.corrupt) CorruptCiphertexts(stanza);
  if (mishap.delay_ms > 0) {
    parts_.scheduler.After(base::Duration(mishap.delay_ms),
                           [weak = weak_from_this(), stanza = std::move(stanza)] {
                             const auto self = weak.lock();
                             if (self && self->is_open()) self->Handle(stanza);
                           });
    return;
  }
  Handle(stanza);
  if (mishap.duplicate) Handle(stanza);
}

void Client::Handle(const binary::Node& stanza) {
  if (parts_.options.strict && !IsKnownShape(stanza)) {
    ++parts_.counters.refused_by_strict;
    base::LogWarning("A stanza has an attribute that nobody is known to send",
                     {{"tag", stanza.tag}, {"attribute", UnknownAttribute(stanza)}});
    if (stanza.tag == "iq") return Send(ErrorOf(stanza, 400, "bad-request"));
    return SendLast(StreamError(400));
  }
  HandleStanza(*this, stanza);
}

std::string_view Client::number() const {
  return session ? std::string_view(session->number()) : std::string_view();
}

std::string_view Client::device() const {
  return session ? std::string_view(session->companion_id()) : std::string_view();
}

void Client::Send(binary::Node stanza) {
  if (closed_ || closing_) return;
  const Mishap mishap = parts_.faults.Meet(FaultDirection::kToClient, number(), device(), stanza);
  if (mishap.cut) return Close();
  if (mishap.stream_error != 0) return SendLast(StreamError(mishap.stream_error));
  if (mishap.drop) return;
  if (mishap.corrupt) CorruptCiphertexts(stanza);
  if (mishap.reorder && !held_back_) {
    held_back_ = std::move(stanza);
    return;
  }
  if (mishap.delay_ms > 0) {
    parts_.scheduler.After(base::Duration(mishap.delay_ms),
                           [weak = weak_from_this(), stanza = std::move(stanza)] {
                             if (const auto self = weak.lock()) self->SendNow(stanza, false);
                           });
    return;
  }
  SendNow(stanza, mishap.compress);
  if (mishap.duplicate) SendNow(stanza, mishap.compress);
  if (held_back_) {
    const binary::Node held = std::move(*held_back_);
    held_back_.reset();
    SendNow(held, false);
  }
}

void Client::SendLast(const binary::Node& stanza) {
  if (closed_ || closing_) return;
  SendNow(stanza, false);
  closing_ = true;
  // Clients see the end of a connection before they have looked at what came last.
  parts_.scheduler.After(kGoodbye, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->Close();
  });
}

void Client::SendNow(const binary::Node& stanza, bool compress) {
  if (closed_ || closing_ || !transport_) return;
  const auto bytes = binary::EncodeNode(
      stanza, compress ? binary::Compression::kZlib : binary::Compression::kNone);
  const auto sealed = bytes ? transport_->Seal(*bytes) : parley::wire::Result<std::string>(bytes);
  const auto frame = sealed ? noise::MakeFrame(*sealed) : parley::wire::Result<std::string>(sealed);
  if (!frame) {
    base::LogError("A stanza could not be sent",
                   {{"tag", stanza.tag}, {"why", frame.error().what}});
    return Close();
  }
  Put(*frame);
}

void Client::Put(std::string frame) {
  if (closed_) return;
  unsent_bytes_ += frame.size();
  unsent_.push_back(std::move(frame));
  if (unsent_bytes_ > kMaxUnsent) return Close();
  if (!std::exchange(writing_, true))
    parts_.scheduler.Spawn("write to a client of the wire", Write(shared_from_this()));
}

base::Task<> Client::Write(std::shared_ptr<Client> self) {
  while (!self->unsent_.empty() && !self->closed_) {
    std::string frame = std::move(self->unsent_.front());
    self->unsent_.pop_front();
    self->unsent_bytes_ -= frame.size();
    const auto written = co_await self->socket_->Write(std::move(frame));
    if (!written) break;
  }
  self->writing_ = false;
}

}  // namespace parley::sim::wire
