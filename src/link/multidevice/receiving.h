// Receiving: a message is opened, stored with its sessions in one transaction, and only then
// acknowledged. docs/protocol/messages.md, "Receiving".
#pragma once

#include <memory>

#include "base/task.h"
#include "link/multidevice/content_in.h"
#include "link/multidevice/envelope.h"
#include "link/multidevice/history.h"
#include "link/multidevice/retry.h"
#include "link/multidevice/sending.h"

namespace parley::link::multidevice {

// What was not reported, by why; for the log once in a while, and for tests.
struct Unreported {
  std::uint64_t elsewhere = 0;    // in a group, list or newsletter, which are not carried yet
  std::uint64_t kinds = 0;        // of a kind that is not carried
  std::uint64_t unavailable = 0;  // on the phone only
  std::uint64_t malformed = 0;
  std::uint64_t unopened = 0;  // asked for again
  std::uint64_t repeated = 0;  // there already
};

// Thread: the channel's.
class Receiving {
 public:
  Receiving(const MessageParts& parts, Retry& retry)
      : parts_(parts), retry_(retry), news_(parts), beside_(parts.scheduler, kMaxBeside) {}

  // A <message>. Returns when it is staged; that it is acknowledged comes later, so that one commit
  // holds what comes quickly.
  base::Task<> OnMessage(Online online, wire::binary::Node stanza);
  // Returns when all that were staged are acknowledged, or lost.
  base::Task<> Drain() { return beside_.Drain(); }
  const Unreported& unreported() const { return unreported_; }

 private:
  struct Taken {
    std::optional<wire::Fault> fault;  // of a part that could not be opened
    bool known = false;
    bool unreadable = false;               // opened, and no message
    std::optional<proto::Message> for_us;  // of the phone, about this device
  };
  base::Task<base::Result<void>> Learn(Unit& unit, Envelope envelope);
  base::Task<base::Result<Taken>> Take(Unit& unit, Online online, Envelope envelope);
  base::Task<base::Result<void>> Report(Unit& unit, Online online, Envelope envelope,
                                        proto::Message message);
  base::Task<base::Result<void>> OpenVote(Online online, Who author_if_unknown, Who voter,
                                          Content& content);
  base::Task<> Finish(Online online, wire::binary::Node stanza, Envelope envelope, Taken taken,
                      StagedPtr staged);
  base::Task<> Acknowledge(Online online, wire::binary::Node stanza, Refusal refusal);
  base::Task<> Receipt(Online online, wire::binary::Node stanza, Envelope envelope, bool history);

  const MessageParts& parts_;
  Retry& retry_;
  PhoneNews news_;
  Beside beside_;
  Unreported unreported_;
};

}  // namespace parley::link::multidevice
