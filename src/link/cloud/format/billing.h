// Meta's names for what it bills. Part of statuses_in.h.
#pragma once

#include <optional>
#include <string_view>

#include "core/usage/conversation.h"

namespace parley::link::cloud::format {

// In any letter case. nullopt: one that is not among the core's four.
std::optional<core::ConversationCategory> CategoryOfBilling(std::string_view name);

}  // namespace parley::link::cloud::format
