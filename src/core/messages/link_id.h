// The network's id of a message whose id we choose (MessageIdOwner::kOurs): our id as 32 upper-case
// hex digits, the form that some clients of the network use for theirs. It can be read back, so it
// is not stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/messages/message.h"

namespace parley::core {

std::string LinkIdOf(MessageId id);
// Of any message: the network's own where it is stored.
std::string LinkIdOf(const Message& message);
std::optional<MessageId> MessageIdFrom(std::string_view link_id);

}  // namespace parley::core
