// Polls: what must be known of one to vote in it and to read votes. Of polls that came it is kept;
// of those that the channel sends it follows from the message.
// docs/protocol/messages.md, "Secrets of messages".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/task.h"
#include "core/store.h"
#include "link/multidevice/ledger.h"
#include "link/multidevice/message_secret.h"
#include "link/multidevice/sessions.h"

namespace parley::link::multidevice {

// Polls that are kept of one channel at most; a new one may take the place of any older one.
inline constexpr std::uint64_t kMaxPolls = 4096;

struct Poll {
  std::string id;
  MessageSecret secret;
  Who author;
  std::vector<std::string> options;
};
std::string EncodePoll(const Poll& poll);
wire::Result<Poll> DecodePoll(std::string_view bytes);

// The secret of a message of the channel's own.
MessageSecret OwnSecret(const Device& own, std::string_view message_id);

// Thread: the channel's; with the ledger's turn, unless it does not matter that the answer may be
// out of date. What they take by reference outlives them.
void KeepPoll(Unit& unit, const Poll& poll);
class Polls {
 public:
  Polls(Ledger& ledger, core::Store& store, core::AccountRow account)
      : ledger_(ledger), store_(store), account_(account) {}

  base::Task<base::Result<std::optional<Poll>>> Find(DevicePtr own, std::string id);

 private:
  Ledger& ledger_;
  core::Store& store_;
  const core::AccountRow account_;
};

}  // namespace parley::link::multidevice
