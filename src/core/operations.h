// Operations: long-running jobs that a caller can ask about (deleting a channel, for one).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/names.h"
#include "base/result.h"
#include "core/ids.h"

namespace parley::core {

enum class OperationState : std::uint8_t {  // stored; never renumber
  kQueued = 1,
  kRunning = 2,
  kSucceeded = 3,
  kFailed = 4,
};
inline constexpr base::EnumNames<OperationState, 4> kOperationStateNames({
    {OperationState::kQueued, "queued"},
    {OperationState::kRunning, "running"},
    {OperationState::kSucceeded, "succeeded"},
    {OperationState::kFailed, "failed"},
});
PARLEY_ENUM_NAMES(OperationState, kOperationStateNames)

struct Operation {
  OperationId id;
  AccountRow account;
  std::optional<ChannelRow> channel;
  std::string type;  // "delete_channel"
  OperationState state = OperationState::kQueued;
  std::string error;
  base::Time enqueued_at;
  std::optional<base::Time> started_at, finished_at;
};

// Thread: inside a transaction only.
class OperationStore {
 public:
  virtual ~OperationStore() = default;
  virtual base::Result<void> Insert(const Operation& operation) = 0;
  virtual base::Result<void> Update(const Operation& operation) = 0;
  virtual base::Result<std::optional<Operation>> Find(AccountRow account, OperationId id) const = 0;
  // Queued and running ones of every account, for the node that owns their channels.
  virtual base::Result<std::vector<Operation>> Unfinished() const = 0;
};

}  // namespace parley::core
