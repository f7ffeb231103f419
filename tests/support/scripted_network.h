// The network's side of the multi-device wire as a test plays it: no socket, no time of its own.
// Whoever opens a WebSocket gets a visit, whose handshake is done here and whose stanzas the test
// says and sees. It decides nothing by itself, except that it answers what Answer was told of.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/scheduler.h"
#include "http/web_socket_client.h"
#include "wire/binary/node.h"
#include "wire/crypto/curve.h"
#include "wire/noise/frame.h"
#include "wire/noise/handshake.h"

namespace parley::testing {

// One connection, from the network's side. Thread: the scheduler's.
class Visit {
 public:
  using Node = wire::binary::Node;

  const http::WebSocketRequest& request() const { return request_; }
  bool is_shaken() const { return transport_.has_value(); }
  bool is_closed() const { return closed_; }
  const std::string& payload() const { return payload_; }  // of the handshake
  const wire::crypto::PublicKey& noise() const { return noise_; }
  const std::string& opening() const { return opening_; }  // the first bytes

  void Say(const Node& stanza);
  // Bytes that are no frame of ours.
  void SayBytes(std::string bytes);
  // Ends the connection.
  void Leave();
  // What was said and not read by the client: stanzas, after the handshake.
  std::size_t unread() const { return to_client_.size(); }
  // Does not answer queries any more.
  void BeSilent() { silent_ = true; }

  // Every stanza that came, queries that were answered included.
  std::vector<Node> heard;
  // The first that came with that tag and, if given, with that child; null when there is none.
  const Node* Heard(std::string_view tag, std::string_view child = "") const;
  int CountHeard(std::string_view tag, std::string_view child = "") const;

 private:
  friend class ScriptedNetwork;
  friend class ScriptedSocket;

  Visit(class ScriptedNetwork& network, http::WebSocketRequest request);

  void Take(std::string_view bytes);  // from the client
  void TakeFrame(const std::string& frame);
  void Give(std::string bytes);  // to the client

  ScriptedNetwork& network_;
  const http::WebSocketRequest request_;
  wire::noise::FrameReader frames_{wire::noise::FrameReader::Side::kServer};
  wire::noise::ServerHandshake handshake_;
  std::optional<wire::noise::Transport> transport_;
  bool answered_ = false;  // the handshake's hello
  bool closed_ = false;
  bool silent_ = false;
  std::string payload_, opening_;
  wire::crypto::PublicKey noise_;
  std::deque<std::string> to_client_;
  std::optional<std::size_t> bound_;
  base::Signal changed_;
};

class ScriptedNetwork final : public http::WebSocketClient {
 public:
  using Node = wire::binary::Node;
  // The answer to a query without its id; nullopt when it has none.
  using Answer = std::function<std::optional<Node>(const Node& query)>;

  ScriptedNetwork(base::Scheduler& scheduler, base::Random& random);
  ~ScriptedNetwork() override;

  base::Task<base::Result<std::unique_ptr<http::WebSocket>>> Open(
      http::WebSocketRequest request) override;

  const wire::crypto::PublicKey& root() const { return root_.public_key; }
  std::vector<std::shared_ptr<Visit>> visits;
  std::shared_ptr<Visit> last() const { return visits.empty() ? nullptr : visits.back(); }
  // Nobody gets through, or everybody waits.
  enum class Mood { kOpen, kClosed, kSilent } mood = Mood::kOpen;
  // Serves with certificates of somebody else.
  bool is_impostor = false;
  Answer answer;

 private:
  friend class Visit;

  base::Scheduler& scheduler_;
  base::Random& random_;
  const wire::crypto::KeyPair root_, other_root_, static_key_;
};

// <iq type="result"> with the child, if there is one.
wire::binary::Node ResultWith(std::optional<wire::binary::Node> child = {});

}  // namespace parley::testing
