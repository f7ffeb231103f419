// Client: one connection: its handshake, its frames, and what it is after it: somebody who offers
// pairing, or a companion that is logged in.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "http/web_socket.h"
#include "sim/wire/layers.h"
#include "sim/wire/parts.h"
#include "wire/binary/node.h"
#include "wire/noise/handshake.h"

namespace parley::sim::wire {

class Registration;
class Session;

// Of a message of the WebSocket: in the handshake, and after it.
inline constexpr std::size_t kMaxHandshakeMessage = 2 * noise::kMaxHandshakeFrame;
inline constexpr std::size_t kMaxClientMessage = noise::kMaxFrame + 16;
inline constexpr std::size_t kMaxUnsent = 32 << 20;  // bytes that a client does not read

// Thread: that of the network.
class Client : public std::enable_shared_from_this<Client> {
 public:
  Client(Parts& parts, std::unique_ptr<http::WebSocket> socket);
  ~Client();
  Client(const Client&) = delete;

  // Until the connection ends. `self` keeps it.
  static base::Task<> Run(std::shared_ptr<Client> self);

  // Queued; nothing when the connection has ended. The faults have their say.
  void Send(binary::Node stanza);
  // The last stanza; the connection ends when it is written.
  void SendLast(const binary::Node& stanza);
  void Close();

  Parts& parts() { return parts_; }
  const crypto::PublicKey& noise_key() const { return noise_key_; }
  bool is_open() const { return !closed_; }

  // What it is after the handshake: at most one of them.
  std::unique_ptr<Registration> registration;
  std::unique_ptr<Session> session;

 private:
  // Read bytes; false when the connection has to end.
  bool Take(std::string_view bytes);
  bool TakeFrame(const std::string& frame);
  bool Answer(const std::string& hello);
  bool Begin(const std::string& finish);
  void TakeStanza(binary::Node stanza);
  void Handle(const binary::Node& stanza);
  void SendNow(const binary::Node& stanza, bool compress);
  void Put(std::string frame);
  // Whose connection it is, for the faults.
  std::string_view number() const;
  std::string_view device() const;
  static base::Task<> Write(std::shared_ptr<Client> self);

  Parts& parts_;
  std::unique_ptr<http::WebSocket> socket_;
  noise::FrameReader reader_{noise::FrameReader::Side::kServer};
  std::optional<noise::ServerHandshake> handshake_;  // until it is over
  std::optional<noise::Transport> transport_;
  bool is_answered_ = false;
  crypto::PublicKey noise_key_;
  std::deque<std::string> unsent_;
  std::size_t unsent_bytes_ = 0;
  std::optional<binary::Node> held_back_;  // by a fault, until the next stanza
  bool writing_ = false, closing_ = false, closed_ = false;
};

}  // namespace parley::sim::wire
