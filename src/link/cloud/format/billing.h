// Meta's names for what it bills, of statuses and analytics. Part of statuses_in.h and analytics.h.
#pragma once

#include <optional>
#include <string_view>

#include "core/usage/conversation.h"

namespace parley::link::cloud::format {

// In any letter case. nullopt: one that is not among the core's four.
std::optional<core::ConversationCategory> CategoryOfBilling(std::string_view name);

}  // namespace parley::link::cloud::format
