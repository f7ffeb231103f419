// One connection of a device: a WebSocket, the handshake on it, and stanzas.
//
// Reads on its own and keeps what it has read for Next. Answers to queries go to whoever waits for
// them, past that queue, so that somebody who deals with a stanza may ask meanwhile.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/scheduler.h"
#include "http/web_socket.h"
#include "link/multidevice/counters.h"
#include "link/multidevice/stanza_port.h"
#include "wire/binary/node.h"
#include "wire/crypto/curve.h"
#include "wire/noise/frame.h"
#include "wire/noise/transport.h"

namespace parley::link::multidevice {

// Stanzas that were read and not taken: when there are as many, reading stops until one is taken,
// and the network keeps the rest. While somebody waits for an answer it goes on up to the second
// bound, because the answer is behind them.
inline constexpr std::size_t kMaxUnread = 256;
inline constexpr std::size_t kMaxUnreadWhileAsking = 4096;
inline constexpr std::size_t kMaxUnreadBytes = std::size_t{4}
                                               << 20;  // as frames; times 16 as above
inline constexpr std::size_t kMaxQueries = 512;        // without an answer

// Who the client is, for the handshake.
struct Greeting {
  Greeting(const wire::crypto::KeyPair& noise, const wire::crypto::PublicKey& root,
           std::string routing, std::string payload)
      : noise(noise), root(root), routing(std::move(routing)), payload(std::move(payload)) {}

  wire::crypto::KeyPair noise;
  wire::crypto::PublicKey root;  // who the network's certificates must come from
  std::string routing;
  std::string payload;
};

// Owned by shared pointers only. Thread: the channel's.
class Connection final : public StanzaPort, public std::enable_shared_from_this<Connection> {
 public:
  // Why it ended.
  struct End {
    std::string reason;  // snake_case, as a channel shows it
    std::string detail;  // for the log
  };

  Connection(base::Scheduler& scheduler, base::Random& random,
             std::unique_ptr<http::WebSocket> socket);

  // The handshake; has no limit of its own. True when the connection stands, and it reads from then
  // on; else it has ended.
  base::Task<bool> Start(Greeting greeting);

  // The next stanza that is no answer; nullopt when there is none within `limit`, when Poke was
  // called, and when the connection has ended and everything was taken (end() is set then).
  base::Task<std::optional<wire::binary::Node>> Next(base::Duration limit);
  // Makes the Next that waits, or the next one, return.
  void Poke();

  base::Task<base::Result<void>> Send(wire::binary::Node stanza) override;
  base::Task<base::Result<wire::binary::Node>> Ask(wire::binary::Node iq,
                                                   base::Duration limit) override;
  std::string NextId() override;

  // From then on it counts its stanzas there, which must outlive it.
  void CountIn(EngineCounters& counters) { counters_ = &counters; }

  // Ends it, if it has not ended. What waits gets kUnavailable.
  void Close(std::string reason, std::string detail = "");
  const std::optional<End>& end() const { return end_; }
  // True when it ended within `limit`.
  base::Task<bool> WaitForEnd(base::Duration limit);

  // When the last frame came, on the monotonic clock.
  base::Microseconds last_received() const { return last_received_; }

 private:
  struct Query {
    explicit Query(base::Scheduler& scheduler) : answered(scheduler) {}
    std::optional<wire::binary::Node> answer;
    base::Signal answered;
  };
  struct Unread {
    wire::binary::Node stanza;
    std::size_t bytes = 0;
  };

  base::Task<std::optional<std::string>> ReadFrame();
  base::Task<> ReadAll();
  bool TakeFrames();
  void Take(wire::binary::Node stanza, std::size_t bytes);
  bool IsFull() const;

  base::Scheduler& scheduler_;
  base::Random& random_;
  EngineCounters* counters_ = nullptr;
  const std::unique_ptr<http::WebSocket> socket_;
  wire::noise::FrameReader frames_{wire::noise::FrameReader::Side::kClient};
  std::optional<wire::noise::Transport> transport_;
  const std::string id_prefix_;
  std::uint64_t next_id_ = 0;
  std::map<std::string, std::shared_ptr<Query>, std::less<>> queries_;
  std::list<Unread> unread_;  // lists: an empty deque takes half a kilobyte
  std::size_t unread_bytes_ = 0;
  bool poked_ = false;
  base::Microseconds last_received_;
  std::optional<End> end_;
  base::Signal arrived_;  // a stanza, a poke, or the end
  base::Signal room_;     // less is unread, or the end
  base::Signal ended_;
};

}  // namespace parley::link::multidevice
