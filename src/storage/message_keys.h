// The index keys of a message.
#pragma once

#include <string_view>

#include "base/time.h"
#include "core/ids.h"
#include "core/messages/message.h"
#include "storage/key_memory.h"

namespace parley::storage {

IndexKey ChatKey(core::ChatRow chat, base::Time at, std::int64_t row);
IndexKey ChannelKey(core::ChannelRow channel, std::int64_t row, base::Time at);
IndexKey LinkKey(core::ChatRow chat, core::Direction direction, std::string_view link_id,
                 std::int64_t row);

}  // namespace parley::storage
