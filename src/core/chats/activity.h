// When a chat was written in for the last time.
#pragma once

#include <optional>

#include "base/result.h"
#include "base/time.h"
#include "core/ids.h"
#include "core/store.h"

namespace parley::core {

// nullopt: never. To kActivityStep when retention has removed the messages: a chat that was silent
// for a month is told from a new one, however short messages are kept.
base::Result<std::optional<base::Time>> WrittenBefore(const Transaction& tx, ChatRow chat);

}  // namespace parley::core
