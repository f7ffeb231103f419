// Retry: asking for a message that could not be opened, and sending one again to the device that
// asks. docs/protocol/messages.md, "Asking again".
#pragma once

#include <list>
#include <map>
#include <string>

#include "base/task.h"
#include "link/multidevice/envelope.h"
#include "link/multidevice/receipts.h"
#include "link/multidevice/sending.h"

namespace parley::link::multidevice {

inline constexpr std::uint32_t kMaxRetriesAsked = 5;
inline constexpr std::uint32_t kMaxRetriesAnswered = 10;
// One-time keys that are handed over in such requests have the highest numbers, in turn: below
// them are those that the server gives out.
inline constexpr std::uint32_t kRetryKeys = 1024;
inline constexpr std::uint32_t kFirstRetryKey = 0xffffff - kRetryKeys + 1;

// How often something happened to each of the last 256 names.
class RecentCounts {
 public:
  static constexpr std::size_t kMax = 256;
  // The count with this one, which is at least `floor`.
  std::uint32_t Count(const std::string& name, std::uint32_t floor = 1);

 private:
  std::map<std::string, std::uint32_t> counts_;
  std::list<std::string> order_;  // oldest first
};

// Thread: the channel's.
class Retry {
 public:
  Retry(const MessageParts& parts, Sending& sending, core::Store& store,
        const core::Channel& channel)
      : parts_(parts), sending_(sending), store_(store), channel_(channel) {}

  // Whether a message whose key was used before is one that is kept already. If it is not, the
  // sender used a key twice, and must be asked for it: whatsmeow does when it sends and receives at
  // the same moment.
  base::Task<bool> IsKept(Envelope envelope);
  // Asks the sender for a message again; nothing when that was done often enough.
  base::Task<> Ask(Online online, wire::binary::Node message, Envelope envelope, wire::Fault fault);
  // Answers a <receipt type=retry>: the message again, to that device alone. A device that the
  // message was not for gets nothing.
  base::Task<> Answer(Online online, wire::binary::Node stanza, Receipt receipt);

 private:
  base::Task<base::Result<wire::binary::Node>> MakeKeys(Online online);
  base::Task<base::Result<bool>> Refresh(Online online, wire::binary::Node stanza, Jid device,
                                         std::uint32_t attempt);

  const MessageParts& parts_;
  Sending& sending_;
  core::Store& store_;
  const core::Channel& channel_;
  RecentCounts asked_, answered_;
};

// <receipt type=retry>. `keys`: handed over with it, when there are any.
wire::binary::Node RetryReceipt(const wire::binary::Node& message, std::uint32_t attempt,
                                std::uint32_t registration_id,
                                std::optional<wire::binary::Node> keys);
// What one asks for: which attempt it is. nullopt when it cannot be read.
std::optional<std::uint32_t> AttemptIn(const wire::binary::Node& receipt);

}  // namespace parley::link::multidevice
