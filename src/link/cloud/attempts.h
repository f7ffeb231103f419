// Which messages were handed to Meta without an answer so far. Meta chooses the id of a message and
// has no way to be told that two requests are one message, so an attempt is durable before its
// request leaves, and a message whose attempt is found after a crash is not sent again: it may have
// arrived (core/channels/link.h, kAmbiguous).
#pragma once

#include <set>
#include <string>

#include "base/result.h"
#include "base/task.h"
#include "core/channels/link.h"
#include "core/link_state.h"
#include "core/store.h"

namespace parley::link::cloud {

// One record per open attempt: at most as many as sends are in flight. Thread: the store's
// scheduler's. `store` outlives it.
class Attempts {
 public:
  Attempts(core::Store& store, core::ChannelRow channel) : store_(store), channel_(channel) {}

  // What a former life of the channel left open.
  base::Task<base::Result<void>> Load();
  // Durable when it returns.
  base::Task<base::Result<void>> Note(core::MessageId message);
  // Whether the message was under way when that life ended.
  bool WasOpen(core::MessageId message) const;
  // To be written with the outcome.
  core::LinkWrites Close(core::MessageId message);

 private:
  core::Store& store_;
  const core::ChannelRow channel_;
  std::set<std::string> former_;
};

}  // namespace parley::link::cloud
