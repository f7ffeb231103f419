// Where groups and newsletters are kept. Thread: inside a transaction only.
#pragma once

#include <optional>

#include "base/result.h"
#include "core/groups/group.h"

namespace parley::core {

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

  // With Chat::group filled in.
  virtual base::Result<std::optional<Chat>> FindChat(const Group& group) const = 0;
};

}  // namespace parley::core
