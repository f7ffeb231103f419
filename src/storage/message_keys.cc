#include "storage/message_keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"

namespace parley::storage {

IndexKey ChatKey(core::ChatRow chat, base::Time at, std::int64_t row) {
  return IndexKey::Of(KeySpace::kChat, chat.value, std::max<std::int64_t>(base::ToUnixMs(at), 0),
                      row);
}

IndexKey ChannelKey(core::ChannelRow channel, std::int64_t row, base::Time at) {
  return IndexKey::Of(KeySpace::kChannel, channel.value, row,
                      std::max<std::int64_t>(base::ToUnixMs(at), 0));
}

IndexKey LinkKey(core::ChatRow chat, core::Direction direction, std::string_view link_id,
                 std::int64_t row) {
  const base::Digest digest =
      base::Sha256(fmt::format("{}/{}/{}", chat.value, static_cast<int>(direction), link_id));
  return IndexKey::Of(KeySpace::kLink, base::AsText(digest).substr(0, 16), row);
}

}  // namespace parley::storage
