// Front: the simulated network as clients of the multi-device protocol see it: a WebSocket, behind
// which whoever is on the network has a phone, devices can be paired by QR code and by code, and
// messages are end-to-end encrypted (docs/protocol/simulated-wire.md).
//
//   Front::Open(scheduler, random, network, *log, options)  ->  ServerOptions::web_sockets
//
// What a companion does it does as a device of the network: people, numbers, chats, messages and
// receipts are the network's, and so are its queues, delays and faults. A channel on the direct
// link and a client of the wire can write to each other.
//
// Thread: that of the network.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/scheduler.h"
#include "http/web_socket_server.h"
#include "sim/network/network.h"
#include "sim/wire/fault_rule.h"
#include "sim/wire/layers.h"

namespace parley::sim::wire {

// What the file of its keep begins with.
inline constexpr std::string_view kKeepMark = "parley simulated wire 1\n";

struct FrontOptions {
  // Stanzas with attributes that nobody is known to send are refused, and counted.
  bool strict = false;
  base::Duration first_ref_life = std::chrono::seconds(60);
  base::Duration ref_life = std::chrono::seconds(20);  // each of the others
};

// Since the start.
struct FrontCounters {
  std::int64_t connections = 0, handshakes_failed = 0, logins = 0, logins_refused = 0;
  std::int64_t paired = 0, pairings_failed = 0;
  std::int64_t stanzas = 0, malformed = 0, unknown_stanzas = 0, unknown_queries = 0;
  std::int64_t messages = 0, unreadable = 0, not_understood = 0, retries_asked = 0,
               retries_answered = 0;
  std::int64_t refused_by_strict = 0;
};

class Front : public http::WebSocketService {
 public:
  // Reads what was kept (sim/network/keep.h); see Keep::Open for the errors. All arguments must
  // outlive it, and it the connections that it serves.
  static base::Result<std::unique_ptr<Front>> Open(base::Scheduler& scheduler, base::Random& random,
                                                   net::Network& network, net::Log& log,
                                                   const FrontOptions& options);

  // Where clients find media: what stands before "/media/<digest>" (sim/control). Until it is set,
  // pictures have URLs that lead nowhere.
  virtual void SetMediaUrl(std::string url) = 0;
  // Whom clients must believe: 32 bytes.
  virtual std::string root_key() const = 0;
  virtual const FrontCounters& counters() const = 0;

  // Whether the text is that of a QR code of the wire, on offer or not.
  virtual bool IsQr(std::string_view text) const = 0;
  // The person scans it. kNotFound when it is not on offer; kInvalidFields when it is not what the
  // client that has this reference would show; and the errors of Network::Scan. The device is gone
  // again if the client does not sign for it.
  virtual base::Result<net::DeviceInfo> Scan(std::string_view number, std::string_view qr) = 0;
  // Whether a client of the wire offers a code for this number.
  virtual bool OffersCode(std::string_view number) const = 0;
  // The person types it. Only the client can tell whether it is the right one: with another the
  // device is gone again.
  virtual base::Result<net::DeviceInfo> EnterCode(std::string_view number,
                                                  std::string_view code) = 0;

  // kInvalidState when there are too many rules.
  virtual base::Result<FaultEntry> AddFault(FaultRule rule) = 0;
  virtual std::vector<FaultEntry> ListFaults() const = 0;
  virtual base::Result<void> RemoveFault(std::int64_t id) = 0;
  // Everybody is given bundles without one-time keys of the companion, until it leaves new ones.
  // kNotFound when the device is none of the wire.
  virtual base::Result<void> DropOneTimeKeys(std::string_view device) = 0;
  // The person has a new phone: all that is linked is logged out and others are told.
  virtual base::Result<void> ChangeIdentity(std::string_view number) = 0;
};

}  // namespace parley::sim::wire
