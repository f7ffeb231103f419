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

// GroupInfo as it is stored. Made before a transaction begins, where there is more than one.
inline std::string DescriptionOf(const GroupInfo& info) { return base::EncodeText(info); }

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

  // What the network says of the group, as JSON (DescriptionOf); none: the channel is not in it any
  // more.
  virtual base::Result<void> Describe(GroupRow group, const std::optional<std::string>& info) = 0;
  // None of the channel's groups, but for those that were updated at that time or later.
  virtual base::Result<void> ForgetInfos(ChannelRow channel, base::Time until) = 0;
  // What the network said of one, while the channel is in it.
  virtual base::Result<std::optional<KnownGroup>> FindKnown(ChannelRow channel,
                                                            const Address& address) const = 0;
  // Those that the channel is in, by row.
  virtual base::Result<std::vector<KnownGroup>> ListKnown(ChannelRow channel) const = 0;

  // With Chat::group filled in.
  virtual base::Result<std::optional<Chat>> FindChat(const Group& group) const = 0;
};

}  // namespace parley::core
