// Where groups and newsletters are kept. Thread: inside a transaction only.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "core/groups/group.h"

namespace parley::core {

// A group, and what the network says of it.
struct KnownGroup {
  Group group;
  GroupInfo info;
};

class GroupStore {
 public:
  virtual ~GroupStore() = default;

  // `address` is a group's or newsletter's.
  virtual base::Result<std::optional<Group>> Find(ChannelRow channel,
                                                  const Address& address) const = 0;
  virtual base::Result<std::optional<Group>> FindById(AccountRow account, GroupId id) const = 0;
  virtual base::Result<GroupRow> Insert(const Group& group) = 0;
  // Sets subject and updated_at.
  virtual base::Result<void> Update(const Group& group) = 0;

  // What the network says of the group; none: the channel is not in it any more.
  virtual base::Result<void> Describe(GroupRow group, const std::optional<GroupInfo>& info) = 0;
  // None of the channel's groups, but for those that were updated at that time or later.
  virtual base::Result<void> ForgetInfos(ChannelRow channel, base::Time until) = 0;
  // Those that the channel is in, by row.
  virtual base::Result<std::vector<KnownGroup>> ListKnown(ChannelRow channel) const = 0;

  // With Chat::group filled in.
  virtual base::Result<std::optional<Chat>> FindChat(const Group& group) const = 0;
};

}  // namespace parley::core
