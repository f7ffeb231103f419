// Sending: a message of the core to all devices of a person and to the account's own other devices,
// and the network's answer. docs/protocol/messages.md, "Sending".
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/task.h"
#include "core/channels/link.h"
#include "link/multidevice/beside.h"
#include "link/multidevice/content_out.h"
#include "link/multidevice/counters.h"
#include "link/multidevice/device_lists.h"
#include "link/multidevice/polls.h"
#include "link/multidevice/sessions.h"
#include "link/multidevice/tokens.h"

namespace parley::link::multidevice {

// Tasks of one kind beside each other.
inline constexpr int kMaxBeside = 64;
// How long the network's acknowledgement of a message is waited for.
inline constexpr base::Duration kAckLimit = std::chrono::seconds(30);

// The connection and the device that are logged in.
struct Online {
  std::shared_ptr<StanzaPort> port;
  DevicePtr device;

  explicit operator bool() const { return port != nullptr && device->pairing.has_value(); }
  const Pairing& own() const { return *device->pairing; }
};

// What the parts of messages have in common. All of it outlives them.
struct MessageParts {
  base::Scheduler& scheduler;
  base::Random& random;
  Ledger& ledger;
  LidMap& lids;
  DeviceLists& lists;
  Sessions& sessions;
  Polls& polls;
  Tokens& tokens;
  EngineCounters& counters;
  core::Store& store;
  const core::Channel& channel;
};

// Thread: the channel's.
class Sending {
 public:
  explicit Sending(const MessageParts& parts)
      : parts_(parts), beside_(parts.scheduler, kMaxBeside) {}

  base::Task<core::SendOutcome> Send(Online online, core::OutgoingMessage message);
  // An <ack> of class "message".
  void OnAck(const wire::binary::Node& ack);
  // No answer comes any more to what is waiting.
  void OnClosed();
  // Returns when nothing runs any more that a send began and did not wait for.
  base::Task<> Drain() { return beside_.Drain(); }

  // The message as the network carries it, to that person.
  base::Task<base::Result<Written>> Write(Online online, core::OutgoingMessage message, Who to);

 private:
  struct Waiting {
    explicit Waiting(base::Scheduler& scheduler) : answered(scheduler) {}
    base::Signal answered;
    std::optional<wire::binary::Node> ack;
    bool closed = false;
  };
  using WaitingPtr = std::shared_ptr<Waiting>;

  base::Task<base::Result<std::optional<core::Content>>> FindQuoted(core::MessageId answer);
  base::Task<core::SendOutcome> Transmit(Online online, wire::binary::Node stanza, std::string id,
                                         Who to);
  base::Task<> Forget(Who who);
  base::Task<> GiveOwnToken(Online online, Who to);

  const MessageParts& parts_;
  std::map<std::string, WaitingPtr> waiting_;
  Beside beside_;  // tokens on their way
};

// The stanza of a message that is sealed for devices: <message> around <participants>.
wire::binary::Node StanzaOf(const Written& written, const std::string& id, const Who& to,
                            const SealedMessage& sealed, const Pairing& own);
// <enc> of one device's; `attempt` is 0 unless it was asked for again.
wire::binary::Node EncOf(const wire::signal::Sealed& sealed, const Written& written,
                         std::uint32_t attempt);
// What stands in a message beside what is sealed.
void AddCompanions(wire::binary::Node& message, const Written& written, bool starts_session,
                   const Pairing& own);

// What an acknowledgement says. nullopt: the message was taken.
std::optional<core::SendRefused> RefusalIn(const wire::binary::Node& ack);

}  // namespace parley::link::multidevice
