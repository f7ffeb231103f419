// Where channels are kept. Thread: inside a transaction only.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "core/channels/channel.h"

namespace parley::core {

// A null ChannelPtr means there is none. Every read but the runner's own takes the caller's
// account; a channel of another account is not found. Deleted channels are found by row and id
// only.
class ChannelStore {
 public:
  virtual ~ChannelStore() = default;

  virtual base::Result<ChannelRow> Insert(const Channel& channel) = 0;
  virtual base::Result<void> Update(const Channel& channel) = 0;

  virtual base::Result<ChannelPtr> Find(AccountRow account, ChannelRow row) const = 0;
  virtual base::Result<ChannelPtr> FindById(AccountRow account, ChannelId id) const = 0;
  // By the number it is paired with, digits; the newest when several were.
  virtual base::Result<ChannelPtr> FindByPhone(AccountRow account,
                                               std::string_view phone) const = 0;
  // By 1MSG's channel code.
  virtual base::Result<ChannelPtr> FindByCode(AccountRow account, std::string_view code) const = 0;

  struct Filter {
    std::vector<ChannelState> states;  // empty = all but kDeleted
    ChannelRow before;                 // rows below this one only; 0 = from the newest
    int limit = 50;
  };
  // Newest first.
  virtual base::Result<std::vector<Channel>> List(AccountRow account,
                                                  const Filter& filter) const = 0;
  // For the owner node at start-up: all that are not deleted, of every account, oldest first.
  virtual base::Result<std::vector<Channel>> ListAll(ChannelRow after, int limit) const = 0;
  // Those of every account that are not deleted, newest first, from those below `before` on (0 =
  // the newest).
  virtual base::Result<std::vector<Channel>> ListNewest(ChannelRow before, int limit) const = 0;
  // Of a channel of any account, a deleted one too.
  virtual base::Result<std::optional<ChannelRow>> RowOf(ChannelId id) const = 0;
  // How many stand at each state, of every account; states without any are left out.
  using StateCounts = std::vector<std::pair<ChannelState, std::int64_t>>;
  virtual base::Result<StateCounts> CountByState() const = 0;
};

}  // namespace parley::core
