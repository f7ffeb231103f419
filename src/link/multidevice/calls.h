// Calls: told to the core, and rejected when it asks for it. Nobody answers one here.
// docs/protocol/messages.md, "Calls".
#pragma once

#include <list>
#include <string>

#include "base/task.h"
#include "link/multidevice/sending.h"

namespace parley::link::multidevice {

// Calls that are remembered, the last ones.
inline constexpr std::size_t kMaxCalls = 16;

struct CallNews {
  core::CallStatus status = core::CallStatus::kRinging;
  Jid from, creator;  // who says it; who made the call
  Who caller;
  std::string id;
  bool video = false;
  base::Time at;
};
// nullopt for what is no news of a call: how its media travels.
std::optional<CallNews> ReadCall(const wire::binary::Node& stanza, base::Time now);

// Thread: the channel's.
class Calls {
 public:
  explicit Calls(const MessageParts& parts) : parts_(parts) {}

  // A <call>; acknowledged when it is told.
  base::Task<> OnCall(Online online, wire::binary::Node stanza);
  // kNotFound, kInvalidState when it does not ring any more.
  base::Task<base::Result<void>> Reject(Online online, std::string id);

 private:
  struct Known {
    core::Call call;
    Jid creator;
  };
  // The call with the news in it; nullptr when it is no news.
  Known* Note(const CallNews& news, bool by_us);

  const MessageParts& parts_;
  std::list<Known> known_;  // oldest first
};

}  // namespace parley::link::multidevice
